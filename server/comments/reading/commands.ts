import { and, eq, gte, sql } from 'drizzle-orm';
import { readMarks } from '../../../drizzle/schema/index.ts';
import { isStaff } from '../../access/policy.ts';
import { type Tx, transaction } from '../../platform/database/transaction.ts';
import { ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { type CommentRow, placeOf } from '../queries.ts';
import { talkSignal } from '../talk.ts';
import { commentOnTask } from './queries.ts';

/**
 * Notes that the viewer has read a conversation up to and including a comment; a mark never goes back. Whoever looks
 * through somebody else's eyes, or is a program, reads nothing for them: then all stays as it is.
 */
export async function conversationRead(ctx: Ctx, taskId: string, throughId: string): Promise<void> {
  const comment = await commentOnTask(ctx, taskId, throughId);
  if (!comment) throw new ApiError('NOT_FOUND');
  if (ctx.viewer.viewedBy !== null || ctx.viewer.token !== null) return;
  const { value: hasMoved } = await transaction(ctx, async (tx) => {
    if (!(await markWrite(tx, ctx, comment))) return false;
    await ctx.conversationWasRead?.(tx, ctx.viewer.personId, taskId);
    return true;
  });
  if (!hasMoved) return;
  // For the staff who have the task open, and see how far the client has read; and for the reader's own other devices.
  talkSignal(ctx, taskId, { kind: 'read', personId: ctx.viewer.personId, isOfClient: !isStaff(ctx.viewer) });
}

/** Moves the viewer's mark to a comment. False: they had read as far already. */
export async function markWrite(db: Ctx['db'] | Tx, ctx: Ctx, comment: CommentRow): Promise<boolean> {
  const { personId } = ctx.viewer;
  const { taskId } = comment;
  const throughId = placeOf(comment);
  const [further] = await db
    .select({ found: sql<number>`1` })
    .from(readMarks)
    .where(and(eq(readMarks.personId, personId), eq(readMarks.taskId, taskId), gte(readMarks.throughId, throughId)))
    .limit(1);
  if (further) return false;
  await db.insert(readMarks).values({ personId, taskId, throughId, at: ctx.clock.now() }).onConflictDoNothing();
  return true;
}
