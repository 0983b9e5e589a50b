import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type Health,
  integrationColumns,
  integrationGroups,
  integrationLayouts,
  integrationSorts,
  sortDirections,
  timelineZooms,
} from '../../drizzle/schema/index.ts';
import { Person } from '../accounts/types.ts';
import { HealthEnum } from '../plan/types.ts';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { CalendarDate } from '../platform/graphql/scalars.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import { PlatformEnum, ProductEnum, Project, ProjectStateEnum } from '../projects/types.ts';
import type { Court } from '../tasks/queries.ts';
import { CourtEnum } from '../tasks/types.ts';
import type { Column, Filter, GroupBy, GroupCount, Layout, Sort, SortDirection, SortKey, Zoom } from './list.ts';
import type { ViewSeen } from './queries.ts';

const SortEnum = enumOf(integrationSorts);
registerEnumType(SortEnum, {
  name: 'IntegrationSortKey',
  description: 'What integrations are sorted by. What a project has none of comes last, in both directions.',
  valuesConfig: {
    CLIENT: { description: "The account's name." },
    TARGET: { description: 'The target date.' },
    COURT_SINCE: { description: "Since when it is somebody's turn, the longest first." },
    HEALTH: { description: 'From off track to on track.' },
    PROGRESS: { description: 'The share of the road done.' },
    PM: { description: "The project manager's name." },
    LAST_CLIENT_ACTIVITY: { description: 'When a client last did something, the earliest first.' },
    REVENUE: { description: 'Monthly revenue; only for those who may read money.' },
  },
});

const DirectionEnum = enumOf(sortDirections);
registerEnumType(DirectionEnum, {
  name: 'SortDirection',
  description: 'Which end comes first.',
  valuesConfig: { ASCENDING: { description: 'As the key says.' }, DESCENDING: { description: 'The other way.' } },
});

const GroupEnum = enumOf(integrationGroups);
registerEnumType(GroupEnum, {
  name: 'IntegrationGroupKey',
  description: 'What integrations are grouped by.',
  valuesConfig: {
    PM: { description: 'The project manager.' },
    HEALTH: { description: 'Health, the gravest first.' },
    COURT: { description: 'Whose turn it is.' },
    PLATFORM: { description: 'The shop system.' },
    PHASE: { description: 'The phase that they are in.' },
  },
});

const LayoutEnum = enumOf(integrationLayouts);
registerEnumType(LayoutEnum, {
  name: 'IntegrationLayout',
  description: 'How integrations stand on the overview.',
  valuesConfig: {
    TABLE: { description: 'A line each.' },
    BOARD: { description: 'As cards, in a column for each group; by phase when they are not grouped.' },
    TIMELINE: { description: 'A line each, its phases over the days.' },
  },
});

const ZoomEnum = enumOf(timelineZooms);
registerEnumType(ZoomEnum, {
  name: 'TimelineZoom',
  description: 'How close the timeline is looked at.',
  valuesConfig: {
    WEEK: { description: 'Week by week.' },
    MONTH: { description: 'Month by month.' },
    QUARTER: { description: 'Quarter by quarter.' },
  },
});

const ColumnEnum = enumOf(integrationColumns);
registerEnumType(ColumnEnum, {
  name: 'IntegrationColumn',
  description: "A column of the overview beside the client's name.",
  valuesConfig: {
    PLATFORM: { description: 'The shop system.' },
    PRODUCTS: { description: 'What is being integrated.' },
    PROGRESS: { description: 'The phases with what is done.' },
    HEALTH: { description: 'Health with its first reason.' },
    COURT: { description: 'Whose turn it is, and since when.' },
    NEXT_DUE: { description: 'The open task due first.' },
    TARGET: { description: 'The target date.' },
    FIRST_LOOK: { description: 'How long after the signature the client first saw their own products.' },
    PM: { description: 'The project manager.' },
    LAST_CLIENT_ACTIVITY: { description: 'When a client last did something.' },
    UNREAD: { description: 'Comments that the viewer has not read.' },
    REVENUE: { description: 'Monthly revenue; only for those who may read money.' },
  },
});

