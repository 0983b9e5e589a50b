import { and, eq } from 'drizzle-orm';
import { approvals, tasks } from '../../../drizzle/schema/index.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { idempotent } from '../../platform/idempotency.ts';
import type { Ctx } from '../../platform/services.ts';
import { checkMay } from '../../projects/commands.ts';
import { checkRevision, taskLock } from '../../tasks/commands.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { checkReason } from '../commands.ts';
import { deliverWhole, inputLock, movedOn } from '../deliver/commands.ts';
import { type InputOf, standingOf, takesDeliveries } from '../deliver/queries.ts';
import type { HandedIn } from '../forms/commands.ts';
import { decidesFor } from '../inPlace.ts';
import { submissionById } from '../queries.ts';
import { digestOfText, latestOfTask } from './queries.ts';

export type ApprovalInput = {
  inputId: string;
  idempotencyKey: string;
  revision: number;
  decision: 'APPROVED' | 'REFUSED';
  /** What should change, or a remark; a refusal needs it. */
  reason: string;
  /** The version that the approver looked at; null for the text of the task itself. */
  ofSubmissionId: string | null;
};

/**
 * Says yes or no to one version, and to no other: when a newer one came meanwhile, nothing is recorded. A refusal leaves
 * the approval open, for the version that will come. A yes that a newer version has outdated can be given again, also
 * when its task is done.
 */
export function approvalGive(ctx: Ctx, given: ApprovalInput): Promise<Committed<HandedIn>> {
  return transaction(ctx, async (tx) => {
    const { task: locked, input } = await inputLock(tx, ctx, given.inputId, 'APPROVAL');
    let task = locked;
    checkMay(ctx, 'approval.give', task);
    const { idempotencyKey, ...body } = given;
    const id = await idempotent(ctx, tx, { act: 'approvalGive', key: idempotencyKey, body }, async () => {
      checkRevision(task, given.revision);
      const standing = (await standingOf(tx, task.id)).find((one) => one.input.id === input.id);
      const isAskedAnew = task.state === 'DONE' && isPast(input, task, standing);
      if (!takesDeliveries(task) && !isAskedAnew) {
        throw new ActError('WRONG_STATE', { params: { state: task.state } });
      }
      const reason = given.decision === 'REFUSED' || given.reason.trim() !== '' ? checkReason(given.reason) : '';
      const subject = await subjectOf(tx, ctx, input, task, given.ofSubmissionId);
      const submission = await deliverWhole(tx, ctx, task, { ...input, kind: 'APPROVAL' });
      const { decision } = given;
      const givenForId = decidesFor(ctx.viewer, task, 'approval.give');
      await tx.insert(approvals).values({ submissionId: submission.id, decision, reason, givenForId, ...subject });
      append(tx, {
        kind: 'approval.given',
        audience: task.visibility,
        actorId: ctx.viewer.personId,
        subjectId: submission.id,
        projectId: task.projectId,
        taskId: task.id,
        facts: { decision, inputId: input.id, ofSubmissionId: subject.ofSubmissionId, forId: givenForId },
        revision: { before: null, after: { decision, reason, givenForId, ...subject } },
      });
      task = await movedOn(tx, ctx, task, submission.id);
      return { subjectId: submission.id };
    });
    return { projectId: task.projectId, submission: await submissionById(tx, id), task };
  });
}

type Subject = Pick<typeof approvals.$inferSelect, 'ofSubmissionId' | 'ofText'>;

/** What is decided on, under the lock of the task it belongs to: no newer version can come while it is recorded. */
async function subjectOf(
  tx: Tx,
  ctx: Ctx,
  input: InputOf<'APPROVAL'>,
  task: TaskSeen,
  seenId: string | null,
): Promise<Subject> {
  const { ofTask } = input.spec;
  if (ofTask === null) {
    if (seenId !== null) throw new ApiError('NOT_FOUND');
    return { ofSubmissionId: null, ofText: digestOfText(input, task) };
  }
  const ofKey = and(eq(tasks.projectId, task.projectId), eq(tasks.key, ofTask));
  const [other] = await tx.select({ id: tasks.id }).from(tasks).where(ofKey);
  if (!other) throw new ActError('NOTHING_TO_APPROVE');
  await taskLock(tx, ctx, other.id);
  const latest = await latestOfTask(tx, other.id);
  if (!latest) throw new ActError('NOTHING_TO_APPROVE');
  if (latest.id !== seenId) throw new ActError('CONFLICT', { field: 'ofSubmissionId' });
  return { ofSubmissionId: latest.id, ofText: null };
}

function isPast(
  input: InputOf<'APPROVAL'>,
  task: TaskSeen,
  standing: Awaited<ReturnType<typeof standingOf>>[number] | undefined,
): boolean {
  const { approval = null, isOutdated = false } = standing ?? {};
  if (approval === null) return false;
  return (
    isOutdated ||
    approval.decision === 'REFUSED' ||
    (approval.ofText !== null && approval.ofText !== digestOfText(input, task))
  );
}
