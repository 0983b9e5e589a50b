import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { scopes } from '../../server/access/scopes.ts';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';

/**
 * A key to the API. It acts as `personId`: whoever made it, or, for an app, a person row of the app's own. What it may
 * never changes; a token that should do something else is a new one.
 */
export const apiTokens = pgTable(
  'api_tokens',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => people.id),
    name: text('name').notNull(),
    /** The first characters of the secret: enough to find a token by what a log or a scanner shows of it. */
    prefix: text('prefix').notNull(),
    secretHash: text('secret_hash').notNull(),
    scopes: text('scopes', { enum: scopes as [string, ...string[]] })
      .array()
      .notNull(),
    /** Only these; both null: all that the person may see. */
    accountIds: uuid('account_ids').array(),
    projectIds: uuid('project_ids').array(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    uniqueIndex('api_tokens_secret').on(t.secretHash),
    index('api_tokens_person').on(t.personId),
    index('api_tokens_prefix').on(t.prefix),
  ],
);

/** When a token was last used, told once a minute. Apart, so that reading through the API writes no row of the domain. */
export const apiTokenUses = pgTable('api_token_uses', {
  tokenId: uuid('token_id')
    .primaryKey()
    .references(() => apiTokens.id),
  lastUsedAt: instant('last_used_at').notNull(),
});
