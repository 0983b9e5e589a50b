import { addBusinessDays, businessDaysBetween, type WorkingCalendar } from '../calendar.ts';

/** A count of working days between two days (YYYY-MM-DD); 0 when `to` is not after `from`. */
export type Workdays = { between(from: string, to: string): number; add(day: string, days: number): string };

/**
 * Working days as health counts them: by the company's week and its days off, so that a project's health is the same for
 * whoever reads it, and nobody is silent or late over a holiday.
 */
export function workdaysOf(calendar: WorkingCalendar): Workdays {
  return {
    between: (from, to) => Math.max(0, businessDaysBetween(from, to, calendar)),
    add: (day, days) => addBusinessDays(day, days, calendar),
  };
}
