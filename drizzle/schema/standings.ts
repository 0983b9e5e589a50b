import { date, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { healths } from './plan.ts';
import { projects } from './projects.ts';
import { courtKeys } from './views.ts';

/**
 * How a project stands, remembered so that the overview can filter, sort and count five thousand of them without reading
 * their tasks. Everything here is computed and can be thrown away. A row holds as long as the project's log has not
 * moved beyond `position`, its zone's day is not over (`untilAt`) and what it was computed by is the same (`basis`);
 * whoever reads the overview has those rows that do not hold computed anew.
 */
export const projectStandings = pgTable(
  'project_standings',
  {
    projectId: uuid('project_id')
      .primaryKey()
      .references(() => projects.id),
    position: integer('position').notNull(),
    untilAt: instant('until_at').notNull(),
    basis: text('basis').notNull(),
    /** Null when it is not under way. */
    health: text('health', { enum: healths }),
    court: text('court', { enum: courtKeys }).notNull(),
    courtSince: instant('court_since'),
    doneCount: integer('done_count').notNull(),
    totalCount: integer('total_count').notNull(),
    /** The phase that it is in; null when all is done, and when there is none. */
    phaseName: text('phase_name'),
    phaseIndex: integer('phase_index'),
    inReviewCount: integer('in_review_count').notNull(),
    /** The days by which it is live in half, and in 8 of 10, of all simulated runs; null when it is not under way. */
    p50On: date('p50_on', { mode: 'string' }),
    p80On: date('p80_on', { mode: 'string' }),
    /** Of the plan that was simulated: most of what happens in a project moves nothing of it. */
    planHash: text('plan_hash'),
    /** The days of its phases by that plan, by when they begin; a phase with nothing to do has none. */
    spans: jsonb('spans').$type<{ phaseId: string; startOn: string; finishOn: string }[]>().notNull().default([]),
  },
  (t) => [index('project_standings_until').on(t.untilAt)],
);
