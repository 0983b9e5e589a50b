import { createHash, randomBytes } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Who may open the embedded database. Opened twice it loses rows without a word, so this lock has to be exact, also
 * after kill -9 and when several processes start at once.
 *
 * Every claimant listens on a socket with a random name that is never used again: the kernel closes it when the
 * process dies, so "refused" means dead, for good. The folder `lock` holds exactly one file `held-by-<name>`. To take
 * the lock is to rename that file from a dead name to one's own: of all who try, one rename succeeds. The file is
 * never removed; a name without a listening socket is a free lock.
 */

/** Who holds the database open, as it wrote it down itself. */
export type Holder = { pid: number; startedAt: string; url: string | null; socketPath: string };

/** The data directory is open in another process: `holder` says in which. */
export class DatabaseInUse extends Error {
  constructor(readonly holder: Holder) {
    super(`The database is in use by process ${holder.pid}.`);
  }
}

export type Claim = {
  socketPath: string;
  /** Tells later claimants where this process can be reached. */
  announce(url: string): void;
  /** Frees the lock. The database must be closed before. */
  release(): Promise<void>;
};

const heldBy = 'held-by-';
const nobody = 'nobody';
// The kernel cuts socket paths at 104 (macOS) or 108 bytes.
const maxSocketPathBytes = 100;

/** Takes the lock of a data directory and listens with `server`; throws `DatabaseInUse` when another process has it. */
export async function claimDatabase(dataDir: string, server: Server): Promise<Claim> {
  const folder = lockFolder(dataDir);
  const name = randomBytes(6).toString('hex');
  const socketPath = socketPathFor(folder, name);
  const holder: Holder = { pid: process.pid, startedAt: new Date().toISOString(), url: null, socketPath };
  await listen(server, socketPath);
  const claim: Claim = {
    socketPath,
    announce(url) {
      writeHolder(folder, name, { ...holder, url });
    },
    async release() {
      rmSync(holderPath(folder, name), { force: true });
      await new Promise((resolve) => server.close(resolve));
      rmSync(socketPath, { force: true });
    },
  };
  try {
    // Written before the rename: whoever reads our name must be able to reach us.
    writeHolder(folder, name, holder);
    for (;;) {
      const before = currentName(folder);
      const other = readHolder(folder, before);
      if (other && (await answers(other.socketPath))) throw new DatabaseInUse(other);
      if (!rename(join(folder, heldBy + before), join(folder, heldBy + name))) continue;
      if (other) rmSync(other.socketPath, { force: true });
      rmSync(holderPath(folder, before), { force: true });
      return claim;
    }
  } catch (error) {
    await claim.release();
    throw error;
  }
}

/** The process that has the database open now, or null. */
export async function currentHolder(dataDir: string): Promise<Holder | null> {
  const folder = lockFolder(dataDir);
  const holder = readHolder(folder, currentName(folder));
  return holder && (await answers(holder.socketPath)) ? holder : null;
}

function lockFolder(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const folder = join(realpathSync(dataDir), 'lock');
  if (tokens(folder).length > 0) return folder;
  // Made whole beside and renamed: it never exists without its one file, so it cannot be made twice.
  const made = `${folder}.${randomBytes(6).toString('hex')}`;
  mkdirSync(made, { mode: 0o700 });
  writeFileSync(join(made, heldBy + nobody), '');
  if (!rename(made, folder)) rmSync(made, { recursive: true, force: true });
  return folder;
}

function tokens(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.startsWith(heldBy));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function currentName(folder: string): string {
  // A listing made while the file is renamed may miss it or see both names: look again.
  for (let look = 0; look < 1_000; look++) {
    const [token, second] = tokens(folder);
    if (token !== undefined && second === undefined) return token.slice(heldBy.length);
  }
  throw new Error(`${folder} does not hold exactly one file ${heldBy}…`);
}

function rename(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}

function holderPath(folder: string, name: string): string {
  return join(folder, `${name}.json`);
}

function writeHolder(folder: string, name: string, holder: Holder): void {
  const path = holderPath(folder, name);
  writeFileSync(`${path}.new`, JSON.stringify(holder), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function readHolder(folder: string, name: string): Holder | null {
  try {
    const read: Holder = JSON.parse(readFileSync(holderPath(folder, name), 'utf8'));
    return read;
  } catch (error) {
    // A power cut can leave the file empty; then its process is gone too.
    if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return null;
    throw error;
  }
}

function socketPathFor(folder: string, name: string): string {
  const beside = join(folder, `${name}.sock`);
  if (Buffer.byteLength(beside) <= maxSocketPathBytes) return beside;
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const short = join(tmpdir(), `slipway-${hash}`);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  const found = lstatSync(short);
  // Whoever made this folder before us could otherwise answer in the database's place.
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) {
    throw new Error(`${short} is not a private directory of this user.`);
  }
  return join(short, `${name}.sock`);
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Only a refusal, or no socket at all, proves that nobody is there; any other failure counts as somebody. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => resolve(!isCode(error, 'ECONNREFUSED', 'ENOENT')));
  });
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