/** What is shown: the same shape comes in as a filter and goes out of a saved view. */
@InputType('IntegrationFilterInput', { description: 'Which integrations; what is left out does not restrict.' })
@ObjectType('IntegrationFilter', { description: 'Which integrations; what is null does not restrict.' })
export class IntegrationFilter implements Filter {
  @Field(() => [ProjectStateEnum as object], { nullable: true, description: 'In one of these states.' })
  states?: ProjectSeen['state'][] | null;

  @Field(() => [ID], { nullable: true, description: 'Of one of these project managers.' })
  pmIds?: string[] | null;

  @Field(() => [PlatformEnum as object], { nullable: true, description: 'On one of these shop systems.' })
  platforms?: ProjectSeen['platform'][] | null;

  @Field(() => [ProductEnum as object], { nullable: true, description: 'With at least one of these products.' })
  products?: ProjectSeen['products'] | null;

  @Field(() => [HealthEnum as object], { nullable: true, description: 'Doing so.' })
  healths?: Health[] | null;

  @Field(() => [CourtEnum as object], { nullable: true, description: 'Waiting on one of these.' })
  courts?: Court[] | null;

  @Field(() => String, { nullable: true, description: 'In the phase of this name.' })
  phase?: string | null;

  @Field(() => String, { nullable: true, description: "Part of the account's or project's name, of any case." })
  text?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'With a target on or after this day.' })
  targetFrom?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'With a target on or before this day.' })
  targetTo?: string | null;

  @Field(() => Boolean, { nullable: true, description: "The viewer's own: as manager, or with an open task in it." })
  isMine?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'With something handed in that waits to be looked at.' })
  hasReview?: boolean | null;
}

@InputType('IntegrationSortInput', { description: 'In which order.' })
@ObjectType('IntegrationSort', { description: 'In which order.' })
export class IntegrationSort implements Sort {
  @Field(() => SortEnum as object, { description: 'By what.' })
  by!: SortKey;

  @Field(() => DirectionEnum as object, { description: 'Which end first.' })
  direction!: SortDirection;
}

@ObjectType({ description: 'A group of integrations. Of its keys the one is set that was grouped by; all null: none.' })
export class IntegrationGroup implements Omit<GroupCount, 'pmId'> {
  pmId!: string | null;

  @Field(() => String, { description: 'Tells it from the other groups of the list.' })
  key!: string;

  @Field(() => Int, { description: 'How many integrations are in it, over all pages.' })
  count!: number;

  @Field(() => HealthEnum as object, { nullable: true, description: 'The health of all in it.' })
  health!: Health | null;

  @Field(() => CourtEnum as object, { nullable: true, description: 'Whose turn it is in all of them.' })
  court!: Court | null;

  @Field(() => PlatformEnum as object, { nullable: true, description: 'The shop system of all in it.' })
  platform!: ProjectSeen['platform'] | null;

  @Field(() => String, { nullable: true, description: 'The phase that all of them are in.' })
  phase!: string | null;
}

export const { ConnectionType: IntegrationConnection } = connectionTypes('Integration', () => Project);

@ObjectType({ description: 'What the overview can be filtered by beside the values of enums.' })
export class IntegrationOptions {
  @Field(() => [Person], { description: 'The project managers of all integrations, by name.' })
  pms!: Person[];

  @Field(() => [String], { description: 'The names of all phases, in the order of the roads.' })
  phases!: string[];

  @Field(() => Boolean, { description: 'Whether the viewer may see and sort by revenue.' })
  hasMoney!: boolean;
}

@ObjectType({ description: 'A way to look at the overview, under a name. Staff only.', implements: Node })
export class SavedView extends Node {
  ownerId!: string;

