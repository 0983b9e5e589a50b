import { and, desc, eq, isNotNull, max } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { submissions } from '../../drizzle/schema/index.ts';
import { can, isStaff } from '../access/policy.ts';
import { fileComplete, fileCreate, fileKeep } from '../files/commands.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { clientWasActive } from '../projects/commands.ts';
import { checkRevision, taskLock, taskMove } from '../tasks/commands.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { type CreateInput, checkDelivery } from './input.ts';
import type { SubmissionRow } from './queries.ts';

const deliverableStates: readonly string[] = ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED'];

const maxReasonCharacters = 5_000;

/**
 * Begins a submission: of an address, whole at once, or of a file, whose bytes are then sent to its upload.
 * Nobody else sees it until `submissionFinish`.
 */
export function submissionCreate(ctx: Ctx, input: CreateInput): Promise<Committed<SubmissionRow>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, input.taskId);
    if (!can(ctx.viewer, 'task.submit', task)) throw new ApiError('FORBIDDEN');
    const { idempotencyKey, ...body } = input;
    const id = await idempotent(ctx, tx, { act: 'submissionCreate', key: idempotencyKey, body }, async () => {
      checkDeliverable(task);
      const delivery = checkDelivery(task, input, ctx.config);
      const { projectId, id: taskId } = task;
      const url = delivery.kind === 'URL' ? delivery.url : null;
      const fileId =
        delivery.kind === 'FILE' ? await fileCreate(ctx, tx, { ...delivery.file, projectId, taskId }) : null;
      const row = unfinished(ctx, task, { kind: delivery.kind, fileId, url });
      await tx.insert(submissions).values(row);
      append(tx, {
        kind: 'submission.created',
        audience: task.visibility,
        actorId: ctx.viewer.personId,
        subjectId: row.id,
        projectId,
        taskId,
        facts: { submissionKind: delivery.kind },
      });
      await clientWasActive(tx, ctx, projectId);
      return { subjectId: row.id };
    });
    return submissionRow(tx, id);
  });
}

export type Finished = { projectId: string; submission: SubmissionRow; task: TaskSeen };

/**
 * Delivers: the submission becomes the task's next version, those before it are superseded, and the task moves on to
 * review, or is done where none is wanted. Finishing the same one again answers it and changes nothing.
 */
export async function submissionFinish(
  ctx: Ctx,
  submissionId: string,
  input: { revision: number },
): Promise<Committed<Finished>> {
  if (!isUuid(submissionId)) throw new ApiError('NOT_FOUND');
  const [asked] = await ctx.db.select().from(submissions).where(eq(submissions.id, submissionId));
  if (!asked) throw new ApiError('NOT_FOUND');
  const isOwn = asked.submittedBy === ctx.viewer.personId;
  // The last request of an upload may have died between the bytes and the row: then they are whole, and found here.
  if (isOwn && asked.fileId !== null && asked.finishedAt === null) await fileComplete(ctx, asked.fileId);

  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, asked.taskId);
    const known = await submissionRow(tx, submissionId);
    const seen = { ...task, createdBy: known.submittedBy, isFinished: known.finishedAt !== null };
    if (!can(ctx.viewer, 'submission.read', seen)) throw new ApiError('NOT_FOUND');
    if (!isOwn || !can(ctx.viewer, 'task.submit', task)) throw new ApiError('FORBIDDEN');
    if (known.finishedAt !== null) return { projectId: task.projectId, submission: known, task };
    checkRevision(task, input.revision);
    checkDeliverable(task);
    if (known.kind === 'FILE' && !(known.fileId && (await fileKeep(ctx, tx, known.fileId)))) {
      throw new ActError('UPLOAD_INCOMPLETE');
    }
    const submission = await numbered(tx, ctx, task, known);
    return { projectId: task.projectId, submission, task: await movedOn(tx, ctx, task, submission.id) };
  });
}

/** IN_REVIEW -> DONE. */
export function taskApprove(ctx: Ctx, taskId: string, input: { revision: number }): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task, reviewed } = await underReview(tx, ctx, taskId, input.revision);
    await writeReview(tx, ctx, reviewed, { reviewOutcome: 'APPROVED', reviewReason: null });
    return taskMove(tx, ctx, task, { to: 'DONE', kind: 'task.approved', submissionId: reviewed.id });
  });
}

