import type { EnumOf } from '../../api/graphql.ts';
import { type Platform, type Product, platforms, products } from '../../api/options.ts';

export type Column = EnumOf<'IntegrationColumn'>;
export type SortKey = EnumOf<'IntegrationSortKey'>;
export type Direction = EnumOf<'SortDirection'>;
export type GroupKey = EnumOf<'IntegrationGroupKey'>;
export type Layout = EnumOf<'IntegrationLayout'>;
export type Zoom = EnumOf<'TimelineZoom'>;

/** What is shown; a list is never empty: null does not restrict. */
export type Filter = {
  states: EnumOf<'ProjectState'>[] | null;
  pmIds: string[] | null;
  platforms: Platform[] | null;
  products: Product[] | null;
  healths: EnumOf<'Health'>[] | null;
  courts: EnumOf<'Court'>[] | null;
  phase: string | null;
  text: string | null;
  targetFrom: string | null;
  targetTo: string | null;
  isMine: boolean | null;
  hasReview: boolean | null;
};

/** How the overview is looked at: all that a saved view keeps and that an address says. */
export type Look = {
  filter: Filter;
  sort: { by: SortKey; direction: Direction };
  groupBy: GroupKey | null;
  layout: Layout;
  /** How close, over the days. */
  zoom: Zoom;
  columns: readonly Column[];
};

export const states: readonly EnumOf<'ProjectState'>[] = ['DRAFT', 'ACTIVE', 'ON_HOLD', 'LIVE', 'CLOSED', 'CANCELLED'];
export const healths: readonly EnumOf<'Health'>[] = ['OFF_TRACK', 'AT_RISK', 'ON_TRACK'];
export const courts: readonly EnumOf<'Court'>[] = ['CLIENT', 'COMPANY', 'THIRD_PARTY', 'NOBODY'];
export const columns: readonly Column[] = [
  'PLATFORM',
  'PRODUCTS',
  'PROGRESS',
  'HEALTH',
  'COURT',
  'NEXT_DUE',
  'TARGET',
  'FIRST_LOOK',
  'LAST_CLIENT_ACTIVITY',
  'REVENUE',
  'UNREAD',
  'PM',
];
export const sortKeys: readonly SortKey[] = [
  'TARGET',
  'CLIENT',
  'HEALTH',
  'COURT_SINCE',
  'PROGRESS',
  'PM',
  'LAST_CLIENT_ACTIVITY',
  'REVENUE',
];
export const groupKeys: readonly GroupKey[] = ['PM', 'HEALTH', 'COURT', 'PLATFORM', 'PHASE'];
export const layouts: readonly Layout[] = ['TABLE', 'BOARD', 'TIMELINE'];
export const zooms: readonly Zoom[] = ['WEEK', 'MONTH', 'QUARTER'];
const directions: readonly Direction[] = ['ASCENDING', 'DESCENDING'];

/** What fits a laptop's window; the others are a press away. */
export const plainColumns = columns.filter((column) => column !== 'REVENUE');

const unrestricted: Filter = {
  states: null,
  pmIds: null,
  platforms: null,
  products: null,
  healths: null,
  courts: null,
  phase: null,
  text: null,
  targetFrom: null,
  targetTo: null,
  isMine: null,
  hasReview: null,
};

/** Everything, by target date. */
export const plainLook: Look = {
  filter: unrestricted,
  sort: { by: 'TARGET', direction: 'ASCENDING' },
  groupBy: null,
  layout: 'TABLE',
  zoom: 'MONTH',
  columns: plainColumns,
};

/** The part of an address that says how the overview is looked at. Lists are joined by commas. */
export type OverviewSearch = {
  /** A saved view; with nothing beside it that view as it is kept. `all`: the plain overview. */
  view?: string;
  q?: string;
  state?: string;
  pm?: string;
  platform?: string;
  product?: string;
  health?: string;
  court?: string;
  phase?: string;
  from?: string;
  to?: string;
  mine?: 1;
  review?: 1;
  sort?: SortKey;
  dir?: Direction;
  group?: GroupKey;
  as?: Layout;
  zoom?: Zoom;
  cols?: string;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Takes out of an address what it can mean, and leaves the rest. */
export function parseSearch(raw: Record<string, unknown>): OverviewSearch {
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === 'string' || typeof value === 'number'
      ? String(value).slice(0, 200) || undefined
      : undefined;
  };
  const list = (name: string, known: readonly string[]) => joined(listOf(text(name), known));
  const one = <V extends string>(name: string, known: readonly V[]) => known.find((value) => value === raw[name]);
  const flag = (name: string) => (raw[name] === 1 || raw[name] === '1' ? (1 as const) : undefined);
  const view = text('view');
  return tidy({
    view: view === 'all' || (view && uuid.test(view)) ? view : undefined,
    q: text('q'),
    state: list('state', states),
    pm: joined(
      text('pm')
        ?.split(',')
        .filter((id) => uuid.test(id)) ?? null,
    ),
    platform: list('platform', platforms),
    product: list('product', products),
    health: list('health', healths),
    court: list('court', courts),
    phase: text('phase'),
    from: day.test(text('from') ?? '') ? text('from') : undefined,
    to: day.test(text('to') ?? '') ? text('to') : undefined,
    mine: flag('mine'),
    review: flag('review'),
    sort: one('sort', sortKeys),
    dir: one('dir', directions),
    group: one('group', groupKeys),
    as: one('as', layouts),
    zoom: one('zoom', zooms),
    cols: list('cols', columns),
  });
}

