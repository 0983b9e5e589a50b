import { eq } from 'drizzle-orm';
import { comments } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { type Committed, transaction } from '../../platform/database/transaction.ts';
import { ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { commentLock, threadMove } from '../commands.ts';
import { type CommentSeen, commentSeen } from '../queries.ts';

/** Settles the thread that a comment is part of, or opens it again. Doing it twice changes nothing. */
export function commentResolve(
  ctx: Ctx,
  commentId: string,
  input: { isResolved: boolean },
): Promise<Committed<CommentSeen>> {
  return transaction(ctx, async (tx) => {
    const { comment, task } = await commentLock(tx, ctx, commentId);
    if (!can(ctx.viewer, 'comment.resolve', comment)) throw new ApiError('FORBIDDEN');
    const [row] = comment.parentId
      ? await tx.select().from(comments).where(eq(comments.id, comment.parentId)).for('update')
      : [];
    const root = row ? commentSeen(row, task) : comment;
    if ((root.resolvedAt !== null) === input.isResolved) return root;
    return threadMove(tx, ctx, root, input.isResolved);
  });
}
