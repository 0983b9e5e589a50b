import { accountCalendars } from '../../../drizzle/schema/index.ts';
import { type Committed, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import type { Ctx } from '../../platform/services.ts';
import { type AccountRow, accountLock, accountTouch, checkAccountRevision } from '../accountRows.ts';
import { checkedHolidays, checkedWeek } from './days.ts';
import { type AccountDays, accountDaysOf } from './queries.ts';

/**
 * Writes down when an account works, all at once: what it said before is replaced, so that the same act takes it back.
 * Due days stay where they are; what is computed from them is computed again.
 */
export function accountCalendarSet(
  ctx: Ctx,
  accountId: string,
  { revision, ...given }: AccountDays & { revision: number },
): Promise<Committed<AccountRow>> {
  return transaction(ctx, async (tx) => {
    const account = await accountLock(tx, ctx, accountId);
    checkAccountRevision(account, revision);
    const after: AccountDays = {
      workingDays: given.workingDays === null ? null : checkedWeek(given.workingDays),
      holidays: checkedHolidays(given.holidays),
    };
    const { workingDays, holidays } = await accountDaysOf(tx, account.id);
    const before: AccountDays = { workingDays, holidays };
    if (JSON.stringify(before) === JSON.stringify(after)) return account;
    await tx
      .insert(accountCalendars)
      .values({ accountId: account.id, ...after })
      .onConflictDoUpdate({ target: accountCalendars.accountId, set: after });
    append(tx, {
      kind: 'account.calendarSet',
      audience: 'INTERNAL',
      projectId: null,
      actorId: ctx.viewer.personId,
      subjectId: account.id,
      facts: {},
      revision: { before, after },
    });
    return accountTouch(tx, ctx, account);
  });
}
