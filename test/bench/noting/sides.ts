import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { compiledOf } from '../../../server/platform/threads/compiled.mjs';
import { freePort, type PostgresServer } from '../../support/postgres.ts';
import type { Place } from './link.ts';
import { peersFolder } from './peers.ts';
import { cpuMsOf, cpuMsOfChildren } from './processTimes.ts';

export const sideNames = [
  'ours',
  'ours embedded',
  'y-websocket',
  'y-websocket + LevelDB',
  'Hocuspocus + Postgres',
] as const;
export type SideName = (typeof sideNames)[number];

/** A server under test, in a process of its own, on data of its own. */
export type Side = {
  readonly name: SideName;
  readonly pid: number;
  /** Where a socket number `socket` finds document number `document`. */
  place(document: number, socket: number): Place;
  /** Processor time of the server so far; `database` is what its PostgreSQL took besides. */
  cpuMs(): { server: number; database: number };
  kill(): Promise<void>;
  /** After `kill`, on the same data. */
  start(): Promise<void>;
};

type Ready = { port: number; rooms?: string[]; cookies?: string[] };

const ourSide = fileURLToPath(await compiledOf(new URL('./ours.ts', import.meta.url)));
const hocuspocus = fileURLToPath(await compiledOf(new URL('./hocuspocus.ts', import.meta.url)));
const yWebsocket = `${peersFolder}node_modules/@y/websocket-server/src/server.js`;

/** Starts one. `folder` is where it keeps its data, on a disk; a fresh place in there is made. */
export async function startSide(
  name: SideName,
  { folder, server, notes }: { folder: string; server: PostgresServer; notes: number },
): Promise<Side> {
  const dataDir = mkdtempSync(join(folder, 'side-'));
  mkdirSync(join(dataDir, 'level'));
  const usesPostgres = name === 'ours' || name === 'Hocuspocus + Postgres';
  const databaseUrl = usesPostgres ? await freshDatabase(server) : '';
  let child: ChildProcess;
  let ready: Ready;

  async function start() {
    const port = await freePort();
    const common = {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(port),
      TZ: 'UTC',
      BENCH_PEERS: peersFolder,
    };
    const own = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, NOTES: String(notes) };
    if (name.startsWith('ours')) child = run([ourSide], { ...common, ...own });
    else if (name.startsWith('Hocuspocus')) child = run([hocuspocus], { ...common, ...own });
    else
      child = run([yWebsocket], {
        ...common,
        ...(name.endsWith('LevelDB') ? { YPERSISTENCE: join(dataDir, 'level') } : {}),
      });
    ready = { port, ...(await readyLine(child)) };
  }

  await start();
  if (usesPostgres) await settle(server);
  return {
    name,
    get pid() {
      return child.pid ?? 0;
    },
    place(document, socket) {
      const url = `ws://127.0.0.1:${ready.port}`;
      if (name.startsWith('Hocuspocus'))
        return { url, headers: {}, framing: 'hocuspocus', document: `note-${document}` };
      if (!name.startsWith('ours'))
        return { url: `${url}/note-${document}`, headers: {}, framing: 'plain', document: '' };
      const { rooms = [], cookies = [] } = ready;
      const headers = { cookie: cookies[socket % cookies.length] ?? '', origin: `http://127.0.0.1:${ready.port}` };
      return { url: `${url}${rooms[document]}`, headers, framing: 'plain', document: '' };
    },
    cpuMs: () => ({ server: cpuMsOf(child.pid ?? 0), database: usesPostgres ? cpuMsOfChildren(server.pid) : 0 }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      // A profile is written by a process that ends by itself.
      child.kill(process.env.BENCH_PROFILE ? 'SIGTERM' : 'SIGKILL');
      await ended;
    },
    start,
  };
}

function run(args: string[], env: Record<string, string | undefined>): ChildProcess {
  const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];
  return spawn(process.execPath, [...profile, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Its first line that says so: ours is JSON, the others' a sentence. */
function readyLine(child: ChildProcess): Promise<object> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line));
      else if (/^(ready|running at)/.test(line)) resolve({});
    });
    child.once('exit', (code) => reject(new Error(`A side ended with ${code} before it was ready.`)));
  });
}

/** What making a database left to be written is written before anything is measured. */
async function settle(server: PostgresServer): Promise<void> {
  const sql = postgres(server.url('postgres'), { max: 1, onnotice: () => {} });
  await sql`checkpoint`;
  await sql.end();
}

async function freshDatabase(server: PostgresServer): Promise<string> {
  const name = `bench_${process.pid}_${Date.now()}`;
  const sql = postgres(server.url('postgres'), { max: 1, onnotice: () => {} });
  await sql.unsafe(`create database ${name}`);
  await sql.end();
  return server.url(name);
}
