import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { projects } from './projects.ts';
import { tasks } from './tasks.ts';

export const handoverEnds = ['TAKEN_BACK', 'GIVEN_BACK', 'DONE', 'EXPIRED'] as const;

/**
 * One task, handed to whoever has this address, by a link. `guestId` is who they are once they opened it: somebody with
 * a name on what they write here, and without a right anywhere else. The link's token is good for one opening.
 */
export const handovers = pgTable(
  'handovers',
  {
    id: id(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    email: text('email').notNull(),
    /** What whoever handed it over said to them; empty when nothing. */
    message: text('message').notNull(),
    handedBy: uuid('handed_by')
      .notNull()
      .references(() => people.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    tokenHash: text('token_hash').notNull(),
    /** When the token was used up, by an opening or by wrong addresses; null: it is good. */
    usedAt: instant('used_at'),
    wrongTries: integer('wrong_tries').notNull(),
    guestId: uuid('guest_id').references(() => people.id),
    openedAt: instant('opened_at'),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by', { enum: handoverEnds }),
    /** Why the guest gave it back, in their words. */
    answer: text('answer'),
  },
  (t) => [
    // One at a time has it: two would do the same work.
    uniqueIndex('handovers_open').on(t.taskId).where(sql`${t.endedAt} is null`),
    index('handovers_task').on(t.taskId, t.createdAt),
  ],
);

/** A browser in which a handed-over task was opened. It may have opened several, under one cookie. */
export const guestSessions = pgTable(
  'guest_sessions',
  {
    id: id(),
    handoverId: uuid('handover_id')
      .notNull()
      .references(() => handovers.id),
    tokenHash: text('token_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('guest_sessions_token').on(t.tokenHash, t.handoverId),
    index('guest_sessions_handover').on(t.handoverId),
  ],
);
