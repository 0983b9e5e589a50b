import type { i18n } from 'i18next';
import { firstLook } from './en/firstLook.ts';

/** Adds what the card of the first look says; the screen behind it says more. */
export function addFirstLookWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { firstLook }, true, true);
}
