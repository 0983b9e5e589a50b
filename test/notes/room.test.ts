import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { createAppender } from '../../server/notes/appender.ts';
import { identityOf } from '../../server/notes/identity.ts';
import { noteLimits } from '../../server/notes/limits.ts';
import { Peer } from '../../server/notes/peer.ts';
import { readMessage, step2Frame, updateFrame } from '../../server/notes/protocol.ts';
import { Room } from '../../server/notes/room.ts';
import { eventually } from '../support/eventually.ts';
import { type NotesHarness, type SignedIn, startNotes } from './harness.ts';

let harness: NotesHarness;
let room: Room;
beforeEach(async () => {
  harness = await startNotes();
  const { id, projectId, taskId } = harness.note;
  const note = { noteId: id, epoch: 1, projectId, taskId, audience: 'SHARED' } as const;
  room = new Room(harness.services, note, {
    limits: roomLimits,
    appender: createAppender(harness.services),
    onGone: () => {},
  });
});
afterEach(async () => {
  await room.close();
  await harness.close();
});

/** A socket that keeps what it was sent; `bufferedAmount` is what the far side has not read. */
class FakeSocket extends EventEmitter {
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: Uint8Array[] = [];
  code: number | null = null;
  isTerminated = false;
  write(frame: Buffer) {
    const { length: size } = frame;
    const headBytes = size < 128 ? 2 : 4;
    // The header says how long it is; what is kept is the message.
    expect(headBytes === 2 ? frame[1] : frame.readUInt16BE(2)).toBe(size - headBytes);
    this.sent.push(new Uint8Array(frame.subarray(headBytes)));
    return true;
  }
  isPaused = false;
  pause() {
    this.isPaused = true;
  }
  resume() {
    this.isPaused = false;
  }
  ping() {}
  close(code: number) {
    this.code ??= code;
  }
  terminate() {
    this.isTerminated = true;
    this.readyState = 3;
  }
}

const roomLimits = { ...noteLimits, waitingBytes: 10_000 };

function join(who: SignedIn, canEdit: boolean, limits = roomLimits): { socket: FakeSocket; peer: Peer } {
  const socket = new FakeSocket();
  const options = {
    sessionId: who.personId,
    identity: identityOf(who.personId, who.name),
    canEdit,
    wantsAcks: true,
    isUnseen: false,
    limits,
  };
  const peer = new Peer(socket as unknown as WebSocket, options, socket);
  room.join(peer);
  return { socket, peer };
}

function update(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('x').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}

const saved = (count: number) => new Uint8Array([100, 0, count]);

test('[Z12] what a reader sends as sync step 2 or as update is neither stored nor relayed nor acknowledged', async () => {
  const reader = join(harness.anna, false);
  const writer = join(harness.ben, true);
  room.receive(reader.peer, readMessage(step2Frame(update('by step 2'))));
  room.receive(reader.peer, readMessage(updateFrame(update('by update'))));
  room.receive(writer.peer, readMessage(updateFrame(update('allowed'))));
  await eventually(() => expect(writer.socket.sent).toContainEqual(saved(1)));
  expect((await harness.stored()).people).toEqual([harness.ben.personId]);
  expect(writer.socket.sent.some((frame) => Buffer.from(frame).includes('by '))).toBe(false);
  expect(reader.socket.sent.some((frame) => frame[0] === 100)).toBe(false);
  expect(reader.socket.sent.some((frame) => Buffer.from(frame).includes('allowed'))).toBe(true);
});

test('[Z10] a writer who became a reader writes no more, not even what waited', async () => {
  const { peer } = join(harness.anna, true);
  room.receive(peer, readMessage(updateFrame(update('waits'))));
  peer.canEdit = false;
  const other = join(harness.ben, true);
  room.receive(other.peer, readMessage(updateFrame(update('allowed'))));
  await eventually(() => expect(other.socket.sent).toContainEqual(saved(1)));
  expect((await harness.stored()).people).toEqual([harness.ben.personId]);
});

test('[Y13] a reader that does not read is cut, and the others are not held up', async () => {
  const slow = join(harness.anna, true);
  const writer = join(harness.ben, true);
  await eventually(() => expect(slow.socket.sent.length).toBeGreaterThan(0));
  slow.socket.bufferedAmount = 10_001;
  room.receive(writer.peer, readMessage(updateFrame(update('on'))));
  await eventually(() => expect(writer.socket.sent).toContainEqual(saved(1)));
  expect(slow.socket.isTerminated).toBe(true);
});

test('a socket that sends faster than can be stored is told to come back', () => {
  const { peer, socket } = join(harness.anna, true);
  for (let i = 0; i < 3; i++) room.receive(peer, readMessage(updateFrame(update('x'.repeat(4_000)))));
  expect(socket.code).toBe(1013);
});

test('[Y12] a socket that asks for more than its share is not heard for a while, and nothing that it sent is lost', async () => {
  const limits = { ...noteLimits, allowance: { burst: 10, perSecond: 20 } };
  const { peer, socket } = join(harness.anna, true, limits);
  const doc = new Y.Doc();
  doc.on('update', (change: Uint8Array) => room.receive(peer, readMessage(updateFrame(change))));
  for (let i = 0; i < 20; i++) doc.getText('x').insert(i, 'x');
  expect(socket.isPaused).toBe(true);
  await eventually(() => expect(socket.sent).toContainEqual(saved(20)));
  await eventually(() => expect(socket.isPaused).toBe(false));
});

test('a socket that stopped answering pings is ended', () => {
  const { socket } = join(harness.anna, true);
  room.pingAll();
  socket.emit('pong');
  room.pingAll();
  expect(socket.isTerminated).toBe(false);
  room.pingAll();
  expect(socket.isTerminated).toBe(true);
});

test('what several people wrote at the same moment keeps its authors', async () => {
  const anna = join(harness.anna, true);
  const ben = join(harness.ben, true);
  room.receive(anna.peer, readMessage(updateFrame(update('a'))));
  room.receive(anna.peer, readMessage(updateFrame(update('b'))));
  room.receive(ben.peer, readMessage(updateFrame(update('c'))));
  await eventually(() => expect(ben.socket.sent).toContainEqual(saved(1)));
  expect(anna.socket.sent).toContainEqual(saved(2));
  expect((await harness.stored()).people).toEqual([harness.anna.personId, harness.ben.personId]);
});

test('[Y1] an update that reads well but cannot be applied ends its own socket only, and nothing of it is kept', async () => {
  /** An item whose left neighbour is a later item of the same, so far unknown, client: Yjs throws half-way. */
  const bytes = [1, 1, 2, 0, 0x80, 2, 2, 6, 1, 0x78, 1, 0x77, 1, 0x68, 0];
  const good = join(harness.ben, true);
  const bad = join(harness.anna, true);
  room.receive(good.peer, readMessage(updateFrame(update('first'))));
  room.receive(bad.peer, readMessage(updateFrame(update('of a socket that goes'))));
  room.receive(bad.peer, readMessage(updateFrame(Uint8Array.from(bytes))));
  room.receive(good.peer, readMessage(updateFrame(update('second'))));
  await eventually(() => expect(good.socket.sent).toContainEqual(saved(2)));
  expect(bad.socket.code).toBe(4400);
  expect(good.socket.code).toBe(null);
  expect(new Set((await harness.stored()).people)).toEqual(new Set([harness.ben.personId]));
  const reader = harness.enter(harness.pm);
  await reader.synced();
  expect(reader.doc.getText('x').toString()).toMatch(/^(firstsecond|secondfirst)$/);
});
