import { sql } from 'drizzle-orm';
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { tasks } from './tasks.ts';

export const delegationEnds = ['TAKEN_BACK', 'LAPSED', 'ACCESS_LOST'] as const;

/**
 * That somebody approves in another's place: one task, or all that is that person's to approve while they are away.
 * What was done in that time stays on record with both names, so a row is never deleted.
 */
export const delegations = pgTable(
  'delegations',
  {
    id: id(),
    /** Whose approvals they are. */
    fromId: uuid('from_id')
      .notNull()
      .references(() => people.id),
    /** Who gives them meanwhile. */
    toId: uuid('to_id')
      .notNull()
      .references(() => people.id),
    /** The one task; null: all of theirs. */
    taskId: uuid('task_id').references(() => tasks.id),
    startsAt: instant('starts_at').notNull(),
    /** When it ends by itself; null for a task's, which ends with the task or when it is taken back. */
    endsAt: instant('ends_at'),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by', { enum: delegationEnds }),
  },
  (t) => [
    index('delegations_to').on(t.toId).where(sql`${t.endedAt} is null`),
    index('delegations_from').on(t.fromId).where(sql`${t.endedAt} is null`),
    index('delegations_task').on(t.taskId).where(sql`${t.endedAt} is null`),
  ],
);
