import { eq, sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { noteUpdates } from '../../drizzle/schema/index.ts';
import { eventually } from '../support/eventually.ts';
import { noteText } from '../support/noteClient.ts';
import { type NotesHarness, startNotes } from './harness.ts';

let harness: NotesHarness;
afterEach(() => harness.close());

/** The database refuses to read and to write updates until the answer is called. */
async function takeUpdatesAway(): Promise<() => Promise<void>> {
  const { db } = harness.services;
  await db.execute(sql`alter table note_updates rename to note_updates_away`);
  return async () => {
    await db.execute(sql`alter table note_updates_away rename to note_updates`);
  };
}

/** Inserts wait until the answer is called; reading goes on. */
async function holdInserts(): Promise<() => void> {
  return new Promise((resolve) => {
    void harness.services.db.transaction(async (tx) => {
      await tx.execute(sql`lock table note_updates in share mode`);
      await new Promise<void>((release) => resolve(release));
    });
  });
}

test('an update is relayed and acknowledged only once its row is in Postgres', async () => {
  harness = await startNotes();
  const anna = harness.enter(harness.anna);
  const ben = harness.enter(harness.ben);
  await Promise.all([anna.synced(), ben.synced()]);
  const release = await holdInserts();
  anna.addParagraph('held');
  // A newcomer is answered after the write, so that nobody sees what may still be lost.
  const late = harness.enter(harness.pm);
  // Ben sees the newcomer, and the newcomer what Ben says to that: an answer to the newcomer's question would be there.
  late.provider.awareness.setLocalStateField('cursor', 'here');
  await eventually(() => expect(ben.provider.awareness.getStates().has(late.doc.clientID)).toBe(true));
  ben.provider.awareness.setLocalStateField('cursor', 'seen');
  await eventually(() =>
    expect(late.provider.awareness.getStates().get(ben.doc.clientID)).toMatchObject({ cursor: 'seen' }),
  );
  expect(anna.saving().unsaved).toBe(1);
  expect(ben.text()).toBe('');
  expect(late.provider.synced).toBe(false);
  expect((await harness.stored()).seqs).toEqual([]);
  release();
  await Promise.all([anna.saved(), late.synced()]);
  expect((await harness.stored()).seqs).toEqual([1]);
  expect(late.text()).toBe('held');
  await eventually(() => expect(ben.text()).toBe('held'));
});

test('[F30] when the database refuses, the client is told that nothing is saved, and it is tried until it is', async () => {
  harness = await startNotes();
  const anna = harness.enter(harness.anna);
  await anna.synced();
  const giveBack = await takeUpdatesAway();
  anna.addParagraph('not yet');
  await eventually(() => expect(anna.saving()).toEqual({ unsaved: 1, isFailing: true }));
  await giveBack();
  await anna.saved();
  expect(anna.saving()).toEqual({ unsaved: 0, isFailing: false });
  expect((await harness.stored()).seqs).toEqual([1]);
});

test('[F30] a write that cannot be stored keeps its room open after the writer has left', async () => {
  harness = await startNotes();
  const anna = harness.enter(harness.anna);
  await anna.synced();
  const giveBack = await takeUpdatesAway();
  anna.addParagraph('left behind');
  await eventually(() => expect(anna.saving().isFailing).toBe(true));
  anna.provider.disconnect();
  await giveBack();
  await eventually(() => expect(harness.openRooms()).toBe(0));
  expect(await noteText({ url: harness.url(), cookie: harness.ben.cookie, room: harness.note.room })).toBe(
    'left behind',
  );
});

test('a note that could not be loaded is never written, and opens once it can be', async () => {
  harness = await startNotes();
  const anna = harness.enter(harness.anna);
  await anna.synced();
  anna.addParagraph('before');
  await anna.saved();
  anna.provider.disconnect();
  await eventually(() => expect(harness.openRooms()).toBe(0));
  const before = await harness.stored();
  const giveBack = await takeUpdatesAway();
  anna.addParagraph('after');
  anna.provider.connect();
  await eventually(() => expect(anna.closed.filter((code) => code === 1013).length).toBeGreaterThan(1));
  expect(anna.saving().unsaved).toBe(1);
  await giveBack();
  expect(await harness.stored()).toEqual(before);
  await anna.saved();
  expect(await noteText({ url: harness.url(), cookie: harness.ben.cookie, room: harness.note.room })).toBe(
    'before\nafter',
  );
});

test('a note with a missing update is not opened', async () => {
  harness = await startNotes();
  const { db, clock } = harness.services;
  const doc = new Y.Doc();
  doc.getText('x').insert(0, 'x');
  const update = Y.encodeStateAsUpdate(doc);
  const row = { noteId: harness.note.id, epoch: 1, update, personId: null, at: clock.now() };
  await db.insert(noteUpdates).values([
    { ...row, seq: 1 },
    { ...row, seq: 3 },
  ]);
  const anna = harness.enter(harness.anna);
  await eventually(() => expect(anna.closed).toContain(1013));
  await db.delete(noteUpdates).where(eq(noteUpdates.seq, 3));
  await anna.synced();
});

test('a room that meets the numbers of another writer gives way, and loses nothing', async () => {
  harness = await startNotes();
  const { db, clock } = harness.services;
  const anna = harness.enter(harness.anna);
  await anna.synced();
  const other = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('by another')]);
  other.getXmlFragment('default').push([paragraph]);
  const update = Y.encodeStateAsUpdate(other);
  await db
    .insert(noteUpdates)
    .values({ noteId: harness.note.id, epoch: 1, seq: 1, update, personId: null, at: clock.now() });
  anna.addParagraph('by Anna');
  await anna.saved();
  expect(anna.closed).toContain(1012);
  expect(anna.text().split('\n').sort()).toEqual(['by Anna', 'by another']);
  expect((await harness.stored()).seqs).toEqual([1, 2]);
});
