import type { TFunction } from 'i18next';

/** Working time in words: in days of the company's length from one on, before that in hours, then in minutes. */
export function worked(t: TFunction, minutes: number, minutesPerDay: number): string {
  if (minutes >= minutesPerDay) return t('court.span.days', { value: rounded(minutes / minutesPerDay) });
  if (minutes >= 60) return t('court.span.hours', { value: Math.round(minutes / 60) });
  return t('court.span.minutes', { value: minutes });
}

/** Under ten days a half says something; later it does not. */
function rounded(days: number): number {
  return days < 10 ? Math.round(days * 2) / 2 : Math.round(days);
}
