import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { platforms, productKeys, projects } from './projects.ts';

export const templateOrigins = ['FILE', 'APP'] as const;
export const versionStates = ['DRAFT', 'PUBLISHED', 'RETIRED'] as const;

/** A playbook that projects can start from. What is in it stands in its versions; these are the facts of its list. */
export const templates = pgTable(
  'templates',
  {
    id: id(),
    /** Moves with every change of the template or of its draft. */
    revision: integer('revision').notNull(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    platform: text('platform', { enum: platforms }).notNull(),
    products: text('products', { enum: productKeys }).array().notNull(),
    origin: text('origin', { enum: templateOrigins }).notNull(),
    /** Not offered for new projects since then. */
    retiredAt: instant('retired_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [uniqueIndex('templates_key').on(t.key)],
);

/**
 * DRAFT -> PUBLISHED (its predecessor -> RETIRED); a draft that is given up is deleted. Only a draft's document changes.
 * A template has at most one draft and one published version.
 */
export const templateVersions = pgTable(
  'template_versions',
  {
    id: id(),
    templateId: uuid('template_id')
      .notNull()
      .references(() => templates.id),
    number: integer('number').notNull(),
    state: text('state', { enum: versionStates }).notNull(),
    revision: integer('revision').notNull(),
    /** A playbook as server/templates/document.ts has it; parsed whenever it is read. */
    document: jsonb('document').$type<unknown>().notNull(),
    /** The version that the playbook in the files had; null for one made in the app. */
    fileVersion: integer('file_version'),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').references(() => people.id),
    updatedAt: instant('updated_at').notNull(),
    updatedBy: uuid('updated_by').references(() => people.id),
    publishedAt: instant('published_at'),
    /** Null for one that came with Slipway. */
    publishedBy: uuid('published_by').references(() => people.id),
  },
  (t) => [
    uniqueIndex('template_versions_number').on(t.templateId, t.number),
    uniqueIndex('template_versions_draft').on(t.templateId).where(sql`${t.state} = 'DRAFT'`),
    uniqueIndex('template_versions_published').on(t.templateId).where(sql`${t.state} = 'PUBLISHED'`),
    index('template_versions_template').on(t.templateId),
  ],
);

/** That a project went over to a newer version of a template, and what that changed, so that it can be taken back. */
export const templateUpdates = pgTable(
  'template_updates',
  {
    id: id(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    templateId: uuid('template_id')
      .notNull()
      .references(() => templates.id),
    fromVersion: integer('from_version').notNull(),
    toVersion: integer('to_version').notNull(),
    at: instant('at').notNull(),
    byId: uuid('by_id')
      .notNull()
      .references(() => people.id),
    /** What stood before and behind it, as server/templates/update/done.ts has it; parsed when it is read. */
    done: jsonb('done').$type<unknown>().notNull(),
    undoneAt: instant('undone_at'),
  },
  (t) => [index('template_updates_project').on(t.projectId, t.at)],
);
