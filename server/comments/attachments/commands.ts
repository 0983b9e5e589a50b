import { and, eq, inArray } from 'drizzle-orm';
import { files } from '../../../drizzle/schema/index.ts';
import { maxCommentFiles } from '../../access/limits.ts';
import { can } from '../../access/policy.ts';
import { fileChecked, fileComplete, fileCreate, fileKeep, type GivenFile } from '../../files/commands.ts';
import type { FileRow } from '../../files/queries.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import { idempotent } from '../../platform/idempotency.ts';
import type { Ctx } from '../../platform/services.ts';
import { taskLock } from '../../tasks/commands.ts';
import type { CommentRow } from '../queries.ts';

type FileCreate = {
  taskId: string;
  idempotencyKey: string;
  file: GivenFile;
};

/**
 * Makes room for a file that will go with a comment of the viewer's. Until it does it is theirs alone, and it is given
 * up after a day like any upload; then whoever reads the comment may download it.
 */
export function commentFileCreate(ctx: Ctx, { idempotencyKey, ...body }: FileCreate): Promise<Committed<FileRow>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, body.taskId);
    const mayComment = can(ctx.viewer, 'comment.addShared', task) || can(ctx.viewer, 'comment.addInternal', task);
    if (!mayComment) throw new ApiError('FORBIDDEN');
    const id = await idempotent(ctx, tx, { act: 'commentFileCreate', key: idempotencyKey, body }, async () => {
      const file = fileChecked(body.file, ctx.config.maxUploadBytes);
      const { projectId, id: taskId } = task;
      return { subjectId: await fileCreate(ctx, tx, { ...file, projectId, taskId, purpose: 'COMMENT' }) };
    });
    const [row] = await tx.select().from(files).where(eq(files.id, id));
    if (!row) throw new ApiError('NOT_FOUND');
    return row;
  });
}

/** The ids of the files of one comment, each once. */
export function checkFileIds(given: readonly string[]): string[] {
  const ids = [...new Set(given)];
  if (ids.some((id) => !isUuid(id))) throw new ApiError('NOT_FOUND');
  if (ids.length > maxCommentFiles) {
    throw new ActError('TOO_MANY_FILES', { field: 'fileIds', params: { max: maxCommentFiles } });
  }
  return ids;
}

/** Takes in uploads of the viewer's that are whole although their last request never got to say so. */
export async function filesComplete(ctx: Ctx, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  const isOpen = and(inArray(files.id, [...fileIds]), isMine(ctx), eq(files.state, 'UPLOADING'));
  const rows = await ctx.db.select({ id: files.id }).from(files).where(isOpen);
  for (const { id } of rows) await fileComplete(ctx, id);
}

/** Gives a new comment its files: the viewer's own, of this task, on no other comment yet. */
export async function filesAttach(
  tx: Tx,
  ctx: Ctx,
  comment: Pick<CommentRow, 'id' | 'taskId'>,
  fileIds: readonly string[],
): Promise<void> {
  if (fileIds.length === 0) return;
  const rows = await tx
    .select()
    .from(files)
    .where(and(inArray(files.id, [...fileIds]), isMine(ctx), eq(files.taskId, comment.taskId)))
    .for('update');
  if (rows.filter((row) => row.commentId === null).length < fileIds.length) throw new ApiError('NOT_FOUND');
  for (const id of fileIds) {
    if (!(await fileKeep(ctx, tx, id))) throw new ActError('UPLOAD_INCOMPLETE', { field: 'fileIds' });
  }
  await tx
    .update(files)
    .set({ commentId: comment.id })
    .where(inArray(files.id, [...fileIds]));
}

/** Lets go of the files of a comment that is taken back: from now on nobody can download them, and soon they are gone. */
export async function filesRelease(tx: Tx, ctx: Ctx, commentId: string): Promise<void> {
  const now = ctx.clock.now();
  const released = await tx
    .update(files)
    .set({ expiresAt: now })
    .where(eq(files.commentId, commentId))
    .returning({ id: files.id });
  for (const { id } of released) await ctx.jobs.due(tx, 'file.expire', id, now);
}

export async function hasFiles(tx: Tx, commentId: string): Promise<boolean> {
  const [file] = await tx.select({ id: files.id }).from(files).where(eq(files.commentId, commentId)).limit(1);
  return file !== undefined;
}

const isMine = ({ viewer }: Ctx) => and(eq(files.createdBy, viewer.personId), eq(files.purpose, 'COMMENT'));
