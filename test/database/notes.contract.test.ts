import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { notes, noteUpdates, people, projects } from '../../drizzle/schema/index.ts';
import { step2Frame, updateFrame } from '../../server/notes/protocol.ts';
import { appendAll, loadNote, writeSnapshot } from '../../server/notes/store.ts';
import { type GatedDb, gatedDb } from '../notes/gatedDb.ts';
import { type NotesHarness, type SignedIn, startNotes } from '../notes/harness.ts';
import { makeModelWorlds, runMany } from '../notes/modelRuns.ts';
import { connectRaw, type RawSocket } from '../notes/rawSocket.ts';
import { eventually } from '../support/eventually.ts';
import { type NotePeer, noteText } from '../support/noteClient.ts';
import { databaseKinds, type Opened, openDatabase } from './both.ts';

describe.each(databaseKinds)('notes on the %s database', (kind) => {
  let opened: Opened;
  let gate: GatedDb;
  let harness: NotesHarness;
  let room = '';
  let noteId = '';
  beforeAll(async () => {
    opened = await openDatabase(kind);
    gate = gatedDb(opened.database.db);
    harness = await startNotes({ db: gate.db });
  }, 120_000);
  beforeEach(async () => {
    noteId = await harness.addNote('SHARED');
    room = `/notes/${noteId}.1`;
  });
  afterEach(async () => {
    for (const peer of entered.splice(0)) peer.close();
    await eventually(() => expect(harness.openRooms()).toBe(0));
  });
  afterAll(async () => {
    await harness.close();
    await opened.close();
  });

  const entered: NotePeer[] = [];
  function enter(who: SignedIn): NotePeer {
    const peer = harness.enter(who, room);
    entered.push(peer);
    return peer;
  }

  const seqs = async () => {
    const rows = await harness.services.db.select().from(noteUpdates).where(eq(noteUpdates.noteId, noteId));
    return rows.map((row) => row.seq).sort((a, b) => a - b);
  };
  const textNow = () => noteText({ url: harness.url(), cookie: harness.pm.cookie, room });

  async function enterRaw(cookie: string): Promise<RawSocket> {
    const socket = await connectRaw({ url: harness.url(), path: room, headers: { cookie, origin: harness.url() } });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    return socket;
  }

  test('[NOTE-1] an edit reaches the others, newcomers and the word "saved" only once it is in the database', async () => {
    const [anna, ben] = [enter(harness.anna), enter(harness.ben)];
    await Promise.all([anna.synced(), ben.synced()]);
    const release = gate.hold();
    anna.addParagraph('held');
    const late = enter(harness.pm);
    // Ben sees the newcomer, and the newcomer what Ben says to that: an answer to the newcomer's question would be there.
    late.provider.awareness.setLocalStateField('cursor', 'here');
    await eventually(() => expect(ben.provider.awareness.getStates().has(late.doc.clientID)).toBe(true));
    ben.provider.awareness.setLocalStateField('cursor', 'seen');
    await eventually(() =>
      expect(late.provider.awareness.getStates().get(ben.doc.clientID)).toMatchObject({ cursor: 'seen' }),
    );
    expect([anna.saving().unsaved, ben.text(), late.provider.synced, await seqs()]).toEqual([1, '', false, []]);
    release();
    await Promise.all([anna.saved(), late.synced()]);
    expect([await seqs(), late.text()]).toEqual([[1], 'held']);
    await eventually(() => expect(ben.text()).toBe('held'));
  });

  test('[NOTE-2] what was saved is there after a restart, once, byte for byte', async () => {
    const anna = enter(harness.anna);
    await anna.synced();
    const lines = ['žluťoučký kůň', '\u{1f600}\u0000x', 'x'.repeat(100_000)];
    for (const line of lines) {
      anna.addParagraph(line);
      await anna.saved();
    }
    const stored = await seqs();
    // What came before may stand in the snapshot by now; the rest has no hole.
    expect(stored).toEqual(stored.map((_, i) => stored[0]! + i));
    await harness.stop();
    await harness.start();
    expect(await textNow()).toBe(lines.join('\n'));
  });

  test('[NOTE-3] a note that cannot be read is neither served empty nor written', async () => {
    const anna = enter(harness.anna);
    await anna.synced();
    anna.addParagraph('before');
    await anna.saved();
    await harness.stop();
    await harness.start();
    const giveBack = gate.keepFromReading();
    const before = await seqs();
    const ben = enter(harness.ben);
    anna.addParagraph('after');
    await eventually(() => expect(ben.closed.filter((code) => code === 1013).length).toBeGreaterThan(1));
    expect([ben.provider.synced, await seqs()]).toEqual([false, before]);
    giveBack();
    await Promise.all([anna.saved(), ben.synced()]);
    await eventually(() => expect(ben.text()).toBe('before\nafter'));
  });

  test('[NOTE-4] while the database refuses nothing counts as saved, and a note is not put away before it is', async () => {
    const anna = enter(harness.anna);
    await anna.synced();
    const refusing = gate.refuse();
    anna.addParagraph('left behind');
    await eventually(() => expect(anna.saving()).toEqual({ unsaved: 1, isFailing: true }));
    anna.provider.disconnect();
    await eventually(() => expect(refusing.count()).toBeGreaterThan(2));
    refusing.stop();
    await eventually(() => expect(harness.openRooms()).toBe(0));
    expect(await textNow()).toBe('left behind');
  });

  test('[NOTE-5] what people write at once, and without a connection, comes together: the same for all, each thing once', async () => {
    const [anna, ben] = [enter(harness.anna), enter(harness.ben)];
    await Promise.all([anna.synced(), ben.synced()]);
    anna.addParagraph('to be deleted');
    await anna.saved();
    await eventually(() => expect(ben.text()).toBe('to be deleted'));
    ben.provider.disconnect();
    ben.doc.getXmlFragment('default').delete(0, 1);
    const written: string[] = [];
    for (let i = 0; i < 20; i++) {
      anna.addParagraph(`anna ${i}`);
      ben.addParagraph(`ben ${i}`);
      written.push(`anna ${i}`, `ben ${i}`);
    }
    ben.provider.connect();
    await Promise.all([anna.saved(), ben.saved()]);
    await eventually(() => expect(anna.text().split('\n').sort()).toEqual(written.sort()));
    await eventually(() => expect(ben.text()).toBe(anna.text()));
    expect(await textNow()).toBe(anna.text());
  });

  test('[NOTE-6] updates have no hole, and an older state never takes the place of a newer one', async () => {
    const { services } = harness;
    const key = { noteId, epoch: 1 };
    const doc = new Y.Doc();
    const states: Uint8Array[] = [];
    for (let seq = 1; seq <= 5; seq++) {
      doc.getText('t').insert(0, String(seq));
      states.push(Y.encodeStateAsUpdate(doc));
      await appendAll(services, [{ key, rows: [{ seq, update: states.at(-1)!, personId: harness.anna.personId }] }]);
    }
    await writeSnapshot(services, key, 4, states[3]!);
    await writeSnapshot(services, key, 2, states[1]!);
    const loaded = await loadNote(services, key);
    expect([loaded.doc.getText('t').toString(), loaded.lastSeq, await seqs()]).toEqual(['54321', 5, [5]]);
    await harness.services.db.update(noteUpdates).set({ seq: 7 }).where(eq(noteUpdates.noteId, noteId));
    await expect(loadNote(services, key)).rejects.toThrow('no update 5');
  });

  test('[NOTE-7] who may only read, or lost the right to enter, changes nothing, whatever they send', async () => {
    const { db } = harness.services;
    const other = new Y.Doc();
    other.getText('t').insert(0, 'not allowed');
    const update = Y.encodeStateAsUpdate(other);
    await db.update(projects).set({ state: 'CANCELLED' }).where(eq(projects.id, harness.note.projectId));
    const reader = await enterRaw(harness.anna.cookie);
    reader.send(step2Frame(update));
    reader.send(updateFrame(update));
    await db.update(projects).set({ state: 'ACTIVE' }).where(eq(projects.id, harness.note.projectId));
    reader.close();
    await reader.closed;

    const ben = await enterRaw(harness.ben.cookie);
    await db.update(people).set({ removedAt: new Date() }).where(eq(people.id, harness.ben.personId));
    harness.services.connections.recheck(harness.ben.personId);
    expect(await ben.closed).toBe(4403);
    await db.update(people).set({ removedAt: null }).where(eq(people.id, harness.ben.personId));
    expect([await seqs(), await textNow()]).toEqual([[], '']);
  });

  test('[NOTE-8] a history that began anew takes nothing from the old one, and keeps its people away', async () => {
    const anna = enter(harness.anna);
    await anna.synced();
    anna.addParagraph('of the first');
    await anna.saved();
    anna.provider.disconnect();
    await eventually(() => expect(harness.openRooms()).toBe(0));
    await harness.services.db.update(notes).set({ epoch: 2 }).where(eq(notes.id, noteId));
    anna.provider.connect();
    await eventually(() => expect(anna.closed).toContain(4410));
    expect(anna.provider.shouldConnect).toBe(false);
    expect(await noteText({ url: harness.url(), cookie: harness.pm.cookie, room: `/notes/${noteId}.2` })).toBe('');
  });

  test('[NOTE-9] by chance: nothing that was shown or saved is lost, and all end with the text that the database yields', async () => {
    const services = { ...harness.services, db: opened.database.db };
    const worlds = await makeModelWorlds(services);
    expect(await runMany(services, worlds, { runs: 20, firstSeed: 1_000 })).toBe(20);
  });

  test('[NOTE-10] one who sends what cannot be read is cut, and nobody else notices', async () => {
    const ben = enter(harness.ben);
    await ben.synced();
    const hostile = await enterRaw(harness.anna.cookie);
    hostile.send([0, 2, 6, 1, 1, 5, 0, 4, 1]);
    expect(await hostile.closed).toBe(4400);
    ben.addParagraph('goes on');
    await ben.saved();
    expect([ben.closed, await textNow()]).toEqual([[], 'goes on']);
  });
});
