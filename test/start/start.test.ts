import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { connectDatabase } from '../../server/platform/database/connect.ts';
import { copyEmbedded } from '../database/both.ts';
import { createTestDatabase } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/postgres.ts';
import { spawnServer, startServer } from '../support/serverProcess.ts';

function makeDataDir(): string {
  return mkdtempSync(join(inject('runFolder'), 'd-'));
}

test('the first start makes the database, loads the sample, says where it is and how to sign in', async () => {
  const dataDir = makeDataDir();
  const server = await startServer({ DATA_DIR: dataDir });
  console.log(`first start: ready after ${Math.round(server.readyMs)} ms`);
  expect(server.readyMs).toBeLessThan(60_000);
  expect(server.url).toMatch(/^http:\/\/localhost:\d+$/);
  await eventually(() => expect(server.output().trim().split('\n')).toHaveLength(2));
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  const { samplePeople } = await (await fetch(`${server.url}/auth/options`)).json();
  expect(samplePeople.length).toBeGreaterThan(2);

  // The same directory again, while it is in use.
  const second = await spawnServer({ DATA_DIR: dataDir }).ended;
  expect(second.code).toBe(1);
  expect(second.output.trim().split('\n')).toHaveLength(1);
  expect(second.output).toContain(`process ${server.pid}`);
  expect(second.output).toContain(server.url);

  server.signal('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, signal: null });
}, 180_000);

test('[F3] kill -9 at any moment of the first start leaves a directory that the next start opens', async () => {
  const dataDir = makeDataDir();
  const moments: (() => boolean)[] = [
    () => existsSync(join(dataDir, 'lock')),
    () => readdirSync(dataDir).some((name) => name.startsWith('database.new-')),
    () => readdirSync(dataDir).some((name) => existsSync(join(dataDir, name, 'PG_VERSION'))),
    () => existsSync(join(dataDir, 'database')),
  ];
  for (const hasCome of moments) {
    const starting = spawnServer({ DATA_DIR: dataDir });
    await eventually(hasCome, 100_000);
    starting.process.kill('SIGKILL');
    expect((await starting.ended).signal).toBe('SIGKILL');
  }
  const server = await startServer({ DATA_DIR: dataDir });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(readdirSync(dataDir).filter((name) => name.startsWith('database'))).toEqual(['database']);
  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(0);
}, 300_000);

test('a port that is in use, a wrong setting and a database that is not there are each told in plain words', async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '127.0.0.1', () => {
      const address = taken.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const dataDir = makeDataDir();
  await copyEmbedded(dataDir);
  const onTaken = await spawnServer({ DATA_DIR: dataDir, SAMPLE_DATA: 'false', HOST: '127.0.0.1', PORT: `${port}` })
    .ended;
  expect(onTaken).toMatchObject({ code: 1, output: expect.stringContaining(`Port ${port} is in use`) });
  taken.close();

  const misset = await spawnServer({ DATA_DIR: dataDir, PORT: 'http', PUBLIC_URL: 'slipway' }).ended;
  expect(misset.code).toBe(1);
  expect(misset.output).toMatch(/PORT: .*\n.*PUBLIC_URL: /);

  const nowhere = `postgres://slipway@127.0.0.1:${await freePort()}/slipway`;
  const unreachable = await spawnServer({ DATA_DIR: dataDir, DATABASE_URL: nowhere, MASTER_KEY: 'A'.repeat(43) }).ended;
  expect(unreachable).toMatchObject({ code: 1, output: expect.stringContaining('cannot be reached') });
  for (const { output } of [onTaken, misset, unreachable]) expect(output).not.toMatch(/^\s+at /m);
}, 120_000);

test('a database that a newer version has migrated is left alone', async () => {
  const database = await createTestDatabase();
  const { sql, close } = await connectDatabase({ dataDir: makeDataDir(), databaseUrl: database.url });
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', ${Date.now() + 1e9})`;
  await close();
  const env = { DATA_DIR: makeDataDir(), DATABASE_URL: database.url, MASTER_KEY: 'A'.repeat(43) };
  const refused = await spawnServer(env).ended;
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('newer version of Slipway') });
  await database.drop();
}, 120_000);
