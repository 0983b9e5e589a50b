import { and, eq, isNull } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { taskPromises } from '../../../drizzle/schema/index.ts';
import { dayOf } from '../../calendar.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { checkMay, clientWasActive } from '../../projects/commands.ts';
import { courtOf } from '../court.ts';
import { checkRevision, onTask, taskChange, taskLock } from '../moving.ts';
import type { TaskSeen } from '../queries.ts';
import { endPromises, type PromiseRow } from './ends/commands.ts';

/** Nobody promises further ahead; a year that was meant otherwise is a slip of the pen. */
const farthestDays = 366;

/** Says by which day whoever has the turn will be done. Said again, the newer day stands, and the older one stays said. */
export function taskPromise(
  ctx: Ctx,
  taskId: string,
  { revision, on }: { revision: number; on: string },
): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const task = await lockToPromise(tx, ctx, taskId, revision);
    const court = courtOf(task);
    if (court === 'NOBODY') throw new ActError('WRONG_STATE', { params: { state: task.state } });
    if (!task.isUnderWay) throw new ActError('NOT_UNDER_WAY');
    checkDay(ctx, task, on);
    const standing = await standingOf(tx, taskId);
    if (standing?.promisedOn === on) return task;
    if (standing) await endPromises(tx, ctx, { taskId }, 'MOVED');
    await tx.insert(taskPromises).values({
      id: uuidv7(),
      projectId: task.projectId,
      taskId,
      side: court,
      audience: task.visibility,
      promisedOn: on,
      personId: ctx.viewer.personId,
      at: ctx.clock.now(),
    });
    append(tx, {
      kind: 'task.promised',
      ...onTask(ctx, task),
      facts: { court, from: standing?.promisedOn ?? null, to: on },
    });
    await clientWasActive(tx, ctx, task.projectId);
    return taskChange(tx, ctx, task, {});
  });
}

/** Takes the day back that stands. */
export function taskPromiseWithdraw(
  ctx: Ctx,
  taskId: string,
  { revision }: { revision: number },
): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const task = await lockToPromise(tx, ctx, taskId, revision);
    const standing = await standingOf(tx, taskId);
    // Taken back already: what the person wants is so.
    if (!standing) return task;
    await endPromises(tx, ctx, { taskId }, 'WITHDRAWN');
    append(tx, {
      kind: 'task.promiseWithdrawn',
      ...onTask(ctx, task),
      // What staff had promised among themselves stays among them, also on a task that is shared since.
      audience: standing.audience,
      facts: { court: standing.side, from: standing.promisedOn, to: null },
    });
    await clientWasActive(tx, ctx, task.projectId);
    return taskChange(tx, ctx, task, {});
  });
}

async function lockToPromise(tx: Tx, ctx: Ctx, taskId: string, revision: number): Promise<TaskSeen> {
  const { task } = await taskLock(tx, ctx, taskId);
  checkMay(ctx, 'task.promise', { ...task, court: courtOf(task) });
  checkRevision(task, revision);
  return task;
}

function checkDay(ctx: Ctx, task: TaskSeen, on: string): void {
  const today = dayOf(ctx.clock.now(), task.timeZone);
  const farthest = dayOf(new Date(ctx.clock.now().getTime() + farthestDays * 86_400_000), task.timeZone);
  if (on < today || on > farthest) throw new ActError('PROMISE_DAY', { field: 'on' });
}

async function standingOf(tx: Tx, taskId: string): Promise<PromiseRow | null> {
  const [row] = await tx
    .select()
    .from(taskPromises)
    .where(and(eq(taskPromises.taskId, taskId), isNull(taskPromises.endedAt)));
  return row ?? null;
}
