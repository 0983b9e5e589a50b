import type { TFunction } from 'i18next';

/** Usual minutes of work as one says them: "about 20 minutes", "about an hour and a half". */
export function minutesInWords(t: TFunction, minutes: number): string {
  if (minutes < 60) return t('common.minutes', { count: minutes });
  const halves = Math.round(minutes / 30);
  const count = Math.floor(halves / 2);
  return halves % 2 === 0 ? t('common.hours', { count }) : t('common.hoursAndHalf', { count });
}
