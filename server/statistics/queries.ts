import { and, eq, inArray, sql } from 'drizzle-orm';
import { company, projectStaff, projects } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { companyHeadOnce } from '../platform/events/feed.ts';
import type { Ctx } from '../platform/services.ts';
import { projectsUnderWay } from '../projects/queries.ts';
import { courtOfProject, tasksOfProjectLoader } from '../tasks/queries.ts';
import type { Overview } from './types.ts';

/** The figures of the overview as of one moment; null for those who may not see it. */
export async function overviewFigures(ctx: Ctx): Promise<Overview | null> {
  if (!can(ctx.viewer, 'overview.read', null)) return null;
  // Read before anything else: a change after it is replayed by the stream, never skipped.
  const cursor = String(await companyHeadOnce(ctx));
  const projectsNow = await projectsUnderWay(ctx);
  const active = projectsNow.filter((project) => project.state === 'ACTIVE');
  const tasksOf = await Promise.all(active.map((project) => tasksOfProjectLoader(ctx).load(project.id)));
  const courts = tasksOf.map((tasks) => courtOfProject(true, tasks).court);
  return {
    active: active.length,
    waitingOnClient: courts.filter((court) => court === 'CLIENT').length,
    waitingOnCompany: courts.filter((court) => court === 'COMPANY').length,
    inReview: tasksOf.flat().filter((task) => task.state === 'IN_REVIEW').length,
    revenueNotYetLive: await revenueNotYetLive(
      ctx,
      projectsNow.map((project) => project.id),
    ),
    cursor,
  };
}

/** Sums what is in the company's currency; other currencies need rates, which are entered by hand and come later. */
async function revenueNotYetLive(ctx: Ctx, projectIds: string[]) {
  const [own] = await ctx.db.select({ currency: company.currency }).from(company).limit(1);
  const currency = own?.currency ?? 'EUR';
  const [sum] = await ctx.db
    .select({ amountMinor: sql<string>`coalesce(sum(${projectStaff.revenueMinor}), 0)` })
    .from(projectStaff)
    .innerJoin(projects, eq(projects.id, projectStaff.projectId))
    .where(and(inArray(projects.id, projectIds), eq(projectStaff.revenueCurrency, currency)));
  return { amountMinor: Number(sum?.amountMinor ?? 0), currency };
}
