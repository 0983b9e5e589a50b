import type { i18n } from 'i18next';
import { firstLook } from './en/firstLook.ts';
import { firstLookScreen } from './en/firstLookScreen.ts';
import { firstLookStaff } from './en/firstLookStaff.ts';

/** Adds what is said around mocks: it comes with the screen that says it. */
export function addFirstLookScreenWords(words: i18n): void {
  const all = { ...firstLook, ...firstLookStaff, ...firstLookScreen };
  words.addResourceBundle('en', 'translation', { firstLook: all }, true, true);
}
