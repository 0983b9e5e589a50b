import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { comments } from './conversation.ts';
import { projects, visibilities } from './projects.ts';
import { tasks } from './tasks.ts';

export const inboxReasons = [
  'MENTIONED',
  'COMMENTED',
  'ASSIGNED',
  'REVIEW_WANTED',
  'CHANGES_REQUESTED',
  'APPROVED',
  'APPROVAL_WANTED',
  'MEETING_PROPOSED',
  'STUCK',
  'PROMISED',
  'MILESTONE_REACHED',
  'GIVEN_BACK',
  'DELEGATED',
  'RETURNED',
] as const;

/** The dense counter of a person's inbox; this row is the lock under which it is taken. */
export const inboxPositions = pgTable('inbox_positions', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  position: integer('position').notNull(),
});

/** Something that happened and concerns a person. Written in the transaction of its event; ids only, as in the log. */
export const inboxItems = pgTable(
  'inbox_items',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    position: integer('position').notNull(),
    reason: text('reason', { enum: inboxReasons }).notNull(),
    /** That of its event: an internal thing concerns staff alone. */
    audience: text('audience', { enum: visibilities }).notNull(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    /** The changed object. */
    subjectId: uuid('subject_id').notNull(),
    /** Where it is about a comment: what becomes of that becomes of the item. */
    commentId: uuid('comment_id').references(() => comments.id),
    actorId: uuid('actor_id'),
    at: instant('at').notNull(),
    readAt: instant('read_at'),
    /** The position of the mark that read it, by which all that it read can be taken back. */
    readPosition: integer('read_position'),
  },
  (t) => [
    uniqueIndex('inbox_items_position').on(t.personId, t.position),
    index('inbox_items_unread').on(t.personId, t.position).where(sql`${t.readAt} is null`),
    index('inbox_items_subject').on(t.subjectId),
  ],
);

/** What was read or unread, as a number of the same inbox: the person's other devices learn of it as of an item. */
export const inboxMarks = pgTable(
  'inbox_marks',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    position: integer('position').notNull(),
    kind: text('kind', { enum: ['READ', 'UNREAD'] }).notNull(),
    /** The item, when it was one alone. */
    itemId: uuid('item_id').references(() => inboxItems.id),
    /** The task whose conversation was read, when that is what happened, and no item. */
    conversationOf: uuid('conversation_of').references(() => tasks.id),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.position] })],
);
