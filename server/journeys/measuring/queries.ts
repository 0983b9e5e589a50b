import { and, desc, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import { projects, submissions, taskInputs } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { readableBy } from '../../projects/queries.ts';
import { type Measured, typicalOf } from '../measured.ts';
import { type Doing, doingsLoader } from '../reality/queries.ts';

/** The newest projects alone: how it goes now, at a price that does not grow. */
const mostProjects = 50;

/** What the newest projects that clients know of waited at their tasks, and how often what is handed in came again. */
export function measuredLoader(ctx: Ctx) {
  return loaderOf<string, Measured>(ctx, 'journeys.measured', async (keys) => {
    const measured = can(ctx.viewer, 'journey.read', null) ? await measure(ctx) : { waits: [], rework: [] };
    return keys.map(() => measured);
  });
}

async function measure(ctx: Ctx): Promise<Measured> {
  const newest = await ctx.db
    .select({ id: projects.id })
    .from(projects)
    .where(and(readableBy(ctx), inArray(projects.state, ['ACTIVE', 'ON_HOLD', 'LIVE', 'CLOSED'])))
    .orderBy(desc(projects.createdAt), desc(projects.id))
    .limit(mostProjects);
  const ids = newest.map(({ id }) => id);
  const [doings, rounds] = await Promise.all([doingsLoader(ctx).loadMany(ids), roundsOf(ctx, ids)]);
  const waits = doings.flatMap((doing) => (doing === null || doing instanceof Error ? [] : waitsOf(doing)));
  return {
    waits: typicalOf(waits).map(({ cost, ...one }) => ({ ...one, workingDays: cost })),
    rework: typicalOf(rounds).map(({ cost, ...one }) => ({ ...one, rounds: cost })),
  };
}

function waitsOf({ project, tasks, done }: Doing): { name: string; projectId: string; cost: number }[] {
  const titles = new Map(tasks.map(({ id, title }) => [id, title]));
  return done.flatMap(({ taskId, days }) => {
    const name = titles.get(taskId);
    return name === undefined || days === null ? [] : [{ name, projectId: project.id, cost: days }];
  });
}

/**
 * How often what an input asks for was handed in after the first time; what is still on its way does not count, and an
 * address does not, which is read again by itself.
 */
async function roundsOf(ctx: Ctx, projectIds: readonly string[]) {
  const again = sql<number>`(count(*) - 1)::int`;
  return ctx.db
    .select({ name: taskInputs.label, projectId: submissions.projectId, cost: again })
    .from(submissions)
    .innerJoin(taskInputs, sql`${taskInputs.id} = ${submissions.inputId}`)
    .where(
      and(inArray(submissions.projectId, [...projectIds]), isNotNull(submissions.version), ne(submissions.kind, 'URL')),
    )
    .groupBy(submissions.projectId, submissions.inputId, taskInputs.label);
}
