import {
  type AnyPgColumn,
  bigint,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { bytes, id, instant } from './columns.ts';
import { projects, visibilities } from './projects.ts';
import { tasks } from './tasks.ts';

/**
 * A message in a task's conversation. `text` is empty once deleted; people named in it stand there as `@[person id]`.
 * A reply has a parent, which has none itself, and its parent's audience.
 */
export const comments = pgTable(
  'comments',
  {
    id: id(),
    revision: integer('revision').notNull(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    parentId: uuid('parent_id').references((): AnyPgColumn => comments.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => people.id),
    audience: text('audience', { enum: visibilities }).notNull(),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
    editedAt: instant('edited_at'),
    deletedAt: instant('deleted_at'),
    /** Where it stands in the conversation: a UUIDv7 of the moment when it was last shared; null: at its own id. */
    placeId: uuid('place_id'),
    sharedAt: instant('shared_at'),
    /** How far `revision` had come while it was internal: clients count from there. */
    internalRevisions: integer('internal_revisions').notNull().default(0),
    resolvedAt: instant('resolved_at'),
    resolvedBy: uuid('resolved_by').references(() => people.id),
  },
  (t) => [
    index('comments_task').on(t.taskId, t.createdAt, t.id),
    index('comments_parent').on(t.parentId),
    index('comments_project').on(t.projectId),
  ],
);

/** The people that a comment's text names. */
export const commentMentions = pgTable(
  'comment_mentions',
  {
    commentId: uuid('comment_id')
      .notNull()
      .references(() => comments.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.personId] }), index('comment_mentions_person').on(t.personId)],
);

export const reactions = ['AGREE', 'THANKS', 'DONE', 'LOOKING', 'UNCLEAR', 'CELEBRATE'] as const;

/** What people answered without words. `audience` is the comment's when it was given: sharing it later does not share that. */
export const commentReactions = pgTable(
  'comment_reactions',
  {
    commentId: uuid('comment_id')
      .notNull()
      .references(() => comments.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    reaction: text('reaction', { enum: reactions }).notNull(),
    audience: text('audience', { enum: visibilities }).notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.personId, t.reaction] })],
);

/** How far a person has read a task's conversation: one row each time they read on, so that it is known when. */
export const readMarks = pgTable(
  'read_marks',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    /** The place of the last comment read. */
    throughId: uuid('through_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.taskId, t.throughId] }), index('read_marks_task').on(t.taskId)],
);

/** A co-edited document of a task. `epoch` moves when its history starts anew; rooms of an old epoch are closed for good. */
export const notes = pgTable(
  'notes',
  {
    id: id(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    audience: text('audience', { enum: visibilities }).notNull(),
    epoch: integer('epoch').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('notes_task').on(t.taskId)],
);

/** The merged state of a note up to and including update `throughSeq`. */
export const noteSnapshots = pgTable(
  'note_snapshots',
  {
    noteId: uuid('note_id')
      .notNull()
      .references(() => notes.id),
    epoch: integer('epoch').notNull(),
    throughSeq: bigint('through_seq', { mode: 'number' }).notNull(),
    state: bytes('state').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.noteId, t.epoch] })],
);

/** One durable Yjs update. `seq` is dense per note and epoch; the room that owns the note hands it out. */
export const noteUpdates = pgTable(
  'note_updates',
  {
    noteId: uuid('note_id')
      .notNull()
      .references(() => notes.id),
    epoch: integer('epoch').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    update: bytes('update').notNull(),
    personId: uuid('person_id').references(() => people.id),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.noteId, t.epoch, t.seq] })],
);
