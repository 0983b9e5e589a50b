import { bigint, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { bytes, id, instant } from './columns.ts';
import { projects, visibilities } from './projects.ts';
import { tasks } from './tasks.ts';

/** A message in a task's conversation. `text` is empty once deleted. */
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
    authorId: uuid('author_id')
      .notNull()
      .references(() => people.id),
    audience: text('audience', { enum: visibilities }).notNull(),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
    editedAt: instant('edited_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [index('comments_task').on(t.taskId, t.createdAt, t.id)],
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
