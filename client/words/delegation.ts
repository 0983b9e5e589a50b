import type { i18n } from 'i18next';
import { delegation } from './en/delegation.ts';

/** Adds the words of approving in somebody's place. */
export function addDelegationWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { delegation }, true, true);
}
