import { bigint, date, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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
    /** The target when it was activated, however it was moved since; null before that. */
    baselineTargetOn: date('baseline_target_on', { mode: 'string' }),
    /** Since when it stands in its state; null for one that began before this was kept. */
    stateSince: instant('state_since'),
    /** Why it is on hold or cancelled, in a person's words that both sides read. */
    stateReason: text('state_reason'),
    /** When clients came to know of it; null for a draft, and for a draft that was given up. */
    activatedAt: instant('activated_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('projects_account').on(t.accountId), index('projects_pm').on(t.pmId)],
);

/** The templates that a project began from, in the order in which they were merged. */
export const projectTemplates = pgTable(
  'project_templates',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    index: integer('index').notNull(),
    templateKey: text('template_key').notNull(),
    version: integer('version').notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.templateKey] })],
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

/**
 * A partner sees the projects that they are attached to, and no other. Who was detached keeps their row: it gives no
 * right any more, and says by what they are still named in what they wrote there.
 */
export const projectPartners = pgTable(
  'project_partners',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    createdAt: instant('created_at').notNull(),
    detachedAt: instant('detached_at'),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.personId] }), index('project_partners_person').on(t.personId)],
);

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

export const visibilities = ['SHARED', 'INTERNAL'] as const;
