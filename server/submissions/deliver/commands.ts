import { and, eq, isNotNull, max } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { submissions, taskInputs } from '../../../drizzle/schema/index.ts';
import { isStaff } from '../../access/policy.ts';
import type { InputKind } from '../../inputs.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import type { Ctx } from '../../platform/services.ts';
import { clientWasActive } from '../../projects/commands.ts';
import { type Machinery, taskLock, taskMove } from '../../tasks/commands.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import type { SubmissionRow } from '../queries.ts';
import {
  type InputOf,
  type InputRow,
  isBeingChecked,
  isOfKind,
  isRejected,
  isReviewed,
  isSatisfied,
  isTakenBack,
  type Standing,
  standingOf,
  takesDeliveries,
} from './queries.ts';

/*
 * What every kind of input has in common once it is handed in: it becomes the input's next version, and the task moves:
 *   READY -> IN_PROGRESS                 a required input is still missing
 *   open -> SUBMITTED                    all required are there, and a file among them is still being checked
 *   SUBMITTED -> CHANGES_REQUESTED       a check has rejected one of them, or it was taken back while it was checked
 *   SUBMITTED -> IN_REVIEW               all required are right so far, and somebody looks at them
 *   SUBMITTED -> DONE                    all required are right, and nobody does
 */

/** Locks the task of an input, and reads the input under that lock. NOT_FOUND when it is not the viewer's to see. */
export async function inputLock<K extends InputKind>(
  tx: Tx,
  ctx: Ctx,
  inputId: string,
  kind: K,
): Promise<{ task: TaskSeen; input: InputOf<K> }> {
  if (!isUuid(inputId)) throw new ApiError('NOT_FOUND');
  const ofId = eq(taskInputs.id, inputId);
  const [known] = await tx.select().from(taskInputs).where(ofId);
  if (!known) throw new ApiError('NOT_FOUND');
  const { task } = await taskLock(tx, ctx, known.taskId);
  const [input] = await tx.select().from(taskInputs).where(ofId);
  if (!input) throw new ApiError('NOT_FOUND');
  if (!isOfKind(input, kind)) throw new ActError('WRONG_KIND', { params: { wanted: input.kind } });
  return { task, input };
}

export function checkDeliverable(task: TaskSeen): void {
  if (!takesDeliveries(task)) throw new ActError('WRONG_STATE', { params: { state: task.state } });
}

type Delivered = Partial<Pick<SubmissionRow, 'fileId' | 'url' | 'answers' | 'repairs' | 'mapping' | 'declared'>>;

/** The row of a submission that is begun. */
export function unfinished(
  ctx: Ctx,
  input: Pick<InputRow, 'id' | 'taskId'> & { kind: SubmissionRow['kind'] },
  task: TaskSeen,
  delivered: Delivered,
): typeof submissions.$inferInsert {
  return {
    ...delivered,
    id: uuidv7(),
    projectId: task.projectId,
    taskId: input.taskId,
    inputId: input.id,
    kind: input.kind,
    state: 'RECEIVED',
    submittedBy: ctx.viewer.personId,
    isOnBehalf: false,
    createdAt: ctx.clock.now(),
  };
}

/** What is handed in whole at once: begun and numbered in one go. The task has not moved yet. */
export async function deliverWhole(
  tx: Tx,
  ctx: Ctx,
  task: TaskSeen,
  input: InputRow & { kind: SubmissionRow['kind'] },
  { state = 'RECEIVED', ...delivered }: Delivered & { state?: 'RECEIVED' | 'VALIDATING' } = {},
): Promise<SubmissionRow> {
  const [row] = await tx
    .insert(submissions)
    .values(unfinished(ctx, input, task, delivered))
    .returning();
  if (!row) throw new ApiError('INTERNAL_SERVER_ERROR');
  await clientWasActive(tx, ctx, task.projectId);
  return numbered(tx, ctx, task, row, state);
}

/** Gives the submission its number; the task's lock is what keeps two from taking the same. */
export async function numbered(
  tx: Tx,
  ctx: Ctx,
  task: TaskSeen,
  row: SubmissionRow,
  state: 'RECEIVED' | 'VALIDATING',
): Promise<SubmissionRow> {
  if (row.inputId === null) throw new ApiError('INTERNAL_SERVER_ERROR');
  const ofInput = eq(submissions.inputId, row.inputId);
  const [last] = await tx
    .select({ version: max(submissions.version) })
    .from(submissions)
    .where(ofInput);
  const version = (last?.version ?? 0) + 1;
  const isOnBehalf = isStaff(ctx.viewer) && task.side === 'CLIENT';
  await tx
    .update(submissions)
    .set({ state: 'SUPERSEDED' })
    .where(and(ofInput, isNotNull(submissions.finishedAt)));
  const finished = { version, isOnBehalf, state, finishedAt: ctx.clock.now() };
  await tx.update(submissions).set(finished).where(eq(submissions.id, row.id));
  await tx.update(taskInputs).set({ isRedoWanted: false }).where(eq(taskInputs.id, row.inputId));
  append(tx, {
    kind: 'submission.finished',
    audience: task.visibility,
    actorId: ctx.viewer.personId,
    subjectId: row.id,
    projectId: task.projectId,
    taskId: task.id,
    facts: { version, isOnBehalf, inputId: row.inputId, ...(await repairFacts(tx, row)) },
    revision: { before: null, after: { version, url: row.url, fileId: row.fileId, answers: row.answers } },
  });
  return { ...row, ...finished };
}

/** What it was made of, where it is no file as somebody had it. */
async function repairFacts(tx: Tx, { repairs, repairOfId }: SubmissionRow) {
  if (repairs === null) return {};
  if (repairOfId === null) return { repairs };
  const [original] = await tx
    .select({ version: submissions.version })
    .from(submissions)
    .where(eq(submissions.id, repairOfId));
  return { repairs, repairOf: original?.version ?? null };
}

/**
 * Moves the task as far as what is there now carries it; without a viewer it is a verdict that does.
 */
export async function movedOn(tx: Tx, ctx: Ctx | Machinery, task: TaskSeen, submissionId: string): Promise<TaskSeen> {
  const standing = await standingOf(tx, task.id);
  const isAnyRejected = standing.some(isRejected);
  let moved = task;
  if (takesDeliveries(task)) {
    const isThere = (one: Standing) => !one.input.isRequired || isSatisfied(one) || isBeingChecked(one);
    // A verdict that comes with the finish itself rejects after the task was submitted, as one that comes later does.
    if (isAnyRejected || !standing.every(isThere)) {
      return task.state === 'READY' ? taskMove(tx, ctx, task, { to: 'IN_PROGRESS', kind: 'task.started' }) : task;
    }
    moved = await taskMove(tx, ctx, task, { to: 'SUBMITTED', kind: 'task.submitted', submissionId });
  }
  if (moved.state !== 'SUBMITTED') return moved;
  const isAutomatic = true;
  if (isAnyRejected || standing.some(isTakenBack)) {
    return taskMove(tx, ctx, moved, { to: 'CHANGES_REQUESTED', kind: 'task.rejected', submissionId, isAutomatic });
  }
  if (standing.some(isBeingChecked)) return moved;
  const isLookedAt = task.isReviewWanted && standing.some((one) => isSatisfied(one) && isReviewed(one.input.kind));
  const next = isLookedAt
    ? ({ to: 'IN_REVIEW', kind: 'task.reviewStarted' } as const)
    : ({ to: 'DONE', kind: 'task.accepted' } as const);
  return taskMove(tx, ctx, moved, { ...next, submissionId, isAutomatic });
}
