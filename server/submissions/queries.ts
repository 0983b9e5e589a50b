import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import { files, submissions, taskInputs, tasks } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
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
  const seen = await taskLoader(ctx).loadMany(rows.map((row) => row.taskId));
  return rows.filter((row, i) => {
    const task = seen[i];
    if (!task || task instanceof Error) return false;
    const facts = { ...task, createdBy: row.submittedBy, isFinished: row.finishedAt !== null };
    return can(ctx.viewer, 'submission.read', facts);
  });
}

/** A submission whose task the caller has locked, and so was let to see. */
export async function submissionById(tx: Tx, id: string): Promise<SubmissionRow> {
  const [row] = await tx.select().from(submissions).where(eq(submissions.id, id));
  if (!row) throw new ApiError('NOT_FOUND');
  return row;
}

const isFinished = isNotNull(submissions.finishedAt);

/** Pages of many tasks in one statement: each is cut off in the database, so that no long history is read whole. */
function pageOfTaskLoader(ctx: Ctx, name: string, beyond: SQL | undefined, limit: number) {
  return loaderOf<string, SubmissionRow[]>(ctx, `submissions.ofTask.${name}`, async (taskIds) => {
    const page = ctx.db
      .select({ id: submissions.id })
      .from(submissions)
      .where(and(eq(submissions.taskId, tasks.id), isFinished, beyond))
      .orderBy(desc(submissions.finishedAt), desc(submissions.id))
      .limit(limit)
      .as('page');
    const rows = await ctx.db
      .select({ submission: submissions })
      .from(tasks)
      .innerJoinLateral(page, sql`true`)
      .innerJoin(submissions, eq(submissions.id, page.id))
      .where(inArray(tasks.id, [...taskIds]))
      .orderBy(desc(submissions.finishedAt), desc(submissions.id));
    return groupByKey(
      taskIds,
      rows.map((row) => row.submission),
      (row) => row.taskId,
    );
  });
}

/** The finished submissions of a task that the viewer sees, newest first. */
export async function submissionsPage(
  ctx: Ctx,
  task: Pick<TaskSeen, 'id'>,
  first: number,
  after: string | null,
): Promise<Connection<SubmissionRow>> {
  const cursor = parseCursor(after, ['number', 'string']);
  const at = cursor && new Date(cursor[0]);
  const beyond =
    at && !Number.isNaN(at.getTime())
      ? or(
          lt(submissions.finishedAt, at),
          and(eq(submissions.finishedAt, at), lt(submissions.id, uuids([cursor[1]])[0] ?? noId)),
        )
      : undefined;
  const rows = await pageOfTaskLoader(ctx, `${first}.${after}`, beyond, first + 1).load(task.id);
  return pageOf(rows, first, (row) => [row.finishedAt?.getTime() ?? 0, row.id], 'forward', cursor !== null);
}

const noId = '00000000-0000-0000-0000-000000000000';

/** The same of many inputs. */
function pageOfInputLoader(ctx: Ctx, name: string, older: SQL | undefined, limit: number) {
  return loaderOf<string, SubmissionRow[]>(ctx, `submissions.ofInput.${name}`, async (inputIds) => {
    const page = ctx.db
      .select({ id: submissions.id })
      .from(submissions)
      .where(and(eq(submissions.inputId, taskInputs.id), isFinished, older))
      .orderBy(desc(submissions.version))
      .limit(limit)
      .as('page');
    const rows = await ctx.db
      .select({ submission: submissions })
      .from(taskInputs)
      .innerJoinLateral(page, sql`true`)
      .innerJoin(submissions, eq(submissions.id, page.id))
      .where(inArray(taskInputs.id, [...inputIds]))
      .orderBy(desc(submissions.version));
    return groupByKey<string | null, SubmissionRow>(
      inputIds,
      rows.map((row) => row.submission),
      (row) => row.inputId,
    );
  });
}

