import { afterEach, beforeEach, expect, test } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { caretColors } from '../../server/notes/identity.ts';
import { awarenessFrame, updateFrame } from '../../server/notes/protocol.ts';
import { eventually } from '../support/eventually.ts';
import { noteText } from '../support/noteClient.ts';
import { type NotesHarness, type SignedIn, startNotes } from './harness.ts';
import { connectRaw, type RawSocket } from './rawSocket.ts';

let harness: NotesHarness;
beforeEach(async () => {
  harness = await startNotes({ limits: { stateBytes: 20_000, messageBytes: 100_000 } });
});
afterEach(() => harness.close());

async function enterRaw(who: SignedIn): Promise<RawSocket> {
  const headers = { cookie: who.cookie, origin: harness.url() };
  const socket = await connectRaw({ url: harness.url(), path: harness.note.room, headers });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}

test.each<[string, number[]]>([
  ['an empty message', []],
  ['a sync message that ends early', [0]],
  ['an update without bytes', [0, 2]],
  ['a length beyond the end', [0, 2, 100, 1, 2]],
  ['a length of 512 MB', [0, 2, 0x80, 0x80, 0x80, 0x80, 0x02, 0]],
  ['a number without end', [0, 2, ...Array<number>(20).fill(0xff)]],
  ['an update that claims more structs than it has', [0, 2, 5, 200, 200, 1, 1, 0]],
  ['a truncated update', [0, 2, 6, 1, 1, 5, 0, 4, 1]],
  ['awareness that is not JSON', [1, 5, 1, 7, 1, 1, 0x7b]],
])('[Y1] %s ends its own socket with 4400 and nobody else’s', async (_, bytes) => {
  const ben = harness.enter(harness.ben);
  await ben.synced();
  const socket = await enterRaw(harness.anna);
  socket.send(bytes);
  expect(await socket.closed).toBe(4400);
  ben.addParagraph('still here');
  await ben.saved();
  expect(ben.closed).toEqual([]);
});

test('[Y1] messages of unknown types are ignored', async () => {
  const socket = await enterRaw(harness.anna);
  for (const bytes of [[7], [100, 0, 5], [0, 9], [2, 0]]) socket.send(bytes);
  const doc = new Y.Doc();
  doc.getText('x').insert(0, 'x');
  socket.send(updateFrame(Y.encodeStateAsUpdate(doc)));
  await eventually(async () => expect((await harness.stored()).seqs).toEqual([1]));
  socket.close();
});

test('[Y2] a message over the limit ends its socket with 1009', async () => {
  const socket = await enterRaw(harness.anna);
  socket.send(new Uint8Array(100_001));
  expect(await socket.closed).toBe(1009);
  expect((await harness.stored()).seqs).toEqual([]);
});

test('[Y9] an update whose parent never comes is kept, and newcomers still get the text', async () => {
  const full = new Y.Doc();
  const text = full.getText('x');
  const updates: Uint8Array[] = [];
  full.on('update', (update: Uint8Array) => updates.push(update));
  text.insert(0, 'a');
  text.insert(1, 'b');
  const ben = harness.enter(harness.ben);
  await ben.synced();
  const socket = await enterRaw(harness.anna);
  socket.send(updateFrame(updates[1]!));
  await eventually(async () => expect((await harness.stored()).seqs).toEqual([1]));
  ben.addParagraph('goes on');
  await ben.saved();
  await harness.stop();
  await harness.start();
  const late = await enterRaw(harness.anna);
  late.send(updateFrame(updates[0]!));
  await eventually(async () => expect((await harness.stored()).seqs.length).toBeGreaterThan(2));
  const reader = harness.enter(harness.pm);
  await reader.synced();
  expect(reader.text()).toBe('goes on');
  expect(reader.doc.getText('x').toString()).toBe('ab');
});

test('[Y5] who somebody is comes from their session, whatever the client says', async () => {
  const anna = harness.enter(harness.anna);
  const paula = harness.enter(harness.pm);
  await Promise.all([anna.synced(), paula.synced()]);
  anna.provider.awareness.setLocalStateField('user', { name: 'Paula', color: 'url(https://evil.example)' });
  anna.provider.awareness.setLocalStateField('cursor', { anchor: 1 });
  await eventually(() => {
    const seen = paula.provider.awareness.getStates().get(anna.doc.clientID);
    expect(seen).toMatchObject({ cursor: { anchor: 1 }, user: { name: 'Anna', personId: harness.anna.personId } });
    expect(caretColors).toContain(seen?.user.color);
  });
});

