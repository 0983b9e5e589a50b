import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteUpdates } from '../../drizzle/schema/index.ts';
import { type NotesHarness, startNotes } from '../notes/harness.ts';
import { eventually } from '../support/eventually.ts';
import { noteText } from '../support/noteClient.ts';
import { databaseKinds, type Opened, openDatabase } from './both.ts';

describe.each(databaseKinds)('notes on the %s database', (kind) => {
  let opened: Opened;
  let harness: NotesHarness;
  beforeAll(async () => {
    opened = await openDatabase(kind);
    harness = await startNotes({ db: opened.database.db });
  }, 120_000);
  afterAll(async () => {
    await harness.close();
    await opened.close();
  });

  test('written by two people at once come out the same for both, and are all there after a restart', async () => {
    const [anna, ben] = [harness.enter(harness.anna), harness.enter(harness.ben)];
    await Promise.all([anna.synced(), ben.synced()]);
    const written: string[] = [];
    for (let i = 0; i < 20; i++) {
      anna.addParagraph(`anna ${i}`);
      ben.addParagraph(`ben ${i}`);
      written.push(`anna ${i}`, `ben ${i}`);
    }
    await Promise.all([anna.saved(), ben.saved()]);
    await eventually(() => expect(anna.text()).toBe(ben.text()));
    expect(anna.text().split('\n').sort()).toEqual(written.sort());

    await harness.stop();
    await harness.start();
    const address = { url: harness.url(), cookie: harness.pm.cookie, room: harness.note.room };
    expect((await noteText(address)).split('\n').sort()).toEqual(written.sort());
  });

  test('are numbered without a gap and come back byte for byte', async () => {
    const anna = harness.enter(harness.anna);
    await anna.synced();
    for (const text of ['žluťoučký kůň', '\u{1f600}\u0000x', 'x'.repeat(100_000)]) {
      anna.addParagraph(text);
      await anna.saved();
    }
    const rows = await harness.services.db
      .select()
      .from(noteUpdates)
      .where(eq(noteUpdates.noteId, harness.note.id))
      .orderBy(noteUpdates.seq);
    // What came before may stand in the snapshot by now.
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => rows[0]!.seq + i));
    expect(rows.length).toBeGreaterThanOrEqual(3);
    const address = { url: harness.url(), cookie: harness.pm.cookie, room: harness.note.room };
    expect(await noteText(address)).toBe(anna.text());
  });
});
