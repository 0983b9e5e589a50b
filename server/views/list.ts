import {
  type Health,
  healths,
  type integrationColumns,
  type integrationGroups,
  type integrationSorts,
  platforms,
  type sortDirections,
} from '../../drizzle/schema/index.ts';
import { cursorOf, parseCursor } from '../platform/graphql/connection.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import type { Court } from '../tasks/queries.ts';
import { words } from '../words/en.ts';

export type SortKey = (typeof integrationSorts)[number];
export type SortDirection = (typeof sortDirections)[number];
export type GroupBy = (typeof integrationGroups)[number];
export type Column = (typeof integrationColumns)[number];
export type Sort = { by: SortKey; direction: SortDirection };

/** What is shown; null or left out does not restrict. */
export type Filter = {
  states?: ProjectSeen['state'][] | null;
  pmIds?: string[] | null;
  platforms?: ProjectSeen['platform'][] | null;
  products?: ProjectSeen['products'] | null;
  healths?: Health[] | null;
  courts?: Court[] | null;
  phase?: string | null;
  text?: string | null;
  targetFrom?: string | null;
  targetTo?: string | null;
  isMine?: boolean | null;
  hasReview?: boolean | null;
};

/** One line of the overview, with all that it can be filtered, sorted and grouped by. */
export type Integration = {
  project: ProjectSeen;
  accountName: string;
  pmName: string;
  health: Health | null;
  court: Court;
  courtSince: Date | null;
  progress: { done: number; total: number };
  /** The phase that it is in; null when all is done, and when there is none. */
  phase: { name: string; index: number } | null;
  hasReview: boolean;
  lastClientActivityAt: Date | null;
  revenueMinor: number;
};

export type GroupCount = {
  key: string;
  count: number;
  pmId: string | null;
  health: Health | null;
  court: Court | null;
  platform: ProjectSeen['platform'] | null;
  phase: string | null;
};

export const plainSort: Sort = { by: 'TARGET', direction: 'ASCENDING' };

/** What SQL cannot know: what is computed from a project's tasks. */
export function passes(row: Integration, { healths, courts, phase, hasReview }: Filter): boolean {
  return (
    (!healths || (row.health !== null && healths.includes(row.health))) &&
    (!courts || courts.includes(row.court)) &&
    (!phase || row.phase?.name === phase) &&
    (!hasReview || row.hasReview)
  );
}

/** Where a row stands: its group, whether it has what is sorted by, that, and its id. Compared from left to right. */
type Place = [groupRank: number, groupName: string, isWithout: number, value: string | number, id: string];

const names = new Intl.Collator('en');
const courtOrder: readonly Court[] = ['CLIENT', 'COMPANY', 'THIRD_PARTY', 'NOBODY'];

const sortValue: Record<SortKey, (row: Integration) => string | number | null> = {
  CLIENT: (row) => row.accountName,
  TARGET: (row) => row.project.targetOn,
  COURT_SINCE: (row) => row.courtSince?.getTime() ?? null,
  HEALTH: (row) => (row.health === null ? null : -healths.indexOf(row.health)),
  PROGRESS: (row) => (row.progress.total === 0 ? null : row.progress.done / row.progress.total),
  PM: (row) => row.pmName,
  LAST_CLIENT_ACTIVITY: (row) => row.lastClientActivityAt?.getTime() ?? null,
  REVENUE: (row) => row.revenueMinor,
};
const isText: Record<SortKey, boolean> = {
  CLIENT: true,
  TARGET: true,
  COURT_SINCE: false,
  HEALTH: false,
  PROGRESS: false,
  PM: true,
  LAST_CLIENT_ACTIVITY: false,
  REVENUE: false,
};

type Order = { sort: Sort; groupBy: GroupBy | null };

/** Puts rows into their groups and order, and cuts the page behind a cursor out of them. */
export function pageOfRows(rows: Integration[], order: Order, first: number, after: string | null) {
  const placeOf = placesIn(rows, order);
  const placed = rows.map((row) => ({ row, place: placeOf(row) })).sort((a, b) => compare(order, a.place, b.place));
  const cursor = placeFromCursor(after, order);
  const beyond = cursor ? placed.filter(({ place }) => compare(order, place, cursor) > 0) : placed;
  const kept = beyond.slice(0, first);
  return {
    rows: kept.map(({ row }) => row),
    cursors: kept.map(({ place }) => cursorOf(tagOf(order), ...place)),
    hasNextPage: beyond.length > first,
    hasPreviousPage: cursor !== null,
    groups: order.groupBy ? groupsOf(placed, order.groupBy) : [],
    totalCount: rows.length,
  };
}

