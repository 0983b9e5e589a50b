import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const inMemory = '/dev/shm';
/** As much as a run may hold at once, several times over. */
const roomyBytes = 8_000_000_000;

/**
 * Where the tests of this user keep what they make; one folder per run inside. Short, for the sake of socket paths. In
 * memory where there is plenty of it: copying and dropping databases is half of what PostgreSQL does for them.
 */
function tempRoot(): string {
  const root = join(hasRoomInMemory() ? inMemory : tmpdir(), `slipway-tests-${process.getuid?.() ?? 0}`);
  mkdirSync(root, { recursive: true, mode: 0o755 });
  return root;
}

function hasRoomInMemory(): boolean {
  if (!existsSync(inMemory) || freemem() < roomyBytes) return false;
  const { bavail, bsize } = statfsSync(inMemory);
  return bavail * bsize > roomyBytes;
}

/** A folder for this run that the next run can recognise as left over, by the pid of the process that made it. */
export function makeRunFolder(): string {
  const folder = mkdtempSync(join(tempRoot(), 'run-'));
  // The database server runs as another user when we are root and must be able to pass through.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'owner.pid'), String(process.pid));
  return folder;
}

/** Ends and removes what killed runs left behind: a database server outlives the SIGKILL of the tests that started it. */
export function removeLeftovers(): void {
  const root = tempRoot();
  for (const name of readdirSync(root)) {
    const folder = join(root, name);
    const owner = readPid(join(folder, 'owner.pid'));
    if (owner === null || isAlive(owner)) continue;
    endPostmaster(join(folder, 'postgres'));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends the server whose data directory this is, and only that one: a pid alone may have gone to somebody else since. */
export function endPostmaster(dataDirectory: string): void {
  const pid = readPid(join(dataDirectory, 'postmaster.pid'));
  if (pid === null || !isAlive(pid)) return;
  const commandLine = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
  if (commandLine.includes(dataDirectory)) process.kill(pid, 'SIGQUIT');
}

function readPid(path: string): number | null {
  if (!existsSync(path)) return null;
  const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
