import type { TFunction } from 'i18next';

/** How often something is looked at: "every 6 hours". */
export function everyWords(minutes: number, t: TFunction): string {
  if (minutes % 1_440 === 0) return t('checks.every.days', { count: minutes / 1_440 });
  if (minutes % 60 === 0) return t('checks.every.hours', { count: minutes / 60 });
  return t('checks.every.minutes', { count: minutes });
}
