import { and, eq } from 'drizzle-orm';
import { commentReactions } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { type Committed, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { clientWasActive } from '../../projects/commands.ts';
import { commentLock } from '../commands.ts';
import { type CommentSeen, heardBy } from '../queries.ts';
import type { Reaction } from './queries.ts';

/** Gives a comment a reaction of the viewer's, or takes it away. Doing it twice changes nothing. */
export function commentReact(
  ctx: Ctx,
  commentId: string,
  { reaction, isOn }: { reaction: Reaction; isOn: boolean },
): Promise<Committed<CommentSeen>> {
  return transaction(ctx, async (tx) => {
    const { comment } = await commentLock(tx, ctx, commentId);
    if (!can(ctx.viewer, 'comment.react', comment)) throw new ApiError('FORBIDDEN');
    if (comment.deletedAt !== null) throw new ActError('CONFLICT');
    const { personId } = ctx.viewer;
    const { audience } = comment;
    const mine = and(
      eq(commentReactions.commentId, comment.id),
      eq(commentReactions.personId, personId),
      eq(commentReactions.reaction, reaction),
    );
    const row = { commentId: comment.id, personId, reaction, audience, at: ctx.clock.now() };
    const changed = isOn
      ? await tx.insert(commentReactions).values(row).onConflictDoNothing().returning()
      : await tx.delete(commentReactions).where(mine).returning();
    if (changed.length === 0) return comment;
    append(tx, {
      kind: 'comment.reacted',
      audience: heardBy(comment),
      actorId: personId,
      subjectId: comment.id,
      projectId: comment.projectId,
      taskId: comment.taskId,
      facts: { reaction, isOn },
    });
    await clientWasActive(tx, ctx, comment.projectId);
    return comment;
  });
}
