import { and, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import { accounts, firstLooks, projects } from '../../../drizzle/schema/index.ts';
import type { NewEvent } from '../../events.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { checkMay } from '../../projects/commands.ts';
import { projectLoader } from '../../projects/queries.ts';
import { buildWanted, websiteJob } from '../run/commands.ts';
import { isNobodys } from './shop.ts';

/*
 * When a shop's own pages are read: as soon as its project begins, when its address changes, and when somebody asks. Never
 * where there is a feed: that is the client's own word.
 */
type Wanting = Pick<Services, 'jobs' | 'config'>;

/** Enough for whoever mends a robots.txt and tries; too few to make us somebody's hammer. */
const triesAskedFor = { name: 'firstLook.retry', points: 6, seconds: 3_600 };

/** What a transaction did to projects and addresses: their pages are wanted, by the same transaction. */
export async function websiteNotice(tx: Tx, services: Wanting, events: readonly NewEvent[]): Promise<void> {
  if (services.config.websitePages === 0) return;
  const projectIds = events.flatMap(({ kind, subjectId }) =>
    kind === 'project.created' || kind === 'project.activated' ? [subjectId] : [],
  );
  const accountIds = events.flatMap((event) => {
    const isMoved =
      event.kind === 'account.edited' && event.revision?.before?.website !== event.revision?.after?.website;
    return isMoved ? [event.subjectId] : [];
  });
  if (projectIds.length === 0 && accountIds.length === 0) return;
  const isMeant = or(inArray(projects.id, projectIds), inArray(projects.accountId, accountIds));
  for (const id of await withoutFeed(tx, isMeant)) await websiteWanted(tx, services, id);
}

/** At every start: projects that began before pages were read. */
export async function websitesNew(services: Services): Promise<void> {
  if (services.config.websitePages === 0) return;
  await transaction(services, async (tx) => {
    for (const id of await withoutFeed(tx, isNull(firstLooks.projectId))) await websiteWanted(tx, services, id);
  });
}

/** Projects under way whose shop somebody may be at, and whose look is not made of a feed. */
async function withoutFeed(tx: Tx, which: ReturnType<typeof or>): Promise<string[]> {
  const rows = await tx
    .select({ id: projects.id, website: accounts.website })
    .from(projects)
    .innerJoin(accounts, eq(accounts.id, projects.accountId))
    .leftJoin(firstLooks, eq(firstLooks.projectId, projects.id))
    .where(
      and(
        which,
        inArray(projects.state, ['ACTIVE', 'ON_HOLD', 'LIVE']),
        or(isNull(firstLooks.source), eq(firstLooks.source, 'WEBSITE')),
      ),
    );
  return rows.filter(({ website }) => !isNobodys(website)).map(({ id }) => id);
}

function websiteWanted(tx: Tx, services: Pick<Services, 'jobs'>, projectId: string): Promise<void> {
  return buildWanted(tx, services, projectId, { job: websiteJob, source: 'WEBSITE' });
}

export type WebsiteBegun = { projectId: string; run: number; website: string };

/** What is to be read; null when nothing is wanted any more. */
export async function websiteBegin(services: Services, projectId: string): Promise<WebsiteBegun | null> {
  const [found] = await services.db
    .select({ run: firstLooks.run, website: accounts.website })
    .from(firstLooks)
    .innerJoin(projects, eq(projects.id, firstLooks.projectId))
    .innerJoin(accounts, eq(accounts.id, projects.accountId))
    .where(
      and(
        eq(firstLooks.projectId, projectId),
        eq(firstLooks.source, 'WEBSITE'),
        lt(firstLooks.settledRun, firstLooks.run),
      ),
    );
  return found ? { ...found, projectId } : null;
}

/** Our own name servers said nothing: once more, later. */
export async function websiteLater(services: Services, projectId: string, waitMs: number): Promise<void> {
  const at = new Date(services.clock.now().getTime() + waitMs);
  await transaction(services, (tx) => services.jobs.due(tx, websiteJob, projectId, at));
}

/** Somebody wants it made again: of the feed where there is one, else of the shop's pages. */
export async function firstLookRetry(ctx: Ctx, projectId: string): Promise<Committed<{ projectId: string }>> {
  const project = await projectLoader(ctx).load(projectId);
  if (!project) throw new ApiError('NOT_FOUND');
  checkMay(ctx, 'firstLook.suggest', project);
  const seconds = await ctx.limits.take(triesAskedFor, project.id);
  if (seconds !== null) throw new ActError('TOO_OFTEN', { params: { minutes: Math.ceil(seconds / 60) } });
  return transaction(ctx, async (tx) => {
    const [look] = await tx.select().from(firstLooks).where(eq(firstLooks.projectId, project.id)).for('update');
    // One that is under way answers whoever asks meanwhile.
    if (look && look.settledRun < look.run) return { projectId: project.id };
    if (look?.source === 'FEED') await buildWanted(tx, ctx, project.id);
    else await websiteWanted(tx, ctx, project.id);
    return { projectId: project.id };
  });
}
