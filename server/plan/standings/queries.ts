import { asc, eq, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { accountCalendars, projectPositions, projectStandings, projects } from '../../../drizzle/schema/index.ts';
import { holdsScope } from '../../access/scopes.ts';
import { founderRole, type Viewer, viewerFrom } from '../../access/viewer.ts';
import { instantOf } from '../../calendar.ts';
import { type Db, transaction } from '../../platform/database/transaction.ts';
import { loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { phasesOfProjectLoader, projectLoader } from '../../projects/queries.ts';
import { courtOfProject, isUnderWay, ownCalendar } from '../../tasks/queries.ts';
import { forecastedLoader } from '../forecast/queries.ts';
import { basisNow } from '../forecast/rows/queries.ts';
import { dayReader, healthLoader, slimTasksLoader } from '../queries.ts';
import { spansLoader } from '../spans/queries.ts';
import { standingBasis } from './basis.ts';
import { roadStanding } from './standing.ts';

/** So many projects are computed at once: their tasks are what is in memory. */
const batch = 250;
/** In the background fewer, so that nobody waits for them. */
const smallBatch = 25;
/** With more to do than this, one reader does it and the others wait: after midnight all would compute the same. */
const alone = 50;
const lock = 7_300_118;

type Row = typeof projectStandings.$inferInsert;
type Stale = { id: string; position: number; basis: string; isChanged: boolean };

/**
 * Makes sure, once for a request, that `project_standings` holds how every project stands now. A position is read before
 * what is computed under it, so a row is never older than it says.
 */
export function standingsFresh(ctx: Ctx): Promise<null> {
  const load = async (keys: readonly 'all'[]) => {
    await refreshForReader(ctx);
    return keys.map(() => null);
  };
  return loaderOf<'all', null>(ctx, 'plan.standings', load).load('all');
}

/** Standings are computed of all tasks, so they are for those who may read tasks: a token of an app may not. */
export function seesTasks({ token }: Viewer): boolean {
  return token === null || holdsScope(token.scopes, 'tasks:read');
}

/** The job is of all projects; its due moment needs an id all the same. */
export const everyProject = '00000000-0000-7000-8000-000000000002';
export const refreshJob = 'standings.refresh';

/**
 * Computes what a reader cannot do without. Few rows are computed at once. Of many, those in whose project something
 * happened, or that were never computed, are: what merely aged, by a night, another calendar or another version, is
 * ordered and counted as it was remembered, until the job comes to it. What a line shows is computed with its page.
 */
async function refreshForReader(ctx: Ctx): Promise<void> {
  const basis = standingBasis(await ownCalendar(ctx));
  const stale = await staleIn(ctx.db, ctx.clock.now(), basis);
  if (stale.length <= alone) return refresh(ctx, stale);
  const changed = stale.filter(({ isChanged }) => isChanged);
  if (changed.length < stale.length) {
    await transaction(ctx, (tx) => ctx.jobs.due(tx, refreshJob, everyProject, ctx.clock.now()));
  }
  if (changed.length <= alone) return refresh(ctx, changed);
  await ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lock})`);
    const db = tx as unknown as Db;
    const left = (await staleIn(db, ctx.clock.now(), basis)).filter(({ isChanged }) => isChanged);
    for (let from = 0; from < left.length; from += batch) {
      await refresh({ ...ctx, db }, left.slice(from, from + batch));
    }
  });
}

/** Computes some of what does not hold any more, each batch for itself; answers whether there is more. */
export async function refreshSome(services: Services, batches: number): Promise<boolean> {
  const basis = standingBasis(await ownCalendar(nobodysCtx(services)));
  const stale = await staleIn(services.db, services.clock.now(), basis);
  const now = stale.slice(0, batches * smallBatch);
  for (let from = 0; from < now.length; from += smallBatch) {
    await refresh(services, now.slice(from, from + smallBatch));
    // Requests and other jobs go on between two batches.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return now.length < stale.length;
}

/** The next moment at which a day is over for some project; null when there is none. */
export async function standingsEndAt({ db }: Pick<Services, 'db'>): Promise<Date | null> {
  const [next] = await db
    .select({ at: projectStandings.untilAt })
    .from(projectStandings)
    .orderBy(asc(projectStandings.untilAt))
    .limit(1);
  return next?.at ?? null;
}

/** In the order of their ids, in which their rows are then locked. */
function staleIn(db: Db, now: Date, basis: string): Promise<Stale[]> {
  const current = basisNow(basis);
  const isStale = or(
    isNull(projectStandings.projectId),
    ne(projectStandings.position, projectPositions.position),
    lte(projectStandings.untilAt, now),
    ne(projectStandings.basis, current),
  );
  return db
    .select({
      id: projectPositions.projectId,
      position: projectPositions.position,
      basis: current,
      isChanged: sql<boolean>`${projectStandings.position} is distinct from ${projectPositions.position}`,
    })
    .from(projectPositions)
    .innerJoin(projects, eq(projects.id, projectPositions.projectId))
    .leftJoin(accountCalendars, eq(accountCalendars.accountId, projects.accountId))
    .leftJoin(projectStandings, eq(projectStandings.projectId, projectPositions.projectId))
    .where(isStale)
    .orderBy(asc(projectPositions.projectId));
}

async function refresh(services: Services, stale: readonly Stale[]): Promise<void> {
  if (stale.length === 0) return;
  const ctx = nobodysCtx(services);
  const now = services.clock.now();
  const dayIn = dayReader();
  const rows = await Promise.all(stale.map((one) => standing(ctx, one, now, dayIn)));
  const found = rows.filter((row) => row !== null);
  if (found.length === 0) return;
  const columns = Object.entries({
    position: 'position',
    untilAt: 'until_at',
    basis: 'basis',
    health: 'health',
    court: 'court',
    courtSince: 'court_since',
    doneCount: 'done_count',
    totalCount: 'total_count',
    phaseName: 'phase_name',
    phaseIndex: 'phase_index',
    inReviewCount: 'in_review_count',
    p50On: 'p50_on',
    p80On: 'p80_on',
    planHash: 'plan_hash',
    spans: 'spans',
  });
  await services.db
    .insert(projectStandings)
    .values(found)
    .onConflictDoUpdate({
      target: projectStandings.projectId,
      set: Object.fromEntries(columns.map(([key, column]) => [key, sql.raw(`excluded.${column}`)])),
      // Who read an older log comes too late.
      setWhere: sql`${projectStandings.position} <= excluded.position`,
    });
}

async function standing(
  ctx: Ctx,
  { id, position, basis }: Stale,
  now: Date,
  dayIn: ReturnType<typeof dayReader>,
): Promise<Row | null> {
  const [project, tasks, road, health, { forecast, planHash }, spans] = await Promise.all([
    projectLoader(ctx).load(id),
    slimTasksLoader(ctx).load(id),
    phasesOfProjectLoader(ctx).load(id),
    healthLoader(ctx).load(id),
    forecastedLoader(ctx).load(id),
    spansLoader(ctx).load(id),
  ]);
  if (!project) return null;
  const { court, since } = courtOfProject(isUnderWay(project), tasks);
  const untilAt = instantOf(dayAfter(dayIn(project.timeZone, now)), '00:00', project.timeZone);
  return {
    projectId: id,
    position,
    untilAt,
    basis,
    health: health?.state ?? null,
    court,
    courtSince: since,
    ...roadStanding(tasks, road),
    p50On: forecast?.p50On ?? null,
    p80On: forecast?.p80On ?? null,
    planHash,
    spans,
  };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** A standing is the same for all who may ask for it, so it is computed with all rights, whoever asks. */
function nobodysCtx(services: Services): Ctx {
  const viewer = viewerFrom({ personId: '', sessionId: '', role: founderRole, accountId: null });
  return { ...services, viewer, loaders: new Map() };
}