/** Whether an address says more than the name of a view. */
export function saysLook({ view: _, ...rest }: OverviewSearch): boolean {
  return Object.values(rest).some((value) => value !== undefined);
}

export function lookOf(search: OverviewSearch): Look {
  return {
    filter: {
      states: listOf(search.state, states),
      pmIds: search.pm?.split(',') ?? null,
      platforms: listOf(search.platform, platforms),
      products: listOf(search.product, products),
      healths: listOf(search.health, healths),
      courts: listOf(search.court, courts),
      phase: search.phase ?? null,
      text: search.q ?? null,
      targetFrom: search.from ?? null,
      targetTo: search.to ?? null,
      isMine: search.mine ? true : null,
      hasReview: search.review ? true : null,
    },
    sort: { by: search.sort ?? plainLook.sort.by, direction: search.dir ?? plainLook.sort.direction },
    groupBy: search.group ?? null,
    layout: search.as ?? 'TABLE',
    zoom: search.zoom ?? plainLook.zoom,
    columns: listOf(search.cols, columns) ?? plainColumns,
  };
}

/** The address of a look, whole: what is as in the plain overview is left out. */
export function searchOf({ filter, sort, groupBy, layout, zoom, columns: shown }: Look): OverviewSearch {
  return tidy({
    q: filter.text ?? undefined,
    state: joined(filter.states),
    pm: joined(filter.pmIds),
    platform: joined(filter.platforms),
    product: joined(filter.products),
    health: joined(filter.healths),
    court: joined(filter.courts),
    phase: filter.phase ?? undefined,
    from: filter.targetFrom ?? undefined,
    to: filter.targetTo ?? undefined,
    mine: filter.isMine ? (1 as const) : undefined,
    review: filter.hasReview ? (1 as const) : undefined,
    sort: sort.by === plainLook.sort.by ? undefined : sort.by,
    dir: sort.direction === plainLook.sort.direction ? undefined : sort.direction,
    group: groupBy ?? undefined,
    as: layout === 'TABLE' ? undefined : layout,
    zoom: layout === 'TIMELINE' && zoom !== plainLook.zoom ? zoom : undefined,
    cols: isSameList(shown, plainColumns) ? undefined : joined([...shown]),
  });
}

/**
 * The address of a look that began as a saved view. The order is always said, so that the address says more than the
 * view's name even where nothing is filtered.
 */
export function searchWithin(view: string, look: Look): OverviewSearch {
  return { view, ...searchOf(look), sort: look.sort.by };
}

export function isSameLook(a: Look, b: Look): boolean {
  return JSON.stringify(searchOf(a)) === JSON.stringify(searchOf(b));
}

export function isFiltered({ filter }: Look): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** The groups that a look stands in: a board has always some. */
export function groupsOf({ layout, groupBy }: Look): GroupKey | null {
  return groupBy ?? (layout === 'BOARD' ? 'PHASE' : null);
}

/** The address of the view as a file: the same words, for the server. A file is always a table. */
export function exportAddress(look: Look, shown: readonly Column[]): string {
  const params = Object.entries({ ...searchOf({ ...look, layout: 'TABLE' }), cols: shown.join(',') }).map(
    ([name, value]) => [name, String(value)] as [string, string],
  );
  return `/exports/integrations.csv?${new URLSearchParams(params)}`;
}

function listOf<V extends string>(text: string | undefined, known: readonly V[]): V[] | null {
  const wanted = text?.split(',') ?? [];
  const found = known.filter((value) => wanted.includes(value));
  return found.length > 0 ? found : null;
}

function joined(values: readonly string[] | null): string | undefined {
  return values && values.length > 0 ? values.join(',') : undefined;
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}

function tidy(search: OverviewSearch): OverviewSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
