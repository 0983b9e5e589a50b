import type { i18n } from 'i18next';
import { api } from './en/api.ts';

/** Adds the words of the explorer and the guide. */
export function addApiWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { api }, true, true);
}
