import { eq } from 'drizzle-orm';
import { accounts } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import type { Ctx } from '../platform/services.ts';

export type AccountRow = typeof accounts.$inferSelect;

/** Locks an account that the viewer may edit, as everything of its projects, for the rest of the transaction. */
export async function accountLock(tx: Tx, ctx: Ctx, accountId: string): Promise<AccountRow> {
  const [row] = isUuid(accountId)
    ? await tx.select().from(accounts).where(eq(accounts.id, accountId)).for('update')
    : [];
  const facts = { projectId: '', accountId, isDraft: false, isOver: false };
  if (!row || !can(ctx.viewer, 'project.read', facts)) throw new ApiError('NOT_FOUND');
  if (!can(ctx.viewer, 'project.edit', facts)) throw new ApiError('FORBIDDEN');
  return row;
}

/** Refuses an act on an account that has changed since the person saw it. */
export function checkAccountRevision(account: AccountRow, revision: number): void {
  if (account.revision !== revision) throw new ActError('CONFLICT', { field: 'revision' });
}

/** Puts a locked account under its next revision, after what hangs on it changed. */
export async function accountTouch(tx: Tx, ctx: Ctx, account: AccountRow): Promise<AccountRow> {
  const written = { revision: account.revision + 1, updatedAt: ctx.clock.now() };
  await tx.update(accounts).set(written).where(eq(accounts.id, account.id));
  return { ...account, ...written };
}
