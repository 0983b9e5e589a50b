import { addBusinessDays } from '../calendar.ts';

const dayMs = 86_400_000;

/** The working days between two days (YYYY-MM-DD): those after `from`, up to and including `to`. */
export function businessDaysBetween(from: string, to: string): number {
  let days = 0;
  for (let at = Date.parse(`${from}T00:00:00Z`) + dayMs; at <= Date.parse(`${to}T00:00:00Z`); at += dayMs) {
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days += 1;
  }
  return days;
}

export const workdays = { between: businessDaysBetween, add: addBusinessDays };