/** The versions of one input that the viewer sees, newest first. */
export async function versionsPage(
  ctx: Ctx,
  input: { id: string },
  first: number,
  after: string | null,
): Promise<Connection<SubmissionRow>> {
  const cursor = parseCursor(after, ['number']);
  const older = cursor ? lt(submissions.version, cursor[0]) : undefined;
  const rows = await pageOfInputLoader(ctx, `${first}.${after}`, older, first + 1).load(input.id);
  return pageOf(rows, first, (row) => [row.version ?? 0], 'forward', cursor !== null);
}

/** By task id: the newest finished submission of a task that the viewer sees; null when nothing was delivered. */
export function latestSubmissionLoader(ctx: Ctx) {
  return loaderOf<string, SubmissionRow | null>(ctx, 'submissions.latest', async (taskIds) => {
    const rows = await ctx.db
      .selectDistinctOn([submissions.taskId])
      .from(submissions)
      .where(and(inArray(submissions.taskId, [...taskIds]), isFinished))
      .orderBy(submissions.taskId, desc(submissions.finishedAt), desc(submissions.id));
    return byKey(taskIds, rows, (row) => row.taskId);
  });
}

/** By task id: what counts now of every input of a task that the viewer sees. */
export function currentOfTaskLoader(ctx: Ctx) {
  return loaderOf<string, SubmissionRow[]>(ctx, 'submissions.currentOfTask', async (taskIds) => {
    const rows = await ctx.db
      .select()
      .from(submissions)
      .where(and(inArray(submissions.taskId, [...taskIds]), isFinished, ne(submissions.state, 'SUPERSEDED')));
    return groupByKey(taskIds, rows, (row) => row.taskId);
  });
}

/** Unfinished uploads of the viewer's own that can be gone on with, the latest first. */
async function pendingUploads(ctx: Ctx, ofThese: SQL | undefined): Promise<SubmissionRow[]> {
  const rows = await ctx.db
    .select({ submission: submissions })
    .from(submissions)
    .innerJoin(files, eq(files.id, submissions.fileId))
    .where(
      and(
        ofThese,
        eq(submissions.submittedBy, ctx.viewer.personId),
        isNull(submissions.finishedAt),
        // A repair that is being written is nothing to go on sending.
        isNull(submissions.repairOfId),
        gt(files.expiresAt, ctx.clock.now()),
      ),
    )
    .orderBy(desc(submissions.createdAt), desc(submissions.id));
  return rows.map((row) => row.submission);
}

/** By task id: the viewer's own upload that is not finished and can be gone on with, the latest; null when there is none. */
export function pendingUploadLoader(ctx: Ctx) {
  return loaderOf<string, SubmissionRow | null>(ctx, 'submissions.pending', async (taskIds) => {
    const rows = await pendingUploads(ctx, inArray(submissions.taskId, [...taskIds]));
    return groupByKey(taskIds, rows, (row) => row.taskId).map((own) => own[0] ?? null);
  });
}

/** The same by input. */
export function pendingOfInputLoader(ctx: Ctx) {
  return loaderOf<string, SubmissionRow | null>(ctx, 'submissions.pendingOfInput', async (inputIds) => {
    const rows = await pendingUploads(ctx, inArray(submissions.inputId, [...inputIds]));
    return groupByKey<string | null, SubmissionRow>(inputIds, rows, (row) => row.inputId).map((own) => own[0] ?? null);
  });
}

/** By input id: the upload of whoever it is that comes in now, the latest that the viewer may see; null when none does. */
export function arrivingOfInputLoader(ctx: Ctx) {
  return loaderOf<string, SubmissionRow | null>(ctx, 'submissions.arrivingOfInput', async (inputIds) => {
    const rows = await ctx.db
      .select({ submission: submissions })
      .from(submissions)
      .innerJoin(files, eq(files.id, submissions.fileId))
      .where(
        and(
          inArray(submissions.inputId, [...inputIds]),
          isNull(submissions.finishedAt),
          isNull(submissions.repairOfId),
          gt(files.expiresAt, ctx.clock.now()),
        ),
      )
      .orderBy(desc(submissions.createdAt), desc(submissions.id));
    const seen = await readable(
      ctx,
      rows.map((row) => row.submission),
    );
    return groupByKey<string | null, SubmissionRow>(inputIds, seen, (row) => row.inputId).map((all) => all[0] ?? null);
  });
}
