import { and, eq, inArray, notInArray } from 'drizzle-orm';
import { projects, taskDependencies, tasks } from '../../drizzle/schema/index.ts';
import { can, factsOfProject } from '../access/policy.ts';
import { dayOf } from '../calendar.ts';
import type { NewEvent } from '../events.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { clientWasActive } from '../projects/commands.ts';
import { isUnderWay } from './court.ts';
import { letGo } from './promises/ends/commands.ts';
import { isHolding, type TaskRow, type TaskSeen } from './queries.ts';
import { canMove, isOpen, isPassed, type Move } from './states.ts';

/**
 * Locks a task's row for the rest of the transaction. NOT_FOUND when it is missing or the viewer may not see it.
 * Every act on a task begins here, so that two acts on one task happen one after the other.
 */
export async function taskLock(tx: Tx, ctx: Ctx, taskId: string): Promise<{ task: TaskSeen; facts: TaskSeen }> {
  const task = await lockRow(tx, taskId);
  if (!task || !can(ctx.viewer, 'task.read', task)) throw new ApiError('NOT_FOUND');
  return { task, facts: task };
}

/** A task's locked row with what policy asks of it, whoever asks; null when there is none. */
export async function lockRow(tx: Tx, taskId: string): Promise<TaskSeen | null> {
  if (!isUuid(taskId)) return null;
  const [row] = await tx
    .select({ task: tasks, project: projects })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(eq(tasks.id, taskId))
    .for('update', { of: tasks });
  if (!row) return null;
  const { accountId, isDraft, isOver } = factsOfProject(row.project);
  const { timeZone, pmId } = row.project;
  return { ...row.task, accountId, isDraft, isOver, timeZone, pmId, isUnderWay: isUnderWay(row.project) };
}

/** Refuses an act on a task that has changed since the person saw it. */
export function checkRevision(task: Pick<TaskRow, 'revision'>, revision: number): void {
  if (task.revision !== revision) throw new ActError('CONFLICT', { field: 'revision' });
}

/** What every event of a task says beside its kind and facts; done by the viewer unless it followed by itself. */
export function onTask(ctx: Pick<Ctx, 'viewer'> | null, task: TaskRow) {
  return {
    audience: task.visibility,
    actorId: ctx?.viewer.personId ?? null,
    subjectId: task.id,
    projectId: task.projectId,
    taskId: task.id,
  };
}

/** Changes columns of a locked task and moves its revision; the caller appends the event. */
export async function taskChange(
  tx: Tx,
  services: Pick<Services, 'clock'>,
  task: TaskSeen,
  change: Partial<TaskRow>,
): Promise<TaskSeen> {
  const changed = { ...change, revision: task.revision + 1, updatedAt: services.clock.now() };
  await tx.update(tasks).set(changed).where(eq(tasks.id, task.id));
  const next = { ...task, ...changed };
  await letGo(tx, services, task, next);
  return next;
}

/** Services without a viewer: what follows by itself and is nobody's act. */
export type Machinery = Services & { readonly viewer?: undefined };

/**
 * Moves a locked task to another state, appends the event, and settles what waits for it. WRONG_STATE when `moves` has
 * no such row. `reason`: the person's words, kept beside the event and not in it. Without a viewer it is an automatic
 * move of the machinery: a check that is done, a fact that changed.
 */
export async function taskMove(
  tx: Tx,
  ctx: Ctx | Machinery,
  task: TaskSeen,
  move: Move,
  { reason = null, at = ctx.clock.now() }: { reason?: string | null; at?: Date } = {},
): Promise<TaskSeen> {
  const actor = ctx.viewer ? ctx : null;
  const moved = await moveRow(tx, ctx, move.isAutomatic ? null : actor, task, move, { reason, at });
  if (actor) await clientWasActive(tx, actor, task.projectId);
  if (isPassed(task) !== isPassed(moved)) await settleSuccessors(tx, ctx, moved);
  return moved;
}

/** One move of one locked row with its event, and nothing that follows from it. `actor`: null when it follows by itself. */
async function moveRow(
  tx: Tx,
  services: Pick<Services, 'clock'>,
  actor: Ctx | null,
  task: TaskSeen,
  move: Move,
  { reason = null, at = services.clock.now() }: { reason?: string | null; at?: Date } = {},
): Promise<TaskSeen> {
  if (!canMove(task, move.kind)) throw new ActError('WRONG_STATE', { params: { state: task.state } });
  const isFree = move.kind === 'task.submitted' || !isOpen({ state: move.to });
  const moved = await taskChange(tx, services, task, {
    state: move.to,
    stateSince: at,
    startedAt: startedAt(task, move, at),
    ...(isFree ? notStuck : {}),
  });
  append(tx, eventOf(actor, task, move, reason));
  return moved;
}

