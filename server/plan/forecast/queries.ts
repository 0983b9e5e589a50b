import { and, eq, gt, inArray } from 'drizzle-orm';
import { projectPositions, projectStandings } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { type ProjectSeen, projectLoader } from '../../projects/queries.ts';
import { ownCalendar } from '../../tasks/queries.ts';
import { dayReader } from '../days.ts';
import type { PlanFacts } from '../schedule/facts.ts';
import { type PlannedTask, type Schedule, schedule } from '../schedule/schedule.ts';
import { type Forecast, simulate } from '../simulate/simulate.ts';
import { standingBasis } from '../standings/basis.ts';
import { planFactsOf, planRows } from './rows/queries.ts';

export type { Forecast } from '../simulate/simulate.ts';

/** What planning knows of a project that the viewer may see; null for one that is missing. Whoever asks minds who is told. */
export function planFactsLoader(ctx: Ctx) {
  return loaderOf<string, PlanFacts | null>(ctx, 'plan.facts', async (projectIds) => {
    const [projects, rows, own] = await Promise.all([
      projectLoader(ctx).loadMany(projectIds),
      planRows(ctx.db, projectIds),
      ownCalendar(ctx),
    ]);
    const tasks = groupByKey(projectIds, rows.tasks, (row) => row.projectId);
    const links = groupByKey(projectIds, rows.links, (row) => row.projectId);
    const dayIn = dayReader();
    return projects.map((project, at) => {
      if (!project || !('id' in project)) return null;
      const dayAt = (moment: Date) => dayIn(project.timeZone, moment);
      return planFactsOf(project, { tasks: tasks[at] ?? [], links: links[at] ?? [] }, own, dayAt, ctx.clock.now());
    });
  });
}

/** The days of a project's tasks, forward from today. Staff only: it holds internal tasks, and null for everybody else. */
export function scheduleLoader(ctx: Ctx) {
  return loaderOf<string, Schedule | null>(ctx, 'plan.schedule', async (projectIds) =>
    Promise.all(
      projectIds.map(async (id) => {
        const project = await projectLoader(ctx).load(id);
        if (!project || !can(ctx.viewer, 'project.readStaffFields', project)) return null;
        const facts = await planFactsLoader(ctx).load(id);
        return facts && schedule(facts);
      }),
    ),
  );
}

/** Where the plan has each task of a project, by its id; empty for whoever may not know. */
export function plannedTasksLoader(ctx: Ctx) {
  return loaderOf<string, ReadonlyMap<string, PlannedTask>>(ctx, 'plan.tasks', async (projectIds) =>
    Promise.all(
      projectIds.map(async (id) => {
        const plan = await scheduleLoader(ctx).load(id);
        return new Map(plan?.tasks.map((task) => [task.id, task]));
      }),
    ),
  );
}

/**
 * By when a project under way is likely live; null when it is not, or there is nothing to do. What the overview has
 * remembered, where its log has not moved since, else simulated.
 */
export function forecastLoader(ctx: Ctx) {
  return loaderOf<string, Forecast | null>(ctx, 'plan.forecast', async (projectIds) => {
    const projects = await projectLoader(ctx).loadMany(projectIds);
    const known = await remembered(ctx, projectIds);
    return Promise.all(
      projects.map(async (project) => {
        if (!project || !('id' in project) || project.state !== 'ACTIVE') return null;
        const row = known.get(project.id);
        if (row) return row.p50On && row.p80On ? { p50On: row.p50On, p80On: row.p80On } : null;
        const facts = await planFactsLoader(ctx).load(project.id);
        return facts && forecastOf(project, facts);
      }),
    );
  });
}

/** A day that has passed is no forecast: what is all done and not live yet can go live today. */
export function forecastOf({ id }: Pick<ProjectSeen, 'id'>, facts: PlanFacts): Forecast | null {
  const found = simulate(facts, { seed: id });
  if (!found) return null;
  const fromToday = (day: string) => (day < facts.today ? facts.today : day);
  return { p50On: fromToday(found.p50On), p80On: fromToday(found.p80On) };
}

async function remembered(ctx: Ctx, projectIds: readonly string[]) {
  const { projectId, p50On, p80On } = projectStandings;
  const rows = await ctx.db
    .select({ projectId, p50On, p80On })
    .from(projectStandings)
    .innerJoin(projectPositions, eq(projectPositions.projectId, projectId))
    .where(
      and(
        inArray(projectId, [...projectIds]),
        eq(projectStandings.position, projectPositions.position),
        gt(projectStandings.untilAt, ctx.clock.now()),
        eq(projectStandings.basis, standingBasis(await ownCalendar(ctx))),
      ),
    );
  return new Map(rows.map((row) => [row.projectId, row]));
}
