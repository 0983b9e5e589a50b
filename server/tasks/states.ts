import type { InputKind } from '../inputs.ts';
import type { TaskRow } from './queries.ts';

/*
 * The states of a task, and every move between them. Whoever may do it is the policy's to say; a move that stands in no
 * row is refused as WRONG_STATE.
 *
 *   NOT_READY          waits for its predecessors, or for the day it starts on
 *   READY              can be begun
 *   IN_PROGRESS        somebody has begun
 *   SUBMITTED          delivered; being received
 *   IN_REVIEW          delivered; the company looks at it
 *   CHANGES_REQUESTED  looked at; something has to change
 *   DONE               finished
 *   WAIVED             not needed here: what waits for it goes on
 *   CANCELLED          given up: what waits for it goes on waiting
 *
 *   NOT_READY                              -> READY               automatic: the last predecessor is done or waived, and the start day is reached
 *   READY                                  -> NOT_READY           automatic: a predecessor is open again, or the start day was put off
 *   READY                                  -> IN_PROGRESS         taskStart
 *   READY, IN_PROGRESS, CHANGES_REQUESTED  -> SUBMITTED           submissionFinish
 *   SUBMITTED                              -> IN_REVIEW           automatic: accepted, review wanted
 *   SUBMITTED                              -> DONE                automatic: accepted, no review wanted
 *   SUBMITTED                              -> CHANGES_REQUESTED   automatic: rejected
 *   IN_REVIEW                              -> DONE                taskApprove
 *   IN_REVIEW                              -> CHANGES_REQUESTED   taskRequestChanges, with what should change
 *   READY, IN_PROGRESS                     -> DONE                taskComplete, of what asks for no input; a third party's by a planner
 *   all but DONE, WAIVED, CANCELLED        -> WAIVED              taskWaive, with a reason
 *   all but DONE, WAIVED, CANCELLED        -> CANCELLED           taskCancel, with a reason
 *   WAIVED, CANCELLED                      -> READY or NOT_READY  taskReopen: by its predecessors and its start day
 *   WAIVED                                 -> where it was        automatic: it applies again by what was answered; see templates/conditions
 *   DONE                                   -> CHANGES_REQUESTED   taskReopen of what asks for input, with a reason
 *   DONE                                   -> IN_PROGRESS         taskReopen of what asks for none, with a reason
 *   DONE                                   -> CHANGES_REQUESTED   automatic: a check that keeps running broke, with what
 *
 * Stuck is a flag and no state: it stands on an open task (READY to IN_REVIEW) and falls when the task is delivered,
 * over, or not ready any more.
 */
export type TaskState = TaskRow['state'];

const open = ['READY', 'IN_PROGRESS', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED'] as const;
const unfinished = ['NOT_READY', ...open] as const;
const deliverable = ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED'] as const;

type Row = { readonly from: readonly TaskState[]; readonly to: readonly TaskState[] };

/** A row per move, by the event that tells it. */
export const moves = {
  'task.ready': { from: ['NOT_READY'], to: ['READY'] },
  'task.notReady': { from: ['READY'], to: ['NOT_READY'] },
  'task.started': { from: ['READY'], to: ['IN_PROGRESS'] },
  'task.submitted': { from: deliverable, to: ['SUBMITTED'] },
  'task.reviewStarted': { from: ['SUBMITTED'], to: ['IN_REVIEW'] },
  'task.accepted': { from: ['SUBMITTED'], to: ['DONE'] },
  'task.rejected': { from: ['SUBMITTED'], to: ['CHANGES_REQUESTED'] },
  'task.approved': { from: ['IN_REVIEW'], to: ['DONE'] },
  'task.changesRequested': { from: ['IN_REVIEW'], to: ['CHANGES_REQUESTED'] },
  'task.completed': { from: ['READY', 'IN_PROGRESS'], to: ['DONE'] },
  'task.waived': { from: unfinished, to: ['WAIVED'] },
  'task.cancelled': { from: unfinished, to: ['CANCELLED'] },
  'task.reopened': {
    from: ['WAIVED', 'CANCELLED', 'DONE'],
    to: ['READY', 'NOT_READY', 'CHANGES_REQUESTED', 'IN_PROGRESS', 'IN_REVIEW'],
  },
  'task.broke': { from: ['DONE'], to: ['CHANGES_REQUESTED'] },
} as const satisfies Record<string, Row>;
export type MoveKind = keyof typeof moves;

/** The moves that are about a submission. */
type DeliveryKind =
  | 'task.submitted'
  | 'task.reviewStarted'
  | 'task.accepted'
  | 'task.rejected'
  | 'task.approved'
  | 'task.changesRequested'
  | 'task.broke';

type MoveOf<K extends MoveKind> = {
  kind: K;
  to: (typeof moves)[K]['to'][number];
  /** True for what follows by itself from another act. */
  isAutomatic?: boolean;
} & (K extends DeliveryKind ? { submissionId: string } : unknown);

/** One move of a task, with what its kind needs. */
export type Move = { [K in MoveKind]: MoveOf<K> }[MoveKind];

/** Whether a task that stands there can make the move. */
export function canMove(task: { state: TaskState }, kind: MoveKind): boolean {
  const { from }: Row = moves[kind];
  return from.includes(task.state);
}

/** Whether it is somebody's turn: it can be worked on and is not over. */
export function isOpen({ state }: { state: TaskState }): boolean {
  return (open as readonly TaskState[]).includes(state);
}

/** Whether what waits for it may go on. */
export function isPassed({ state }: { state: TaskState }): boolean {
  return state === 'DONE' || state === 'WAIVED';
}

/** Whether nothing is left to do in it. */
export function isSettled(task: { state: TaskState }): boolean {
  return isPassed(task) || task.state === 'CANCELLED';
}

/** Whether its side still has to deliver. */
export function isOwed({ state }: { state: TaskState }): boolean {
  return (deliverable as readonly TaskState[]).includes(state);
}

/** Whether somebody has begun it, so that it is not taken back when something before it is open again. */
export function isStarted(task: { state: TaskState }): boolean {
  return isOpen(task) && task.state !== 'READY';
}

const typesWithInput: readonly TaskRow['type'][] = ['FILE', 'URL', 'FORM', 'CREDENTIALS', 'APPROVAL'];

/** Whether a task is done by handing something in; then it is not done by saying so. */
export function asksForInput(
  { type }: { type: TaskRow['type'] },
  inputs: readonly { kind: InputKind; isRequired: boolean }[],
): boolean {
  if (inputs.length === 0) return typesWithInput.includes(type);
  // A meeting is agreed on and then takes place; that it did, somebody says.
  return inputs.some((input) => input.isRequired && input.kind !== 'MEETING');
}

/** Where a reopened task goes on. */
export function reopenedTo(
  { state }: { state: TaskState },
  { hasInput, isBlocked }: { hasInput: boolean; isBlocked: boolean },
): 'READY' | 'NOT_READY' | 'CHANGES_REQUESTED' | 'IN_PROGRESS' {
  if (state === 'DONE') return hasInput ? 'CHANGES_REQUESTED' : 'IN_PROGRESS';
  return isBlocked ? 'NOT_READY' : 'READY';
}
