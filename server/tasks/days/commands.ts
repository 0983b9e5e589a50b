import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import { tasks } from '../../../drizzle/schema/index.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { lockRow, onTask, settle, taskChange } from '../moving.ts';
import { startsLater } from '../planning.ts';
import type { TaskRow } from '../queries.ts';

export type DueMoved = { taskId: string; from: string | null; to: string | null };
/** Days of one task that move together; `dueOn` left out stays. */
export type DayMove = { taskId: string } & Partial<Pick<TaskRow, 'dueOn' | 'startsOn' | 'pinEdge' | 'pinOn'>>;

/**
 * Moves the days of several tasks of a locked project, in the order of their ids, as every act that locks more than one.
 * What is over keeps its day. NOT_FOUND by name when one is not a task of the project.
 */
export async function tasksMoveDays(
  tx: Tx,
  ctx: Ctx,
  projectId: string,
  moves: readonly DayMove[],
): Promise<DueMoved[]> {
  const byId = new Map(moves.map((move) => [move.taskId, move]));
  const ids = [...byId.keys()];
  const rows = ids.length === 0 ? [] : await openIn(tx, projectId, ids);
  const moved: DueMoved[] = [];
  for (const { id } of rows) {
    const task = await lockRow(tx, id);
    const move = byId.get(id);
    if (!task || !move) continue;
    const { taskId: _, ...days } = move;
    const change = Object.fromEntries(
      Object.entries(days).filter(([field, day]) => day !== undefined && task[field as keyof TaskRow] !== day),
    ) as Partial<TaskRow>;
    if (Object.keys(change).length === 0) continue;
    const { dueOn, ...others } = change;
    if (dueOn !== undefined) {
      moved.push({ taskId: id, from: task.dueOn, to: dueOn });
      append(tx, {
        kind: 'task.dueMoved',
        ...onTask(ctx, task),
        facts: { from: task.dueOn, to: dueOn },
        revision: { before: { dueOn: task.dueOn }, after: { dueOn } },
      });
    }
    const named = Object.keys(others) as (keyof typeof others)[];
    if (named.length > 0) {
      append(tx, {
        kind: 'task.edited',
        ...onTask(ctx, task),
        facts: { fields: named.join(' ') },
        revision: { before: Object.fromEntries(named.map((field) => [field, task[field]])), after: others },
      });
    }
    const changed = await taskChange(tx, ctx, task, change);
    if (change.startsOn === undefined) continue;
    await startsLater(tx, ctx, changed);
    await settle(tx, ctx, changed);
  }
  return moved;
}

async function openIn(tx: Tx, projectId: string, ids: readonly string[]): Promise<{ id: string }[]> {
  const all = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.projectId, projectId), inArray(tasks.id, [...ids])));
  if (all.length < ids.length) throw new ActError('OTHER_PROJECT', { field: 'days' });
  return tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(inArray(tasks.id, [...ids]), notInArray(tasks.state, ['DONE', 'WAIVED', 'CANCELLED'])))
    .orderBy(asc(tasks.id));
}
