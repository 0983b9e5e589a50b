import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asc, eq } from 'drizzle-orm';
import { noteSnapshots, noteUpdates } from '../../drizzle/schema/index.ts';
import type { Audience } from '../../server/access/viewer.ts';
import type { NoteLimits } from '../../server/notes/limits.ts';
import { notesUpgrade } from '../../server/notes/socket.ts';
import type { Db } from '../../server/platform/database/transaction.ts';
import { enterNote, type NotePeer } from '../support/noteClient.ts';
import { startTestServices, type TestServices } from '../support/services.ts';
import { addTaskWithNote, fillNotes, type SignedIn } from './world.ts';

export type { SignedIn } from './world.ts';

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
  const world = await fillNotes(services);
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
