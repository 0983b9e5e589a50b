import { sql } from 'drizzle-orm';
import { date, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { projects, visibilities } from './projects.ts';
import { sides, tasks } from './tasks.ts';

/** How a promise came to its end: its side let go of the task, another day was named, it was taken back, or the task is no more wanted of it. */
export const promiseEnds = ['LEFT', 'MOVED', 'WITHDRAWN', 'DROPPED'] as const;

/**
 * The day by which a side said that it will be done with a task, in the words of whoever has it: "by Friday". Every day
 * that was ever named keeps its row, so that what was said stays said; at most one of a task has no end.
 */
export const taskPromises = pgTable(
  'task_promises',
  {
    id: id(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    /** Whose turn it was, and so who promised. */
    side: text('side', { enum: sides }).notNull(),
    /** Who could read it when it was said: what staff promised among themselves stays so when the task is shared. */
    audience: text('audience', { enum: visibilities }).notNull(),
    promisedOn: date('promised_on', { mode: 'string' }).notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    at: instant('at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by', { enum: promiseEnds }),
  },
  (t) => [
    index('task_promises_task').on(t.taskId, t.at),
    index('task_promises_project').on(t.projectId),
    index('task_promises_standing').on(t.promisedOn).where(sql`${t.endedAt} is null`),
  ],
);
