import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { maxSocketsPerPerson } from '../../server/platform/http/upgrades.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let client: Session;
beforeEach(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
});
afterEach(() => app.close());

const socketUrl = () => `${app.url.replace(/^http/, 'ws')}/graphql`;
const openSocket = () => new WebSocket(socketUrl(), 'graphql-transport-ws', { headers: client.headers });
const isOpen = (ws: WebSocket) => new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
const roomOf = () => `/notes/${app.world.clients[0]!.tasks[0]!.noteId}.1`;

test.each(['/nowhere', '/graphql', '/notes/x'])(
  'a refused handshake on %s leaves no socket behind, even when the caller never hangs up',
  async (path) => {
    const { hostname, port } = new URL(app.url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let isReset = false;
    socket.on('error', () => {
      isReset = true;
    });
    socket
      .resume()
      .write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    await new Promise((resolve) => socket.once('end', resolve));
    await eventually(() => {
      socket.write('still here');
      expect(isReset).toBe(true);
    });
    socket.destroy();
  },
);

test('a session that ends during the handshake ends the socket that came out of it', async () => {
  const { connections } = app.services;
  const add = connections.add;
  connections.add = (connection) => {
    app.clock.advance(31 * 24 * 3_600_000);
    return add(connection);
  };
  const ws = openSocket();
  const code = await new Promise((resolve) => ws.once('close', resolve));
  expect(code).toBe(4403);
});

test('[G14] one person opens so many sockets, and no more', async () => {
  const personId = client.personId!;
  for (let i = 0; i < maxSocketsPerPerson; i++) {
    app.services.connections.add({ personId, sessionId: '', isStillAllowed: async () => true, end: () => {} });
  }
  await expect(isOpen(openSocket())).rejects.toThrow('429');
  const note = new WebSocket(`${app.url.replace(/^http/, 'ws')}${roomOf()}`, { headers: client.headers });
  await expect(isOpen(note)).rejects.toThrow('429');
});

test('[F17] a socket that asks and never reads is cut', async () => {
  const ws = openSocket();
  await isOpen(ws);
  ws.send('{"type":"connection_init"}');
  (ws as unknown as { _socket: { pause(): void } })._socket.pause();
  const ping = JSON.stringify({ type: 'ping', payload: { filler: 'x'.repeat(900_000) } });
  for (let i = 0; i < 30; i++) ws.send(ping);
  await eventually(() => expect(app.services.connections.countOf(client.personId!)).toBe(0));
  ws.terminate();
});

test('[G14] one person follows so much on a socket, and on all of theirs, and no more', async () => {
  const query = 'subscription ($id: ID!) { changes(projectId: $id) { __typename } }';
  const payload = { query, variables: { id: app.world.project.id } };
  const follow = async (session: Session, count: number) => {
    const ws = new WebSocket(socketUrl(), 'graphql-transport-ws', { headers: session.headers });
    await isOpen(ws);
    const answers = { next: 0, error: 0 };
    ws.on('message', (data) => {
      const { type } = JSON.parse(data.toString());
      if (type === 'next' || type === 'error') answers[type as 'next' | 'error'] += 1;
      if (type !== 'connection_ack') return;
      for (let i = 0; i < count; i++) ws.send(JSON.stringify({ id: String(i), type: 'subscribe', payload }));
    });
    ws.send('{"type":"connection_init"}');
    await eventually(() => answers.next + answers.error === count);
    return answers;
  };
  expect(await follow(client, 55)).toEqual({ next: 50, error: 5 });
  for (let i = 1; i < 10; i++) expect(await follow(client, 50)).toEqual({ next: 50, error: 0 });
  expect(await follow(client, 3)).toEqual({ next: 0, error: 3 });
  const other = await app.signIn(app.world.pm);
  expect(await follow(other, 3)).toEqual({ next: 3, error: 0 });
});