/** When it was begun, as the plan counts it: from the first act on it, until it is ready or not ready again. */
function startedAt(task: TaskSeen, move: Move, at: Date): Date | null {
  if (move.to === 'READY' || move.to === 'NOT_READY') return null;
  return task.startedAt ?? (isOpen({ state: move.to }) ? at : null);
}

/** What is delivered, over or not ready is not stuck any more. */
export const notStuck = { stuckSide: null, stuckBy: null, stuckSince: null } as const;

function eventOf(actor: Ctx | null, task: TaskSeen, move: Move, reason: string | null): NewEvent {
  const said = reason === null ? {} : { reason };
  const base = {
    ...onTask(actor, task),
    revision: { before: { state: task.state }, after: { state: move.to, ...said } },
  };
  const facts = { from: task.state, to: move.to };
  return 'submissionId' in move
    ? { ...base, kind: move.kind, facts: { ...facts, submissionId: move.submissionId } }
    : { ...base, kind: move.kind, facts };
}

/** Whether a task has to wait: for its start day, or for a predecessor that is neither done nor waived. */
export async function isBlocked(tx: Tx, services: Pick<Services, 'clock'>, task: TaskSeen): Promise<boolean> {
  return (await blockedOf(tx, services, [task])).has(task.id);
}

async function blockedOf(
  tx: Tx,
  services: Pick<Services, 'clock'>,
  waiting: readonly TaskSeen[],
): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ id: taskDependencies.taskId })
    .from(taskDependencies)
    .innerJoin(tasks, eq(tasks.id, taskDependencies.predecessorId))
    .where(
      and(
        inArray(
          taskDependencies.taskId,
          waiting.map((task) => task.id),
        ),
        isHolding,
        notInArray(tasks.state, ['DONE', 'WAIVED']),
      ),
    );
  const now = services.clock.now();
  const early = waiting.filter((task) => task.startsOn !== null && task.startsOn > dayOf(now, task.timeZone));
  return new Set([...rows, ...early].map((row) => row.id));
}

/** Makes a locked task READY or NOT_READY, whichever is true now; one that was begun, or is over, stays as it is. */
export async function settle(tx: Tx, services: Pick<Services, 'clock'>, task: TaskSeen): Promise<TaskSeen> {
  const [settled = task] = await settleAll(tx, services, [task]);
  return settled;
}

async function settleAll(tx: Tx, services: Pick<Services, 'clock'>, locked: readonly TaskSeen[]): Promise<TaskSeen[]> {
  const unbegun = locked.filter((task) => task.state === 'NOT_READY' || task.state === 'READY');
  if (unbegun.length === 0) return [...locked];
  const blocked = await blockedOf(tx, services, unbegun);
  const settled: TaskSeen[] = [];
  for (const task of locked) {
    const isWaiting = blocked.has(task.id);
    if (task.state === 'NOT_READY' && !isWaiting) {
      settled.push(await moveRow(tx, services, null, task, { kind: 'task.ready', to: 'READY', isAutomatic: true }));
    } else if (task.state === 'READY' && isWaiting) {
      const back = { kind: 'task.notReady', to: 'NOT_READY', isAutomatic: true } as const;
      settled.push(await moveRow(tx, services, null, task, back));
    } else settled.push(task);
  }
  return settled;
}

/**
 * Readies what waited for a task, or takes it back. Locks the successors before it looks at their predecessors: when
 * two predecessors are done at once, the second transaction then waits for the first and sees its work, instead of both
 * seeing the other one as open. What was begun is not taken back; `Task.isPredecessorOpen` marks it.
 */
async function settleSuccessors(tx: Tx, services: Pick<Services, 'clock'>, task: TaskSeen): Promise<void> {
  const waiting = await tx
    .select({ task: tasks })
    .from(tasks)
    .innerJoin(taskDependencies, eq(taskDependencies.taskId, tasks.id))
    .where(and(eq(taskDependencies.predecessorId, task.id), inArray(tasks.state, ['NOT_READY', 'READY'])))
    .orderBy(tasks.id)
    .for('update', { of: tasks });
  const { accountId, isDraft, isOver, timeZone, pmId, isUnderWay } = task;
  await settleAll(
    tx,
    services,
    waiting.map((row) => ({ ...row.task, accountId, isDraft, isOver, timeZone, pmId, isUnderWay })),
  );
}
