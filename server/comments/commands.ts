import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { commentReactions, comments } from '../../drizzle/schema/index.ts';
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
import type { TaskSeen } from '../tasks/queries.ts';
import { checkFileIds, filesAttach, filesComplete, filesRelease, hasFiles } from './attachments/commands.ts';
import { mentionsWrite } from './mentions/commands.ts';
import { type CommentRow, type CommentSeen, commentSeen, heardBy } from './queries.ts';
import { markWrite } from './reading/commands.ts';
import { talkSignal } from './talk.ts';

type CommentAdd = {
  taskId: string;
  text: string;
  audience: Audience;
  idempotencyKey: string;
  /** The comment that it answers: one without a parent, of the same audience. */
  parentId?: string | null;
  fileIds?: readonly string[] | null;
};

/** Adds a message to a task's conversation. A repeat of the same key answers with the first one. */
export async function commentAdd(ctx: Ctx, { idempotencyKey, ...input }: CommentAdd): Promise<Committed<CommentSeen>> {
  const fileIds = checkFileIds(input.fileIds ?? []);
  const text = checkText(input.text, fileIds.length > 0);
  await filesComplete(ctx, fileIds);
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, input.taskId);
    const parent = await parentOf(tx, ctx, task, input.parentId ?? null);
    const act = input.audience === 'SHARED' ? 'comment.addShared' : 'comment.addInternal';
    if (!can(ctx.viewer, act, task)) throw new ApiError('FORBIDDEN');
    const id = await idempotent(ctx, tx, { act: 'commentAdd', key: idempotencyKey, body: input }, async () => {
      if (parent && parent.audience !== input.audience) throw new ActError('IN_THREAD', { field: 'audience' });
      const { audience } = input;
      const comment = { ...fresh(ctx, task), parentId: parent?.id ?? null, audience, text };
      await tx.insert(comments).values(comment);
      const mentions = await mentionsWrite(tx, ctx, task, comment);
      await filesAttach(tx, ctx, comment, fileIds);
      append(tx, {
        kind: 'comment.added',
        audience,
        actorId: ctx.viewer.personId,
        subjectId: comment.id,
        projectId: task.projectId,
        taskId: task.id,
        facts: { ...(parent ? { parentId: parent.id } : {}), mentions, files: fileIds.length },
        revision: { before: null, after: { text } },
      });
      // A new word in a thread that was settled: it is open again, or nobody would see it.
      if (parent?.resolvedAt) await threadMove(tx, ctx, parent, false);
      // Whoever writes has read what stands above.
      await markWrite(tx, ctx, comment);
      await clientWasActive(tx, ctx, task.projectId);
      const { personId } = ctx.viewer;
      tx.afterCommit.push(() => talkSignal(ctx, task.id, { kind: 'stopped', personId, audience }));
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
  return transaction(ctx, async (tx) => {
    const { comment, task } = await commentLock(tx, ctx, commentId);
    if (!can(ctx.viewer, 'comment.edit', comment)) throw new ApiError('FORBIDDEN');
    checkComment(comment, input.revision);
    const text = checkText(input.text, await hasFiles(tx, comment.id));
    await mentionsWrite(tx, ctx, task, { ...comment, text });
    return commentChange(tx, ctx, comment, 'comment.edited', { text, editedAt: ctx.clock.now() });
  });
}

/** Takes one's own comment back: its words, files and reactions are gone, its place stays. */
export function commentDelete(
  ctx: Ctx,
  commentId: string,
  input: { revision: number },
): Promise<Committed<CommentSeen>> {
  return transaction(ctx, async (tx) => {
    const { comment, task } = await commentLock(tx, ctx, commentId);
    if (!can(ctx.viewer, 'comment.delete', comment)) throw new ApiError('FORBIDDEN');
    if (comment.deletedAt !== null) return comment;
    checkComment(comment, input.revision);
    await mentionsWrite(tx, ctx, task, { ...comment, text: '' });
    await tx.delete(commentReactions).where(eq(commentReactions.commentId, comment.id));
    await filesRelease(tx, ctx, comment.id);
    return commentChange(tx, ctx, comment, 'comment.deleted', { text: '', deletedAt: ctx.clock.now() });
  });
}

/** Settles a thread, or opens it again, by its locked first comment. */
export async function threadMove(tx: Tx, ctx: Ctx, root: CommentSeen, isResolved: boolean): Promise<CommentSeen> {
  const { personId } = ctx.viewer;
  const changed = isResolved
    ? { resolvedAt: ctx.clock.now(), resolvedBy: personId }
    : { resolvedAt: null, resolvedBy: null };
  await tx.update(comments).set(changed).where(eq(comments.id, root.id));
  append(tx, {
    kind: isResolved ? 'comment.resolved' : 'comment.reopened',
    audience: heardBy(root),
    actorId: personId,
    subjectId: root.id,
    projectId: root.projectId,
    taskId: root.taskId,
    facts: {},
  });
  await clientWasActive(tx, ctx, root.projectId);
  return { ...root, ...changed };
}

/** Locks a comment and then its task, as every act on a comment does. NOT_FOUND when it is not the viewer's to read. */
export async function commentLock(
  tx: Tx,
  ctx: Ctx,
  commentId: string,
): Promise<{ comment: CommentSeen; task: TaskSeen }> {
  if (!isUuid(commentId)) throw new ApiError('NOT_FOUND');
  const [row] = await tx.select().from(comments).where(eq(comments.id, commentId)).for('update');
  if (!row) throw new ApiError('NOT_FOUND');
  const { task } = await taskLock(tx, ctx, row.taskId);
  const comment = commentSeen(row, task);
  if (!can(ctx.viewer, 'comment.read', comment)) throw new ApiError('NOT_FOUND');
  return { comment, task };
}

/** Refuses an act on a comment that is gone, or has changed since the person saw it. */
export function checkComment(comment: CommentSeen, revision: number): void {
  if (comment.deletedAt !== null || comment.revision !== revision)
    throw new ActError('CONFLICT', { field: 'revision' });
}

type Change = Partial<Pick<CommentSeen, 'text' | 'editedAt' | 'deletedAt'>>;

async function commentChange(
  tx: Tx,
  ctx: Ctx,
  comment: CommentSeen,
  kind: 'comment.edited' | 'comment.deleted',
  change: Change,
): Promise<CommentSeen> {
  const changed = { ...change, revision: comment.revision + 1 };
  await tx.update(comments).set(changed).where(eq(comments.id, comment.id));
  append(tx, {
    kind,
    audience: heardBy(comment),
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

/**
 * The thread that a reply joins. The task's lock, which the caller holds, keeps its audience as it is read here: whoever
 * would change that waits for the same lock, and then finds the reply.
 */
async function parentOf(tx: Tx, ctx: Ctx, task: TaskSeen, parentId: string | null): Promise<CommentSeen | null> {
  if (parentId === null) return null;
  if (!isUuid(parentId)) throw new ApiError('NOT_FOUND');
  const [row] = await tx.select().from(comments).where(eq(comments.id, parentId));
  const parent = row?.taskId === task.id && row.parentId === null ? commentSeen(row, task) : null;
  if (!parent || !can(ctx.viewer, 'comment.read', parent)) throw new ApiError('NOT_FOUND');
  return parent;
}

function fresh(ctx: Ctx, task: TaskSeen): Omit<CommentRow, 'parentId' | 'audience' | 'text'> {
  return {
    id: uuidv7(),
    revision: 1,
    projectId: task.projectId,
    taskId: task.id,
    authorId: ctx.viewer.personId,
    createdAt: ctx.clock.now(),
    editedAt: null,
    deletedAt: null,
    placeId: null,
    sharedAt: null,
    internalRevisions: 0,
    resolvedAt: null,
    resolvedBy: null,
  };
}

function checkText(given: string, mayBeEmpty: boolean): string {
  const text = given.trim();
  if (text === '' && !mayBeEmpty) throw new ActError('EMPTY', { field: 'text' });
  if ([...text].length > maxCommentCharacters) {
    throw new ActError('TOO_LONG', { field: 'text', params: { max: maxCommentCharacters } });
  }
  return text;
}
