import { date, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { instant } from './columns.ts';
import { projects } from './projects.ts';

/** From the best to the worst. */
export const healths = ['ON_TRACK', 'AT_RISK', 'OFF_TRACK'] as const;
export type Health = (typeof healths)[number];

/**
 * What somebody said a project's health is, against what is computed; it holds until the end of a day. A cleared one
 * stays as a row without a health, so that `revision` tells two people at once apart.
 */
export const healthOverrides = pgTable('health_overrides', {
  projectId: uuid('project_id')
    .primaryKey()
    .references(() => projects.id),
  revision: integer('revision').notNull(),
  health: text('health', { enum: healths }),
  reason: text('reason').notNull(),
  expiresOn: date('expires_on', { mode: 'string' }),
  byId: uuid('by_id')
    .notNull()
    .references(() => people.id),
  at: instant('at').notNull(),
});
