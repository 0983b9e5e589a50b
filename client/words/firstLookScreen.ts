import type { i18n } from 'i18next';
import { firstLook } from './en/firstLook.ts';
import { firstLookScreen } from './en/firstLookScreen.ts';

/** Adds what is said around mocks: it comes with the screen that says it. */
export function addFirstLookScreenWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { firstLook: { ...firstLook, ...firstLookScreen } }, true, true);
}