/** Says for which order a cursor was made: in another it points nowhere. */
const tagOf = ({ sort, groupBy }: Order) => `${sort.by}.${sort.direction}.${groupBy ?? ''}`;

function placesIn(rows: readonly Integration[], { sort, groupBy }: Order): (row: Integration) => Place {
  const rank = groupBy ? rankIn(rows, groupBy) : () => 0;
  return (row) => {
    const value = sortValue[sort.by](row);
    const nothing = isText[sort.by] ? '' : 0;
    const group = groupBy ? groupName(row, groupBy) : '';
    return [rank(row), group, value === null ? 1 : 0, value ?? nothing, row.project.id];
  };
}

function compare({ sort, groupBy }: Order, a: Place, b: Place): number {
  const turn = sort.direction === 'ASCENDING' ? 1 : -1;
  return (
    a[0] - b[0] ||
    (groupBy ? names.compare(a[1], b[1]) : 0) ||
    a[2] - b[2] ||
    turn * compareValues(a[3], b[3]) ||
    (a[4] < b[4] ? -1 : a[4] > b[4] ? 1 : 0)
  );
}

function compareValues(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : names.compare(String(a), String(b));
}

function placeFromCursor(after: string | null, order: Order): Place | null {
  const shape = [
    'string',
    'number',
    'string',
    'number',
    isText[order.sort.by] ? 'string' : 'number',
    'string',
  ] as const;
  const parsed: (string | number)[] | null = parseCursor(after, shape);
  if (parsed === null) return null;
  const [tag, ...place] = parsed;
  if (tag !== tagOf(order)) throw new ApiError('BAD_USER_INPUT', words.graphql.badCursor());
  return place as Place;
}

/** The order of the groups: that of the enum or the road; people and what has no group by name, behind it. */
function rankIn(rows: readonly Integration[], groupBy: GroupBy): (row: Integration) => number {
  switch (groupBy) {
    case 'PM':
      return () => 0;
    case 'HEALTH':
      return (row) => (row.health === null ? healths.length : healths.length - 1 - healths.indexOf(row.health));
    case 'COURT':
      return (row) => courtOrder.indexOf(row.court);
    case 'PLATFORM':
      return (row) => platforms.indexOf(row.project.platform);
    case 'PHASE': {
      // Roads differ: a name stands where it stands first.
      const firstAt = new Map<string, number>();
      for (const { phase } of rows) {
        if (phase) firstAt.set(phase.name, Math.min(phase.index, firstAt.get(phase.name) ?? phase.index));
      }
      return (row) => (row.phase ? (firstAt.get(row.phase.name) ?? 0) : Number.MAX_SAFE_INTEGER);
    }
  }
}

/** Two rows of one group have the same name here, and of two groups of one rank another. */
function groupName(row: Integration, groupBy: GroupBy): string {
  if (groupBy === 'PM') return `${row.pmName}\n${row.project.pmId}`;
  if (groupBy === 'PHASE') return row.phase?.name ?? '';
  return '';
}

function groupsOf(placed: readonly { row: Integration; place: Place }[], groupBy: GroupBy): GroupCount[] {
  const groups: GroupCount[] = [];
  for (const { row, place } of placed) {
    const key = `${place[0]}.${groupBy === 'PM' ? row.project.pmId : place[1]}`;
    const open = groups.at(-1);
    if (open?.key === key) open.count += 1;
    else {
      groups.push({
        key,
        count: 1,
        pmId: groupBy === 'PM' ? row.project.pmId : null,
        health: groupBy === 'HEALTH' ? row.health : null,
        court: groupBy === 'COURT' ? row.court : null,
        platform: groupBy === 'PLATFORM' ? row.project.platform : null,
        phase: groupBy === 'PHASE' ? (row.phase?.name ?? null) : null,
      });
    }
  }
  return groups;
}
