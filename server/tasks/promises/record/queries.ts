import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { taskPromises } from '../../../../drizzle/schema/index.ts';
import { dayOf } from '../../../calendar.ts';
import { type Connection, pageOf, parseCursor } from '../../../platform/graphql/connection.ts';
import { ApiError } from '../../../platform/graphql/errors.ts';
import { isUuid } from '../../../platform/graphql/ids.ts';
import { groupByKey, loaderOf } from '../../../platform/graphql/loaders.ts';
import type { Ctx } from '../../../platform/services.ts';
import { words } from '../../../words/en.ts';
import { calendarOf } from '../../queries.ts';
import type { PromiseRow } from '../ends/commands.ts';
import { outcomeOf } from '../outcome.ts';
import type { ProjectPromise } from './types.ts';

/** As it was said: what staff promised among themselves is not of the record, also on a task that is shared since. */
const isShared = eq(taskPromises.audience, 'SHARED');
const newestFirst = [desc(taskPromises.at), desc(taskPromises.id)];
const said = sql`(extract(epoch from ${taskPromises.at}) * 1000)::float8`;

type Page = { first: number; after: string | null };
type OfProject = { id: string; timeZone: string; accountId: string };

/**
 * A page of the days that were promised in a project, newest first: one record, the same whoever of either side reads
 * it, and the days that its ledger counts.
 */
export async function promisesPage(
  ctx: Ctx,
  project: OfProject,
  { first, after }: Page,
): Promise<Connection<ProjectPromise>> {
  const cursor = parseCursor(after, ['number', 'string']);
  const rows = cursor
    ? await ctx.db
        .select()
        .from(taskPromises)
        .where(and(eq(taskPromises.projectId, project.id), isShared, isBefore(...cursor)))
        .orderBy(...newestFirst)
        .limit(first + 1)
    : await firstLoader(ctx, first + 1).load(project.id);
  const page = pageOf(rows, first, (row) => [row.at.getTime(), row.id], 'forward', cursor !== null);
  const toldOf = new Map(
    await Promise.all(page.nodes.map(async (row) => [row.id, await told(ctx, project, row)] as const)),
  );
  const nodeOf = (row: PromiseRow) => toldOf.get(row.id) as ProjectPromise;
  return {
    pageInfo: page.pageInfo,
    nodes: page.nodes.map(nodeOf),
    edges: page.edges.map(({ node, cursor: at }) => ({ node: nodeOf(node), cursor: at })),
  };
}

function isBefore(at: number, id: string): SQL {
  if (!isUuid(id)) throw new ApiError('BAD_USER_INPUT', words.graphql.badCursor());
  return sql`(${said}, ${taskPromises.id}) < (${at}::float8, ${id}::uuid)`;
}

/** The newest of many projects in one statement, `limit` of each. */
function firstLoader(ctx: Ctx, limit: number) {
  return loaderOf<string, PromiseRow[]>(ctx, `tasks.promiseRecord.${limit}`, async (projectIds) => {
    const { id, projectId, at } = taskPromises;
    const ranked = ctx.db
      .select({
        id,
        place: sql<number>`row_number() over (partition by ${projectId} order by ${at} desc, ${id} desc)`.as('place'),
      })
      .from(taskPromises)
      .where(and(inArray(projectId, [...projectIds]), isShared))
      .as('ranked');
    const rows = await ctx.db
      .select({ promise: taskPromises })
      .from(taskPromises)
      .innerJoin(ranked, eq(ranked.id, id))
      .where(sql`${ranked.place} <= ${limit}`)
      .orderBy(...newestFirst);
    const promises = rows.map((row) => row.promise);
    return groupByKey(projectIds, promises, (row) => row.projectId);
  });
}

const dayMs = 86_400_000;

async function told(ctx: Ctx, { timeZone: zone, accountId }: OfProject, row: PromiseRow): Promise<ProjectPromise> {
  const { taskId, personId, side, promisedOn: on, at, endedAt } = row;
  const { timeZone } = await calendarOf(ctx, { side, timeZone: zone, accountId });
  const dayIn = (moment: Date) => dayOf(moment, timeZone);
  const today = dayIn(ctx.clock.now());
  const outcome = outcomeOf(row, today, dayIn);
  const endedOn = endedAt && dayIn(endedAt);
  const over = (Date.parse(endedOn ?? today) - Date.parse(on)) / dayMs;
  return {
    ...{ taskId, personId, side, on, at, endedOn },
    result: outcome === 'STANDING' ? 'OPEN' : (outcome ?? 'CHANGED'),
    daysOver: outcome === 'MISSED' ? Math.round(over) : 0,
  };
}
