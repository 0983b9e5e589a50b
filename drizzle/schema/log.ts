import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { projects, visibilities } from './projects.ts';

/** The dense counters of a project's log; this row is the lock under which both are taken. */
export const projectPositions = pgTable('project_positions', {
  projectId: uuid('project_id')
    .primaryKey()
    .references(() => projects.id),
  position: integer('position').notNull(),
  sharedPosition: integer('shared_position').notNull(),
});

/** The company-wide counter and the head of the hash chain: one row (`id` = 1), locked last in every transaction. */
export const logHead = pgTable('log_head', {
  id: integer('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
});

/** The log of what happened. Ids and closed facts only; never free text, never personal data. */
export const events = pgTable(
  'events',
  {
    id: id(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    projectId: uuid('project_id').references(() => projects.id),
    position: integer('position'),
    sharedPosition: integer('shared_position'),
    kind: text('kind').notNull(),
    audience: text('audience', { enum: visibilities }).notNull(),
    actorId: uuid('actor_id'),
    subjectId: uuid('subject_id').notNull(),
    taskId: uuid('task_id'),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull(),
    at: instant('at').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    uniqueIndex('events_seq').on(t.seq),
    uniqueIndex('events_position').on(t.projectId, t.position),
    uniqueIndex('events_shared_position').on(t.projectId, t.sharedPosition),
    index('events_task').on(t.taskId, t.seq),
    // What is of no project is found by what it happened to: an account, a person.
    index('events_subject').on(t.subjectId, t.seq).where(sql`project_id is null`),
    index('events_went_live').on(t.projectId, t.at).where(sql`kind = 'project.wentLive'`),
    index('events_fact_confirmed').on(t.projectId, t.at).where(sql`kind = 'task.factConfirmed'`),
  ],
);

/** What a row was before and after an event: read by the time machine, audit and undo. */
export const revisions = pgTable(
  'revisions',
  {
    id: id(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    subjectId: uuid('subject_id').notNull(),
    audience: text('audience', { enum: visibilities }).notNull(),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    salt: text('salt').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [index('revisions_subject').on(t.subjectId), index('revisions_event').on(t.eventId)],
);

/** What falls due, and when, by `ctx.clock`. A found one is turned into a job and deleted in one transaction. */
export const dueMoments = pgTable(
  'due_moments',
  {
    id: id(),
    kind: text('kind').notNull(),
    subjectId: uuid('subject_id').notNull(),
    dueAt: instant('due_at').notNull(),
  },
  (t) => [uniqueIndex('due_moments_kind_subject').on(t.kind, t.subjectId), index('due_moments_due').on(t.dueAt)],
);
