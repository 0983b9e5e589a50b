import { and, eq } from 'drizzle-orm';
import { accountFacts, accounts } from '../../drizzle/schema/index.ts';
import { type AccountRow, accountLock, checkAccountRevision } from '../accounts/commands.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { words } from '../words/en.ts';
import { checkedName } from './rows.ts';

/** Only what is given changes. */
export type AccountEdit = { revision: number; name?: string; website?: string };

const mostFactCharacters = 4000;
const mostFactsHandedOver = 100;
/** As documentation writes its variables: shop.domain. It stands in an event, so it is never a person's words. */
const factKey = /^[a-z][A-Za-z]{0,29}\.[a-z][A-Za-z]{0,29}$/;

/** Changes the name or the website of an account. */
export function accountEdit(ctx: Ctx, accountId: string, input: AccountEdit): Promise<Committed<AccountRow>> {
  return transaction(ctx, async (tx) => {
    const account = await accountLock(tx, ctx, accountId);
    checkAccountRevision(account, input.revision);
    const name = input.name === undefined ? account.name : checkedName(input.name);
    const website = input.website === undefined ? account.website : checkedWebsite(input.website);
    if (name === account.name && website === account.website) return account;
    const changed = { name, website, revision: account.revision + 1, updatedAt: ctx.clock.now() };
    await tx.update(accounts).set(changed).where(eq(accounts.id, accountId));
    append(tx, {
      kind: 'account.edited',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: accountId,
      projectId: null,
      facts: {},
      revision: {
        before: { name: account.name, website: account.website },
        after: { name, website },
      },
    });
    return { ...account, ...changed };
  });
}

/** Writes down what is known of an account; what documentation asks for under this name is filled in with it. Empty forgets it. */
export function accountFactSet(
  ctx: Ctx,
  accountId: string,
  { key, value }: { key: string; value: string },
): Promise<Committed<AccountRow>> {
  return transaction(ctx, async (tx) => {
    const account = await accountLock(tx, ctx, accountId);
    if (!factKey.test(key)) throw new ApiError('BAD_USER_INPUT');
    const text = value.trim();
    if ([...text].length > mostFactCharacters) {
      throw new ActError('TOO_LONG', { field: 'value', params: { max: mostFactCharacters } });
    }
    const isThis = and(eq(accountFacts.accountId, accountId), eq(accountFacts.key, key));
    const [known] = await tx.select().from(accountFacts).where(isThis);
    const before = known?.value ?? null;
    if ((before ?? '') === text) return account;
    const written = { accountId, key, value: text, source: 'STAFF', at: ctx.clock.now() };
    if (text === '') await tx.delete(accountFacts).where(isThis);
    else if (known) await tx.update(accountFacts).set(written).where(isThis);
    else await tx.insert(accountFacts).values(written);
    append(tx, {
      kind: 'account.factSet',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: accountId,
      projectId: null,
      facts: { key },
      revision: { before: { value: before }, after: { value: text || null } },
    });
    return account;
  });
}

/** An information item of an account, and what it says. */
export type KnownFact = { key: string; value: string };

/**
 * What Sales hands over along with a new integration, within the act that makes it. It fills gaps only: what the client
 * or a colleague wrote down since is nearer to the truth than a form that was filled in before the contract.
 */
export async function factsHandedOver(
  tx: Tx,
  ctx: Ctx,
  accountId: string,
  handedOver: readonly KnownFact[],
): Promise<void> {
  if (handedOver.length === 0) return;
  const max = mostFactsHandedOver;
  if (handedOver.length > max) throw new ActError('TOO_MANY', { field: 'handOver', params: { max } });
  await accountLock(tx, ctx, accountId);
  const facts = handedOver.map(({ key, value }, index) => {
    if (!factKey.test(key)) {
      throw new ApiError('BAD_USER_INPUT', words.graphql.factKey(), { field: `handOver.${index}.key` });
    }
    const text = value.trim();
    if ([...text].length > mostFactCharacters) {
      throw new ActError('TOO_LONG', { field: `handOver.${index}.value`, params: { max: mostFactCharacters } });
    }
    return { key, value: text };
  });
  const at = ctx.clock.now();
  for (const { key, value } of facts.filter((fact) => fact.value !== '')) {
    const written = await tx
      .insert(accountFacts)
      .values({ accountId, key, value, source: 'SALES', at })
      .onConflictDoNothing()
      .returning({ key: accountFacts.key });
    if (written.length === 0) continue;
    append(tx, {
      kind: 'account.factSet',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: accountId,
      projectId: null,
      facts: { key },
      revision: { before: { value: null }, after: { value } },
    });
  }
}

/** An address as people type it: "shop.example" gets its scheme. */
export function checkedWebsite(text: string, field = 'website'): string {
  const typed = text.trim();
  if (typed === '') throw new ActError('EMPTY', { field });
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`);
  const isWeb = url && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.');
  if (!isWeb || url.username !== '' || url.password !== '' || typed.length > 300) {
    throw new ActError('INVALID_URL', { field });
  }
  return url.pathname === '/' && url.search === '' ? url.origin : url.href;
}
