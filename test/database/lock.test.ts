import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { connectDatabase } from '../../server/platform/database/connect.ts';
import { openEmbedded } from '../../server/platform/database/embedded.ts';
import { claimDatabase, currentHolder, DatabaseInUse } from '../../server/platform/database/lock.ts';
import { copyEmbedded, makeDataDir } from './both.ts';

const child = fileURLToPath(new URL('./lockChild.ts', import.meta.url));

type Starter = { process: ChildProcessWithoutNullStreams; line(): Promise<string> };

function startStarter(dataDir: string): Starter {
  const started = spawn(process.execPath, ['--import', 'tsx', child, dataDir]);
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  return { process: started, line: async () => (await lines.next()).value ?? 'nothing' };
}

async function kill(starter: Starter): Promise<void> {
  const gone = new Promise((resolve) => starter.process.once('exit', resolve));
  starter.process.kill('SIGKILL');
  await gone;
}

test('[F2] of five processes that start at once exactly one gets the database, also when the last owner was killed', async () => {
  const dataDir = makeDataDir();
  for (let round = 0; round < 4; round++) {
    const starters = Array.from({ length: 5 }, () => startStarter(dataDir));
    await Promise.all(starters.map((starter) => starter.line()));
    for (const starter of starters) starter.process.stdin.write('go\n');
    const said = await Promise.all(starters.map((starter) => starter.line()));
    const winner = starters[said.indexOf('won')]?.process.pid;
    expect(said.filter((line) => line === 'won')).toHaveLength(1);
    expect(said.filter((line) => line === `lost ${winner}`)).toHaveLength(4);
    await Promise.all(starters.map(kill));
  }
}, 60_000);

test('[F2] of many claims made at once on a dead owner exactly one succeeds', async () => {
  const dataDir = makeDataDir();
  for (let round = 0; round < 40; round++) {
    const servers = Array.from({ length: 8 }, () => createServer());
    const claims = await Promise.allSettled(servers.map((server) => claimDatabase(dataDir, server)));
    const lost = claims.flatMap((claim) => (claim.status === 'rejected' ? [claim.reason] : []));
    expect(lost).toHaveLength(7);
    expect(lost.every((reason) => reason instanceof DatabaseInUse)).toBe(true);
    // Its socket goes and its notes stay behind, as after a kill.
    const winner = servers[claims.findIndex((claim) => claim.status === 'fulfilled')];
    await new Promise((resolve) => winner?.close(resolve));
  }
  const claim = await claimDatabase(dataDir, createServer());
  await claim.release();
  expect(readdirSync(join(dataDir, 'lock'))).toHaveLength(1);
});

test('[F2] opening a database that is open is refused and names the process and address that has it', async () => {
  const dataDir = makeDataDir();
  await copyEmbedded(dataDir);
  const first = await openEmbedded(dataDir);
  first.announce('http://localhost:4321');
  await expect.poll(async () => (await currentHolder(dataDir))?.url).toBe('http://localhost:4321');
  const second = await openEmbedded(dataDir).catch((error: unknown) => error);
  expect(second).toBeInstanceOf(DatabaseInUse);
  expect(second).toMatchObject({ holder: { pid: process.pid, url: 'http://localhost:4321' } });
  await first.close();
  expect(await currentHolder(dataDir)).toBeNull();
  const third = await openEmbedded(dataDir);
  expect(third.isFresh).toBe(false);
  await third.close();
}, 120_000);

test('the command line works in the database of a running server, and opens it itself when none runs', async () => {
  const dataDir = makeDataDir();
  await copyEmbedded(dataDir);
  const where = { dataDir, databaseUrl: null };
  const running = await connectDatabase(where);
  const joined = await connectDatabase(where, { joinRunning: true });
  await joined.sql`create table said (what text)`;
  await joined.close();
  await running.sql`insert into said values ('hello')`;
  await running.close();
  const alone = await connectDatabase(where, { joinRunning: true });
  expect(await alone.sql`select what from said`).toEqual([{ what: 'hello' }]);
  await expect(connectDatabase(where)).rejects.toBeInstanceOf(DatabaseInUse);
  await alone.close();
}, 120_000);

test('nobody else on the machine can reach the database or read who has it', async () => {
  const dataDir = makeDataDir();
  const claim = await claimDatabase(dataDir, createServer());
  expect(statSync(dirname(claim.socketPath)).mode & 0o077).toBe(0);
  await claim.release();
});

test('a data directory whose path is too long for a socket gets its socket in a private temporary folder', async () => {
  const dataDir = join(makeDataDir(), 'x'.repeat(120));
  mkdirSync(dataDir);
  const claim = await claimDatabase(dataDir, createServer());
  expect(Buffer.byteLength(claim.socketPath)).toBeLessThanOrEqual(100);
  await expect(claimDatabase(dataDir, createServer())).rejects.toBeInstanceOf(DatabaseInUse);
  await claim.release();
});
