import { createHash } from 'node:crypto';
import type { Node as ProseNode } from '@tiptap/pm/model';
import { eq } from 'drizzle-orm';
import { files, notes } from '../../drizzle/schema/index.ts';
import { maxNoteMarkdown } from '../access/limits.ts';
import { can } from '../access/policy.ts';
import { viewerFrom } from '../access/viewer.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { fileChecked, fileCreate, type GivenFile } from '../files/commands.ts';
import type { FileRow } from '../files/queries.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { doneBefore, idempotent } from '../platform/idempotency.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { appendTo, mergeInto } from './document/merge.ts';
import { namedIn, parseMarkdown } from './document/parseMarkdown.ts';
import { createReader } from './document/read.ts';
import { rebased } from './document/rebase.ts';
import { writeMarkdown } from './document/writeMarkdown.ts';
import { type NoteSeen, noteLoader } from './queries.ts';
import type { NoteWriteMode } from './types.ts';

type Burst = {
  noteId: string;
  projectId: string;
  taskId: string;
  personId: string;
  updates: number;
};

/** Writes down that somebody edited a note: one event per burst, because an event per keystroke would drown the log. */
export function noteEdited(services: Services, burst: Burst): Promise<Committed<void>> {
  return transaction(services, (tx) => editedAppend(tx, burst));
}

async function editedAppend(tx: Tx, { noteId, projectId, taskId, personId, updates }: Burst): Promise<void> {
  // As it is now: a room stays open while its task is shared or made internal.
  const [note] = await tx.select({ audience: notes.audience }).from(notes).where(eq(notes.id, noteId)).for('share');
  const audience = note?.audience ?? 'INTERNAL';
  append(tx, {
    kind: 'note.edited',
    audience,
    actorId: personId,
    subjectId: noteId,
    projectId,
    taskId,
    facts: { updates },
  });
}

type NoteWrite = { markdown: string; basedOn?: string | null; mode: NoteWriteMode; idempotencyKey: string };

/**
 * Writes Markdown into a note through its room, as one more author, and answers when it is durable. The text is written
 * before its key and its event: a process that dies in between leaves the text with the id of its write in the
 * document, by which the next try of the same key knows it.
 */
export async function noteWrite(
  ctx: Ctx,
  noteId: string,
  { idempotencyKey: key, ...input }: NoteWrite,
): Promise<Committed<NoteSeen>> {
  for (const field of ['markdown', 'basedOn'] as const) {
    if ([...(input[field] ?? '')].length <= maxNoteMarkdown.write) continue;
    throw new ActError('TOO_LONG', { field, params: { max: maxNoteMarkdown.write } });
  }
  const note = await writable(ctx, noteId);
  const keyed = { act: 'noteWrite', key, body: { noteId, ...input } };
  const isChanged = (await doneBefore(ctx, keyed)) === null && (await writeThrough(ctx, note, key, input));
  return transaction(ctx, async (tx) => {
    await idempotent(ctx, tx, keyed, async () => {
      const { id, projectId, taskId } = note;
      const burst = { noteId: id, projectId, taskId, personId: ctx.viewer.personId, updates: 1 };
      if (isChanged) await editedAppend(tx, burst);
      return { subjectId: note.id };
    });
    return note;
  });
}

async function writable(ctx: Ctx, noteId: string): Promise<NoteSeen> {
  const note = await noteLoader(ctx).load(noteId);
  if (!note) throw new ApiError('NOT_FOUND');
  if (!can(ctx.viewer, 'note.edit', note)) throw new ApiError('FORBIDDEN');
  return note;
}

/** Whether the note says something else now. */
async function writeThrough(ctx: Ctx, note: NoteSeen, key: string, input: Omit<NoteWrite, 'idempotencyKey'>) {
  const names = await namesOf(ctx, note, namedIn(input.markdown));
  const reader = createReader();
  const { personId } = ctx.viewer;
  const isReplaced = input.mode === 'REPLACE';
  const outcome = await ctx.coEditing.edit({
    documentId: note.id,
    epoch: note.epoch,
    author: { personId, name: '' },
    clientId: writeId(note, personId, key),
    change: (doc) => {
      // Whoever is named there already may stay, even when they have left since.
      const content = reader.read(doc);
      const known = new Map([...namesIn(content), ...names]);
      const markdown =
        isReplaced && typeof input.basedOn === 'string'
          ? rebased(input.basedOn, input.markdown, writeMarkdown(content.toJSON()))
          : input.markdown;
      const wanted = reader.schema.nodeFromJSON(parseMarkdown(markdown, (id) => known.get(id) ?? null));
      if (isReplaced) mergeInto(doc, wanted, reader);
      else appendTo(doc, wanted);
    },
  });
  if (outcome === 'full') throw new ActError('NOTE_FULL');
  if (outcome === 'away') throw new ApiError('UNAVAILABLE');
  return outcome !== 'unchanged';
}

/** Of those who are named, the ones that the viewer may know and who read the note themselves. */
async function namesOf(ctx: Ctx, note: NoteSeen, personIds: readonly string[]): Promise<Map<string, string>> {
  const people = await peopleLoader(ctx).loadMany(personIds);
  return new Map(
    people.flatMap((person) => {
      if (!person || person instanceof Error) return [];
      const { id: personId, role, accountId, projectIds: attachedTo, name } = person;
      const reader = viewerFrom({ personId, role, accountId, attachedTo, sessionId: '' });
      return can(reader, 'note.read', note) ? [[personId, name]] : [];
    }),
  );
}

function namesIn(content: ProseNode): Map<string, string> {
  const names = new Map<string, string>();
  content.descendants((node) => {
    if (node.type.name === 'mention') names.set(String(node.attrs.id), String(node.attrs.label));
  });
  return names;
}

/** Above those that browsers draw, which have 32 bits: never one of theirs, and the same for each try of one write. */
function writeId(note: NoteSeen, personId: string, key: string): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([note.id, note.epoch, personId, key]))
    .digest();
  return 2 ** 32 + hash.readUIntBE(0, 6);
}

type NoteFileCreate = { noteId: string; idempotencyKey: string; file: GivenFile };

/** Makes room for a file of a note: once all bytes are there it is kept, for whoever reads the note. */
export async function noteFileCreate(
  ctx: Ctx,
  { idempotencyKey: key, ...body }: NoteFileCreate,
): Promise<Committed<FileRow>> {
  const { id: noteId, projectId, taskId } = await writable(ctx, body.noteId);
  return transaction(ctx, async (tx) => {
    const id = await idempotent(ctx, tx, { act: 'noteFileCreate', key, body }, async () => {
      const file = fileChecked(body.file, ctx.config.maxUploadBytes);
      return { subjectId: await fileCreate(ctx, tx, { ...file, projectId, taskId, purpose: 'NOTE', noteId }) };
    });
    const [row] = await tx.select().from(files).where(eq(files.id, id));
    if (!row) throw new ApiError('NOT_FOUND');
    return row;
  });
}
