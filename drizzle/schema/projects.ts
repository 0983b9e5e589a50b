import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts, people } from './accounts.ts';
import { id, instant } from './columns.ts';

export const projectStates = ['DRAFT', 'ACTIVE', 'ON_HOLD', 'LIVE', 'CLOSED', 'CANCELLED'] as const;
export const platforms = [
  'MAGENTO',
  'SHOPIFY',
  'WOOCOMMERCE',
  'PRESTASHOP',
  'BIGCOMMERCE',
  'SALESFORCE_COMMERCE_CLOUD',
  'VTEX',
  'CUSTOM',
] as const;
export const productKeys = ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS'] as const;

/** One integration of one account. */
export const projects = pgTable(
  'projects',
  {
    id: id(),
    revision: integer('revision').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    platform: text('platform', { enum: platforms }).notNull(),
    products: text('products', { enum: productKeys }).array().notNull(),
    state: text('state', { enum: projectStates }).notNull(),
    pmId: uuid('pm_id')
      .notNull()
      .references(() => people.id),
    timeZone: text('time_zone').notNull(),
    signedOn: date('signed_on', { mode: 'string' }).notNull(),
    targetOn: date('target_on', { mode: 'string' }).notNull(),
    templateKey: text('template_key').notNull(),
    templateVersion: integer('template_version').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('projects_account').on(t.accountId)],
);

/** What only staff may know of a project. Apart, so that `projects.revision` moves only with what a client may see. */
export const projectStaff = pgTable('project_staff', {
  projectId: uuid('project_id')
    .primaryKey()
    .references(() => projects.id),
  revenueMinor: bigint('revenue_minor', { mode: 'number' }).notNull(),
  revenueCurrency: text('revenue_currency').notNull(),
  lastClientActivityAt: instant('last_client_activity_at'),
});

/** A stretch of the road; ends in a milestone. */
export const phases = pgTable(
  'phases',
  {
    id: id(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    index: integer('index').notNull(),
    name: text('name').notNull(),
    milestone: text('milestone').notNull(),
  },
  (t) => [uniqueIndex('phases_project_index').on(t.projectId, t.index)],
);

export const taskTypes = ['FILE', 'URL', 'FORM', 'DNS', 'CREDENTIALS', 'APPROVAL', 'MEETING', 'CHECK', 'WORK'] as const;
export const sides = ['CLIENT', 'COMPANY', 'THIRD_PARTY'] as const;
export const visibilities = ['SHARED', 'INTERNAL'] as const;
export const taskStates = [
  'NOT_READY',
  'READY',
  'IN_PROGRESS',
  'SUBMITTED',
  'IN_REVIEW',
  'CHANGES_REQUESTED',
  'DONE',
  'WAIVED',
  'CANCELLED',
] as const;
export type TaskState = (typeof taskStates)[number];

export const tasks = pgTable(
  'tasks',
  {
    id: id(),
    revision: integer('revision').notNull(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    phaseId: uuid('phase_id')
      .notNull()
      .references(() => phases.id),
    index: integer('index').notNull(),
    key: text('key').notNull(),
    title: text('title').notNull(),
    purpose: text('purpose').notNull(),
    documentation: text('documentation').notNull(),
    minutes: integer('minutes').notNull(),
    type: text('type', { enum: taskTypes }).notNull(),
    side: text('side', { enum: sides }).notNull(),
    visibility: text('visibility', { enum: visibilities }).notNull(),
    state: text('state', { enum: taskStates }).notNull(),
    stateSince: instant('state_since').notNull(),
    isReviewWanted: boolean('is_review_wanted').notNull(),
    acceptedExtensions: text('accepted_extensions').array().notNull(),
    assigneeId: uuid('assignee_id').references(() => people.id),
    dueOn: date('due_on', { mode: 'string' }),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [uniqueIndex('tasks_project_key').on(t.projectId, t.key), index('tasks_phase').on(t.phaseId)],
);

/** Finish-to-start: `taskId` becomes ready when every `predecessorId` is done or waived. */
export const taskDependencies = pgTable(
  'task_dependencies',
  {
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    predecessorId: uuid('predecessor_id')
      .notNull()
      .references(() => tasks.id),
  },
  (t) => [
    primaryKey({ columns: [t.taskId, t.predecessorId] }),
    index('task_dependencies_predecessor').on(t.predecessorId),
  ],
);
