import { and, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { checkRuns, checks, reports, submissions } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { type Connection, pageOf, parseCursor } from '../../platform/graphql/connection.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import type { StoredSpec } from '../fetching/spec.ts';
import type { SubmissionRow } from '../queries.ts';
import type { FactFinding } from '../validation/facts/rule.ts';
import type { KnownIds } from '../validation/facts/web/tag.ts';
import { CompactIdSet } from '../validation/idSet.ts';

export { filledSpec } from './filled.ts';

export type CheckRow = Omit<typeof checks.$inferSelect, 'spec'> & { spec: StoredSpec };
/** A run without what it gathered: lists show many of them. */
export type CheckRunRow = Omit<typeof checkRuns.$inferSelect, 'facts' | 'findings'> & {
  findings: FactFinding[];
  isRendered: boolean | null;
};

/** As a row is read: `spec` is what `storedSpec` wrote. */
export function checkFrom(row: typeof checks.$inferSelect): CheckRow {
  return { ...row, spec: row.spec as StoredSpec };
}

/** By the id of a submission that the viewer was let to see. */
export function checkLoader(ctx: Ctx) {
  return loaderOf<string, CheckRow | null>(ctx, 'checks.ofSubmission', async (submissionIds) => {
    const rows = await ctx.db
      .select()
      .from(checks)
      .where(inArray(checks.submissionId, [...submissionIds]));
    return byKey(submissionIds, rows.map(checkFrom), (row) => row.submissionId);
  });
}

const { id, checkId, at, result, verdict, rules, findings, facts, tookMs } = checkRuns;
/** Of pages that were looked at for a tag: whether they ran in a browser. */
const isRendered = sql<boolean | null>`case when ${facts} -> 'pages' @> '[{"isReached": true}]'::jsonb
  then ${facts} -> 'pages' @> '[{"isRendered": true}]'::jsonb end`;
const told = { id, checkId, at, result, verdict, rules, findings, tookMs, isRendered };

/** Pages of the runs of many checks in one statement, each cut off in the database. */
function runsLoader(ctx: Ctx, name: string, beyond: SQL | undefined, limit: number) {
  return loaderOf<string, CheckRunRow[]>(ctx, `checks.runs.${name}`, async (checkIds) => {
    const page = ctx.db
      .select({ id: checkRuns.id })
      .from(checkRuns)
      .where(and(eq(checkRuns.checkId, checks.id), beyond))
      .orderBy(desc(checkRuns.at), desc(checkRuns.id))
      .limit(limit)
      .as('page');
    const rows = await ctx.db
      .select(told)
      .from(checks)
      .innerJoinLateral(page, sql`true`)
      .innerJoin(checkRuns, eq(checkRuns.id, page.id))
      .where(inArray(checks.id, [...checkIds]))
      .orderBy(desc(checkRuns.at), desc(checkRuns.id));
    const runs = rows.map((row) => ({ ...row, findings: row.findings as FactFinding[] }));
    return groupByKey(checkIds, runs, (row) => row.checkId);
  });
}

/** What the last look came to, by check; null before the first. */
export async function lastRun(ctx: Ctx, check: Pick<CheckRow, 'id'>): Promise<CheckRunRow | null> {
  return (await runsLoader(ctx, 'last', undefined, 1).load(check.id))[0] ?? null;
}

const noId = '00000000-0000-0000-0000-000000000000';

/** The runs of a check whose submission the viewer sees, newest first. */
export async function runsPage(
  ctx: Ctx,
  check: Pick<CheckRow, 'id'>,
  first: number,
  after: string | null,
): Promise<Connection<CheckRunRow>> {
  const cursor = parseCursor(after, ['number', 'string']);
  const until = cursor && new Date(cursor[0]);
  const beyond =
    until && !Number.isNaN(until.getTime())
      ? or(lt(checkRuns.at, until), and(eq(checkRuns.at, until), lt(checkRuns.id, uuids([cursor[1]])[0] ?? noId)))
      : undefined;
  const rows = await runsLoader(ctx, `${first}.${after}`, beyond, first + 1).load(check.id);
  return pageOf(rows, first, (row) => [row.at.getTime(), row.id], 'forward', cursor !== null);
}

const given: readonly string[] = ['WAIVED', 'CANCELLED'];

/** Whether looking again would tell anybody anything: the version counts, and its task and project go on. */
export function canRunAgain(task: TaskSeen, submission: SubmissionRow, check: CheckRow): boolean {
  const isThere = submission.finishedAt !== null && submission.state !== 'SUPERSEDED' && check.endedAt === null;
  return isThere && task.isUnderWay && !given.includes(task.state);
}

export function mayRunAgain(ctx: Ctx, task: TaskSeen, submission: SubmissionRow, check: CheckRow): boolean {
  return canRunAgain(task, submission, check) && can(ctx.viewer, 'check.run', task);
}

/** By input: whether a secret of a webhook stands there to be looked at. */
export function secretOfInputLoader(ctx: Ctx) {
  return loaderOf<string, boolean>(ctx, 'checks.secretOfInput', async (inputIds) => {
    const rows = await ctx.db
      .selectDistinct({ inputId: checks.inputId })
      .from(checks)
      .innerJoin(submissions, eq(submissions.id, checks.submissionId))
      .where(
        and(
          isNotNull(submissions.finishedAt),
          isNull(checks.endedAt),
          inArray(checks.inputId, [...inputIds]),
          isNotNull(checks.sealed),
          sql`${checks.spec} ->> 'kind' = 'WEBHOOK'`,
        ),
      );
    const known = new Set(rows.map((row) => row.inputId));
    return inputIds.map((inputId) => known.has(inputId));
  });
}

/** The ids of the project's accepted product feed, for tags to be held against; null when there is none. */
export async function feedIdsOf(services: Pick<Services, 'db'>, projectId: string): Promise<KnownIds | null> {
  const [found] = await services.db
    .select({ ids: reports.ids })
    .from(reports)
    .innerJoin(submissions, eq(submissions.id, reports.submissionId))
    .where(
      and(
        eq(submissions.projectId, projectId),
        inArray(submissions.state, ['ACCEPTED', 'ACCEPTED_WITH_WARNINGS']),
        eq(reports.rules, 'product-feed'),
        eq(reports.state, 'DONE'),
        isNotNull(reports.ids),
      ),
    )
    .orderBy(desc(submissions.finishedAt))
    .limit(1);
  if (!found?.ids) return null;
  const set = CompactIdSet.fromBytes(found.ids);
  const encoder = new TextEncoder();
  const includes = (id: string) => {
    const bytes = encoder.encode(id);
    return set.has(bytes, 0, bytes.length);
  };
  return set.size === 0 ? null : { length: set.size, includes };
}
