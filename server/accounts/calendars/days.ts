import { isDay } from '../../calendar.ts';
import { ActError } from '../../platform/graphql/errors.ts';

const mostHolidays = 400;
/** What lies further away was mistyped: a year half written is year 2, or 202. */
const [firstDay, lastDay] = ['2000-01-01', '2099-12-31'];

/** Days of the week in order, each once; at least one, or nothing would ever be due. */
export function checkedWeek(days: readonly number[]): number[] {
  const week = [...new Set(days)].sort();
  const isWeek = week.length > 0 && week.every((day) => Number.isInteger(day) && day >= 1 && day <= 7);
  if (!isWeek) throw new ActError('INVALID_CALENDAR', { field: 'workingDays', params: { what: 'week' } });
  return week;
}

/** Days off in order, each once. */
export function checkedHolidays(days: readonly string[]): string[] {
  const holidays = [...new Set(days)].sort();
  const areDays = holidays.every((day) => isDay(day) && day >= firstDay && day <= lastDay);
  if (holidays.length > mostHolidays || !areDays) {
    throw new ActError('INVALID_CALENDAR', { field: 'holidays', params: { what: 'daysOff', max: mostHolidays } });
  }
  return holidays;
}
