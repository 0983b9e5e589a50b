import type { i18n } from 'i18next';
import { firstLook } from './en/firstLook.ts';

/** Adds what is said around mocks: it comes with the parts that say it. */
export function addFirstLookWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { firstLook }, true, true);
}