  @Field(() => Int, { description: 'Moves with every change; acts carry the revision that the person saw.' })
  revision!: number;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether all staff can open it.' })
  isShared!: boolean;

  @Field(() => Boolean, { description: 'Whether the overview opens with it for the viewer.' })
  isDefault!: boolean;

  @Field(() => Boolean, { description: 'Whether the viewer may change and delete it.' })
  viewerCanEdit!: boolean;

  @Field(() => IntegrationFilter, { description: 'What it shows.' })
  filter!: IntegrationFilter;

  @Field(() => IntegrationSort, { description: 'In which order.' })
  sort!: IntegrationSort;

  @Field(() => GroupEnum as object, { nullable: true, description: 'In which groups; null: in one list.' })
  groupBy!: GroupBy | null;

  @Field(() => LayoutEnum as object, { description: 'As lines, as cards or over the days.' })
  layout!: Layout;

  @Field(() => ZoomEnum as object, { description: 'How close, where it stands over the days.' })
  zoom!: Zoom;

  @Field(() => [ColumnEnum as object], { description: 'In which columns.' })
  columns!: Column[];
}

@InputType({ description: 'How a view looks at the overview.' })
export class SavedViewDefinitionInput {
  @Field(() => IntegrationFilter, { description: 'What it shows.' })
  filter!: IntegrationFilter;

  @Field(() => IntegrationSort, { description: 'In which order.' })
  sort!: IntegrationSort;

  @Field(() => GroupEnum as object, { nullable: true, description: 'In which groups; null: in one list.' })
  groupBy!: GroupBy | null;

  @Field(() => LayoutEnum as object, {
    nullable: true,
    description: 'As lines, as cards or over the days; lines when left out.',
  })
  layout!: Layout | null;

  @Field(() => ZoomEnum as object, { nullable: true, description: 'How close; month by month when left out.' })
  zoom?: Zoom | null;

  @Field(() => [ColumnEnum as object], { description: 'In which columns.' })
  columns!: Column[];
}

@InputType({ description: 'What savedViewCreate needs.' })
export class SavedViewCreateInput {
  @Field(() => String, { description: 'Up to 80 characters.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether all staff can open it.' })
  isShared!: boolean;

  @Field(() => SavedViewDefinitionInput, { description: 'How it looks at the overview.' })
  definition!: SavedViewDefinitionInput;

  @Field(() => String, { description: 'The same key gives the same view once.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What savedViewUpdate needs; what is left out stays.' })
export class SavedViewUpdateInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => String, { nullable: true, description: 'Up to 80 characters.' })
  name?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether all staff can open it.' })
  isShared?: boolean | null;

  @Field(() => SavedViewDefinitionInput, { nullable: true, description: 'How it looks at the overview.' })
  definition?: SavedViewDefinitionInput | null;
}

@InputType({ description: 'What savedViewDelete needs.' })
export class SavedViewDeleteInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;
}

@ObjectType({ description: 'The outcome of savedViewCreate.' })
export class SavedViewCreatePayload extends Payload {
  @Field(() => SavedView, { nullable: true, description: 'The view as it is now.' })
  savedView!: ViewSeen | null;
}

@ObjectType({ description: 'The outcome of savedViewUpdate.' })
export class SavedViewUpdatePayload extends Payload {
  @Field(() => SavedView, { nullable: true, description: 'The view as it is now.' })
  savedView!: ViewSeen | null;
}

@ObjectType({ description: 'The outcome of savedViewDelete.' })
export class SavedViewDeletePayload extends Payload {
  @Field(() => SavedView, { nullable: true, description: 'The view as it is now; null when it is gone.' })
  savedView!: ViewSeen | null;
}

@ObjectType({ description: 'The outcome of savedViewSetDefault.' })
export class SavedViewSetDefaultPayload extends Payload {
  @Field(() => SavedView, { nullable: true, description: 'The view that the overview now opens with.' })
  savedView!: ViewSeen | null;
}

export { ColumnEnum, GroupEnum };
