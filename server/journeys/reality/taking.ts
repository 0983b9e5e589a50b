import { businessDaysBetween, dayOf, type WorkingCalendar } from '../../calendar.ts';

/** A stretch of time; `to` null: it goes on. */
export type Stretch = { from: Date; to: Date | null };

/**
 * How many working days lay between two moments, by the calendar of those whose work it was: the days after the one on
 * which it could begin, up to the one on which it was done, without those on which the project was on hold. 0 when it was
 * done the same day.
 */
export function daysTaken(from: Date, to: Date, held: readonly Stretch[], calendar: WorkingCalendar): number {
  const between = (start: Date, end: Date) =>
    end <= start ? 0 : businessDaysBetween(dayOf(start, calendar.timeZone), dayOf(end, calendar.timeZone), calendar);
  const later = (one: Date, other: Date) => (one > other ? one : other);
  const earlier = (one: Date, other: Date) => (one < other ? one : other);
  const onHold = held.reduce((sum, hold) => sum + between(later(from, hold.from), earlier(to, hold.to ?? to)), 0);
  return between(from, to) - onHold;
}

/** The most days that a task may take which is planned for so many: twice as long, and two more in any case. */
export function mostDaysOf(plannedDays: number): number {
  return Math.max(2 * plannedDays, plannedDays + 2);
}
