import {
  and,
  arrayOverlaps,
  asc,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  lte,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';
import {
  accounts,
  defaultViews,
  firstLooks,
  people,
  phases,
  projectPositions,
  projectStaff,
  projectStandings,
  projects,
  savedViews,
  tasks,
} from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { seesTasks, standingsFresh } from '../plan/standings/queries.ts';
import { companyHeadOnce } from '../platform/events/feed.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { projectLoader, projectSeen, readableBy } from '../projects/queries.ts';
import { words } from '../words/en.ts';
import { type Column, type Filter, type GroupBy, type Integration, plainSort, type Sort } from './list.ts';
import { groupsOfPlaces, type Order, pageOfPlaces } from './order.ts';

export type { Column, Filter, GroupBy, Integration, Layout, Sort, Zoom } from './list.ts';

/** So many values of one filter, and characters of its text, are looked at. */
const maxValues = 100;
const maxText = 200;

export type ListInput = {
  filter: Filter | null;
  sort: Sort | null;
  groupBy: GroupBy | null;
  /** At most so many of each group; null: all. */
  perGroup: number | null;
};

/** A column of a board shows no more. */
const maxPerGroup = 50;

/**
 * The ids of the integrations that a filter lets through, in their order and groups; `first` null: all of them. How a
 * project stands is remembered in a row of its own, and what does not hold any more is computed first: so this takes as
 * long for a project as for thousands, in as many statements.
 */
export async function integrationIds(
  ctx: Ctx,
  input: ListInput,
  first: number | null,
  after: string | null,
  offset = 0,
) {
  // To a client there is no overview: what it could be asked for is nothing to be refused one by one.
  if (!can(ctx.viewer, 'overview.read', null)) throw new ApiError('NOT_FOUND');
  const filter = input.filter ?? {};
  checkFilter(filter);
  const { groupBy, perGroup } = input;
  if (perGroup !== null && (perGroup < 1 || perGroup > maxPerGroup)) {
    throw new ApiError('BAD_USER_INPUT', words.graphql.pageSize({ max: maxPerGroup }));
  }
  const order: Order = { sort: input.sort ?? plainSort, groupBy, perGroup };
  if (asksOfTasks(filter, order) && !seesTasks(ctx.viewer)) throw new ApiError('FORBIDDEN');
  // The order of a hidden figure tells the figure.
  if (order.sort.by === 'REVENUE' && !can(ctx.viewer, 'overview.readMoney', null)) throw new ApiError('FORBIDDEN');
  await standingsFresh(ctx);
  const where = and(readableBy(ctx), ...conditions(ctx, filter));
  const [page, counts] = await Promise.all([
    pageOfPlaces(ctx, where, order, first, { after, offset }),
    groupsOfPlaces(ctx, where, order),
  ]);
  return { ...page, ...counts };
}

/** No list is longer. */
const maxOffset = 1_000_000;

/** A page of the overview: what stands behind a cursor, or from a place on, for whoever scrolls into the middle. */
export async function integrationsPage(
  ctx: Ctx,
  input: ListInput,
  first: number,
  { after, offset }: { after: string | null; offset: number },
) {
  if (offset < 0 || offset > maxOffset) throw new ApiError('BAD_USER_INPUT', words.graphql.offset({ max: maxOffset }));
  if (can(ctx.viewer, 'overview.read', null)) await companyHeadOnce(ctx);
  const page = await integrationIds(ctx, input, first, after, offset);
  const found = await projectLoader(ctx).loadMany(page.ids);
  const edges = found.flatMap((node, i) => (node && 'id' in node ? [{ node, cursor: page.cursors[i] ?? '' }] : []));
  return {
    nodes: edges.map(({ node }) => node),
    edges,
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

/** Integrations as lines, in the order of the ids. The caller has the ids from `integrationIds`. */
export async function integrationsById(ctx: Ctx, ids: readonly string[]): Promise<Integration[]> {
  const rows = await ctx.db
    .select({
      projects,
      project_positions: projectPositions,
      standing: projectStandings,
      accountName: accounts.name,
      pmName: people.name,
      lastClientActivityAt: projectStaff.lastClientActivityAt,
    })
    .from(projects)
    .innerJoin(projectPositions, eq(projectPositions.projectId, projects.id))
    .innerJoin(projectStandings, eq(projectStandings.projectId, projects.id))
    .innerJoin(projectStaff, eq(projectStaff.projectId, projects.id))
    .innerJoin(accounts, eq(accounts.id, projects.accountId))
    .innerJoin(people, eq(people.id, projects.pmId))
    .where(inArray(projects.id, [...ids]));
  const lines = rows.flatMap(({ standing, accountName, pmName, lastClientActivityAt, ...row }) => {
    const project = projectSeen(ctx, row);
    if (!project) return [];
    projectLoader(ctx).prime(project.id, project);
    const { health, court, courtSince, doneCount, totalCount, phaseName } = standing;
    const progress = { done: doneCount, total: totalCount };
    const line = { project, accountName, pmName, lastClientActivityAt, health, court, courtSince, progress };
    return [{ ...line, phaseName }];
  });
  return byKey(ids, lines, ({ project }) => project.id).flatMap((line) => line ?? []);
}

/** What depends on tasks is not to be had through a filter or an order by whoever may not read tasks. */
function asksOfTasks({ healths, courts, phase, hasReview }: Filter, { sort, groupBy }: Order): boolean {
  const isOrder = [sort.by, groupBy ?? ''].some((by) =>
    ['HEALTH', 'COURT_SINCE', 'COURT', 'PROGRESS', 'PHASE'].includes(by),
  );
  return isOrder || Boolean(healths ?? courts ?? phase ?? hasReview);
}

function checkFilter(filter: Filter): void {
  const isLong = Object.values(filter).some((value) => Array.isArray(value) && value.length > maxValues);
  const text = filter.text ?? '';
  const phase = filter.phase ?? '';
  if (isLong || text.length > maxText || phase.length > maxText) {
    throw new ApiError('BAD_USER_INPUT', words.graphql.filterTooLong({ values: maxValues, characters: maxText }));
  }
}

function conditions(ctx: Ctx, filter: Filter) {
  const { states, pmIds, platforms, products, healths, courts, phase, hasReview } = filter;
  const { text, targetFrom, targetTo, isMine } = filter;
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
    healths ? inArray(projectStandings.health, healths) : undefined,
    courts ? inArray(projectStandings.court, courts) : undefined,
    phase ? eq(projectStandings.phaseName, phase) : undefined,
    hasReview ? gt(projectStandings.inReviewCount, 0) : undefined,
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
  const pmKey = sql`lower(unaccent(${people.name})) collate "C"`;
  const [pms, road] = await Promise.all([
    ctx.db
      .selectDistinct({ id: projects.pmId, key: pmKey })
      .from(projects)
      .innerJoin(people, eq(people.id, projects.pmId))
      .where(readableBy(ctx))
      .orderBy(pmKey, asc(projects.pmId)),
    ctx.db
      .select({ name: phases.name })
      .from(phases)
      .innerJoin(projects, eq(projects.id, phases.projectId))
      .where(readableBy(ctx))
      .groupBy(phases.name)
      .orderBy(sql`min(${phases.index})`, asc(phases.name)),
  ]);
  const hasMoney = can(ctx.viewer, 'overview.readMoney', null);
  return { pmIds: pms.map(({ id }) => id), phases: road.map(({ name }) => name), hasMoney };
}

type ViewRow = typeof savedViews.$inferSelect;
export type ViewSeen = Pick<
  ViewRow,
  'id' | 'revision' | 'ownerId' | 'name' | 'isShared' | 'groupBy' | 'layout' | 'zoom'
> & {
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
  const { id, revision, ownerId, name, isShared, groupBy, layout, zoom, sortBy, sortDirection, columns } = view;
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
    layout,
    zoom,
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
