import { addBusinessDays, businessDaysBetween } from '../calendar.ts';

/** Working days as health counts them: by the plain week, so that a project's health is the same for whoever reads it. */
export const workdays = {
  between: (from: string, to: string) => businessDaysBetween(from, to),
  add: (day: string, days: number) => addBusinessDays(day, days),
};
