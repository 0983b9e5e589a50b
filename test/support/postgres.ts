import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { postgresBinaries, serverUser } from './postgresBinaries.ts';
import { endPostmaster } from './temp.ts';

const run = promisify(execFile);

/** A PostgreSQL server of the tests' own: a temporary data directory, a free port on 127.0.0.1, a password of its own. */
export type PostgresServer = {
  readonly port: number;
  readonly pid: number;
  /** What leads a client with a connection string that names only a database to the server's socket. */
  readonly environment: { readonly PGHOST: string; readonly PGPORT: string; readonly PGUSER: string };
  /** The connection string of one of its databases. */
  url(database: string): string;
  /** SIGKILL for the postmaster and, through it, every backend: what a crash test does. */
  kill(): Promise<void>;
  /** Starts again on the same directory and port after `kill`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export type PostgresOptions = {
  /** Where the data directory is made. */
  folder: string;
  /** True: fsync and full-page writes as in production, for crash runs. False: fast, for everything else. */
  isDurable?: boolean;
};

const fastSettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const settings = ['max_connections=300', 'shared_buffers=64MB', 'max_wal_size=1GB', 'jit=off'];

export async function startPostgres({ folder, isDurable = false }: PostgresOptions): Promise<PostgresServer> {
  const binaries = postgresBinaries();
  if (binaries === null) throw new Error('No PostgreSQL server binaries found (initdb, postgres).');
  const user = serverUser();
  const data = join(folder, 'postgres');
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  const logFile = join(folder, 'postgres.log');
  mkdirSync(data, { recursive: true });
  chmodSync(data, 0o700);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) {
    chownSync(data, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const asUser = { ...user, cwd: data, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };
  await run(
    join(binaries, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'slipway',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--auth-host=scram-sha-256',
      // Its socket stands in a folder that this user alone may enter.
      '--auth-local=trust',
      '--no-sync',
      `--pwfile=${passwordFile}`,
    ],
    asUser,
  );
  rmSync(passwordFile);

  const port = await freePort();
  const all = [
    ...settings,
    ...(isDurable ? [] : fastSettings),
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${data}`,
  ];
  const url = (database: string) => `postgres://slipway:${password}@127.0.0.1:${port}/${database}`;
  let child: ChildProcess | null = null;

  async function start() {
    const log = openSync(logFile, 'a');
    const starting = spawn(
      join(binaries ?? '', 'postgres'),
      ['-D', data, ...all.flatMap((setting) => ['-c', setting])],
      {
        ...asUser,
        stdio: ['ignore', 'ignore', log],
      },
    );
    closeSync(log);
    child = starting;
    await untilAnswering(url('postgres'), () => {
      if (starting.exitCode !== null)
        throw new Error(`PostgreSQL ended while starting:\n${readFileSync(logFile, 'utf8')}`);
    });
  }

  async function end(signal: 'SIGKILL' | 'SIGQUIT' | 'SIGINT') {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await ended;
  }

  await start();
  return {
    port,
    environment: { PGHOST: data, PGPORT: String(port), PGUSER: 'slipway' },
    get pid() {
      return child?.pid ?? 0;
    },
    url,
    kill: () => end('SIGKILL'),
    restart: start,
    async stop() {
      await end('SIGQUIT');
      endPostmaster(data);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function untilAnswering(url: string, assertAlive: () => void): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      assertAlive();
      if (Date.now() > deadline) throw new Error('PostgreSQL does not answer.', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await sql.end({ timeout: 0 });
    }
  }
}

/** A TCP port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
