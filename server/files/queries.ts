import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { comments, files, notes, projects, submissions, tasks } from '../../drizzle/schema/index.ts';
import {
  type CommentFacts,
  can,
  type FileFacts,
  factsOfProject,
  type NoteFacts,
  type WorkFacts,
} from '../access/policy.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Db, Tx } from '../platform/database/transaction.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { linkHolder } from '../tokens/queries.ts';

export { attachment, cleanFileName, hasExtension, servedType } from './names.ts';

export type FileRow = typeof files.$inferSelect;

export const linkLifeMs = 5 * 60_000;

/** The row whoever asks: for the machinery. Everything a person asks for goes through the two below. */
export async function fileRow(db: Db | Tx, fileId: string): Promise<FileRow | null> {
  const [row] = await db.select().from(files).where(eq(files.id, fileId));
  return row ?? null;
}

/** The upload that this viewer may send bytes to: their own, not given up, for what they may still do on its task. */
export async function uploadFor(services: Services, viewer: Viewer, fileId: string): Promise<FileRow | null> {
  const [found] = await withFacts(services, [fileId]);
  if (!found || found.file.createdBy !== viewer.personId || !maySend(viewer, found)) return null;
  const { state, expiresAt } = found.file;
  const isKept = state === 'STORED' && expiresAt === null;
  return isKept || (expiresAt !== null && expiresAt > services.clock.now()) ? found.file : null;
}

/** The file that this viewer may download. */
export async function fileFor(services: Services, viewer: Viewer, fileId: string): Promise<FileRow | null> {
  const [found] = await withFacts(services, [fileId]);
  return found && mayRead(viewer, found) ? found.file : null;
}

/** Files by id; null for one that is missing or not to be known, which look alike. */
export function fileLoader(ctx: Ctx) {
  return loaderOf<string, FileRow | null>(ctx, 'files.byId', async (ids) => {
    const found = await withFacts(ctx, ids);
    const readable = found.filter((one) => mayRead(ctx.viewer, one));
    return byKey(
      ids,
      readable.map(({ file }) => file),
      (file) => file.id,
    );
  });
}

/** The path that the bytes of an upload are sent to. */
export function uploadPathOf(fileId: string): string {
  return `/uploads/${fileId}`;
}

type Found = { file: FileRow; facts: FileFacts & WorkFacts; comment: CommentFacts | null; note: NoteFacts | null };

/**
 * A file of a comment is read by whoever reads the comment; before it has one, by its sender alone. A file of a note is
 * read by whoever reads the note it was sent for, whatever other note names it.
 */
function mayRead(viewer: Viewer, { file, facts, comment, note }: Found): boolean {
  if (file.purpose === 'NOTE') return note !== null && can(viewer, 'note.read', note);
  if (file.purpose !== 'COMMENT') return can(viewer, 'submission.read', facts);
  if (comment) return can(viewer, 'comment.read', comment);
  return file.commentId === null && file.createdBy === viewer.personId && can(viewer, 'task.read', facts);
}

function maySend(viewer: Viewer, { file, facts, note }: Found): boolean {
  // Its bytes come from its address and from nobody else.
  if (file.purpose === 'FETCHED') return false;
  if (file.purpose === 'SUBMISSION') return can(viewer, 'task.submit', facts);
  if (file.purpose === 'NOTE') return note !== null && can(viewer, 'note.edit', note);
  return can(viewer, 'comment.addShared', facts) || can(viewer, 'comment.addInternal', facts);
}

async function withFacts(services: Services, ids: readonly string[]): Promise<Found[]> {
  const rows = await services.db
    .select({
      file: files,
      project: {
        id: projects.id,
        accountId: projects.accountId,
        state: projects.state,
        activatedAt: projects.activatedAt,
      },
      visibility: tasks.visibility,
      side: tasks.side,
      finishedId: submissions.id,
      comment: { audience: comments.audience, authorId: comments.authorId },
      noteAudience: notes.audience,
    })
    .from(files)
    .innerJoin(tasks, eq(tasks.id, files.taskId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .leftJoin(submissions, and(eq(submissions.fileId, files.id), isNotNull(submissions.finishedAt)))
    .leftJoin(comments, and(eq(comments.id, files.commentId), isNull(comments.deletedAt)))
    .leftJoin(notes, eq(notes.id, files.noteId))
    .where(inArray(files.id, uuids(ids)));
  return rows.map(({ file, project, visibility, side, finishedId, comment, noteAudience }) => {
    const facts = { ...factsOfProject(project), visibility, side };
    return {
      file,
      facts: { ...facts, createdBy: file.createdBy, isFinished: finishedId !== null },
      comment: comment && { ...facts, ...comment },
      note: noteAudience && { ...facts, audience: noteAudience },
    };
  });
}

type LinkParts = { fileId: string; personId: string; expires: string };

/** What the signature of a download link covers: all of its parameters, in this order. */
function signedText({ fileId, personId, expires }: LinkParts): string {
  return `${fileId}\n${personId}\n${expires}`;
}

/** The link under which the viewer, and nobody else, can download the file for five minutes. Null until stored. */
export function downloadUrl(ctx: Ctx, file: FileRow): string | null {
  if (file.state !== 'STORED') return null;
  const expires = String(ctx.clock.now().getTime() + linkLifeMs);
  const parts = { fileId: file.id, personId: linkHolder(ctx.viewer), expires };
  const signature = ctx.secrets.sign('file', signedText(parts));
  return `/files/${file.id}?${new URLSearchParams({ person: parts.personId, expires, signature })}`;
}

/** Whether a link is ours, whole and alive. */
export function isLinkValid(services: Services, parts: LinkParts, signature: string): boolean {
  const isAlive = /^\d{1,15}$/.test(parts.expires) && Number(parts.expires) > services.clock.now().getTime();
  return services.secrets.verify('file', signedText(parts), signature) && isAlive;
}
