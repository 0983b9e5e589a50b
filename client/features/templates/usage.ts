import type { TFunction } from 'i18next';

type Usage = { version: number; runningCount: number; finishedCount: number };

/** "4 running, 12 live": over all versions of a template, or of one. */
export function usageWords(t: TFunction, usage: readonly Usage[]): string {
  const running = usage.reduce((sum, one) => sum + one.runningCount, 0);
  const finished = usage.reduce((sum, one) => sum + one.finishedCount, 0);
  const parts = [
    running > 0 ? t('templates.usage.running', { count: running }) : null,
    finished > 0 ? t('templates.usage.finished', { count: finished }) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? t('templates.usedBy_zero') : parts.join(', ');
}
