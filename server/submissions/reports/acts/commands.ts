import { eq } from 'drizzle-orm';
import { reports, submissions } from '../../../../drizzle/schema/index.ts';
import { can } from '../../../access/policy.ts';
import { type Committed, type Tx, transaction } from '../../../platform/database/transaction.ts';
import { append } from '../../../platform/events/log.ts';
import { ActError, ApiError } from '../../../platform/graphql/errors.ts';
import { isUuid } from '../../../platform/graphql/ids.ts';
import type { Ctx } from '../../../platform/services.ts';
import { checkMay } from '../../../projects/commands.ts';
import { checkRevision, taskLock } from '../../../tasks/commands.ts';
import type { TaskSeen } from '../../../tasks/queries.ts';
import { checkOf } from '../../checks/commands.ts';
import { checkReason } from '../../commands.ts';
import { movedOn } from '../../deliver/commands.ts';
import { type SubmissionRow, submissionById } from '../../queries.ts';
import { checkDeclared, checkMapping, type Declared, type Mapping } from '../chosen.ts';
import { runJob } from '../commands.ts';
import { canAccept, canRecheck, isMovable, type Judgeable } from '../queries.ts';

export type Judged = { projectId: string; submission: SubmissionRow; task: TaskSeen };

/** Accepts what was handed in in spite of what its check found, with a reason that the client reads: the task goes on to review or done. */
export function submissionAccept(
  ctx: Ctx,
  submissionId: string,
  input: { revision: number; reason: string },
): Promise<Committed<Judged>> {
  return transaction(ctx, async (tx) => {
    const { task, submission } = await submissionLock(tx, ctx, submissionId);
    const [report = null] = await tx
      .select({ state: reports.state })
      .from(reports)
      .where(eq(reports.submissionId, submission.id))
      .for('update');
    const check = await checkOf(tx, submission.id);
    if (!report && !check) throw new ActError('REPORT_NOT_READY');
    const { submittedBy, isOnBehalf } = submission;
    checkMay(ctx, 'task.review', { ...task, submittedBy, isOnBehalf });
    if (!canAccept({ task, submission, report, check })) throw new ActError('NOT_REJECTED');
    checkRevision(task, input.revision);
    const acceptReason = checkReason(input.reason);
    const state = 'ACCEPTED_WITH_WARNINGS' as const;
    const accepted = { state, acceptedBy: ctx.viewer.personId, acceptedAt: ctx.clock.now(), acceptReason };
    await tx.update(submissions).set(accepted).where(eq(submissions.id, submission.id));
    append(tx, {
      ...onTask(ctx, task, submission),
      kind: 'submission.accepted',
      facts: { inputId: submission.inputId ?? '' },
      revision: { before: { state: submission.state }, after: { state, acceptReason } },
    });
    const moved = await movedOn(tx, ctx, task, submission.id);
    return { projectId: task.projectId, submission: { ...submission, ...accepted }, task: moved };
  });
}

export type RecheckInput = {
  mapping?: readonly Mapping[] | null;
  declared?: readonly Declared[] | null;
};

/** Has a file checked again, with what a person chose: which columns are what, and what the file does not say. */
export function submissionRecheck(ctx: Ctx, submissionId: string, input: RecheckInput): Promise<Committed<Judged>> {
  return transaction(ctx, async (tx) => {
    const { task, submission, report } = await judgeableLock(tx, ctx, submissionId);
    const isOwn = submission.submittedBy === ctx.viewer.personId;
    checkMay(ctx, 'task.submit', task);
    if (submission.finishedAt === null && !isOwn) throw new ApiError('FORBIDDEN');
    if (!isMovable(task)) throw new ActError('WRONG_STATE', { params: { state: task.state } });
    if (!canRecheck({ task, submission, report })) throw new ActError('REPORT_NOT_READY');
    const mapping = { ...report.mapping, ...checkMapping(report, input.mapping ?? []) };
    const declared = { ...report.declared, ...checkDeclared(input.declared ?? []) };
    await tx
      .update(reports)
      .set({
        mapping,
        declared,
        state: 'QUEUED',
        run: report.run + 1,
        failures: 0,
        sameAsId: null,
        asOf: ctx.clock.now(),
      })
      .where(eq(reports.id, report.id));
    const state = submission.finishedAt === null ? submission.state : ('VALIDATING' as const);
    await tx.update(submissions).set({ state }).where(eq(submissions.id, submission.id));
    append(tx, {
      ...onTask(ctx, task, submission),
      kind: 'submission.rechecked',
      facts: { inputId: submission.inputId ?? '' },
      revision: {
        before: { mapping: report.mapping, declared: report.declared },
        after: { mapping, declared },
      },
    });
    await ctx.jobs.enqueue(tx, runJob, { submissionId: submission.id });
    return { projectId: task.projectId, submission: { ...submission, state }, task };
  });
}

/** The submission under its task's lock. NOT_FOUND when it is not the viewer's to see. */
async function submissionLock(tx: Tx, ctx: Ctx, submissionId: string): Promise<Omit<Judgeable, 'report'>> {
  if (!isUuid(submissionId)) throw new ApiError('NOT_FOUND');
  const { taskId } = await submissionById(tx, submissionId);
  const { task } = await taskLock(tx, ctx, taskId);
  const submission = await submissionById(tx, submissionId);
  const seen = { ...task, createdBy: submission.submittedBy, isFinished: submission.finishedAt !== null };
  if (!can(ctx.viewer, 'submission.read', seen)) throw new ApiError('NOT_FOUND');
  return { task, submission };
}

/** The submission with its report under its task's lock. NOT_FOUND when it is not the viewer's to see. */
export async function judgeableLock(tx: Tx, ctx: Ctx, submissionId: string): Promise<Judgeable> {
  const { task, submission } = await submissionLock(tx, ctx, submissionId);
  const {
    document: _,
    ids: __,
    faults: ___,
    ...head
  } = (await tx.select().from(reports).where(eq(reports.submissionId, submissionId)).for('update'))[0] ?? {
    document: null,
    ids: null,
    faults: null,
  };
  if (!('id' in head)) throw new ActError('REPORT_NOT_READY');
  return { task, submission, report: head };
}

function onTask(ctx: Ctx, task: TaskSeen, submission: SubmissionRow) {
  const { projectId, id: taskId, visibility: audience } = task;
  return { audience, actorId: ctx.viewer.personId, subjectId: submission.id, projectId, taskId };
}
