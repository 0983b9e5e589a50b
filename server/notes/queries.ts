import type { Node as ProseNode } from '@tiptap/pm/model';
import { eq, inArray } from 'drizzle-orm';
import { notes, people, projects, tasks } from '../../drizzle/schema/index.ts';
import { can, factsOfProject, type NoteFacts } from '../access/policy.ts';
import type { Audience, Viewer } from '../access/viewer.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { createReader } from './document/read.ts';
import { built, type NoteKey, readNotes, storedBytes } from './store.ts';

export { namingLine, noteMentions, noteText } from './text.ts';

/** A note that the viewer may read, with the facts that policy asks for. */
export type NoteSeen = typeof notes.$inferSelect & NoteFacts;

type Joined = {
  note: typeof notes.$inferSelect;
  project: { id: string; accountId: string; state: string; activatedAt: Date | null };
  visibility: Audience;
};

function notesWithFacts({ db }: Pick<Services, 'db'>) {
  return db
    .select({
      note: notes,
      project: {
        id: projects.id,
        accountId: projects.accountId,
        state: projects.state,
        activatedAt: projects.activatedAt,
      },
      visibility: tasks.visibility,
    })
    .from(notes)
    .innerJoin(tasks, eq(tasks.id, notes.taskId))
    .innerJoin(projects, eq(projects.id, notes.projectId));
}

function seen({ note, project, visibility }: Joined): NoteSeen {
  return { ...note, ...factsOfProject(project), visibility };
}

/** The note of each task; null where there is none or it is not to be known. */
export function noteOfTaskLoader(ctx: Ctx) {
  return loaderOf<string, NoteSeen | null>(ctx, 'notes.ofTask', async (taskIds) => {
    const rows = await notesWithFacts(ctx).where(inArray(notes.taskId, [...taskIds]));
    return byKey(taskIds, readable(ctx.viewer, rows), (note) => note.taskId);
  });
}

/** Notes by id; null for one that is missing or not to be known, which look alike. */
export function noteLoader(ctx: Ctx) {
  return loaderOf<string, NoteSeen | null>(ctx, 'notes.byId', async (ids) => {
    const rows = await notesWithFacts(ctx).where(inArray(notes.id, uuids(ids)));
    return byKey(ids, readable(ctx.viewer, rows), (note) => note.id);
  });
}

function readable(viewer: Viewer, rows: Joined[]): NoteSeen[] {
  return rows.map(seen).filter((note) => can(viewer, 'note.read', note));
}

/** What a room knows of its note. */
export type RoomNote = { noteId: string; epoch: number; projectId: string; taskId: string; audience: Audience };

/** The note for its room, whoever asks. */
export async function roomNote({ db }: Pick<Services, 'db'>, noteId: string): Promise<RoomNote | null> {
  const [row] = await db.select().from(notes).where(eq(notes.id, noteId));
  return row
    ? { noteId, epoch: row.epoch, projectId: row.projectId, taskId: row.taskId, audience: row.audience }
    : null;
}

/** How much of notes is read at a time: one may be some megabytes, and many more while it is taken apart. */
const readBytes = 16_000_000;

function portions(keys: readonly NoteKey[], bytes: readonly number[]): NoteKey[][] {
  const all: NoteKey[][] = [];
  let sum = Number.POSITIVE_INFINITY;
  for (const [i, key] of keys.entries()) {
    const own = bytes[i] ?? 0;
    if (sum + own > readBytes) all.push([]);
    sum = sum + own > readBytes ? own : sum + own;
    all.at(-1)?.push(key);
  }
  return all;
}

/** What notes say, read once for however many forms of it. Null for one that is not to be known. */
export function noteContentLoader(ctx: Ctx) {
  return loaderOf<string, ProseNode | null>(ctx, 'notes.content', async (ids) => {
    const found = await noteLoader(ctx).loadMany(ids);
    const reader = createReader();
    const contents = new Map<string, ProseNode>();
    const readable = found.flatMap((note) => (note && 'id' in note ? [{ noteId: note.id, epoch: note.epoch }] : []));
    for (const keys of portions(readable, await storedBytes(ctx, readable))) {
      for (const [i, stored] of (await readNotes(ctx, keys)).entries()) {
        const key = keys[i] as NoteKey;
        const { doc } = built(key, stored);
        contents.set(key.noteId, reader.read(doc));
        doc.destroy();
      }
    }
    return ids.map((id) => contents.get(id) ?? null);
  });
}

/** How a person may be in a note's room. */
export type RoomAccess = { note: RoomNote; canEdit: boolean; personName: string };

/** Whether the viewer may enter the note's room, and how; null when the note is missing or not to be known. */
export async function noteForRoom(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  noteId: string,
): Promise<RoomAccess | null> {
  const [[row], [person]] = await Promise.all([
    notesWithFacts(services).where(eq(notes.id, noteId)),
    services.db.select({ name: people.name }).from(people).where(eq(people.id, viewer.personId)),
  ]);
  if (!row || !person) return null;
  const note = seen(row);
  if (!can(viewer, 'note.read', note)) return null;
  const { epoch, projectId, taskId, audience } = note;
  return {
    note: { noteId, epoch, projectId, taskId, audience },
    canEdit: can(viewer, 'note.edit', note),
    personName: person.name,
  };
}
