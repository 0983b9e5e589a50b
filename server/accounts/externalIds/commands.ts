import { and, eq } from 'drizzle-orm';
import { accountExternalIds, accounts } from '../../../drizzle/schema/index.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { type AccountRow, accountLock, accountTouch, checkAccountRevision } from '../accountRows.ts';
import { type ExternalId, normalExternalId, normalSystem, systemPattern } from './naming.ts';

const mostIdCharacters = 200;
export const mostIds = 20;
export { normalExternalId } from './naming.ts';

export type ExternalIdSet = ExternalId & {
  revision: number;
  /** The id of the same system that this one stands instead of. */
  replaces?: string;
};

/** Writes down what another system calls an account. CONFLICT for a stale revision, EXTERNAL_ID_TAKEN for another account's id. */
export function accountExternalIdSet(
  ctx: Ctx,
  accountId: string,
  input: ExternalIdSet,
): Promise<Committed<AccountRow>> {
  return transaction(ctx, async (tx) => {
    const account = await accountLock(tx, ctx, accountId);
    checkAccountRevision(account, input.revision);
    const { replaces } = input;
    const before = replaces === undefined ? null : { system: normalSystem(input.system), externalId: replaces.trim() };
    const wanted = checkedExternalId(input);
    if (before?.externalId === wanted.externalId) return account;
    if (before) await removed(tx, account.id, before);
    const isNew = await written(tx, ctx, account, wanted);
    if (!isNew && before === null) return account;
    append(tx, {
      ...ofAccount(ctx, account),
      kind: 'account.externalIdSet',
      facts: { system: wanted.system },
      revision: { before: { externalId: before?.externalId ?? null }, after: { externalId: wanted.externalId } },
    });
    return accountTouch(tx, ctx, account);
  });
}

/**
 * As `accountExternalIdSet`, as a part of another act, such as one that makes the account or finds it by a list: without
 * a revision, since nobody looked at it. Null when the account has the id already. `fields`: where its parts stand in the
 * input of that act.
 */
export async function externalIdGiven(
  tx: Tx,
  ctx: Ctx,
  accountId: string,
  given: ExternalId,
  fields: { system: string; externalId: string } = { system: 'system', externalId: 'externalId' },
): Promise<AccountRow | null> {
  const account = await accountLock(tx, ctx, accountId);
  const wanted = checkedExternalId(given, fields);
  if (!(await written(tx, ctx, account, wanted, fields.externalId))) return null;
  append(tx, {
    ...ofAccount(ctx, account),
    kind: 'account.externalIdSet',
    facts: { system: wanted.system },
    revision: { before: { externalId: null }, after: { externalId: wanted.externalId } },
  });
  return accountTouch(tx, ctx, account);
}

/** Forgets what another system calls an account. What is not there any more is forgotten already. */
export function accountExternalIdRemove(
  ctx: Ctx,
  accountId: string,
  { revision, ...given }: ExternalId & { revision: number },
): Promise<Committed<AccountRow>> {
  return transaction(ctx, async (tx) => {
    const account = await accountLock(tx, ctx, accountId);
    checkAccountRevision(account, revision);
    const gone = { system: normalSystem(given.system), externalId: given.externalId.trim() };
    if (!(await removed(tx, account.id, gone))) return account;
    append(tx, {
      ...ofAccount(ctx, account),
      kind: 'account.externalIdRemoved',
      facts: { system: gone.system },
      revision: { before: { externalId: gone.externalId }, after: { externalId: null } },
    });
    return accountTouch(tx, ctx, account);
  });
}

function ofAccount(ctx: Ctx, account: AccountRow) {
  return { audience: 'INTERNAL', projectId: null, actorId: ctx.viewer.personId, subjectId: account.id } as const;
}

/** An id of another system as it is kept. The system's name stands in an event, so it is never a person's words. */
export function checkedExternalId(
  { system, externalId }: ExternalId,
  fields = { system: 'system', externalId: 'externalId' },
): ExternalId {
  const name = normalSystem(system);
  if (!systemPattern.test(name)) throw new ActError('EXTERNAL_ID_INVALID', { field: fields.system });
  const text = normalExternalId(externalId);
  if (text === '') throw new ActError('EMPTY', { field: fields.externalId });
  if ([...text].length > mostIdCharacters) {
    throw new ActError('TOO_LONG', { field: fields.externalId, params: { max: mostIdCharacters } });
  }
  return { system: name, externalId: text };
}

/** False when the account has it already. */
async function written(
  tx: Tx,
  ctx: Ctx,
  account: AccountRow,
  { system, externalId }: ExternalId,
  field = 'externalId',
): Promise<boolean> {
  const has = await tx.$count(accountExternalIds, eq(accountExternalIds.accountId, account.id));
  const made = await tx
    .insert(accountExternalIds)
    .values({ system, externalId, accountId: account.id, setAt: ctx.clock.now() })
    .onConflictDoNothing()
    .returning({ accountId: accountExternalIds.accountId });
  if (made.length === 1) {
    if (has >= mostIds) throw new ActError('TOO_MANY', { field, params: { max: mostIds } });
    return true;
  }
  const [owner] = await tx
    .select({ id: accounts.id, name: accounts.name })
    .from(accountExternalIds)
    .innerJoin(accounts, eq(accounts.id, accountExternalIds.accountId))
    .where(isThis({ system, externalId }));
  if (owner?.id === account.id) return false;
  throw new ActError('EXTERNAL_ID_TAKEN', { field, params: { account: owner?.name ?? '' } });
}

async function removed(tx: Tx, accountId: string, id: ExternalId): Promise<boolean> {
  const gone = await tx
    .delete(accountExternalIds)
    .where(and(isThis(id), eq(accountExternalIds.accountId, accountId)))
    .returning({ system: accountExternalIds.system });
  return gone.length === 1;
}

function isThis({ system, externalId }: ExternalId) {
  return and(eq(accountExternalIds.system, system), eq(accountExternalIds.externalId, externalId));
}
