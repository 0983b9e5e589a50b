import { count, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noteSnapshots, notes, noteUpdates, people, tasks } from '../../drizzle/schema/index.ts';
import { signOut } from '../../server/accounts/sessions.ts';
import { eventually } from '../support/eventually.ts';
import { type NotesHarness, type SignedIn, startNotes } from './harness.ts';
import { connectRaw } from './rawSocket.ts';

let harness: NotesHarness;

function knock(path: string, who: SignedIn | null, origin: string | null = harness.url()) {
  const headers = { ...(who ? { cookie: who.cookie } : {}), ...(origin === null ? {} : { origin }) };
  return connectRaw({ url: harness.url(), path, headers });
}

async function documents(): Promise<number> {
  const counts = await Promise.all(
    [notes, noteUpdates, noteSnapshots].map((table) => harness.services.db.select({ count: count() }).from(table)),
  );
  return counts.reduce((sum, [row]) => sum + (row?.count ?? 0), 0);
}

describe('[Z11] a room that is not yours is refused before the handshake, and no document is made', () => {
  let internal = '';
  beforeAll(async () => {
    harness = await startNotes();
    internal = await harness.addNote('INTERNAL');
  });
  afterAll(() => harness.close());

  const unknown = '0190a1b2-0000-7000-8000-000000000000';
  const paths: [string, (own: string, id: string) => string][] = [
    ['an unknown id', () => `/notes/${unknown}.1`],
    ['no epoch', (_, id) => `/notes/${id}`],
    ['epoch 0', (_, id) => `/notes/${id}.0`],
    ['an epoch to come', (_, id) => `/notes/${id}.2`],
    ['an epoch that is no number', (_, id) => `/notes/${id}.1e0`],
    ['another spelling of the epoch', (_, id) => `/notes/${id}.01`],
    ['upper case', (_, id) => `/notes/${id.toUpperCase()}.1`],
    ['a path below', (own) => `${own}/x`],
    ['a path beside', (own) => `/notes/x/..${own.slice('/notes'.length)}`],
    ['an encoded path beside', (own) => `/notes/..%2f${own.slice(1)}`],
    ['an encoded NUL', (own) => `${own}%00`],
    ['an encoded letter', (own) => own.replace('.1', '%2e1')],
    ['__proto__', () => '/notes/__proto__'],
    ['constructor', () => '/notes/constructor.1'],
    ['5,000 characters', () => `/notes/${'a'.repeat(5_000)}`],
    ['5,000 digits of epoch', (_, id) => `/notes/${id}.${'1'.repeat(5_000)}`],
    ['nothing', () => '/notes/'],
  ];
  test.each(paths)('%s', async (_, path) => {
    const before = await documents();
    expect(await knock(path(harness.note.room, harness.note.id), harness.anna)).toBe(404);
    expect(harness.openRooms()).toBe(0);
    expect(await documents()).toBe(before);
  });

  test('the note of another client answers as an unknown one', async () => {
    expect(await knock(harness.note.room, harness.stranger)).toBe(404);
    expect(harness.openRooms()).toBe(0);
  });

  test('an internal note answers a client as an unknown one, and opens for staff', async () => {
    expect(await knock(`/notes/${internal}.1`, harness.anna)).toBe(404);
    const socket = await knock(`/notes/${internal}.1`, harness.pm);
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    socket.close();
    await socket.closed;
  });

  test('nobody signed in, and a session that is none, are refused', async () => {
    expect(await knock(harness.note.room, null, null)).toBe(401);
    const nobody = { ...harness.anna, cookie: 'slipway_session=made-up' };
    expect(await knock(harness.note.room, nobody)).toBe(401);
  });

  test.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'http://evil.localhost:1'])(
    '[S15] a handshake with a good cookie from %s is refused',
    async (origin) => {
      expect(await knock(harness.note.room, harness.anna, origin)).toBe(403);
      expect(await knock(harness.note.room, harness.anna, `${harness.url()}.evil.example`)).toBe(403);
    },
  );
});

describe('[Z10] rights that change while a note is open', () => {
  beforeEach(async () => {
    harness = await startNotes();
  });
  afterEach(() => harness.close());

  test('signing out ends the sockets of that session for good', async () => {
    const anna = harness.enter(harness.anna);
    const paula = harness.enter(harness.pm);
    await Promise.all([anna.synced(), paula.synced()]);
    await signOut(harness.services, harness.anna.personId);
    await eventually(() => expect(anna.closed).toEqual([4403]), 1_000);
    expect(anna.provider.shouldConnect).toBe(false);
    expect(paula.provider.wsconnected).toBe(true);
  });

  test('a removed person is out, and what they send afterwards is not stored', async () => {
    const anna = harness.enter(harness.anna);
    await anna.synced();
    await harness.services.db
      .update(people)
      .set({ removedAt: harness.services.clock.now() })
      .where(eq(people.id, harness.anna.personId));
    harness.services.connections.recheck(harness.anna.personId);
    await eventually(() => expect(anna.closed).toEqual([4403]), 1_000);
    anna.addParagraph('too late');
    expect(anna.saving().unsaved).toBe(1);
    expect((await harness.stored()).seqs).toEqual([]);
  });

  test('a task that becomes internal ends the socket of the client and keeps that of staff', async () => {
    const anna = harness.enter(harness.anna);
    const paula = harness.enter(harness.pm);
    await Promise.all([anna.synced(), paula.synced()]);
    await harness.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, harness.note.taskId));
    for (const { personId } of [harness.anna, harness.pm]) harness.services.connections.recheck(personId);
    await eventually(() => expect(anna.closed).toEqual([4403]), 1_000);
    expect(paula.provider.wsconnected).toBe(true);
  });

  test('a room of an old epoch is closed with a code that keeps the client away', async () => {
    const anna = harness.enter(harness.anna);
    await anna.synced();
    anna.addParagraph('of the first epoch');
    await anna.saved();
    anna.provider.disconnect();
    await eventually(() => expect(harness.openRooms()).toBe(0));
    await harness.services.db.update(notes).set({ epoch: 2 }).where(eq(notes.id, harness.note.id));
    anna.provider.connect();
    await eventually(() => expect(anna.closed).toContain(4410));
    expect(anna.provider.shouldConnect).toBe(false);
    const again = harness.enter(harness.anna, `/notes/${harness.note.id}.2`);
    await again.synced();
    expect(again.text()).toBe('');
  });
});
