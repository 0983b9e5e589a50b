import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyWrites, type Write } from '../../server/notes/batch.ts';
import { noteLimits } from '../../server/notes/limits.ts';
import type { Peer } from '../../server/notes/peer.ts';
import { updateFrame } from '../../server/notes/protocol.ts';
import { startNotes } from './harness.ts';
import { connectRaw } from './rawSocket.ts';

/** `n` clients write before the one item there is, `n` others write anywhere: Yjs looks at n * n pairs to place them. */
function quadratic(n: number): Uint8Array {
  const update = encoding.createEncoder();
  const item = (client: number, right: number | null, letter: string) => {
    for (const number of [1, client, 0]) encoding.writeVarUint(update, number);
    encoding.writeUint8(update, right === null ? 4 : 4 | 0x40);
    if (right === null) {
      encoding.writeVarUint(update, 1);
      encoding.writeVarString(update, 't');
    } else {
      encoding.writeVarUint(update, right);
      encoding.writeVarUint(update, 0);
    }
    encoding.writeVarString(update, letter);
  };
  encoding.writeVarUint(update, 2 * n + 1);
  for (let i = 0; i < n; i++) item(2_000_000 - i, 1, 'x');
  for (let i = 0; i < n; i++) item(1_000_000 - i, null, 'n');
  item(1, null, 'X');
  encoding.writeVarUint(update, 0);
  return encoding.toUint8Array(update);
}

test('an update that would take minutes to apply ends its own socket, and nothing of it is kept', async () => {
  const harness = await startNotes();
  const ben = harness.enter(harness.ben);
  await ben.synced();
  const headers = { cookie: harness.anna.cookie, origin: harness.url() };
  const socket = await connectRaw({ url: harness.url(), path: harness.note.room, headers });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  const started = performance.now();
  socket.send(updateFrame(quadratic(20_000)));
  expect(await socket.closed).toBe(4400);
  expect(performance.now() - started).toBeLessThan(5_000);
  ben.addParagraph('still here');
  await ben.saved();
  expect((await harness.stored()).people).toEqual([harness.ben.personId]);
  await harness.close();
});

test('a pile of small updates is applied in portions, in order, and the process breathes in between', () => {
  const peer = { identity: { personId: 'anna' } } as Peer;
  const author = new Y.Doc();
  let writes: Write[] = [];
  author.on('update', (update: Uint8Array) => writes.push({ peer, update }));
  const length = 40_000;
  for (let i = 0; i < length; i++) author.getText('t').insert(0, String(i % 10));

  const doc = new Y.Doc();
  let portions = 0;
  let messages = 0;
  while (writes.length > 0) {
    const applied = applyWrites(doc, writes, noteLimits.pendingBytes);
    if (applied.broken) throw new Error('an honest update was refused');
    writes = applied.rest;
    messages += applied.changes.reduce((sum, change) => sum + change.messages, 0);
    portions += 1;
  }
  expect(portions).toBeGreaterThan(1);
  expect(messages).toBe(length);
  expect(doc.getText('t').toString()).toBe(author.getText('t').toString());
});
