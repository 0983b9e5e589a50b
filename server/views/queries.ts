import { and, arrayOverlaps, asc, eq, exists, gte, inArray, isNotNull, lte, notInArray, or, sql } from 'drizzle-orm';
import {
  accounts,
  defaultViews,
  firstLooks,
  people,
  phases,
  projectPositions,
  projectStaff,
  projects,
  savedViews,
  tasks,
} from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import type { Viewer } from '../access/viewer.ts';
import { healthLoader, type SlimTask, slimTasksLoader } from '../plan/queries.ts';
import { companyHeadOnce } from '../platform/events/feed.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import {
  type ProjectSeen,
  phasesOfProjectLoader,
  projectLoader,
  projectSeen,
  readableBy,
} from '../projects/queries.ts';
import { courtOfProject, isUnderWay } from '../tasks/queries.ts';
import { words } from '../words/en.ts';
import {
  type Column,
  type Filter,
  type GroupBy,
  type Integration,
  pageOfRows,
  passes,
  plainSort,
  type Sort,
} from './list.ts';

export type { Column, Filter, GroupBy, Integration, Sort } from './list.ts';

/** So many values of one filter, and characters of its text, are looked at. */
const maxValues = 100;
const maxText = 200;

export type ListInput = { filter: Filter | null; sort: Sort | null; groupBy: GroupBy | null };

/**
 * The lines of the overview that a filter lets through, with all that they can be sorted and grouped by, in as many
 * statements whatever their number. Health and court depend on every open task and on the day, so they are computed
 * here from slim rows instead of being kept in a column that would be wrong after midnight.
 */
export async function integrations(ctx: Ctx, { filter, sort }: Pick<ListInput, 'filter' | 'sort'>) {
  // To a client there is no overview: what it could be asked for is nothing to be refused one by one.
  if (!can(ctx.viewer, 'overview.read', null)) throw new ApiError('NOT_FOUND');
  checkFilter(filter ?? {});
  const rows = await ctx.db
    .select({
      projects,
      project_positions: projectPositions,
      accountName: accounts.name,
      pmName: people.name,
      revenueMinor: projectStaff.revenueMinor,
      lastClientActivityAt: projectStaff.lastClientActivityAt,
    })
    .from(projects)
    .innerJoin(projectPositions, eq(projectPositions.projectId, projects.id))
    .innerJoin(projectStaff, eq(projectStaff.projectId, projects.id))
    .innerJoin(accounts, eq(accounts.id, projects.accountId))
    .innerJoin(people, eq(people.id, projects.pmId))
    .where(and(readableBy(ctx), ...conditions(ctx, filter ?? {})));
  const seen = rows.flatMap(({ accountName, pmName, revenueMinor, lastClientActivityAt, ...row }) => {
    const project = projectSeen(ctx, row);
    return project ? [{ project, accountName, pmName, revenueMinor, lastClientActivityAt }] : [];
  });
  // The order of a hidden figure tells the figure.
  if (sort?.by === 'REVENUE' && !hasMoney(ctx.viewer, seen)) throw new ApiError('FORBIDDEN');
  for (const { project } of seen) projectLoader(ctx).prime(project.id, project);
  const whole = await Promise.all(seen.map((row) => integration(ctx, row)));
  return whole.filter((row) => passes(row, filter ?? {}));
}

/** A page of the overview. */
export async function integrationsPage(ctx: Ctx, input: ListInput, first: number, after: string | null) {
  if (can(ctx.viewer, 'overview.read', null)) await companyHeadOnce(ctx);
  const rows = await integrations(ctx, input);
  const page = pageOfRows(rows, { sort: input.sort ?? plainSort, groupBy: input.groupBy }, first, after);
  const nodes = page.rows.map(({ project }) => project);
  return {
    nodes,
    edges: nodes.map((node, i) => ({ node, cursor: page.cursors[i] ?? '' })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: page.cursors[0] ?? null,
      endCursor: page.cursors.at(-1) ?? null,
    },
    totalCount: page.totalCount,
    groups: page.groups,
  };
}

