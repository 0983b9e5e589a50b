import { rm } from 'node:fs/promises';
import { and, eq, inArray, isNotNull, lt, or, sql } from 'drizzle-orm';
import { firstLooks, reports, submissions } from '../../../drizzle/schema/index.ts';
import { newBlobKey } from '../../platform/blobs/disk.ts';
import { type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import type { Services } from '../../platform/services.ts';
import type { FirstLookRow } from '../queries.ts';
import type { Built } from './order.ts';
import { type FromFeed, feedOf, isGood, isPartly, newest, sources } from './queries.ts';

/** The job that makes the first look of a project from its feed; its subject is the project. */
export const buildJob = 'firstLook.build';
/** The job that makes it of the shop's own pages, where there is no feed; its subject is the project. */
export const websiteJob = 'firstLook.website';

type Problem = NonNullable<FirstLookRow['problem']>;
/** `key`: where the index is to be written. */
export type BuildBegun = { projectId: string; run: number; key: string; wantsPages: boolean; from: FromFeed | null };

/** Another build is wanted: of what is there when its job runs. An index that is there stays READY meanwhile. */
export async function buildWanted(
  tx: Tx,
  services: Pick<Services, 'jobs'>,
  projectId: string,
  { job, source }: { job: string; source: NonNullable<FirstLookRow['source']> } = { job: buildJob, source: 'FEED' },
): Promise<void> {
  const isNew = sql`${firstLooks.indexKey} is null`;
  await tx
    .insert(firstLooks)
    .values({ projectId, state: 'BUILDING', source, run: 1, currencies: [] })
    .onConflictDoUpdate({
      target: firstLooks.projectId,
      set: {
        run: sql`${firstLooks.run} + 1`,
        state: sql`case when ${isNew} then 'BUILDING' else ${firstLooks.state} end`,
        source: sql`case when ${isNew} then ${source} else ${firstLooks.source} end`,
        problem: sql`case when ${isNew} then null else ${firstLooks.problem} end`,
      },
    });
  await services.jobs.enqueue(tx, job, { subjectId: projectId });
}

/**
 * Another build is wanted for each project of which one of these is a file that was judged good; or a feed that was
 * refused, where there is no good one and what is shown now is not more than it has.
 */
export async function wantedBy(
  tx: Tx,
  services: Pick<Services, 'jobs'>,
  { submissionIds, taskIds }: { submissionIds: readonly string[]; taskIds: readonly string[] },
): Promise<void> {
  const rows = await tx
    .select({
      projectId: submissions.projectId,
      isGood: sql<boolean>`bool_or(${isGood})`,
      valid: sql<number>`max(${reports.valid})::int`,
    })
    .from(submissions)
    .innerJoin(reports, eq(reports.submissionId, submissions.id))
    .where(
      and(
        or(inArray(submissions.id, [...submissionIds]), inArray(submissions.taskId, [...taskIds])),
        inArray(reports.rules, sources),
        eq(reports.state, 'DONE'),
        isNotNull(submissions.finishedAt),
        or(isGood, isPartly),
      ),
    )
    .groupBy(submissions.projectId);
  for (const { projectId, isGood, valid } of rows) {
    if (isGood || (await isMore(tx, projectId, valid))) await buildWanted(tx, services, projectId);
  }
}

async function isMore(tx: Tx, projectId: string, valid: number): Promise<boolean> {
  if (await newest(tx, projectId, 'product-feed')) return false;
  const [look] = await tx.select().from(firstLooks).where(eq(firstLooks.projectId, projectId));
  return !look?.indexKey || look.usable <= valid;
}

/** The file behind a first look is not for its clients any more: it is gone at once, whatever is built instead. */
export async function lookWithdrawn(tx: Tx, taskIds: readonly string[]): Promise<void> {
  const ofTasks = tx
    .select({ id: submissions.id })
    .from(submissions)
    .where(inArray(submissions.taskId, [...taskIds]));
  const nothing = { total: 0, usable: 0, shown: 0, currencies: [], hasOrders: false, problem: null, builtAt: null };
  await tx
    .update(firstLooks)
    // Its bytes are nobody's from now on: the sweep takes them.
    .set({ ...nothing, state: 'EMPTY', source: null, submissionId: null, indexKey: null })
    .where(inArray(firstLooks.submissionId, ofTasks));
}

/**
 * What is to be built; null when nothing is wanted any more. `pagesOf`: the run whose pages were read; null then also
 * when anything newer is wanted, or a feed is there, whose own build is not disturbed.
 */
export async function buildBegin(services: Services, projectId: string, pagesOf?: number): Promise<BuildBegun | null> {
  const { value } = await transaction(services, async (tx) => {
    const [look] = await tx.select().from(firstLooks).where(eq(firstLooks.projectId, projectId)).for('update');
    if (!look || look.settledRun >= look.run) return null;
    const from = await feedOf(services, tx, projectId);
    if (pagesOf !== undefined && (look.run !== pagesOf || from !== null)) return null;
    const key = newBlobKey();
    // Its row is there before its bytes: whoever sweeps what belongs to nobody leaves it alone.
    await tx.update(firstLooks).set({ nextKey: key }).where(eq(firstLooks.projectId, projectId));
    return {
      projectId,
      run: look.run,
      key,
      wantsPages: look.source === 'WEBSITE',
      from,
    };
  });
  return value;
}

export type Came = {
  source: NonNullable<FirstLookRow['source']>;
  submissionId: string | null;
  brand?: FirstLookRow['brand'];
};

/** What was made stands at `target`: it is kept and shown, or, where it holds no product, thrown away. */
export async function buildEnd(
  services: Services,
  begun: BuildBegun,
  { built, target }: { built: Built; target: string },
  came: Came,
): Promise<'SHOWN' | 'EMPTY'> {
  if (built.shown === 0) {
    await rm(target, { force: true });
    await buildFailed(services, begun, 'NO_PRODUCTS', { ...built, source: came.source });
    return 'EMPTY';
  }
  await services.blobs.adopt(begun.key, target);
  await buildDone(services, begun, built, came);
  return 'SHOWN';
}

/** Puts a new index in the place of the one before, whose bytes go after the commit. */
async function buildDone(
  services: Services,
  { projectId, run, key }: Pick<BuildBegun, 'projectId' | 'run' | 'key'>,
  built: Built,
  { source, submissionId, brand }: Came,
): Promise<void> {
  await transaction(services, async (tx) => {
    const look = await unsettled(tx, projectId, run);
    // A feed is the client's own word: pages that were read meanwhile do not take its place.
    const isOutdone = look?.source === 'FEED' && look.indexKey !== null && source === 'WEBSITE';
    if (!look || look.nextKey !== key || isOutdone) {
      await settle(tx, look, run, {});
      dropAfter(tx, services, key);
      return;
    }
    const now = services.clock.now();
    const { total, usable, shown, currencies, hasOrders } = built;
    const firstLookAt = look.firstLookAt ?? now;
    const made = { source, submissionId, total, usable, shown, currencies, hasOrders };
    const indexed = { indexKey: key, indexRun: run, nextKey: null, builtAt: now, firstLookAt };
    const painted = brand === undefined ? {} : { brand };
    await settle(tx, look, run, { ...made, ...indexed, ...painted, state: 'READY', problem: null });
    if (look.indexKey !== null) dropAfter(tx, services, look.indexKey);
    const isSame =
      look.indexKey !== null &&
      look.source === source &&
      look.total === total &&
      look.usable === usable &&
      look.shown === shown;
    // A feed that is pulled every hour and comes with as many products again is no news.
    if (isSame) return;
    const facts = { source, products: shown, usable, total };
    append(tx, { kind: 'firstLook.ready', audience: 'SHARED', actorId: null, subjectId: projectId, projectId, facts });
  });
}

/** A build that came to nothing: with an index that is there, it goes on; without one, the row says why. */
export async function buildFailed(
  services: Services,
  { projectId, run }: Pick<BuildBegun, 'projectId' | 'run'>,
  problem: Problem,
  counts: Partial<Pick<FirstLookRow, 'total' | 'usable'>> & { source?: FirstLookRow['source'] } = {},
): Promise<void> {
  await transaction(services, async (tx) => {
    const look = await unsettled(tx, projectId, run);
    if (!look) return;
    // What is wanted since then may be under way: it says what becomes of the row.
    if (look.run > run) return await settle(tx, look, run, {});
    if (look.nextKey !== null) dropAfter(tx, services, look.nextKey);
    const state = problem === 'NO_PRODUCTS' ? ('EMPTY' as const) : ('FAILED' as const);
    const told = look.indexKey === null ? { ...counts, state, problem } : { problem };
    await settle(tx, look, run, { ...told, nextKey: null });
  });
}

/** Nothing is there to build of: as if nobody had asked. */
export async function buildVain(
  services: Services,
  { projectId, run }: Pick<BuildBegun, 'projectId' | 'run'>,
): Promise<void> {
  await transaction(services, async (tx) => {
    const look = await unsettled(tx, projectId, run);
    if (look)
      await settle(tx, look, run, {
        nextKey: null,
        ...(look.indexKey === null && { state: 'EMPTY' as const, source: null }),
      });
  });
}

async function unsettled(tx: Tx, projectId: string, run: number): Promise<FirstLookRow | undefined> {
  const isThis = and(eq(firstLooks.projectId, projectId), lt(firstLooks.settledRun, run));
  const [look] = await tx.select().from(firstLooks).where(isThis).for('update');
  return look;
}

async function settle(
  tx: Tx,
  look: FirstLookRow | undefined,
  run: number,
  values: Partial<typeof firstLooks.$inferInsert>,
): Promise<void> {
  if (!look) return;
  await tx
    .update(firstLooks)
    .set({ ...values, settledRun: run })
    .where(eq(firstLooks.projectId, look.projectId));
}

function dropAfter(tx: Tx, services: Pick<Services, 'blobs' | 'log'>, key: string): void {
  tx.afterCommit.push(() => {
    // What stays behind the sweep takes.
    services.blobs.remove(key).catch((error: unknown) => services.log.warn({ err: error }, 'an old index stayed'));
  });
}

/** Nobody has handed a feed in: the shop's own pages are read, where that was wanted. */
export async function pagesInstead(services: Services, projectId: string): Promise<void> {
  await transaction(services, (tx) => services.jobs.enqueue(tx, websiteJob, { subjectId: projectId }));
}

/** At every start: what a crash left behind is built anew. */
export async function buildsLeft(services: Services): Promise<void> {
  const left = await services.db
    .select({ id: firstLooks.projectId })
    .from(firstLooks)
    .where(lt(firstLooks.settledRun, firstLooks.run));
  for (const { id } of left) {
    await transaction(services, (tx) => services.jobs.enqueue(tx, buildJob, { subjectId: id }));
  }
}