/** IN_REVIEW -> CHANGES_REQUESTED, with what should change. */
export function taskRequestChanges(
  ctx: Ctx,
  taskId: string,
  input: { revision: number; reason: string },
): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task, reviewed } = await underReview(tx, ctx, taskId, input.revision);
    const reason = input.reason.trim();
    if (reason === '') throw new ActError('REASON_MISSING', { field: 'reason' });
    if ([...reason].length > maxReasonCharacters) {
      throw new ActError('TOO_LONG', { field: 'reason', params: { max: maxReasonCharacters } });
    }
    await writeReview(tx, ctx, reviewed, { reviewOutcome: 'CHANGES_REQUESTED', reviewReason: reason });
    const move = { to: 'CHANGES_REQUESTED', kind: 'task.changesRequested', submissionId: reviewed.id } as const;
    return taskMove(tx, ctx, task, move);
  });
}

/** The locked task and the version that is judged. The state is asked before the revision, so that a second approval says what is. */
async function underReview(tx: Tx, ctx: Ctx, taskId: string, revision: number) {
  const { task } = await taskLock(tx, ctx, taskId);
  const [reviewed] = await tx
    .select()
    .from(submissions)
    .where(and(eq(submissions.taskId, task.id), isNotNull(submissions.finishedAt)))
    .orderBy(desc(submissions.version))
    .limit(1);
  const facts = { ...task, submittedBy: reviewed?.submittedBy ?? null, isOnBehalf: reviewed?.isOnBehalf ?? false };
  if (!can(ctx.viewer, 'task.review', facts)) throw new ApiError('FORBIDDEN');
  if (task.state !== 'IN_REVIEW' || !reviewed) throw new ActError('WRONG_STATE', { params: { state: task.state } });
  checkRevision(task, revision);
  return { task, reviewed };
}

async function writeReview(
  tx: Tx,
  ctx: Ctx,
  reviewed: SubmissionRow,
  review: Pick<SubmissionRow, 'reviewOutcome' | 'reviewReason'>,
): Promise<void> {
  await tx
    .update(submissions)
    .set({ ...review, reviewedBy: ctx.viewer.personId, reviewedAt: ctx.clock.now() })
    .where(eq(submissions.id, reviewed.id));
}

/** Gives the submission its number; the task's lock is what keeps two from taking the same. */
async function numbered(tx: Tx, ctx: Ctx, task: TaskSeen, row: SubmissionRow): Promise<SubmissionRow> {
  const ofTask = eq(submissions.taskId, task.id);
  const [last] = await tx
    .select({ version: max(submissions.version) })
    .from(submissions)
    .where(ofTask);
  const version = (last?.version ?? 0) + 1;
  const isOnBehalf = isStaff(ctx.viewer) && task.side === 'CLIENT';
  await tx
    .update(submissions)
    .set({ state: 'SUPERSEDED' })
    .where(and(ofTask, isNotNull(submissions.finishedAt)));
  const finished = { version, isOnBehalf, finishedAt: ctx.clock.now() };
  await tx.update(submissions).set(finished).where(eq(submissions.id, row.id));
  append(tx, {
    kind: 'submission.finished',
    audience: task.visibility,
    actorId: ctx.viewer.personId,
    subjectId: row.id,
    projectId: task.projectId,
    taskId: task.id,
    facts: { version, isOnBehalf },
    revision: { before: null, after: { version, url: row.url, fileId: row.fileId } },
  });
  return { ...row, ...finished };
}

async function movedOn(tx: Tx, ctx: Ctx, task: TaskSeen, submissionId: string): Promise<TaskSeen> {
  const submitted = await taskMove(tx, ctx, task, { to: 'SUBMITTED', kind: 'task.submitted', submissionId });
  const next = task.isReviewWanted
    ? ({ to: 'IN_REVIEW', kind: 'task.reviewStarted' } as const)
    : ({ to: 'DONE', kind: 'task.accepted' } as const);
  return taskMove(tx, ctx, submitted, { ...next, submissionId, isAutomatic: true });
}

function unfinished(
  ctx: Ctx,
  task: TaskSeen,
  delivered: Pick<SubmissionRow, 'kind' | 'fileId' | 'url'>,
): typeof submissions.$inferInsert & { id: string } {
  return {
    ...delivered,
    id: uuidv7(),
    projectId: task.projectId,
    taskId: task.id,
    state: 'RECEIVED',
    submittedBy: ctx.viewer.personId,
    isOnBehalf: false,
    createdAt: ctx.clock.now(),
  };
}

function checkDeliverable(task: TaskSeen): void {
  if (!deliverableStates.includes(task.state)) throw new ActError('WRONG_STATE', { params: { state: task.state } });
}

async function submissionRow(tx: Tx, id: string): Promise<SubmissionRow> {
  const [row] = await tx.select().from(submissions).where(eq(submissions.id, id));
  if (!row) throw new ApiError('NOT_FOUND');
  return row;
}
