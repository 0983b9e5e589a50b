import { eq } from 'drizzle-orm';
import { checks } from '../../../../drizzle/schema/index.ts';
import { can } from '../../../access/policy.ts';
import { type Committed, transaction } from '../../../platform/database/transaction.ts';
import { append } from '../../../platform/events/log.ts';
import { ActError, ApiError } from '../../../platform/graphql/errors.ts';
import { isUuid } from '../../../platform/graphql/ids.ts';
import { idempotent } from '../../../platform/idempotency.ts';
import type { Ctx } from '../../../platform/services.ts';
import { checkMay } from '../../../projects/commands.ts';
import { taskLock } from '../../../tasks/commands.ts';
import type { TaskSeen } from '../../../tasks/queries.ts';
import { type SubmissionRow, submissionById } from '../../queries.ts';
import { checkJob, checkOf } from '../commands.ts';
import { canRunAgain } from '../queries.ts';

/** More than somebody presses who changes records and looks, and too few to make us somebody's hammer. */
export const runsAskedFor = {
  perPerson: { name: 'checks.perPerson', points: 30, seconds: 600 },
  perTask: { name: 'checks.perTask', points: 10, seconds: 300 },
} as const;

export type Asked = { projectId: string; submission: SubmissionRow; task: TaskSeen };

/** Has it looked at again. While a run is under way it is joined: whoever asks then waits for the same verdict. */
export function checkAgain(
  ctx: Ctx,
  submissionId: string,
  { idempotencyKey }: { idempotencyKey: string },
): Promise<Committed<Asked>> {
  return transaction(ctx, async (tx) => {
    if (!isUuid(submissionId)) throw new ApiError('NOT_FOUND');
    const { taskId } = await submissionById(tx, submissionId);
    const { task } = await taskLock(tx, ctx, taskId);
    const submission = await submissionById(tx, submissionId);
    const seen = { ...task, createdBy: submission.submittedBy, isFinished: submission.finishedAt !== null };
    const check = await checkOf(tx, submissionId);
    if (!can(ctx.viewer, 'submission.read', seen)) throw new ApiError('NOT_FOUND');
    checkMay(ctx, 'check.run', task);
    if (!check) throw new ActError('WRONG_KIND', { params: { wanted: submission.kind } });
    const act = { act: 'checkAgain', key: idempotencyKey, body: { submissionId } };
    await idempotent(ctx, tx, act, async () => {
      if (!canRunAgain(task, submission, check)) throw new ActError('WRONG_STATE', { params: { state: task.state } });
      if (check.isRunning) return { subjectId: submissionId };
      await count(ctx, task);
      await tx.update(checks).set({ isRunning: true, failures: 0 }).where(eq(checks.id, check.id));
      append(tx, {
        kind: 'submission.rechecked',
        audience: task.visibility,
        actorId: ctx.viewer.personId,
        subjectId: submissionId,
        projectId: task.projectId,
        taskId,
        facts: { inputId: check.inputId },
      });
      await ctx.jobs.enqueue(tx, checkJob, { subjectId: check.id });
      return { subjectId: submissionId };
    });
    return { projectId: task.projectId, submission, task };
  });
}

async function count(ctx: Ctx, task: TaskSeen): Promise<void> {
  const seconds =
    (await ctx.limits.take(runsAskedFor.perTask, task.id)) ??
    (await ctx.limits.take(runsAskedFor.perPerson, ctx.viewer.personId));
  if (seconds !== null) throw new ActError('TOO_OFTEN', { params: { minutes: Math.ceil(seconds / 60) } });
}
