import type DataLoader from 'dataloader';
import { inArray } from 'drizzle-orm';
import { accountCalendars, company } from '../../../drizzle/schema/index.ts';
import { plainCalendar, type WorkingCalendar } from '../../calendar.ts';
import type { Db } from '../../platform/database/transaction.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';

/** What is known of when an account works; no days of the week: the company's. */
export type AccountDays = { workingDays: number[] | null; holidays: string[] };
const noDaysKnown: AccountDays = { workingDays: null, holidays: [] };

/** The company's working calendar, and what is known of one account's days. */
type Calendars = { own: WorkingCalendar; days: AccountDays };

/**
 * By account, or `company` for whom no account is asked after: those that one answer needs come by one statement. For
 * counting, also for clients: whoever shows the days themselves minds who is told.
 */
export function calendarsLoader(ctx: Ctx): DataLoader<string, Calendars> {
  return loaderOf(ctx, 'accounts.calendars', async (ids: readonly string[]) => {
    const { timeZone, workingDays, opensAt, closesAt, holidays } = company;
    const rows = await ctx.db
      .select({ own: { timeZone, workingDays, opensAt, closesAt, holidays }, days: accountCalendars })
      .from(company)
      .leftJoin(accountCalendars, inArray(accountCalendars.accountId, uuids(ids)));
    const own = rows[0]?.own ?? plainCalendar;
    return byKey(ids, rows, (row) => row.days?.accountId ?? '').map((row) => ({ own, days: row?.days ?? noDaysKnown }));
  });
}

/** An account's days inside a transaction. */
export async function accountDaysOf(db: Pick<Db, 'select'>, accountId: string): Promise<AccountDays> {
  const [row] = await daysRows(db, [accountId]);
  return row ?? noDaysKnown;
}

/** An account's calendar in a zone: the company's hours on its own days. */
export function calendarOfAccount(
  own: WorkingCalendar,
  { workingDays, holidays }: AccountDays,
  timeZone = own.timeZone,
): WorkingCalendar {
  return { ...own, timeZone, workingDays: workingDays ?? own.workingDays, holidays };
}

function daysRows(db: Pick<Db, 'select'>, ids: readonly string[]) {
  return db
    .select()
    .from(accountCalendars)
    .where(inArray(accountCalendars.accountId, [...ids]));
}
