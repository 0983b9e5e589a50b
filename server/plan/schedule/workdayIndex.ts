import type { WorkingCalendar } from '../../calendar.ts';

const dayMs = 86_400_000;
/** 1 January 1970 was a Thursday; weeks are counted from the Monday before it. */
const mondayBefore = -3;

/** A day as a number: how many days after 1 January 1970. */
export function dayNumber(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / dayMs;
}

/** The day (YYYY-MM-DD) of a number. */
export function dayOfNumber(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** The same, for days that come again and again: each is written once. */
export function dayWriter(): (number: number) => string {
  const written = new Map<number, string>();
  return (number) => {
    const known = written.get(number);
    if (known !== undefined) return known;
    const day = dayOfNumber(number);
    written.set(number, day);
    return day;
  };
}

/**
 * The working days of a calendar, numbered through in both directions without end, so that planning adds and compares
 * numbers and walks over no day. Both ways cost the logarithm of the number of holidays.
 */
export type WorkdayIndex = {
  /** How many working days come before this day, counted from a fixed one: the number of the first that is on or after it. */
  before(day: number): number;
  /** The day of the working day with this number. */
  dayAt(index: number): number;
};

/** A week without a working day counts every day, so that nothing waits for ever; `calendar.ts` does the same. */
export function workdayIndexOf({
  workingDays,
  holidays,
}: Pick<WorkingCalendar, 'workingDays' | 'holidays'>): WorkdayIndex {
  const wanted = [1, 2, 3, 4, 5, 6, 7].filter((weekday) => workingDays.includes(weekday));
  const week = wanted.length === 0 ? [1, 2, 3, 4, 5, 6, 7] : wanted;
  const perWeek = week.length;
  // By day of the week from Monday: how many working days of the week lie before it.
  const beforeInWeek = [1, 2, 3, 4, 5, 6, 7].map((weekday) => week.filter((one) => one < weekday).length);
  const ofWeek = (day: number) => {
    const sinceMonday = day - mondayBefore;
    const weeks = Math.floor(sinceMonday / 7);
    return weeks * perWeek + (beforeInWeek[sinceMonday - weeks * 7] as number);
  };
  const dayOfWeek = (index: number) => {
    const weeks = Math.floor(index / perWeek);
    return mondayBefore + weeks * 7 + (week[index - weeks * perWeek] as number) - 1;
  };
  const off = [...new Set(holidays)]
    .map(dayNumber)
    .filter((day) => Number.isFinite(day) && dayOfWeek(ofWeek(day)) === day)
    .sort((a, b) => a - b);
  // The number that the next working day after each holiday has: never less than the one before.
  const numberAfter = off.map((day, place) => ofWeek(day) - place);
  return {
    before: (day) => ofWeek(day) - countBelow(off, day),
    dayAt: (index) => dayOfWeek(index + countBelow(numberAfter, index + 1)),
  };
}

/** How many of these sorted numbers are below a limit. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
