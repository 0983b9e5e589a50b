import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { eq, inArray } from 'drizzle-orm';
import { accountCalendars, projectPositions, projectStandings, projects } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { calendarsLoader } from '../../accounts/queries.ts';
import { byKey, groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { type ProjectSeen, projectLoader } from '../../projects/queries.ts';
import { ownCalendar } from '../../tasks/queries.ts';
import { dayReader } from '../days.ts';
import type { PlanFacts } from '../schedule/facts.ts';
import { type PlannedTask, type Schedule, schedule } from '../schedule/schedule.ts';
import { type Forecast, simulate } from '../simulate/simulate.ts';
import type { PhaseSpan } from '../spans/spans.ts';
import { standingBasis } from '../standings/basis.ts';
import { basisNow, planFactsOf, planRows } from './rows/queries.ts';

export type { Forecast } from '../simulate/simulate.ts';

/** What planning knows of a project that the viewer may see; null for one that is missing. Whoever asks minds who is told. */
export function planFactsLoader(ctx: Ctx) {
  return loaderOf<string, PlanFacts | null>(ctx, 'plan.facts', async (projectIds) => {
    const [projects, rows] = await Promise.all([projectLoader(ctx).loadMany(projectIds), planRows(ctx.db, projectIds)]);
    const tasks = groupByKey(projectIds, rows.tasks, (row) => row.projectId);
    const links = groupByKey(projectIds, rows.links, (row) => row.projectId);
    const dayIn = dayReader();
    const known = projects.map((project) => (project && 'id' in project ? project : null));
    const calendars = await Promise.all(
      known.map((project) => project && calendarsLoader(ctx).load(project.accountId)),
    );
    return known.map((project, at) => {
      const of = calendars[at];
      if (!project || !of) return null;
      const dayAt = (moment: Date) => dayIn(project.timeZone, moment);
      const plan = { tasks: tasks[at] ?? [], links: links[at] ?? [] };
      return planFactsOf(project, plan, { own: of.own, client: of.days }, dayAt, ctx.clock.now());
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

/** A simulation takes some 10 ms: after so many of work, everybody else gets their turn. */
const breathMs = 20;

/** A forecast, and the plan that it was made of. */
export type Forecasted = { forecast: Forecast | null; planHash: string | null };

/**
 * By when a project under way is likely live; null when it is not, or there is nothing to do. What the overview has
 * remembered, where its log has not moved since or nothing of its plan has, else simulated.
 */
export function forecastLoader(ctx: Ctx) {
  return loaderOf<string, Forecast | null>(ctx, 'plan.forecast', async (projectIds) => {
    const found = await forecastedLoader(ctx).loadMany(projectIds);
    return found.map((one) => (one && 'forecast' in one ? one.forecast : null));
  });
}

export function forecastedLoader(ctx: Ctx) {
  return loaderOf<string, Forecasted>(ctx, 'plan.forecasted', async (projectIds) => {
    const [projects, rows] = await Promise.all([
      projectLoader(ctx).loadMany(projectIds),
      rememberedLoader(ctx).loadMany(projectIds),
    ]);
    const known = new Map(rows.flatMap((row) => (row && 'projectId' in row ? [[row.projectId, row] as const] : [])));
    const moved = projects.flatMap((project) =>
      project && 'id' in project && project.state === 'ACTIVE' && !known.get(project.id)?.isCurrent ? [project.id] : [],
    );
    await planFactsLoader(ctx).loadMany(moved);
    const all: Forecasted[] = [];
    let since = performance.now();
    for (const project of projects) {
      const isUnderWay = project && 'id' in project && project.state === 'ACTIVE';
      all.push(isUnderWay ? await forecasted(ctx, project, known.get(project.id)) : { forecast: null, planHash: null });
      if (performance.now() - since < breathMs) continue;
      await setImmediate();
      since = performance.now();
    }
    return all;
  });
}

async function forecasted(ctx: Ctx, project: ProjectSeen, row: Remembered | undefined): Promise<Forecasted> {
  const kept = { forecast: row?.p50On && row.p80On ? { p50On: row.p50On, p80On: row.p80On } : null };
  if (row?.isCurrent) return { ...kept, planHash: row.planHash };
  const facts = await planFactsLoader(ctx).load(project.id);
  if (!facts) return { forecast: null, planHash: null };
  const planHash = hashOf(facts);
  if (row && row.planHash === planHash) return { ...kept, planHash };
  return { forecast: forecastOf(project, facts), planHash };
}

/** The target moves no forecast. */
function hashOf({ targetOn: _, ...facts }: PlanFacts): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 16);
}

/** A day that has passed is no forecast: what is all done and not live yet can go live today. */
export function forecastOf({ id }: Pick<ProjectSeen, 'id'>, facts: PlanFacts): Forecast | null {
  const found = simulate(facts, { seed: id });
  if (!found) return null;
  const fromToday = (day: string) => (day < facts.today ? facts.today : day);
  return { p50On: fromToday(found.p50On), p80On: fromToday(found.p80On) };
}

export type Remembered = {
  projectId: string;
  p50On: string | null;
  p80On: string | null;
  planHash: string | null;
  spans: PhaseSpan[];
  /** Nothing has happened since, and the day is not over. */
  isCurrent: boolean;
};

/** What was remembered of a project's plan, by today's way of computing; null where there is nothing. */
export function rememberedLoader(ctx: Ctx) {
  return loaderOf<string, Remembered | null>(ctx, 'plan.remembered', async (projectIds) => {
    const { projectId, p50On, p80On, planHash, spans, position, untilAt, basis } = projectStandings;
    const current = standingBasis(await ownCalendar(ctx));
    const rows = await ctx.db
      .select({
        projectId,
        p50On,
        p80On,
        planHash,
        spans,
        position,
        untilAt,
        basis,
        current: basisNow(current),
        reached: projectPositions.position,
      })
      .from(projectStandings)
      .innerJoin(projectPositions, eq(projectPositions.projectId, projectId))
      .innerJoin(projects, eq(projects.id, projectId))
      .leftJoin(accountCalendars, eq(accountCalendars.accountId, projects.accountId))
      .where(inArray(projectId, [...projectIds]));
    const now = ctx.clock.now();
    const kept = rows.filter((row) => row.basis === row.current);
    return byKey(projectIds, kept, (row) => row.projectId).map(
      (row) => row && { ...row, isCurrent: row.position === row.reached && row.untilAt > now },
    );
  });
}
