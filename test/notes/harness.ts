import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asc, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import {
  accounts,
  noteSnapshots,
  notes,
  noteUpdates,
  people,
  phases,
  projectPositions,
  projects,
  tasks,
} from '../../drizzle/schema/index.ts';
import type { Audience } from '../../server/access/viewer.ts';
import { startSession } from '../../server/accounts/sessions.ts';
import type { NoteLimits } from '../../server/notes/limits.ts';
import { notesUpgrade } from '../../server/notes/socket.ts';
import { type Db, transaction } from '../../server/platform/database/transaction.ts';
import { enterNote, type NotePeer } from '../support/noteClient.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

export type SignedIn = { personId: string; name: string; cookie: string };

/** The notes' socket on a server of its own: a note, two clients of its account, a stranger and a PM. */
export type NotesHarness = {
  services: TestServices;
  url(): string;
  note: { id: string; room: string; taskId: string; projectId: string };
  anna: SignedIn;
  ben: SignedIn;
  pm: SignedIn;
  stranger: SignedIn;
  enter(who: SignedIn, room?: string): NotePeer;
  openRooms(): number;
  /** A task with a note in the same project. */
  addNote(audience: Audience): Promise<string>;
  /** What is stored of the note. */
  stored(): Promise<{ seqs: number[]; throughSeq: number | null; people: (string | null)[] }>;
  stop(): Promise<void>;
  /** A new server on the same database, at the same address. */
  start(limits?: Partial<NoteLimits>): Promise<void>;
  close(): Promise<void>;
};

/** `db`: another database than one of the test server. */
type HarnessOptions = { limits?: Partial<NoteLimits>; db?: Db };

export async function startNotes({ limits = {}, db }: HarnessOptions = {}): Promise<NotesHarness> {
  const services = await startTestServices(db ? { db } : {});
  const world = await fill(services);
  const peers: NotePeer[] = [];
  let port = 0;
  let stop = async () => {};

  async function start(newLimits: Partial<NoteLimits> = limits) {
    const notesSocket = notesUpgrade(services, { limits: newLimits });
    const server = createServer((_, res) => res.writeHead(404).end());
    server.on('upgrade', (req, socket, head) => {
      const [path = ''] = (req.url ?? '').split('?');
      if (notesSocket.matches(path)) notesSocket.handle(req, socket, head);
      else socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    harness.openRooms = notesSocket.openRooms;
    stop = async () => {
      await notesSocket.close();
      await new Promise((resolve) => server.close(resolve));
    };
  }

  const harness: NotesHarness = {
    services,
    ...world,
    url: () => `http://localhost:${port}`,
    enter(who, room = world.note.room) {
      const peer = enterNote({ url: `http://localhost:${port}`, cookie: who.cookie, room });
      peers.push(peer);
      return peer;
    },
    openRooms: () => 0,
    addNote: (audience) => addTaskWithNote(services, world.note.projectId, world.phaseId, audience),
    async stored() {
      const rows = await services.db
        .select()
        .from(noteUpdates)
        .where(eq(noteUpdates.noteId, world.note.id))
        .orderBy(asc(noteUpdates.seq));
      const [snapshot] = await services.db.select().from(noteSnapshots).where(eq(noteSnapshots.noteId, world.note.id));
      return {
        seqs: rows.map((row) => row.seq),
        throughSeq: snapshot?.throughSeq ?? null,
        people: rows.map((row) => row.personId),
      };
    },
    start,
    stop: () => stop(),
    async close() {
      for (const peer of peers) peer.close();
      await stop();
      await services.close();
    },
  };
  await start();
  return harness;
}

async function fill(services: TestServices) {
  const at = services.clock.now();
  const times = { createdAt: at, updatedAt: at };
  const zone = { timeZone: 'Europe/Berlin' };
  const [own, other] = [uuidv7(), uuidv7()];
  const { db } = services;
  await db.insert(accounts).values([
    { id: own, revision: 1, name: 'Nordlicht', website: 'https://nordlicht.example', ...zone, ...times },
    { id: other, revision: 1, name: 'Kiefer', website: 'https://kiefer.example', ...zone, ...times },
  ]);
  const person = async (name: string, accountId: string | null): Promise<SignedIn> => {
    const personId = uuidv7();
    const role = accountId === null ? 'PM' : 'CLIENT_MEMBER';
    const email = `${name.toLowerCase()}@example.org`;
    await db.insert(people).values({ id: personId, email, name, role, accountId, isSample: false, ...zone, ...times });
    const browser = { userAgent: 'test', oldToken: null };
    const { value } = await transaction(services, (tx) => startSession(tx, services, personId, browser));
    return { personId, name, cookie: `slipway_session=${value}` };
  };
  const pm = await person('Paula', null);
  const anna = await person('Anna', own);
  const ben = await person('Ben', own);
  const stranger = await person('Stefan', other);
  const projectId = uuidv7();
  await db.insert(projects).values({
    id: projectId,
    revision: 1,
    accountId: own,
    name: 'Search',
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    state: 'ACTIVE',
    pmId: pm.personId,
    signedOn: '2026-03-01',
    targetOn: '2026-05-01',
    activatedAt: at,
    ...zone,
    ...times,
  });
  await db.insert(projectPositions).values({ projectId, position: 0, sharedPosition: 0 });
  const phaseId = uuidv7();
  await db.insert(phases).values({ id: phaseId, projectId, index: 0, name: 'Start', milestone: 'Started' });
  const noteId = await addTaskWithNote(services, projectId, phaseId, 'SHARED');
  const [row] = await db.select().from(notes).where(eq(notes.id, noteId));
  const note = { id: noteId, room: `/notes/${noteId}.1`, taskId: row!.taskId, projectId };
  return { pm, anna, ben, stranger, phaseId, note };
}

async function addTaskWithNote(services: TestServices, projectId: string, phaseId: string, visibility: Audience) {
  const at = services.clock.now();
  const taskId = uuidv7();
  await services.db.insert(tasks).values({
    id: taskId,
    revision: 1,
    projectId,
    phaseId,
    index: 0,
    key: taskId,
    title: 'Upload your product feed',
    purpose: 'so that we can build your search index',
    documentation: '',
    minutes: 10,
    type: 'FILE',
    side: 'CLIENT',
    visibility,
    state: 'READY',
    stateSince: at,
    isReviewWanted: true,
    acceptedExtensions: ['.csv'],
    createdAt: at,
    updatedAt: at,
  });
  const noteId = uuidv7();
  const note = { id: noteId, projectId, taskId, audience: visibility, epoch: 1, createdAt: at };
  await services.db.insert(notes).values(note);
  return noteId;
}
