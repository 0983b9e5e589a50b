import type DataLoader from 'dataloader';
import { and, asc, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { accountExternalIds, accountForwardings, accounts, projects } from '../../../drizzle/schema/index.ts';
import { isStaff } from '../../access/policy.ts';
import type { Viewer } from '../../access/viewer.ts';
import { type Connection, pageOf, parseCursor } from '../../platform/graphql/connection.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import type { AccountRow } from '../accountRows.ts';

/** Accounts by name; a client has only their own. */
export async function accountsPage(
  ctx: Ctx,
  first: number,
  after: string | null,
  text: string | null = null,
): Promise<Connection<AccountRow>> {
  const cursor = parseCursor(after, ['string', 'string']);
  const rows = await ctx.db
    .select()
    .from(accounts)
    .where(
      and(
        isStaff(ctx.viewer) ? undefined : eq(accounts.id, ctx.viewer.accountId ?? nobody),
        ofToken(ctx.viewer),
        namedLike(ctx.viewer, text),
        cursor ? sql`(${accounts.name}, ${accounts.id}::text) > (${cursor[0]}, ${cursor[1]})` : undefined,
      ),
    )
    .orderBy(asc(accounts.name), sql`${accounts.id}::text`)
    .limit(first + 1);
  return pageOf(rows, first, (row) => [row.name, row.id], 'forward', cursor !== null);
}

/**
 * By name or shop; for staff also by what other systems call it, and by the names of those that were merged into it.
 * Without capitals and accents, anywhere in the words.
 */
function namedLike(viewer: Viewer, text: string | null): SQL | undefined {
  const wanted = text?.trim() ?? '';
  if (wanted === '') return undefined;
  const holds = (words: SQL | PgColumn) => sql`strpos(lower(unaccent(${words})), lower(unaccent(${wanted}))) > 0`;
  const { name, website } = accountForwardings;
  return or(
    holds(accounts.name),
    holds(accounts.website),
    isStaff(viewer)
      ? or(
          sql`exists (select 1 from ${accountExternalIds} where ${accountExternalIds.accountId} = ${accounts.id}
            and ${holds(accountExternalIds.externalId)})`,
          sql`exists (select 1 from ${accountForwardings} where ${accountForwardings.toId} = ${accounts.id}
            and (${holds(name)} or ${holds(website)}))`,
        )
      : undefined,
  );
}

/** A token for some accounts or projects lists only the accounts that it is for, or that these projects are of. */
function ofToken({ token }: Viewer): SQL | undefined {
  if (token === null || (token.accountIds === null && token.projectIds === null)) return undefined;
  const ofProjects = sql`exists (select 1 from ${projects} where ${projects.accountId} = ${accounts.id}
    and ${inArray(projects.id, uuids(token.projectIds ?? []))})`;
  return or(inArray(accounts.id, uuids(token.accountIds ?? [])), ofProjects);
}

/** The id of nothing. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Accounts by id; a client gets only their own, a partner those of the projects that they are attached to. */
export function accountLoader(ctx: Ctx): DataLoader<string, AccountRow | null> {
  return loaderOf(ctx, 'accounts', async (ids: readonly string[]) => {
    const { accountId, projectIds } = ctx.viewer;
    const wanted = uuids(ids).filter((id) => isStaff(ctx.viewer) || id === accountId || projectIds !== null);
    const isShown = and(inArray(projects.id, [...(projectIds ?? [])]), isNotNull(projects.activatedAt));
    const ofTheirs = ctx.db.select({ id: projects.accountId }).from(projects).where(isShown);
    const isKnown = and(inArray(accounts.id, wanted), projectIds === null ? undefined : inArray(accounts.id, ofTheirs));
    const rows = wanted.length === 0 ? [] : await ctx.db.select().from(accounts).where(isKnown);
    const found = byKey(ids, rows, (row) => row.id);
    const gone = wanted.filter((id) => isStaff(ctx.viewer) && !rows.some((row) => row.id === id));
    if (gone.length === 0) return found;
    const became = await accountsInstead(ctx, gone);
    return ids.map((id, place) => found[place] ?? became.get(id) ?? null);
  });
}

/** What accounts became that were merged into others: their old ids stand in events, links and other systems. */
async function accountsInstead({ db }: Ctx, gone: readonly string[]): Promise<Map<string, AccountRow>> {
  const rows = await db
    .select({ fromId: accountForwardings.fromId, account: accounts })
    .from(accountForwardings)
    .innerJoin(accounts, eq(accounts.id, accountForwardings.toId))
    .where(inArray(accountForwardings.fromId, [...gone]));
  return new Map(rows.map((row) => [row.fromId, row.account]));
}
