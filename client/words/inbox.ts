import type { i18n } from 'i18next';
import { inbox } from './en/inbox.ts';

/** Adds the words of the inbox: no other screen says them. */
export function addInboxWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { inbox }, true, true);
}
