import { asc, eq } from 'drizzle-orm';
import { afterEach, expect, test, vi } from 'vitest';
import { events, noteSnapshots } from '../../drizzle/schema/index.ts';
import { eventually } from '../support/eventually.ts';
import { noteText } from '../support/noteClient.ts';
import { type NotesHarness, startNotes } from './harness.ts';

let harness: NotesHarness;
afterEach(() => harness.close());

async function bursts() {
  return harness.services.db.select().from(events).where(eq(events.kind, 'note.edited')).orderBy(asc(events.seq));
}

const textNow = () => noteText({ url: harness.url(), cookie: harness.pm.cookie, room: harness.note.room });

test('many updates are merged into one state, and the text stays the same', async () => {
  harness = await startNotes({ limits: { compactAfterUpdates: 10 } });
  const anna = harness.enter(harness.anna);
  await anna.synced();
  const lines = Array.from({ length: 35 }, (_, i) => `line ${i}`);
  for (const line of lines) {
    anna.addParagraph(line);
    await anna.saved();
  }
  await eventually(async () => {
    const { seqs, throughSeq } = await harness.stored();
    expect(seqs.length).toBeLessThan(15);
    expect(seqs.length + (throughSeq ?? 0)).toBe(35);
  });
  await harness.stop();
  await harness.start();
  expect(await textNow()).toBe(lines.join('\n'));
});

test('a full merge on leaving makes the next opening one read', async () => {
  harness = await startNotes();
  const anna = harness.enter(harness.anna);
  await anna.synced();
  for (let i = 0; i < 5; i++) {
    anna.addParagraph(`line ${i}`);
    await anna.saved();
  }
  anna.provider.disconnect();
  await eventually(async () => expect(await harness.stored()).toMatchObject({ seqs: [], throughSeq: 5 }));
  expect((await textNow()).split('\n')).toHaveLength(5);
});

test('[Y8] typing and deleting over and over does not make a note grow', async () => {
  harness = await startNotes({ limits: { compactAfterUpdates: 20 } });
  const anna = harness.enter(harness.anna);
  await anna.synced();
  for (let i = 0; i < 50; i++) {
    anna.addParagraph('x'.repeat(20_000));
    anna.doc.getXmlFragment('default').delete(0, 1);
  }
  await anna.saved();
  anna.provider.disconnect();
  await eventually(() => expect(harness.openRooms()).toBe(0));
  const [snapshot] = await harness.services.db.select().from(noteSnapshots);
  expect(snapshot!.state.byteLength).toBeLessThan(20_000);
});

test('an author who was quiet for a while leaves one event, with how much it was', async () => {
  harness = await startNotes({ limits: { quietMs: 150 } });
  const anna = harness.enter(harness.anna);
  const paula = harness.enter(harness.pm);
  await Promise.all([anna.synced(), paula.synced()]);
  for (let i = 0; i < 3; i++) {
    anna.addParagraph('a');
    await anna.saved();
  }
  paula.addParagraph('p');
  await paula.saved();
  expect(await bursts()).toEqual([]);
  await eventually(async () => expect(await bursts()).toHaveLength(2));
  const told = (await bursts()).map(({ actorId, facts, audience, subjectId, taskId, at }) => ({
    ...{ actorId, facts, audience, subjectId, taskId },
    at: at.toISOString(),
  }));
  const common = { audience: 'SHARED', subjectId: harness.note.id, taskId: harness.note.taskId };
  const at = harness.services.clock.now().toISOString();
  expect(told).toContainEqual({ ...common, at, actorId: harness.anna.personId, facts: { updates: 3 } });
  expect(told).toContainEqual({ ...common, at, actorId: harness.pm.personId, facts: { updates: 1 } });
  anna.addParagraph('later');
  await eventually(async () => expect(await bursts()).toHaveLength(3));
});

test('leaving, and a server that goes down, write the event at once', async () => {
  harness = await startNotes();
  const anna = harness.enter(harness.anna);
  await anna.synced();
  anna.addParagraph('a');
  await anna.saved();
  anna.provider.disconnect();
  await eventually(async () => expect(await bursts()).toHaveLength(1));
  anna.provider.connect();
  await anna.synced();
  anna.addParagraph('b');
  await anna.saved();
  await harness.stop();
  expect(await bursts()).toHaveLength(2);
});

test('a note that cannot be told of in the log is told of later', async () => {
  harness = await startNotes({ limits: { quietMs: 50 } });
  const { db, log } = harness.services;
  const warned = vi.spyOn(log, 'warn');
  const anna = harness.enter(harness.anna);
  await anna.synced();
  await db.execute('alter table events rename to events_away');
  anna.addParagraph('a');
  await anna.saved();
  await eventually(() => expect(warned).toHaveBeenCalled());
  await db.execute('alter table events_away rename to events');
  await eventually(async () => expect((await bursts()).map((event) => event.facts)).toEqual([{ updates: 1 }]));
});
