import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { projects } from './projects.ts';
import { tasks } from './tasks.ts';

/** What was signed, as it stood: only what both sides see of a phase. The digest of a sign-off is over this. */
export type MilestoneContent = {
  name: string;
  milestone: string;
  /** `version`: what was handed in last; null for what asks for nothing. */
  tasks: { id: string; title: string; state: string; version: number | null; submissionId: string | null }[];
};

/**
 * A lead's or a sponsor's word that a milestone is reached, bound to what stood there. What changes afterwards makes it
 * outdated and is signed under the next number; no row is ever changed.
 */
export const milestoneSignOffs = pgTable(
  'milestone_sign_offs',
  {
    id: id(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    /** No key to the phase: one that is emptied and taken off the road later was signed all the same. */
    phaseId: uuid('phase_id').notNull(),
    number: integer('number').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    at: instant('at').notNull(),
    digest: text('digest').notNull(),
    content: jsonb('content').$type<MilestoneContent>().notNull(),
    /** What they said with it; empty when nothing. */
    note: text('note').notNull(),
  },
  (t) => [
    uniqueIndex('milestone_sign_offs_number').on(t.phaseId, t.number),
    index('milestone_sign_offs_project').on(t.projectId),
  ],
);

/** Somebody who took part is asked once how a stretch went: the row is the question, and later the answer. */
export const milestoneRatings = pgTable(
  'milestone_ratings',
  {
    id: id(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    phaseId: uuid('phase_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    askedAt: instant('asked_at').notNull(),
    /** 1 to 5; null while there is no answer, and for whoever would rather not say. */
    score: integer('score'),
    words: text('words').notNull(),
    /** When they first answered: a week from then on they can change it. */
    answeredAt: instant('answered_at'),
    /** The internal task that a low score opened. */
    taskId: uuid('task_id').references(() => tasks.id),
  },
  (t) => [
    uniqueIndex('milestone_ratings_person').on(t.phaseId, t.personId),
    index('milestone_ratings_project').on(t.projectId),
  ],
);
