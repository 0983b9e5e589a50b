import { and, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import { company, events, projectStaff, projectStandings, projects } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { dayReader } from '../plan/queries.ts';
import { seesTasks, standingsFresh } from '../plan/standings/queries.ts';
import { companyHeadOnce } from '../platform/events/feed.ts';
import type { Ctx } from '../platform/services.ts';
import { readableBy } from '../projects/queries.ts';
import { questionsAvoidedSince } from '../submissions/forms/known/queries.ts';
import { median } from './median.ts';
import type { Overview } from './types.ts';

const dayMs = 86_400_000;

/** The figures of the overview as of one moment; null for those who may not see it. */
export async function overviewFigures(ctx: Ctx): Promise<Overview | null> {
  if (!can(ctx.viewer, 'overview.read', null)) return null;
  // Read before anything else: a change after it is replayed by the stream, never skipped.
  const cursor = String(await companyHeadOnce(ctx));
  await standingsFresh(ctx);
  const yearAgo = new Date(ctx.clock.now().getTime() - 365 * dayMs);
  const [counted, revenueNotYetLive, medianDaysToLive] = await Promise.all([
    counts(ctx, yearAgo),
    revenueOf(ctx),
    daysToLive(ctx, yearAgo),
  ]);
  return { ...counted, revenueNotYetLive, medianDaysToLive, cursor };
}

/** Counts of what is active, by how it stands, and of the questions that a year spared its clients; for whoever may not read tasks, as if there were none. */
async function counts(ctx: Ctx, yearAgo: Date) {
  const seen = seesTasks(ctx.viewer);
  const { health, court, inReviewCount } = projectStandings;
  const among = (isOne: SQL | undefined) => sql<number>`(count(*) filter (where ${seen ? isOne : sql`false`}))::int`;
  const [row] = await ctx.db
    .select({
      active: sql<number>`count(*)::int`,
      atRisk: among(eq(health, 'AT_RISK')),
      offTrack: among(eq(health, 'OFF_TRACK')),
      waitingOnClient: among(eq(court, 'CLIENT')),
      waitingOnCompany: among(eq(court, 'COMPANY')),
      inReview: seen ? sql<number>`coalesce(sum(${inReviewCount}), 0)::int` : sql<number>`0`,
      questionsAvoided: questionsAvoidedSince(ctx, yearAgo),
    })
    .from(projects)
    .innerJoin(projectStandings, eq(projectStandings.projectId, projects.id))
    .where(and(readableBy(ctx), eq(projects.state, 'ACTIVE')));
  return (
    row ?? {
      active: 0,
      atRisk: 0,
      offTrack: 0,
      waitingOnClient: 0,
      waitingOnCompany: 0,
      inReview: 0,
      questionsAvoided: 0,
    }
  );
}

/** Sums what is in the company's currency; other currencies need rates, which are entered by hand and come later. */
async function revenueOf(ctx: Ctx) {
  if (!can(ctx.viewer, 'overview.readMoney', null)) return null;
  const isUnderWay = inArray(projects.state, ['ACTIVE', 'ON_HOLD']);
  const currency = sql<string>`coalesce((select ${company.currency} from ${company} limit 1), 'EUR')`;
  const [sum] = await ctx.db
    .select({ amountMinor: sql<string>`coalesce(sum(${projectStaff.revenueMinor}), 0)`, currency })
    .from(projectStaff)
    .innerJoin(projects, eq(projects.id, projectStaff.projectId))
    .where(and(readableBy(ctx), isUnderWay, eq(projectStaff.revenueCurrency, currency)));
  return { amountMinor: Number(sum?.amountMinor ?? 0), currency: sum?.currency ?? 'EUR' };
}

/** From the signature to the day that a project went live, over those of the last year; null for too few of them. */
async function daysToLive(ctx: Ctx, yearAgo: Date): Promise<number | null> {
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
