import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import { company, events, projectStaff, projects } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { dayReader, healthLoader, slimTasksLoader } from '../plan/queries.ts';
import { companyHeadOnce } from '../platform/events/feed.ts';
import type { Ctx } from '../platform/services.ts';
import { type ProjectSeen, projectLoader, projectsUnderWay, readableBy } from '../projects/queries.ts';
import { courtOfProject } from '../tasks/queries.ts';
import { median } from './median.ts';
import type { Overview } from './types.ts';

const dayMs = 86_400_000;

/** The figures of the overview as of one moment; null for those who may not see it. */
export async function overviewFigures(ctx: Ctx): Promise<Overview | null> {
  if (!can(ctx.viewer, 'overview.read', null)) return null;
  // Read before anything else: a change after it is replayed by the stream, never skipped.
  const cursor = String(await companyHeadOnce(ctx));
  const projectsNow = await projectsUnderWay(ctx);
  for (const project of projectsNow) projectLoader(ctx).prime(project.id, project);
  const active = projectsNow.filter((project) => project.state === 'ACTIVE');
  const [tasksOf, healthOf, revenueNotYetLive, medianDaysToLive] = await Promise.all([
    Promise.all(active.map((project) => slimTasksLoader(ctx).load(project.id))),
    Promise.all(active.map((project) => healthLoader(ctx).load(project.id))),
    revenueOf(ctx, projectsNow),
    daysToLive(ctx),
  ]);
  const courts = tasksOf.map((tasks) => courtOfProject(true, tasks).court);
  return {
    active: active.length,
    atRisk: healthOf.filter((health) => health?.state === 'AT_RISK').length,
    offTrack: healthOf.filter((health) => health?.state === 'OFF_TRACK').length,
    waitingOnClient: courts.filter((court) => court === 'CLIENT').length,
    waitingOnCompany: courts.filter((court) => court === 'COMPANY').length,
    inReview: tasksOf.flat().filter((task) => task.state === 'IN_REVIEW').length,
    revenueNotYetLive,
    medianDaysToLive,
    cursor,
  };
}

/** Sums what is in the company's currency; other currencies need rates, which are entered by hand and come later. */
async function revenueOf(ctx: Ctx, under: readonly ProjectSeen[]) {
  if (!under.every((project) => can(ctx.viewer, 'project.readMoney', project))) return null;
  const [own] = await ctx.db.select({ currency: company.currency }).from(company).limit(1);
  const currency = own?.currency ?? 'EUR';
  const ids = under.map((project) => project.id);
  const [sum] = await ctx.db
    .select({ amountMinor: sql<string>`coalesce(sum(${projectStaff.revenueMinor}), 0)` })
    .from(projectStaff)
    .innerJoin(projects, eq(projects.id, projectStaff.projectId))
    .where(and(inArray(projects.id, ids), eq(projectStaff.revenueCurrency, currency)));
  return { amountMinor: Number(sum?.amountMinor ?? 0), currency };
}

/** From the signature to the day that a project went live, over those of the last year; null for too few of them. */
async function daysToLive(ctx: Ctx): Promise<number | null> {
  const yearAgo = new Date(ctx.clock.now().getTime() - 365 * dayMs);
  const rows = await ctx.db
    .select({
      signedOn: projects.signedOn,
      timeZone: projects.timeZone,
      liveAt: sql<string>`min(${events.at})`,
    })
    .from(projects)
    .innerJoin(events, and(eq(events.projectId, projects.id), eq(events.kind, 'project.wentLive')))
    .where(and(readableBy(ctx), gte(events.at, yearAgo)))
    .groupBy(projects.id);
  const dayIn = dayReader();
  const days = rows.map(({ signedOn, timeZone, liveAt }) =>
    Math.round((Date.parse(dayIn(timeZone, new Date(liveAt))) - Date.parse(signedOn)) / dayMs),
  );
  return median(days);
}