/** Whether the viewer may see what every one of these projects brings. */
export function hasMoney(viewer: Viewer, rows: readonly { project: ProjectSeen }[]): boolean {
  return rows.every(({ project }) => can(viewer, 'project.readMoney', project));
}

type Row = Pick<Integration, 'project' | 'accountName' | 'pmName' | 'revenueMinor' | 'lastClientActivityAt'>;

async function integration(ctx: Ctx, row: Row): Promise<Integration> {
  const { id } = row.project;
  const [ofProject, road, health] = await Promise.all([
    slimTasksLoader(ctx).load(id),
    phasesOfProjectLoader(ctx).load(id),
    healthLoader(ctx).load(id),
  ]);
  const { court, since } = courtOfProject(isUnderWay(row.project), ofProject);
  const counted = ofProject.filter((task) => task.state !== 'CANCELLED');
  const current = road.find((phase) => counted.some((task) => task.phaseId === phase.id && !isDone(task)));
  return {
    ...row,
    health: health?.state ?? null,
    court,
    courtSince: since,
    progress: { done: counted.filter(isDone).length, total: counted.length },
    phase: current ? { name: current.name, index: current.index } : null,
    hasReview: ofProject.some((task) => task.state === 'IN_REVIEW'),
  };
}

const isDone = (task: SlimTask) => task.state === 'DONE' || task.state === 'WAIVED';

function checkFilter(filter: Filter): void {
  const isLong = Object.values(filter).some((value) => Array.isArray(value) && value.length > maxValues);
  const text = filter.text ?? '';
  const phase = filter.phase ?? '';
  if (isLong || text.length > maxText || phase.length > maxText) {
    throw new ApiError('BAD_USER_INPUT', words.graphql.filterTooLong({ values: maxValues, characters: maxText }));
  }
}

/** What of a filter SQL can know. */
function conditions(ctx: Ctx, filter: Filter) {
  const { states, pmIds, platforms, products, text, targetFrom, targetTo, isMine } = filter;
  const wanted = text?.trim().toLowerCase();
  return [
    states ? inArray(projects.state, states) : undefined,
    pmIds ? inArray(projects.pmId, uuids(pmIds)) : undefined,
    platforms ? inArray(projects.platform, platforms) : undefined,
    products?.length ? arrayOverlaps(projects.products, products) : products ? sql`false` : undefined,
    // Not LIKE: what people write is meant as written.
    wanted
      ? or(
          sql`position(${wanted} in lower(${accounts.name})) > 0`,
          sql`position(${wanted} in lower(${projects.name})) > 0`,
        )
      : undefined,
    targetFrom ? gte(projects.targetOn, targetFrom) : undefined,
    targetTo ? lte(projects.targetOn, targetTo) : undefined,
    isMine ? or(eq(projects.pmId, ctx.viewer.personId), hasOwnTask(ctx)) : undefined,
  ];
}

function hasOwnTask(ctx: Ctx) {
  const own = and(
    eq(tasks.projectId, projects.id),
    eq(tasks.assigneeId, ctx.viewer.personId),
    notInArray(tasks.state, ['DONE', 'WAIVED', 'CANCELLED']),
  );
  return exists(ctx.db.select({ one: sql`1` }).from(tasks).where(own));
}

export type OptionsSeen = { pmIds: string[]; phases: string[]; hasMoney: boolean };

/** Whom and which phases the overview can be filtered by; null for clients. */
export async function integrationOptions(ctx: Ctx): Promise<OptionsSeen | null> {
  if (!can(ctx.viewer, 'overview.read', null)) return null;
  const rows = await ctx.db
    .select({ projects, project_positions: projectPositions, pmName: people.name })
    .from(projects)
    .innerJoin(projectPositions, eq(projectPositions.projectId, projects.id))
    .innerJoin(people, eq(people.id, projects.pmId))
    .where(readableBy(ctx))
    .orderBy(asc(people.name));
  const seen = rows.flatMap((row) => projectSeen(ctx, row) ?? []);
  const road = await ctx.db
    .select({ name: phases.name, index: sql<number>`min(${phases.index})` })
    .from(phases)
    .where(
      inArray(
        phases.projectId,
        seen.map(({ id }) => id),
      ),
    )
    .groupBy(phases.name)
    .orderBy(sql`min(${phases.index})`, asc(phases.name));
  return {
    pmIds: [...new Set(seen.map(({ pmId }) => pmId))],
    phases: road.map(({ name }) => name),
    hasMoney: hasMoney(
      ctx.viewer,
      seen.map((project) => ({ project })),
    ),
  };
}

