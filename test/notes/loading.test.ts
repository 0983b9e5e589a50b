import { eq, sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { noteSnapshots, noteUpdates } from '../../drizzle/schema/index.ts';
import { appendAll, loadNote } from '../../server/notes/store.ts';
import { eventually } from '../support/eventually.ts';
import { type NotesHarness, startNotes } from './harness.ts';

let harness: NotesHarness;
afterEach(() => harness.close());

test('a note that is compacted while it is read is read whole', async () => {
  harness = await startNotes();
  const { services } = harness;
  const key = { noteId: harness.note.id, epoch: 1 };
  const written = new Y.Doc();
  written.getText('t').insert(0, 'acknowledged');
  const state = Y.encodeStateAsUpdate(written);
  await appendAll(services, [{ key, rows: [{ seq: 1, update: state, personId: harness.anna.personId }] }]);

  const loading = await services.db.transaction(async (tx) => {
    // The reader gets as far as the snapshot, of which there is none yet, and waits here for the updates.
    await tx.execute(sql`lock table ${noteUpdates} in access exclusive mode`);
    const reader = loadNote(services, key);
    await eventually(async () => {
      const waiting = await services.db.execute(sql`select 1 from pg_locks where not granted`);
      expect(waiting.length).toBe(1);
    });
    await tx.insert(noteSnapshots).values({ ...key, throughSeq: 1, state, at: services.clock.now() });
    await tx.delete(noteUpdates).where(eq(noteUpdates.noteId, key.noteId));
    return { reader };
  });
  const { doc, lastSeq } = await loading.reader;
  expect([doc.getText('t').toString(), lastSeq]).toEqual(['acknowledged', 1]);
});