test('[Y4] nobody can change or remove the awareness of another', async () => {
  const anna = harness.enter(harness.anna);
  const paula = harness.enter(harness.pm);
  await Promise.all([anna.synced(), paula.synced()]);
  anna.provider.awareness.setLocalStateField('cursor', 'own');
  const cursorOfAnna = () => paula.provider.awareness.getStates().get(anna.doc.clientID)?.cursor;
  await eventually(() => expect(cursorOfAnna()).toBe('own'));
  const ben = await enterRaw(harness.ben);
  const entry = { clientId: anna.doc.clientID, clock: 1_000 };
  ben.send(awarenessFrame([{ ...entry, state: JSON.stringify({ cursor: 'forged' }) }]));
  ben.send(awarenessFrame([{ ...entry, clock: 1_001, state: 'null' }]));
  ben.send(awarenessFrame([{ clientId: 5, clock: 1, state: JSON.stringify({ cursor: 'bens own' }) }]));
  await eventually(() => expect(paula.provider.awareness.getStates().get(5)?.cursor).toBe('bens own'));
  expect(cursorOfAnna()).toBe('own');
});

test('[Y6] a socket speaks for three ids at most, in 4 kB', async () => {
  const paula = harness.enter(harness.pm);
  await paula.synced();
  const socket = await enterRaw(harness.ben);
  const states = () => [...paula.provider.awareness.getStates().keys()].filter((id) => id < 100);
  socket.send(awarenessFrame([{ clientId: 90, clock: 1, state: JSON.stringify({ big: 'x'.repeat(5_000) }) }]));
  for (let clientId = 1; clientId < 10; clientId++) socket.send(awarenessFrame([{ clientId, clock: 1, state: '{}' }]));
  await eventually(() => expect(states()).toEqual([1, 2, 3]));
  socket.close();
  await eventually(() => expect(states()).toEqual([]), 2_000);
});

test('a client that comes back before its old socket has died is seen again at once', async () => {
  const paula = harness.enter(harness.pm);
  await paula.synced();
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const old = await enterRaw(harness.anna);
  awareness.setLocalState({ cursor: 'old' });
  const say = () => [1, ...withLength(encodeAwarenessUpdate(awareness, [doc.clientID]))];
  old.send(say());
  const cursor = () => paula.provider.awareness.getStates().get(doc.clientID)?.cursor;
  await eventually(() => expect(cursor()).toBe('old'));
  const fresh = await enterRaw(harness.anna);
  awareness.setLocalState({ cursor: 'new' });
  fresh.send(say());
  await eventually(() => expect(cursor()).toBe('new'));
  old.close();
  await old.closed;
  awareness.setLocalState({ cursor: 'newer' });
  fresh.send(say());
  await eventually(() => expect(cursor()).toBe('newer'));
  awareness.destroy();
});

test('[Y8] a full note says so, keeps what it has, and can be written again after deleting', async () => {
  const anna = harness.enter(harness.anna);
  await anna.synced();
  anna.addParagraph('x'.repeat(15_000));
  await anna.saved();
  anna.addParagraph('y'.repeat(10_000));
  await eventually(() => expect(anna.closed).toEqual([4413]));
  expect(anna.saving().unsaved).toBe(1);
  const ben = harness.enter(harness.ben);
  await ben.synced();
  expect(ben.text()).toBe('x'.repeat(15_000));
  ben.doc.getXmlFragment('default').delete(0, 1);
  await ben.saved();
  ben.addParagraph('room again');
  await ben.saved();
  expect(await noteText({ url: harness.url(), cookie: harness.pm.cookie, room: harness.note.room })).toBe('room again');
});

test('an idle client hears something at every ping, so that y-websocket does not give the socket up', async () => {
  await harness.stop();
  await harness.start({ pingMs: 50 });
  const socket = await enterRaw(harness.anna);
  await eventually(() =>
    expect(socket.received.filter((frame) => frame.equals(Buffer.from([1, 1, 0])))).not.toEqual([]),
  );
  socket.close();
});

function withLength(bytes: Uint8Array): number[] {
  return [...lengthOf(bytes.length), ...bytes];
}

function lengthOf(length: number): number[] {
  return length < 128 ? [length] : [(length & 127) | 128, length >> 7];
}
