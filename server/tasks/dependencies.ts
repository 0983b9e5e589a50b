import { and, eq, inArray, ne, or } from 'drizzle-orm';
import { projects, taskDependencies, tasks } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { uuids } from '../platform/graphql/ids.ts';
import type { Ctx } from '../platform/services.ts';
import { checkMay } from '../projects/commands.ts';
import { circleWith, type Link } from './circle.ts';
import type { LinkRule } from './links.ts';
import { checkRevision, lockRow, onTask, settle, taskChange, taskLock } from './moving.ts';
import type { TaskSeen } from './queries.ts';

const separator = ' → ';

type Dependency = { revision: number; predecessorId: string };
const mostLagDays = 200;

/**
 * Lets a task wait for another of its project, or changes how it waits for one. A circle is refused and named, whatever
 * the kinds of its links: no plan of ours goes round.
 */
export function taskDependencyAdd(
  ctx: Ctx,
  taskId: string,
  input: Dependency & Partial<LinkRule>,
): Promise<Committed<TaskSeen>> {
  const { kind = 'FINISH_TO_START', lagDays = 0 } = input;
  return changeDependency(ctx, taskId, input, async (tx, task, predecessor) => {
    if (predecessor.projectId !== task.projectId) throw new ActError('OTHER_PROJECT', { field: 'predecessorId' });
    if (Math.abs(lagDays) > mostLagDays) {
      throw new ActError('OUT_OF_RANGE', { field: 'lagDays', params: { min: -mostLagDays, max: mostLagDays } });
    }
    await refuseCircle(tx, task, predecessor);
    const isOther = or(ne(taskDependencies.kind, kind), ne(taskDependencies.lagDays, lagDays));
    const added = await tx
      .insert(taskDependencies)
      .values({ taskId: task.id, predecessorId: predecessor.id, kind, lagDays })
      .onConflictDoUpdate({
        target: [taskDependencies.taskId, taskDependencies.predecessorId],
        set: { kind, lagDays },
        setWhere: isOther,
      })
      .returning();
    return added.length > 0 ? 'task.dependencyAdded' : null;
  });
}

/** Lets a task wait no longer for another. */
export function taskDependencyRemove(ctx: Ctx, taskId: string, input: Dependency): Promise<Committed<TaskSeen>> {
  return changeDependency(ctx, taskId, input, async (tx, task, predecessor) => {
    const isThis = and(eq(taskDependencies.taskId, task.id), eq(taskDependencies.predecessorId, predecessor.id));
    const removed = await tx.delete(taskDependencies).where(isThis).returning();
    return removed.length > 0 ? 'task.dependencyRemoved' : null;
  });
}

type Outcome = 'task.dependencyAdded' | 'task.dependencyRemoved' | null;

/**
 * One change of who waits for whom. The project's row is locked first: of two people who would close a circle from both
 * ends at once, the second sees what the first did. Then the tasks, the earlier on the road first, as moves lock them.
 */
function changeDependency(
  ctx: Ctx,
  taskId: string,
  input: Dependency,
  change: (tx: Tx, task: TaskSeen, predecessor: TaskSeen) => Promise<Outcome>,
): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    await lockProjectOf(tx, taskId);
    const predecessor = input.predecessorId === taskId ? null : await lockRow(tx, input.predecessorId);
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'task.edit', task);
    const other = input.predecessorId === taskId ? task : predecessor;
    if (!other || !can(ctx.viewer, 'task.read', other)) throw new ApiError('NOT_FOUND');
    checkRevision(task, input.revision);
    const kind = await change(tx, task, other);
    if (kind === null) return task;
    // Whoever may not know of one end may not know that the two are tied.
    const isShared = task.visibility === 'SHARED' && other.visibility === 'SHARED';
    append(tx, {
      ...onTask(ctx, task),
      kind,
      audience: isShared ? 'SHARED' : 'INTERNAL',
      facts: { predecessorId: other.id },
    });
    // The revision moves only with what everybody who sees the task may see.
    const isSeen = isShared || task.visibility === 'INTERNAL';
    return settle(tx, ctx, isSeen ? await taskChange(tx, ctx, task, {}) : task);
  });
}

async function lockProjectOf(tx: Tx, taskId: string): Promise<void> {
  const own = tx
    .select({ id: tasks.projectId })
    .from(tasks)
    .where(inArray(tasks.id, uuids([taskId])));
  await tx.select({ id: projects.id }).from(projects).where(inArray(projects.id, own)).for('no key update');
}

async function refuseCircle(tx: Tx, task: TaskSeen, predecessor: TaskSeen): Promise<void> {
  const ofProject = await tx
    .select({ id: tasks.id, title: tasks.title })
    .from(tasks)
    .where(eq(tasks.projectId, task.projectId));
  const links: Link[] = await tx
    .select({ taskId: taskDependencies.taskId, predecessorId: taskDependencies.predecessorId })
    .from(taskDependencies)
    .innerJoin(tasks, eq(tasks.id, taskDependencies.taskId))
    .where(eq(tasks.projectId, task.projectId));
  const circle = circleWith(links, { taskId: task.id, predecessorId: predecessor.id });
  if (circle === null) return;
  const titleOf = new Map(ofProject.map(({ id, title }) => [id, title]));
  const path = circle.map((id) => titleOf.get(id) ?? id).join(separator);
  throw new ActError('CIRCLE', { field: 'predecessorId', params: { path } });
}
