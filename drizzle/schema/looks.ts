import { bigint, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { submissions } from './submissions.ts';

export const lookStates = ['LOOKING', 'DONE', 'FAILED'] as const;

/** Why nothing of a kind was looked at: no row holds such an address, or our name servers said nothing of any of them. */
export const lookGaps = ['NO_ADDRESS', 'NOT_REACHED', 'LEFT_ALONE'] as const;

/** What some of the links and pictures behind the rows of a feed turned out to be: looked at after its verdict. */
export const reportLooks = pgTable('report_looks', {
  submissionId: uuid('submission_id')
    .primaryKey()
    .references(() => submissions.id),
  state: text('state', { enum: lookStates }).notNull(),
  /** Moves whenever it is looked anew; what an earlier one still says is not heard. */
  run: integer('run').notNull(),
  /** Rows of the file that the samples were taken from. */
  rows: bigint('rows', { mode: 'number' }).notNull(),
  /** How many of each were to be looked at, at most. */
  wanted: integer('wanted').notNull(),
  links: integer('links').notNull(),
  images: integer('images').notNull(),
  /** Null: some were, or it is not known. */
  noLinks: text('no_links', { enum: lookGaps }),
  noImages: text('no_images', { enum: lookGaps }),
  /** As a report's. */
  findings: jsonb('findings').notNull(),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
});
