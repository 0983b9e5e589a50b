import { dayOf, isPastClose, isWorkingDay, type WorkingCalendar } from '../calendar.ts';

/** So many weeks ahead are shown, this one first. */
export const shownWeeks = 8;
/** Work that ends after them counts as well, where it has begun by then: so many weeks more are looked at. */
const weeksBeyond = 26;

/** A week from its Monday, with what of it is still to come. `first` and `last` are places among the working days. */
export type Week = {
  from: string;
  to: string;
  workingDays: number;
  capacityMinutes: number;
  first: number;
  last: number;
};

export type Horizon = {
  weeks: Week[];
  /** Every working day from now on, also beyond the weeks that are shown. */
  days: string[];
};

/**
 * The weeks ahead by the company's calendar. A day counts until its close of business: after that, work begins with the
 * next one. A week in which nobody works has no capacity, and no place: `last` is before `first`.
 */
export function horizonAt(now: Date, calendar: WorkingCalendar): Horizon {
  const today = dayOf(now, calendar.timeZone);
  const isOver = isWorkingDay(today, calendar) && isPastClose(today, now, calendar, today);
  const begins = isOver ? daysAfter(today, 1) : today;
  const monday = daysAfter(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
  const minutesOfDay = minutesAt(calendar.closesAt) - minutesAt(calendar.opensAt);
  const weeks: Week[] = [];
  const days: string[] = [];
  for (let at = 0; at < shownWeeks + weeksBeyond; at++) {
    const from = daysAfter(monday, at * 7);
    const all = [0, 1, 2, 3, 4, 5, 6].map((day) => daysAfter(from, day));
    const worked = all.filter((day) => day >= begins && isWorkingDay(day, calendar));
    const [first, last] = [days.length, days.length + worked.length - 1];
    days.push(...worked);
    if (at >= shownWeeks) continue;
    const capacityMinutes = worked.length * minutesOfDay;
    weeks.push({ from, to: daysAfter(from, 6), workingDays: worked.length, capacityMinutes, first, last });
  }
  return { weeks, days };
}

function minutesAt(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
