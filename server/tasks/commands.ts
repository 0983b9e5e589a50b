import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { type reasonKinds, taskInputs, taskReasons } from '../../drizzle/schema/index.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { checkMay, clientWasActive } from '../projects/commands.ts';
import {
  checkRevision,
  isBlocked,
  type Machinery,
  notStuck,
  onTask,
  taskChange,
  taskLock,
  taskMove,
} from './moving.ts';
import type { TaskRow, TaskSeen } from './queries.ts';
import { checkReason } from './reasons.ts';
import { asksForInput, canMove, isOpen, type Move, type MoveKind, reopenedTo } from './states.ts';
import { isTheirWork } from './turn.ts';

export { taskByRule } from './byRule/commands.ts';
export { circleWith } from './circle.ts';
export { type DayMove, type DueMoved, tasksMoveDays } from './days/commands.ts';
export {
  checkRevision,
  isBlocked,
  lockRow,
  type Machinery,
  onTask,
  settle,
  taskChange,
  taskLock,
  taskMove,
} from './moving.ts';
export { startsLater, taskAssign } from './planning.ts';
export { endPromises } from './promises/ends/commands.ts';
export type { TaskState } from './states.ts';

type Seen = { revision: number };
type Reasoned = Seen & { reason: string };

/** READY -> IN_PROGRESS. */
export function taskStart(ctx: Ctx, taskId: string, input: Seen): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'task.start', task);
    if (!isTheirWork(ctx.viewer, task)) throw new ApiError('FORBIDDEN');
    checkRevision(task, input.revision);
    return taskMove(tx, ctx, task, { kind: 'task.started', to: 'IN_PROGRESS' });
  });
}

/** READY, IN_PROGRESS -> DONE, of what is not done by handing something in; what a third party owes a planner completes. */
export function taskComplete(ctx: Ctx, taskId: string, input: Seen): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'task.complete', task);
    checkRevision(task, input.revision);
    checkState(task, 'task.completed');
    if (task.side !== 'THIRD_PARTY' && (await hasInput(tx, task))) throw new ActError('INPUT_NEEDED');
    return taskMove(tx, ctx, task, { kind: 'task.completed', to: 'DONE' });
  });
}

/** Any that is not over -> WAIVED: it is not needed here, and what waits for it goes on. */
export function taskWaive(ctx: Ctx, taskId: string, input: Reasoned): Promise<Committed<TaskSeen>> {
  return moveWithReason(ctx, taskId, input, 'task.waive', { kind: 'task.waived', to: 'WAIVED' }, 'WAIVED');
}

/** Any that is not over -> CANCELLED: it is given up, and what waits for it goes on waiting. */
export function taskCancel(ctx: Ctx, taskId: string, input: Reasoned): Promise<Committed<TaskSeen>> {
  return moveWithReason(ctx, taskId, input, 'task.cancel', { kind: 'task.cancelled', to: 'CANCELLED' }, 'CANCELLED');
}

function moveWithReason(
  ctx: Ctx,
  taskId: string,
  input: Reasoned,
  act: 'task.waive' | 'task.cancel',
  move: Move,
  kind: ReasonKind,
): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, act, task);
    checkRevision(task, input.revision);
    checkState(task, move.kind);
    const reason = checkReason(input.reason);
    const at = await keepReason(tx, ctx, task, kind, reason);
    return taskMove(tx, ctx, task, move, { reason, at });
  });
}

/** Takes a task up again that was waived, cancelled or done; see the table of moves for where it goes on. */
export function taskReopen(ctx: Ctx, taskId: string, input: Reasoned): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'task.reopen', task);
    checkRevision(task, input.revision);
    checkState(task, 'task.reopened');
    const reason = checkReason(input.reason);
    const at = await keepReason(tx, ctx, task, 'REOPENED', reason);
    const to = reopenedTo(task, {
      hasInput: task.state === 'DONE' && (await hasInput(tx, task)),
      isBlocked: task.state !== 'DONE' && (await isBlocked(tx, ctx, task)),
    });
    return taskMove(tx, ctx, task, { kind: 'task.reopened', to }, { reason, at });
  });
}

/** Takes a locked task up again that was done, because a check that keeps running says that it is broken. */
export async function taskBroke(
  tx: Tx,
  services: Machinery,
  task: TaskSeen,
  { submissionId, reason }: { submissionId: string; reason: string },
): Promise<TaskSeen> {
  const at = await keepReason(tx, services, task, 'REOPENED', reason);
  const move = { kind: 'task.broke', to: 'CHANGES_REQUESTED', submissionId, isAutomatic: true } as const;
  return taskMove(tx, services, task, move, { reason, at });
}

/** Says that an open task cannot go on, why, and who can unblock it. Said again, the newer words count. */
export function taskFlagStuck(
  ctx: Ctx,
  taskId: string,
  input: Reasoned & { side: TaskRow['side'] },
): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'task.flagStuck', task);
    checkRevision(task, input.revision);
    if (!isOpen(task)) throw wrongState(task);
    const reason = checkReason(input.reason);
    const stuckSince = await keepReason(tx, ctx, task, 'STUCK', reason);
    const stuck = { stuckSide: input.side, stuckBy: ctx.viewer.personId, stuckSince };
    append(tx, {
      kind: 'task.stuck',
      ...onTask(ctx, task),
      facts: { side: input.side },
      revision: { before: { stuckSide: task.stuckSide }, after: { stuckSide: input.side, reason } },
    });
    await clientWasActive(tx, ctx, task.projectId);
    return taskChange(tx, ctx, task, stuck);
  });
}

/** Says that a task can go on again. */
export function taskUnstick(ctx: Ctx, taskId: string, input: Seen): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'task.flagStuck', task);
    checkRevision(task, input.revision);
    if (task.stuckSide === null) throw new ActError('NOT_STUCK');
    append(tx, {
      kind: 'task.unstuck',
      ...onTask(ctx, task),
      facts: { side: task.stuckSide },
      revision: { before: { stuckSide: task.stuckSide }, after: { stuckSide: null } },
    });
    await clientWasActive(tx, ctx, task.projectId);
    return taskChange(tx, ctx, task, notStuck);
  });
}

/** Asked before anything that depends on the input, so that a move that cannot be says so first. */
function checkState(task: TaskSeen, kind: MoveKind): void {
  if (!canMove(task, kind)) throw wrongState(task);
}

function wrongState(task: TaskSeen): ActError {
  return new ActError('WRONG_STATE', { params: { state: task.state } });
}

async function hasInput(tx: Tx, task: TaskSeen): Promise<boolean> {
  const { kind, isRequired } = taskInputs;
  const inputs = await tx.select({ kind, isRequired }).from(taskInputs).where(eq(taskInputs.taskId, task.id));
  return asksForInput(task, inputs);
}

type ReasonKind = (typeof reasonKinds)[number];

/**
 * Keeps a reason for whoever can read the task now: when it is shared later, words that were internal stay so. Answers
 * with its moment, which is how the reason of the state that the task stands in is found again.
 */
async function keepReason(tx: Tx, ctx: Ctx | Machinery, task: TaskSeen, kind: ReasonKind, text: string): Promise<Date> {
  const at = ctx.clock.now();
  await tx.insert(taskReasons).values({
    id: uuidv7(),
    taskId: task.id,
    kind,
    audience: task.visibility,
    text,
    personId: ctx.viewer?.personId ?? null,
    at,
  });
  return at;
}
