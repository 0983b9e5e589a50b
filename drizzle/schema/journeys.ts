import {
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';

export const journeyPartKinds = [
  'STAGE',
  'DEPARTMENT',
  'GOAL',
  'TOUCHPOINT',
  'ITEM',
  'SYSTEM',
  'LINK',
  'FLOW',
  'PAIN_POINT',
  'PERSONA',
  'INTERVIEW',
  'COMMENT',
  'REPRESENTATIVE',
] as const;
/** What people decided of a gap. One that nobody decided on has no row; one that a change closed is not found any more. */
export const gapDecisions = ['PLANNED', 'ACCEPTED'] as const;

/** The counter of every change of every map: one row, whose lock is taken by whoever edits. */
export const journeyHead = pgTable('journey_head', {
  id: integer('id').primaryKey(),
  position: integer('position').notNull(),
});

/** A customer journey. What is drawn on it stands in its parts. */
export const journeys = pgTable('journeys', {
  id: id(),
  /** Moves with its name and with whether it is archived; its parts have revisions of their own. */
  revision: integer('revision').notNull(),
  name: text('name').notNull(),
  archivedAt: instant('archived_at'),
  createdAt: instant('created_at').notNull(),
  createdBy: uuid('created_by')
    .notNull()
    .references(() => people.id),
  updatedAt: instant('updated_at').notNull(),
});

/**
 * A part of a map: a card, a lane, a flow. Departments, items, systems and links belong to no journey and stand on all.
 * One that was removed keeps its row, so that it can come back and what still names it can say its name.
 */
export const journeyParts = pgTable(
  'journey_parts',
  {
    id: id(),
    journeyId: uuid('journey_id').references(() => journeys.id),
    kind: text('kind', { enum: journeyPartKinds }).notNull(),
    revision: integer('revision').notNull(),
    rank: doublePrecision('rank').notNull(),
    /** As server/journeys/shapes.ts has it, or said.ts; parsed when it comes in. */
    body: jsonb('body').$type<unknown>().notNull(),
    /** Where `journey_head` stood when it last changed: what somebody has not seen is what stands behind their position. */
    position: integer('position').notNull(),
    removedAt: instant('removed_at'),
    updatedAt: instant('updated_at').notNull(),
    updatedBy: uuid('updated_by').references(() => people.id),
  },
  (t) => [index('journey_parts_position').on(t.journeyId, t.position)],
);

/** Who finds a pain point worth mending first. */
export const journeyVotes = pgTable(
  'journey_votes',
  {
    partId: uuid('part_id')
      .notNull()
      .references(() => journeyParts.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
  },
  (t) => [primaryKey({ columns: [t.partId, t.personId] })],
);

/** What was decided of a gap: who mends it by when, or why it is left as it is. */
export const journeyGapDecisions = pgTable(
  'journey_gap_decisions',
  {
    id: id(),
    journeyId: uuid('journey_id')
      .notNull()
      .references(() => journeys.id),
    /** As server/journeys/gaps/gap.ts makes it. */
    key: text('key').notNull(),
    revision: integer('revision').notNull(),
    decision: text('decision', { enum: gapDecisions }).notNull(),
    /** The sentence that it was decided on: names on the map may be others by now. */
    sentence: text('sentence').notNull(),
    ownerId: uuid('owner_id').references(() => people.id),
    dueOn: date('due_on'),
    effect: text('effect'),
    reason: text('reason'),
    /** Where `journey_head` stood when it last changed. */
    position: integer('position').notNull(),
    /** Undone: nobody decided on it. */
    removedAt: instant('removed_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    updatedBy: uuid('updated_by').references(() => people.id),
  },
  (t) => [uniqueIndex('journey_gap_decisions_key').on(t.journeyId, t.key)],
);
