import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { comments } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import type { Audience } from '../../access/viewer.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { checkComment, commentLock } from '../commands.ts';
import { type CommentSeen, heardBy } from '../queries.ts';

/*
 * Who reads a posted comment, changed by its author:
 *   INTERNAL -> SHARED   comment.shared: its words as they are now go out; what they were, who reacted to them, and that
 *                        it was edited or settled before, stays among staff. It is said now: its place is the end.
 *   SHARED -> INTERNAL   comment.hidden: whoever saw it is told that it is gone.
 * Both events are shared, because clients must hear of both. A thread with replies keeps its readers.
 */
export function commentSetAudience(
  ctx: Ctx,
  commentId: string,
  input: { revision: number; audience: Audience },
): Promise<Committed<CommentSeen>> {
  return transaction(ctx, async (tx) => {
    const { comment } = await commentLock(tx, ctx, commentId);
    const { audience } = input;
    const act = audience === 'SHARED' ? 'comment.addShared' : 'comment.addInternal';
    if (!can(ctx.viewer, 'comment.edit', comment) || !can(ctx.viewer, act, comment)) throw new ApiError('FORBIDDEN');
    checkComment(comment, input.revision);
    if (comment.audience === audience) return comment;
    if (comment.parentId !== null || (await hasReplies(tx, comment.id))) throw new ActError('IN_THREAD');
    const revision = comment.revision + 1;
    const changed =
      audience === 'SHARED'
        ? {
            audience,
            revision,
            internalRevisions: comment.revision,
            placeId: uuidv7(),
            sharedAt: ctx.clock.now(),
            editedAt: null,
            resolvedAt: null,
            resolvedBy: null,
          }
        : { audience, revision };
    await tx.update(comments).set(changed).where(eq(comments.id, comment.id));
    append(tx, {
      kind: audience === 'SHARED' ? 'comment.shared' : 'comment.hidden',
      audience: heardBy({ ...comment, audience: 'SHARED' }),
      actorId: ctx.viewer.personId,
      subjectId: comment.id,
      projectId: comment.projectId,
      taskId: comment.taskId,
      facts: {},
      ...(audience === 'SHARED' ? { revision: { before: null, after: { text: comment.text } } } : {}),
    });
    return { ...comment, ...changed };
  });
}

async function hasReplies(tx: Tx, commentId: string): Promise<boolean> {
  const [reply] = await tx.select({ id: comments.id }).from(comments).where(eq(comments.parentId, commentId)).limit(1);
  return reply !== undefined;
}
