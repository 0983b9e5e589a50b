import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { roles } from '../../server/access/viewer.ts';
import { bytes, id, instant } from './columns.ts';

/** The company that runs this installation: one row. */
export const company = pgTable('company', {
  id: id(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text('currency').notNull(),
  /** The working calendar: days of the week from 1 (Monday) to 7, hours as HH:MM in `timeZone`, and days off (YYYY-MM-DD). */
  workingDays: integer('working_days').array().notNull().default([1, 2, 3, 4, 5]),
  opensAt: text('opens_at').notNull().default('09:00'),
  closesAt: text('closes_at').notNull().default('17:00'),
  holidays: text('holidays').array().notNull().default([]),
  /** Within how many hours of work each side answers: what both are told, and what their record is counted by. */
  clientAnswerHours: integer('client_answer_hours').notNull().default(16),
  companyAnswerHours: integer('company_answer_hours').notNull().default(16),
  revision: integer('revision').notNull().default(1),
  /** #rrggbb that carries white text; null: Slipway's own. */
  accentColor: text('accent_color'),
  /** What mails show as their sender, and where answers go; null: the company's name, and nowhere else. */
  senderName: text('sender_name'),
  replyTo: text('reply_to'),
  logoType: text('logo_type'),
  logo: bytes('logo'),
  /** The hash of the logo's bytes, which its address carries so that it may be kept for ever. */
  logoHash: text('logo_hash'),
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

/** When an account works, as the company wrote it down; without a row it works the company's week and no days off are known. */
export const accountCalendars = pgTable('account_calendars', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => accounts.id),
  /** From 1 (Monday) to 7; null: the company's. */
  workingDays: integer('working_days').array(),
  /** YYYY-MM-DD, in order. */
  holidays: text('holidays').array().notNull(),
});

/**
 * What other systems call an account: one of their ids is one account's alone, and an account may have several, since
 * two records of the same shop stay two over there when they were merged here.
 */
export const accountExternalIds = pgTable(
  'account_external_ids',
  {
    /** The other system by its short name, in small letters: salesforce, hubspot. */
    system: text('system').notNull(),
    externalId: text('external_id').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    setAt: instant('set_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.system, t.externalId] }), index('account_external_ids_account').on(t.accountId)],
);

/**
 * Where an account went that was merged into another, whose row is gone: its id stands in events, links and other
 * systems for ever, and answers with the account that it became. Always the last one, however often it went on.
 */
export const accountForwardings = pgTable(
  'account_forwardings',
  {
    fromId: uuid('from_id').primaryKey(),
    toId: uuid('to_id')
      .notNull()
      .references(() => accounts.id),
    /** What it was called, so that whoever looks for the old name finds the new one. */
    name: text('name').notNull(),
    website: text('website').notNull(),
    mergedAt: instant('merged_at').notNull(),
  },
  (t) => [index('account_forwardings_to').on(t.toId)],
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
    /** An app that comes with a token of its own: it acts under its name, and never signs in. */
    isApp: boolean('is_app').notNull().default(false),
    /** When they first showed that the address is theirs; null: whoever wrote it down may have meant anybody. */
    provenAt: instant('proven_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [
    // Somebody who left keeps their row, and the address is free again.
    uniqueIndex('people_email').on(t.email).where(sql`${t.removedAt} is null`),
    index('people_account').on(t.accountId),
  ],
);

/** The optional password of a person, as argon2id made it. */
export const passwords = pgTable('passwords', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  hash: text('hash').notNull(),
  setAt: instant('set_at').notNull(),
});

/**
 * Somebody asked to join. It belongs to its address: whoever opens it becomes the person of that address, or nobody.
 * `tokenHash` is null where no mail may let anybody in, because the address is somebody's already.
 */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: roles }).notNull(),
    accountId: uuid('account_id').references(() => accounts.id),
    /** What a partner is attached to on joining; empty for everybody else. */
    projectIds: uuid('project_ids').array().notNull(),
    timeZone: text('time_zone').notNull(),
    tokenHash: text('token_hash'),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => people.id),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    /** Who joined by it. */
    personId: uuid('person_id').references(() => people.id),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('invitations_email').on(t.email), index('invitations_account').on(t.accountId)],
);

/** One asked-for sign-in link. `personId` is null when nobody has the address: the row is made all the same, so that both take as long. */
export const signInLinks = pgTable(
  'sign_in_links',
  {
    id: id(),
    personId: uuid('person_id').references(() => people.id),
    tokenHash: text('token_hash').notNull(),
    browserHash: text('browser_hash').notNull(),
    /** Of the six digits in the same mail; null when the mail had none. */
    codeHash: text('code_hash'),
    returnTo: text('return_to').notNull(),
    wrongTries: integer('wrong_tries').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('sign_in_links_expires').on(t.expiresAt), index('sign_in_links_browser').on(t.browserHash)],
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
    /** The client through whose eyes this session of a staff person looks, and until when. */
    viewAsPersonId: uuid('view_as_person_id').references(() => people.id),
    viewAsUntil: instant('view_as_until'),
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
