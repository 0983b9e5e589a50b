import type DataLoader from 'dataloader';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { accountExternalIds } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { type ExternalId, normalExternalId, normalSystem } from './naming.ts';

export type ExternalIdSeen = ExternalId & { setAt: Date };

/** What other systems call accounts, by system and id; none for whoever may not read what the company keeps of them. */
export function externalIdsLoader(ctx: Ctx): DataLoader<string, ExternalIdSeen[]> {
  return loaderOf(ctx, 'accounts.externalIds', async (ids: readonly string[]) => {
    const wanted = uuids(ids).filter((accountId) => can(ctx.viewer, 'account.read', { accountId }));
    const rows =
      wanted.length === 0
        ? []
        : await ctx.db
            .select()
            .from(accountExternalIds)
            .where(inArray(accountExternalIds.accountId, wanted))
            .orderBy(asc(accountExternalIds.system), asc(accountExternalIds.externalId));
    return groupByKey(ids, rows, (row) => row.accountId);
  });
}

/** Which account another system means; null when none is known by it, or it is not this viewer's to know. */
export async function accountIdByExternalId(ctx: Ctx, { system, externalId }: ExternalId): Promise<string | null> {
  const [found] = await ctx.db
    .select({ accountId: accountExternalIds.accountId })
    .from(accountExternalIds)
    .where(
      and(
        eq(accountExternalIds.system, normalSystem(system)),
        eq(accountExternalIds.externalId, normalExternalId(externalId)),
      ),
    );
  return found && can(ctx.viewer, 'account.read', { accountId: found.accountId }) ? found.accountId : null;
}
