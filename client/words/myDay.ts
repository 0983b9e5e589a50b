import type { i18n } from 'i18next';
import { myDay } from './en/myDay.ts';

/** Adds the words of a day, which clients never see. */
export function addMyDayWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { myDay }, true, true);
}
