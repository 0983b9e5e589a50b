import { and, desc, eq, gt, inArray, isNotNull, isNull, lt } from 'drizzle-orm';
import { files, submissions } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { type TaskSeen, taskLoader } from '../tasks/queries.ts';

export type SubmissionRow = typeof submissions.$inferSelect;

/** Submissions by id; null for one that is missing or not to be known, which look alike. */
export function submissionLoader(ctx: Ctx) {
  return loaderOf<string, SubmissionRow | null>(ctx, 'submissions.byId', async (ids) => {
    const rows = await ctx.db
      .select()
      .from(submissions)
      .where(inArray(submissions.id, uuids(ids)));
    return byKey(ids, await readable(ctx, rows), (row) => row.id);
  });
}

async function readable(ctx: Ctx, rows: SubmissionRow[]): Promise<SubmissionRow[]> {
  const tasks = await taskLoader(ctx).loadMany(rows.map((row) => row.taskId));
  return rows.filter((row, i) => {
    const task = tasks[i];
    if (!task || task instanceof Error) return false;
    const facts = { ...task, createdBy: row.submittedBy, isFinished: row.finishedAt !== null };
    return can(ctx.viewer, 'submission.read', facts);
  });
}

/** The finished submissions of a task that the viewer sees, newest first. */
export async function submissionsPage(
  ctx: Ctx,
  task: Pick<TaskSeen, 'id'>,
  first: number,
  after: string | null,
): Promise<Connection<SubmissionRow>> {
  const cursor = parseCursor(after, ['number']);
  const rows = await ctx.db
    .select()
    .from(submissions)
    .where(
      and(
        eq(submissions.taskId, task.id),
        isNotNull(submissions.finishedAt),
        cursor ? lt(submissions.version, cursor[0]) : undefined,
      ),
    )
    .orderBy(desc(submissions.version))
    .limit(first + 1);
  return pageOf(rows, first, (row) => [row.version ?? 0], 'forward', cursor !== null);
}

/** By task id: the newest finished submission of a task that the viewer sees; null when nothing was delivered. */
export function latestSubmissionLoader(ctx: Ctx) {
  return loaderOf<string, SubmissionRow | null>(ctx, 'submissions.latest', async (taskIds) => {
    const rows = await ctx.db
      .selectDistinctOn([submissions.taskId])
      .from(submissions)
      .where(and(inArray(submissions.taskId, [...taskIds]), isNotNull(submissions.finishedAt)))
      .orderBy(submissions.taskId, desc(submissions.version));
    return byKey(taskIds, rows, (row) => row.taskId);
  });
}

/** By task id: the viewer's own upload that is not finished and can be gone on with, the latest; null when there is none. */
export function pendingUploadLoader(ctx: Ctx) {
  return loaderOf<string, SubmissionRow | null>(ctx, 'submissions.pending', async (taskIds) => {
    const rows = await ctx.db
      .selectDistinctOn([submissions.taskId], { submission: submissions })
      .from(submissions)
      .innerJoin(files, eq(files.id, submissions.fileId))
      .where(
        and(
          inArray(submissions.taskId, [...taskIds]),
          eq(submissions.submittedBy, ctx.viewer.personId),
          isNull(submissions.finishedAt),
          gt(files.expiresAt, ctx.clock.now()),
        ),
      )
      .orderBy(submissions.taskId, desc(submissions.createdAt), desc(submissions.id));
    return byKey(
      taskIds,
      rows.map((row) => row.submission),
      (row) => row.taskId,
    );
  });
}
