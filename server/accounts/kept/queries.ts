import { asc, inArray } from 'drizzle-orm';
import { accountFacts } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import type { AccountRow } from '../accountRows.ts';

/** An account as only the company knows it: over all its projects. */
export type AccountKept = { account: AccountRow };

/** Null for whoever is not of the company; there is one door to what it keeps of accounts, and this is it. */
export function accountKept({ viewer }: Ctx, account: AccountRow): AccountKept | null {
  return can(viewer, 'account.read', { accountId: account.id }) ? { account } : null;
}

export type FactKept = typeof accountFacts.$inferSelect;

/** What is known of accounts, by name, with its source and day. */
export function factsKeptLoader(ctx: Ctx) {
  return loaderOf<string, FactKept[]>(ctx, 'accounts.facts', async (ids) => {
    const wanted = ids.filter((accountId) => can(ctx.viewer, 'account.read', { accountId }));
    const rows =
      wanted.length === 0
        ? []
        : await ctx.db
            .select()
            .from(accountFacts)
            .where(inArray(accountFacts.accountId, wanted))
            .orderBy(asc(accountFacts.key));
    return groupByKey(ids, rows, (row) => row.accountId);
  });
}
