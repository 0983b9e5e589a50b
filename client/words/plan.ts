import type { i18n } from 'i18next';
import { plan } from './en/plan.ts';

/** Adds the words of forecasts and of what a change would move, which come with their parts. */
export function addPlanWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { plan }, true, true);
}
