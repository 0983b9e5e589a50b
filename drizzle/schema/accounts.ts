import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { roles } from '../../server/access/viewer.ts';
import { id, instant } from './columns.ts';

/** The company that runs this installation: one row. */
export const company = pgTable('company', {
  id: id(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text('currency').notNull(),
});

/** A client company: the tenant. */
export const accounts = pgTable('accounts', {
  id: id(),
  revision: integer('revision').notNull(),
  name: text('name').notNull(),
  website: text('website').notNull(),
  timeZone: text('time_zone').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** What is known about an account, and from where: fills documentation variables. */
export const accountFacts = pgTable(
  'account_facts',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    key: text('key').notNull(),
    value: text('value').notNull(),
    source: text('source').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.key] })],
);

/** People: staff have no account, clients have exactly one. */
export const people = pgTable(
  'people',
  {
    id: id(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: roles }).notNull(),
    accountId: uuid('account_id').references(() => accounts.id),
    timeZone: text('time_zone').notNull(),
    isSample: boolean('is_sample').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [uniqueIndex('people_email').on(t.email), index('people_account').on(t.accountId)],
);

/** One asked-for sign-in link. `personId` is null when nobody has the address: the row is made all the same, so that both take as long. */
export const signInLinks = pgTable(
  'sign_in_links',
  {
    id: id(),
    personId: uuid('person_id').references(() => people.id),
    tokenHash: text('token_hash').notNull(),
    browserHash: text('browser_hash').notNull(),
    returnTo: text('return_to').notNull(),
    wrongTries: integer('wrong_tries').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('sign_in_links_expires').on(t.expiresAt)],
);

export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    tokenHash: text('token_hash').notNull(),
    userAgent: text('user_agent').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [uniqueIndex('sessions_token').on(t.tokenHash), index('sessions_person').on(t.personId)],
);

/** The answer of a create, kept so that a repeat of the same key gives the same answer once. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    key: text('key').notNull(),
    act: text('act').notNull(),
    bodyHash: text('body_hash').notNull(),
    /** What the first run made. */
    subjectId: uuid('subject_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.key] })],
);
