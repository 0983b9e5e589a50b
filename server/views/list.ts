import type {
  Health,
  integrationColumns,
  integrationGroups,
  integrationLayouts,
  integrationSorts,
  sortDirections,
  timelineZooms,
} from '../../drizzle/schema/index.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import type { Court } from '../tasks/queries.ts';

export type SortKey = (typeof integrationSorts)[number];
export type SortDirection = (typeof sortDirections)[number];
export type GroupBy = (typeof integrationGroups)[number];
export type Layout = (typeof integrationLayouts)[number];
export type Zoom = (typeof timelineZooms)[number];
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

/** One line of the overview, with what was remembered of how it stands. */
export type Integration = {
  project: ProjectSeen;
  accountName: string;
  pmName: string;
  health: Health | null;
  court: Court;
  courtSince: Date | null;
  progress: { done: number; total: number };
  /** The phase that it is in; null when all is done, and when there is none. */
  phaseName: string | null;
  lastClientActivityAt: Date | null;
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

type GroupRow = { rank: number; name: string; value: string | null; count: number };

/** A group of the list as SQL counted it; its value is what all in it have in common. */
export function groupOf({ rank, name, value, count: counted }: GroupRow, groupBy: GroupBy): GroupCount {
  const isBy = <V>(wanted: GroupBy) => (groupBy === wanted ? (value as V | null) : null);
  return {
    key: `${rank}.${groupBy === 'PM' ? value : name}`,
    count: counted,
    pmId: isBy<string>('PM'),
    health: isBy<NonNullable<GroupCount['health']>>('HEALTH'),
    court: isBy<NonNullable<GroupCount['court']>>('COURT'),
    platform: isBy<NonNullable<GroupCount['platform']>>('PLATFORM'),
    phase: isBy<string>('PHASE'),
  };
}
