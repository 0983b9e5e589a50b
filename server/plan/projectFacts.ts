import { inArray } from 'drizzle-orm';
import { accountFacts } from '../../drizzle/schema/index.ts';
import { loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';

/** What is known of accounts, by the variable that stands for it. The caller asks policy. */
export function accountFactsLoader(ctx: Ctx) {
  return loaderOf<string, Map<string, string>>(ctx, 'plan.accountFacts', async (accountIds) => {
    const rows = await ctx.db
      .select()
      .from(accountFacts)
      .where(inArray(accountFacts.accountId, [...accountIds]));
    return accountIds.map((id) => new Map(rows.flatMap((row) => (row.accountId === id ? [[row.key, row.value]] : []))));
  });
}
