import { and, eq, isNull } from 'drizzle-orm';
import { taskPromises } from '../../../../drizzle/schema/index.ts';
import type { Tx } from '../../../platform/database/transaction.ts';
import type { Services } from '../../../platform/services.ts';
import { courtOf } from '../../court.ts';
import type { TaskRow } from '../../queries.ts';
import { isSettled } from '../../states.ts';

export type PromiseRow = typeof taskPromises.$inferSelect;
export type PromiseEnd = NonNullable<PromiseRow['endedBy']>;

/**
 * Ends the promise of a locked task whose turn goes to another side, in the transaction of what moved it, whose event
 * tells it. Delivered or done it was let go of, and the day says whether in time; what was waived, hidden, given to
 * another side or got stuck is no more theirs to keep.
 */
export async function letGo(tx: Tx, services: Pick<Services, 'clock'>, before: TaskRow, after: TaskRow): Promise<void> {
  if (courtOf(before) === courtOf(after)) return;
  const isPlanned =
    (isSettled(after) && after.state !== 'DONE') ||
    after.state === 'NOT_READY' ||
    after.visibility !== before.visibility ||
    after.side !== before.side ||
    (after.stuckSide !== null && after.stuckSide !== before.stuckSide);
  await endPromises(tx, services, { taskId: before.id }, isPlanned ? 'DROPPED' : 'LEFT');
}

/** Ends what stands of a task, or of a whole project that pauses or ends: a day cannot be kept in it. */
export async function endPromises(
  tx: Tx,
  services: Pick<Services, 'clock'>,
  of: { taskId: string } | { projectId: string },
  endedBy: PromiseEnd,
): Promise<void> {
  const isOf = 'taskId' in of ? eq(taskPromises.taskId, of.taskId) : eq(taskPromises.projectId, of.projectId);
  await tx
    .update(taskPromises)
    .set({ endedAt: services.clock.now(), endedBy })
    .where(and(isOf, isNull(taskPromises.endedAt)));
}
