import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type NotesHarness, startNotes } from './harness.ts';

let harness: NotesHarness;
beforeEach(async () => {
  harness = await startNotes();
});
afterEach(() => harness.close());

test('two people in one note end up with the same text', async () => {
  const anna = harness.enter(harness.anna);
  const paula = harness.enter(harness.pm);
  await Promise.all([anna.synced(), paula.synced()]);
  anna.addParagraph('from Anna');
  paula.addParagraph('from Paula');
  await eventually(() => expect(anna.text().split('\n').sort()).toEqual(['from Anna', 'from Paula']));
  await eventually(() => expect(paula.text()).toBe(anna.text()));
});

test('a restart keeps the text, and who was in the note comes back by themselves', async () => {
  const anna = harness.enter(harness.anna);
  await anna.synced();
  anna.addParagraph('kept');
  await anna.saved();
  await harness.stop();
  anna.addParagraph('written while the server was away');
  await eventually(() => expect(anna.saving().unsaved).toBe(1));
  await harness.start();
  await anna.saved();
  expect(anna.closed).toContain(1012);
  const paula = harness.enter(harness.pm);
  await paula.synced();
  expect(paula.text()).toBe('kept\nwritten while the server was away');
});

test('a deletion while away reaches the others, and counts as unsaved until it is stored', async () => {
  const anna = harness.enter(harness.anna);
  await anna.synced();
  anna.addParagraph('one');
  anna.addParagraph('two');
  await anna.saved();
  anna.provider.disconnect();
  anna.doc.getXmlFragment('default').delete(0, 1);
  expect(anna.saving().unsaved).toBe(1);
  anna.provider.connect();
  await anna.saved();
  const ben = harness.enter(harness.ben);
  await ben.synced();
  expect(ben.text()).toBe('two');
});

test('a room is closed when the last one has left, and coming back without news stores nothing', async () => {
  const anna = harness.enter(harness.anna);
  await anna.synced();
  anna.addParagraph('once');
  await anna.saved();
  anna.provider.disconnect();
  await eventually(() => expect(harness.openRooms()).toBe(0));
  const before = await harness.stored();
  expect(before.throughSeq).toBe(1);
  anna.provider.connect();
  await anna.synced();
  anna.provider.disconnect();
  await eventually(() => expect(harness.openRooms()).toBe(0));
  expect(await harness.stored()).toEqual(before);
});
