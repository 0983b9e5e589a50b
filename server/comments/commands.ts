import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { comments } from '../../drizzle/schema/index.ts';
import { maxCommentCharacters } from '../access/limits.ts';
import { can } from '../access/policy.ts';
import type { Audience } from '../access/viewer.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { clientWasActive } from '../projects/commands.ts';
import { taskLock } from '../tasks/commands.ts';
import { type CommentSeen, commentSeen } from './queries.ts';

type CommentAdd = { taskId: string; text: string; audience: Audience; idempotencyKey: string };

/** Adds a message to a task's conversation. A repeat of the same key answers with the first one. */
export function commentAdd(ctx: Ctx, { idempotencyKey, ...input }: CommentAdd): Promise<Committed<CommentSeen>> {
  const text = checkText(input.text);
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, input.taskId);
    const act = input.audience === 'SHARED' ? 'comment.addShared' : 'comment.addInternal';
    if (!can(ctx.viewer, act, task)) throw new ApiError('FORBIDDEN');
    const id = await idempotent(ctx, tx, { act: 'commentAdd', key: idempotencyKey, body: input }, async () => {
      const now = ctx.clock.now();
      const comment: typeof comments.$inferInsert = {
        id: uuidv7(),
        revision: 1,
        projectId: task.projectId,
        taskId: task.id,
        authorId: ctx.viewer.personId,
        audience: input.audience,
        text,
        createdAt: now,
      };
      await tx.insert(comments).values(comment);
      append(tx, {
        kind: 'comment.added',
        audience: input.audience,
        actorId: ctx.viewer.personId,
        subjectId: comment.id,
        projectId: task.projectId,
        taskId: task.id,
        facts: {},
        revision: { before: null, after: { text } },
      });
      await clientWasActive(tx, ctx, task.projectId);
      return { subjectId: comment.id };
    });
    const [row] = await tx.select().from(comments).where(eq(comments.id, id));
    if (!row) throw new ApiError('NOT_FOUND');
    return commentSeen(row, task);
  });
}

/** Changes the words of one's own comment. */
export function commentEdit(
  ctx: Ctx,
  commentId: string,
  input: { revision: number; text: string },
): Promise<Committed<CommentSeen>> {
  const text = checkText(input.text);
  return transaction(ctx, async (tx) => {
    const comment = await commentLock(tx, ctx, commentId);
    if (!can(ctx.viewer, 'comment.edit', comment)) throw new ApiError('FORBIDDEN');
    return commentChange(tx, ctx, comment, input.revision, 'comment.edited', { text, editedAt: ctx.clock.now() });
  });
}

/** Takes one's own comment back: its words are gone, its place stays. */
export function commentDelete(
  ctx: Ctx,
  commentId: string,
  input: { revision: number },
): Promise<Committed<CommentSeen>> {
  return transaction(ctx, async (tx) => {
    const comment = await commentLock(tx, ctx, commentId);
    if (!can(ctx.viewer, 'comment.delete', comment)) throw new ApiError('FORBIDDEN');
    if (comment.deletedAt !== null) return comment;
    return commentChange(tx, ctx, comment, input.revision, 'comment.deleted', { text: '', deletedAt: ctx.clock.now() });
  });
}

async function commentLock(tx: Tx, ctx: Ctx, commentId: string): Promise<CommentSeen> {
  if (!isUuid(commentId)) throw new ApiError('NOT_FOUND');
  const [row] = await tx.select().from(comments).where(eq(comments.id, commentId)).for('update');
  if (!row) throw new ApiError('NOT_FOUND');
  const { task } = await taskLock(tx, ctx, row.taskId);
  const comment = commentSeen(row, task);
  if (!can(ctx.viewer, 'comment.read', comment)) throw new ApiError('NOT_FOUND');
  return comment;
}

type Change = Partial<Pick<CommentSeen, 'text' | 'editedAt' | 'deletedAt'>>;

async function commentChange(
  tx: Tx,
  ctx: Ctx,
  comment: CommentSeen,
  revision: number,
  kind: 'comment.edited' | 'comment.deleted',
  change: Change,
): Promise<CommentSeen> {
  if (comment.deletedAt !== null || comment.revision !== revision)
    throw new ActError('CONFLICT', { field: 'revision' });
  const changed = { ...change, revision: revision + 1 };
  await tx.update(comments).set(changed).where(eq(comments.id, comment.id));
  append(tx, {
    kind,
    audience: comment.audience,
    actorId: ctx.viewer.personId,
    subjectId: comment.id,
    projectId: comment.projectId,
    taskId: comment.taskId,
    facts: {},
    revision: { before: { text: comment.text }, after: { text: changed.text } },
  });
  await clientWasActive(tx, ctx, comment.projectId);
  return { ...comment, ...changed };
}

function checkText(given: string): string {
  const text = given.trim();
  if (text === '') throw new ActError('EMPTY', { field: 'text' });
  if ([...text].length > maxCommentCharacters) {
    throw new ActError('TOO_LONG', { field: 'text', params: { max: maxCommentCharacters } });
  }
  return text;
}