type ViewRow = typeof savedViews.$inferSelect;
export type ViewSeen = Pick<ViewRow, 'id' | 'revision' | 'ownerId' | 'name' | 'isShared' | 'groupBy'> & {
  isDefault: boolean;
  viewerCanEdit: boolean;
  filter: Filter;
  sort: Sort;
  columns: Column[];
};

type ViewRead = { view: ViewRow; isDefault: boolean; ownerRemovedAt: Date | null };

/** What a viewer sees of a view's row; null when it is not theirs and not shared, and for everybody but staff. */
export function viewSeen({ viewer }: Pick<Ctx, 'viewer'>, { view, isDefault, ownerRemovedAt }: ViewRead) {
  const isOwn = view.ownerId === viewer.personId;
  if (!can(viewer, 'overview.read', null) || !(isOwn || view.isShared)) return null;
  const { id, revision, ownerId, name, isShared, groupBy, sortBy, sortDirection, columns } = view;
  const { states, pmIds, platforms, products, healths, courts, phase, text, targetFrom, targetTo } = view;
  const { isMine, hasReview } = view;
  return {
    id,
    revision,
    ownerId,
    name,
    isShared,
    isDefault,
    // A shared view whose owner left would otherwise stand there for ever.
    viewerCanEdit: (isOwn || ownerRemovedAt !== null) && can(viewer, 'view.save', null),
    filter: {
      ...{ states, pmIds, platforms, products, healths, courts, phase, text, targetFrom, targetTo },
      isMine: isMine || null,
      hasReview: hasReview || null,
    },
    sort: { by: sortBy, direction: sortDirection },
    groupBy,
    columns,
  } satisfies ViewSeen;
}

function selectViews(ctx: Ctx) {
  return ctx.db
    .select({
      view: savedViews,
      isDefault: isNotNull(defaultViews.viewId).mapWith(Boolean),
      ownerRemovedAt: people.removedAt,
    })
    .from(savedViews)
    .innerJoin(people, eq(people.id, savedViews.ownerId))
    .leftJoin(
      defaultViews,
      and(eq(defaultViews.viewId, savedViews.id), eq(defaultViews.personId, ctx.viewer.personId)),
    );
}

/** The viewer's own views and those that colleagues share, by name. */
export async function savedViewsOf(ctx: Ctx): Promise<ViewSeen[]> {
  if (!can(ctx.viewer, 'overview.read', null)) return [];
  const rows = await selectViews(ctx)
    .where(or(eq(savedViews.ownerId, ctx.viewer.personId), eq(savedViews.isShared, true)))
    .orderBy(asc(sql`lower(${savedViews.name})`), asc(savedViews.id));
  return rows.flatMap((row) => viewSeen(ctx, row) ?? []);
}

/** Views by id; null for one that is missing or not to be known, which look alike. */
export function savedViewLoader(ctx: Ctx) {
  return loaderOf<string, ViewSeen | null>(ctx, 'views.byId', async (ids) => {
    const rows = await selectViews(ctx).where(inArray(savedViews.id, uuids(ids)));
    const readable = rows.flatMap((row) => viewSeen(ctx, row) ?? []);
    return byKey(ids, readable, (view) => view.id);
  });
}

/** When there was something of the client's own to look at for the first time, by a project that the viewer was let to see. */
export function firstLookAtLoader(ctx: Ctx) {
  return loaderOf<string, Date | null>(ctx, 'views.firstLookAt', async (projectIds) => {
    const rows = await ctx.db
      .select({ projectId: firstLooks.projectId, at: firstLooks.firstLookAt })
      .from(firstLooks)
      .where(inArray(firstLooks.projectId, [...projectIds]));
    return byKey(projectIds, rows, (row) => row.projectId).map((row) => row?.at ?? null);
  });
}
