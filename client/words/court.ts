import type { i18n } from 'i18next';
import { court } from './en/court.ts';

/** Adds the words of the court ledger and of promised days, which come with their parts. */
export function addCourtWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { court }, true, true);
}
