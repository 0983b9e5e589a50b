import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import {
  accountExternalIds,
  accountFacts,
  accountForwardings,
  accounts,
  apiTokens,
  invitations,
  people,
  projects,
} from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import type { Db, Tx } from '../../platform/database/transaction.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import type { AccountRow } from '../accountRows.ts';
import { digestOf, factsOfBoth, type MergeContent } from './content.ts';

export type MergePreview = MergeContent & { digest: string };

/** What merging would do; null when one of the two is missing, both are one, or it is not this viewer's to do. */
export async function mergePreview(ctx: Ctx, intoId: string, fromId: string): Promise<MergePreview | null> {
  if (intoId === fromId || ![intoId, fromId].every((id) => isUuid(id) && mayMerge(ctx, id))) return null;
  const rows = await ctx.db
    .select()
    .from(accounts)
    .where(inArray(accounts.id, [intoId, fromId]));
  const [into, from] = [intoId, fromId].map((id) => rows.find((row) => row.id === id));
  if (!into || !from) return null;
  const content = await mergeContent(ctx.db, into, from);
  return { ...content, digest: digestOf(content) };
}

export function mayMerge({ viewer }: Ctx, accountId: string): boolean {
  return can(viewer, 'account.merge', { accountId });
}

/** All that the two accounts are, read the same way for whoever looks before and for the act itself. */
export async function mergeContent(db: Db | Tx, into: AccountRow, from: AccountRow): Promise<MergeContent> {
  const both = [into.id, from.id];
  const everybody = await db
    .select({ id: people.id, accountId: people.accountId, removedAt: people.removedAt })
    .from(people)
    .where(inArray(people.accountId, both))
    .orderBy(asc(people.name), asc(people.id));
  const theirs = await db
    .select({ id: projects.id, accountId: projects.accountId })
    .from(projects)
    .where(inArray(projects.accountId, both))
    .orderBy(asc(projects.name), asc(projects.id));
  const facts = await db
    .select()
    .from(accountFacts)
    .where(inArray(accountFacts.accountId, both))
    .orderBy(asc(accountFacts.key));
  const externalIds = await db
    .select()
    .from(accountExternalIds)
    .where(eq(accountExternalIds.accountId, from.id))
    .orderBy(asc(accountExternalIds.system), asc(accountExternalIds.externalId));
  const invited = await db
    .select({ id: invitations.id })
    .from(invitations)
    .where(and(eq(invitations.accountId, from.id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)));
  const tokens = await db
    .select({ id: apiTokens.id, personId: apiTokens.personId })
    .from(apiTokens)
    .where(and(sql`${from.id}::uuid = any(${apiTokens.accountIds})`, isNull(apiTokens.revokedAt)));
  const here = everybody.filter((person) => person.removedAt === null);
  const idsOf = (rows: readonly { id: string; accountId: string | null }[], account: AccountRow) =>
    rows.filter((row) => row.accountId === account.id).map((row) => row.id);
  return {
    into,
    from,
    intoPeople: idsOf(here, into),
    people: idsOf(here, from),
    gone: everybody.flatMap((row) => (row.accountId === from.id && row.removedAt !== null ? [row.id] : [])),
    intoProjects: idsOf(theirs, into),
    projects: idsOf(theirs, from),
    ...factsOfBoth(
      facts.filter((fact) => fact.accountId === into.id),
      facts.filter((fact) => fact.accountId === from.id),
    ),
    externalIds,
    invitations: invited.map(({ id }) => id),
    tokens,
  };
}

export type MergedAccount = { id: string; name: string; website: string; mergedAt: Date };

/** The accounts that went into others, the latest first; none for whoever may not read what the company keeps. */
export function mergedIntoLoader(ctx: Ctx) {
  return loaderOf<string, MergedAccount[]>(ctx, 'accounts.merged', async (ids) => {
    const wanted = ids.filter((accountId) => can(ctx.viewer, 'account.read', { accountId }));
    const { fromId: id, toId, name, website, mergedAt } = accountForwardings;
    const rows =
      wanted.length === 0
        ? []
        : await ctx.db
            .select({ id, toId, name, website, mergedAt })
            .from(accountForwardings)
            .where(inArray(toId, wanted))
            .orderBy(sql`${mergedAt} desc`);
    return groupByKey(ids, rows, (row) => row.toId);
  });
}
