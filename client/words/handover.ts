import type { i18n } from 'i18next';
import { handover } from './en/handover.ts';

/** Adds the words of a task that is handed to somebody from outside. */
export function addHandoverWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { handover }, true, true);
}
