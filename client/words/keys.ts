import type { i18n } from 'i18next';
import { keys } from './en/keys.ts';

/** Adds the words of the sheet of keys. */
export function addKeysWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { palette: { keys } }, true, true);
}
