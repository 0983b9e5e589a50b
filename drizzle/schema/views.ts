import { boolean, date, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { healths } from './plan.ts';
import { platforms, productKeys, projectStates } from './projects.ts';

/** What the overview is sorted by, grouped by, and which columns it can show beside the client's name. */
export const integrationSorts = [
  'CLIENT',
  'TARGET',
  'COURT_SINCE',
  'HEALTH',
  'PROGRESS',
  'PM',
  'LAST_CLIENT_ACTIVITY',
  'REVENUE',
] as const;
export const integrationGroups = ['PM', 'HEALTH', 'COURT', 'PLATFORM', 'PHASE'] as const;
export const integrationColumns = [
  'PLATFORM',
  'PRODUCTS',
  'PROGRESS',
  'HEALTH',
  'COURT',
  'NEXT_DUE',
  'TARGET',
  'FIRST_LOOK',
  'PM',
  'LAST_CLIENT_ACTIVITY',
  'UNREAD',
  'REVENUE',
] as const;
/** How the overview's integrations stand: a line each, as cards in a column for each group, or over the days. */
export const integrationLayouts = ['TABLE', 'BOARD', 'TIMELINE'] as const;
/** What a mark of the timeline's scale is. */
export const timelineZooms = ['WEEK', 'MONTH', 'QUARTER'] as const;
export const sortDirections = ['ASCENDING', 'DESCENDING'] as const;
/** Whose turn a project can be, as `server/tasks/court.ts` says it. */
export const courtKeys = ['CLIENT', 'COMPANY', 'THIRD_PARTY', 'NOBODY'] as const;

/** A way to look at the overview, under a name: what is shown, in what order and groups, in which columns. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: id(),
    revision: integer('revision').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    name: text('name').notNull(),
    /** For all staff to open; only its owner changes it. */
    isShared: boolean('is_shared').notNull(),
    states: text('states', { enum: projectStates }).array(),
    pmIds: uuid('pm_ids').array(),
    platforms: text('platforms', { enum: platforms }).array(),
    products: text('products', { enum: productKeys }).array(),
    healths: text('healths', { enum: healths }).array(),
    courts: text('courts', { enum: courtKeys }).array(),
    phase: text('phase'),
    text: text('text'),
    targetFrom: date('target_from', { mode: 'string' }),
    targetTo: date('target_to', { mode: 'string' }),
    isMine: boolean('is_mine').notNull(),
    hasReview: boolean('has_review').notNull(),
    sortBy: text('sort_by', { enum: integrationSorts }).notNull(),
    sortDirection: text('sort_direction', { enum: sortDirections }).notNull(),
    groupBy: text('group_by', { enum: integrationGroups }),
    layout: text('layout', { enum: integrationLayouts }).notNull().default('TABLE'),
    /** How close the timeline is looked at. */
    zoom: text('zoom', { enum: timelineZooms }).notNull().default('MONTH'),
    columns: text('columns', { enum: integrationColumns }).array().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('saved_views_owner').on(t.ownerId)],
);

/** The view that the overview opens with for a person; without a row, the plain one. */
export const defaultViews = pgTable('default_views', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  viewId: uuid('view_id')
    .notNull()
    .references(() => savedViews.id, { onDelete: 'cascade' }),
});
