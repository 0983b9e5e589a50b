import { createHash } from 'node:crypto';
import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import { approvals, submissions } from '../../../drizzle/schema/index.ts';
import type { Db, Tx } from '../../platform/database/transaction.ts';
import { byKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { type TaskSeen, tasksOfProjectLoader } from '../../tasks/queries.ts';
import { type InputOf, isOutdated } from '../deliver/queries.ts';
import { latestSubmissionLoader, type SubmissionRow } from '../queries.ts';

export type ApprovalRow = typeof approvals.$inferSelect & { isOutdated: boolean };

/** By submission: what an approver decided, of a submission that the viewer sees. */
export function approvalLoader(ctx: Ctx) {
  return loaderOf<string, ApprovalRow | null>(ctx, 'approvals.bySubmission', async (ids) => {
    const rows = await ctx.db
      .select({ approval: approvals, isOutdated })
      .from(approvals)
      .where(inArray(approvals.submissionId, [...ids]));
    const found = rows.map((row) => ({ ...row.approval, isOutdated: row.isOutdated }));
    return byKey(ids, found, (row) => row.submissionId);
  });
}

/** The task whose deliveries an input approves, as the viewer sees it; null when it is the input's own task, or hidden. */
export async function approvedTask(ctx: Ctx, input: InputOf<'APPROVAL'>, task: TaskSeen): Promise<TaskSeen | null> {
  const { ofTask } = input.spec;
  if (ofTask === null) return null;
  const tasks = await tasksOfProjectLoader(ctx).load(task.projectId);
  return tasks.find((one) => one.key === ofTask) ?? null;
}

/** The version that would be approved now; null when there is none, or when it is the task's own text. */
export async function approvedVersion(
  ctx: Ctx,
  input: InputOf<'APPROVAL'>,
  task: TaskSeen,
): Promise<SubmissionRow | null> {
  const of = await approvedTask(ctx, input, task);
  return of && latestSubmissionLoader(ctx).load(of.id);
}

/** What was handed in last for a task. */
export async function latestOfTask(db: Db | Tx, taskId: string): Promise<SubmissionRow | null> {
  const [row] = await db
    .select()
    .from(submissions)
    .where(and(eq(submissions.taskId, taskId), isNotNull(submissions.finishedAt)))
    .orderBy(desc(submissions.finishedAt), desc(submissions.id))
    .limit(1);
  return row ?? null;
}

/** What stands for the text that is agreed to: another text has another one. */
export function digestOfText(input: InputOf<'APPROVAL'>, task: TaskSeen): string {
  const text = [input.spec.statement, task.title, task.purpose, task.documentation];
  return createHash('sha256').update(JSON.stringify(text)).digest('hex');
}
