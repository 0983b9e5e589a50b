import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { makeDataDir } from '../database/both.ts';
import { copySample } from '../support/app.ts';
import { testKey } from '../support/config.ts';
import { eventually } from '../support/eventually.ts';
import { sampleSignIn, startServer } from '../support/serverProcess.ts';

async function started() {
  const dataDir = makeDataDir();
  const database = await copySample(dataDir);
  const server = await startServer({
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    MASTER_KEY: testKey,
    SAMPLE_DATA: 'true',
    HOST: '127.0.0.1',
  });
  return { server, database };
}

test('SIGTERM tells open sockets to come back later, takes no new connection and ends with 0 within 25 seconds', async () => {
  const { server, database } = await started();
  const cookie = await sampleSignIn(server.url, 'PM');
  const headers = { origin: server.url, cookie };
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await new Promise((resolve) => socket.once('message', resolve));

  const asked = performance.now();
  server.signal('SIGTERM');
  expect([1001, 1012]).toContain(await closed);
  const ended = await server.ended;
  expect(ended).toMatchObject({ code: 0, signal: null });
  expect(performance.now() - asked).toBeLessThan(25_000);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  await database.drop();
}, 120_000);

test('a second SIGTERM ends a drain that waits for a slow request', async () => {
  const { server, database } = await started();
  const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
  slow.on('error', () => {});
  slow.write(
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
  await fetch(`${server.url}/healthz`);
  server.signal('SIGTERM');
  await eventually(() => expect(fetch(`${server.url}/healthz`)).rejects.toThrow());
  const asked = performance.now();
  await eventually(() => performance.now() - asked > 600);
  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(1);
  expect(performance.now() - asked).toBeLessThan(5_000);
  await database.drop();
}, 120_000);
