import { and, eq, inArray, sql } from 'drizzle-orm';
import { people, projects, type TaskState, taskDependencies, tasks } from '../../drizzle/schema/index.ts';
import { can, factsOfProject } from '../access/policy.ts';
import type { EventKinds } from '../events.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import type { Ctx } from '../platform/services.ts';
import { clientWasActive } from '../projects/commands.ts';
import type { TaskSeen } from './queries.ts';

/*
 * The states of a task and the moves between them that exist so far:
 *   NOT_READY -> READY                      automatic: the last predecessor is done or waived
 *   READY -> IN_PROGRESS                    taskStart
 *   READY, IN_PROGRESS, CHANGES_REQUESTED -> SUBMITTED      submissionFinish
 *   SUBMITTED -> IN_REVIEW or DONE          automatic: review wanted or not
 *   IN_REVIEW -> DONE                       taskApprove
 *   IN_REVIEW -> CHANGES_REQUESTED          taskRequestChanges
 */

/**
 * Locks a task's row for the rest of the transaction. NOT_FOUND when it is missing or the viewer may not see it.
 * Every act on a task begins here, so that two acts on one task happen one after the other.
 */
export async function taskLock(tx: Tx, ctx: Ctx, taskId: string): Promise<{ task: TaskSeen; facts: TaskSeen }> {
  if (!isUuid(taskId)) throw new ApiError('NOT_FOUND');
  const [row] = await tx
    .select({ task: tasks, project: projects })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(eq(tasks.id, taskId))
    .for('update', { of: tasks });
  if (!row) throw new ApiError('NOT_FOUND');
  const { accountId, isDraft, isOver } = factsOfProject(row.project);
  const task = { ...row.task, accountId, isDraft, isOver };
  if (!can(ctx.viewer, 'task.read', task)) throw new ApiError('NOT_FOUND');
  return { task, facts: task };
}

type MoveKind = Extract<keyof EventKinds, `task.${string}`>;
type Move = {
  to: TaskState;
  kind: Exclude<MoveKind, 'task.created' | 'task.assigned'>;
  /** The submission that the move is about, where there is one. */
  submissionId?: string;
  /** False for what follows by itself from another act. */
  isAutomatic?: boolean;
};

/** Moves a locked task to another state, appends the event, and readies what waited for it when it is done. */
export async function taskMove(tx: Tx, ctx: Ctx, task: TaskSeen, move: Move): Promise<TaskSeen> {
  const now = ctx.clock.now();
  const changed = { state: move.to, stateSince: now, revision: task.revision + 1, updatedAt: now };
  await tx.update(tasks).set(changed).where(eq(tasks.id, task.id));
  append(tx, {
    kind: move.kind,
    audience: task.visibility,
    actorId: move.isAutomatic ? null : ctx.viewer.personId,
    subjectId: task.id,
    projectId: task.projectId,
    taskId: task.id,
    facts: { from: task.state, to: move.to, ...(move.submissionId ? { submissionId: move.submissionId } : {}) },
    revision: { before: { state: task.state }, after: { state: move.to } },
  } as Parameters<typeof append>[1]);
  await clientWasActive(tx, ctx, task.projectId);
  if (move.to === 'DONE') await readySuccessors(tx, ctx, task.id);
  return { ...task, ...changed };
}

/**
 * Locks the successors before it looks at their predecessors: when two predecessors are done at once, the second
 * transaction then waits for the first and sees its work, instead of both seeing the other one as open.
 */
async function readySuccessors(tx: Tx, ctx: Ctx, taskId: string): Promise<void> {
  const waiting = await tx
    .select({ task: tasks })
    .from(tasks)
    .innerJoin(taskDependencies, eq(taskDependencies.taskId, tasks.id))
    .where(and(eq(taskDependencies.predecessorId, taskId), eq(tasks.state, 'NOT_READY')))
    .orderBy(tasks.id)
    .for('update', { of: tasks });
  if (waiting.length === 0) return;
  const stillBlocked = await tx
    .select({ id: taskDependencies.taskId })
    .from(taskDependencies)
    .innerJoin(tasks, eq(tasks.id, taskDependencies.predecessorId))
    .where(
      and(
        inArray(
          taskDependencies.taskId,
          waiting.map(({ task }) => task.id),
        ),
        sql`${tasks.state} not in ('DONE', 'WAIVED')`,
      ),
    );
  const blocked = new Set(stillBlocked.map((row) => row.id));
  const now = ctx.clock.now();
  for (const { task } of waiting) {
    if (blocked.has(task.id)) continue;
    await tx
      .update(tasks)
      .set({ state: 'READY', stateSince: now, revision: task.revision + 1, updatedAt: now })
      .where(eq(tasks.id, task.id));
    append(tx, {
      kind: 'task.ready',
      audience: task.visibility,
      actorId: null,
      subjectId: task.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { from: task.state, to: 'READY' },
      revision: { before: { state: task.state }, after: { state: 'READY' } },
    });
  }
}

/** Refuses an act on a task that has changed since the person saw it. */
export function checkRevision(task: TaskSeen, revision: number): void {
  if (task.revision !== revision) throw new ActError('CONFLICT', { field: 'revision' });
}

/** READY -> IN_PROGRESS. */
export function taskStart(ctx: Ctx, taskId: string, input: { revision: number }): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    if (!can(ctx.viewer, 'task.start', task)) throw new ApiError('FORBIDDEN');
    checkRevision(task, input.revision);
    if (task.state !== 'READY') throw new ActError('WRONG_STATE', { params: { state: task.state } });
    return taskMove(tx, ctx, task, { to: 'IN_PROGRESS', kind: 'task.started' });
  });
}

/** Gives a task to a person of staff or of the account, or takes it away with null. */
export function taskAssign(
  ctx: Ctx,
  taskId: string,
  input: { revision: number; assigneeId: string | null },
): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    if (!can(ctx.viewer, 'task.assign', task)) throw new ApiError('FORBIDDEN');
    checkRevision(task, input.revision);
    if (input.assigneeId !== null) await checkAssignable(tx, task, input.assigneeId);
    if (input.assigneeId === task.assigneeId) return task;
    const now = ctx.clock.now();
    const changed = { assigneeId: input.assigneeId, revision: task.revision + 1, updatedAt: now };
    await tx.update(tasks).set(changed).where(eq(tasks.id, task.id));
    append(tx, {
      kind: 'task.assigned',
      audience: task.visibility,
      actorId: ctx.viewer.personId,
      subjectId: task.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { from: task.assigneeId, to: input.assigneeId },
      revision: { before: { assigneeId: task.assigneeId }, after: { assigneeId: input.assigneeId } },
    });
    return { ...task, ...changed };
  });
}

async function checkAssignable(tx: Tx, task: TaskSeen, personId: string): Promise<void> {
  const [person] = isUuid(personId) ? await tx.select().from(people).where(eq(people.id, personId)) : [];
  const isOfAccount = person?.accountId === task.accountId && task.visibility === 'SHARED';
  const isAssignable = person && person.removedAt === null && (person.accountId === null || isOfAccount);
  if (!isAssignable) throw new ActError('NOT_ASSIGNABLE', { field: 'assigneeId' });
}
