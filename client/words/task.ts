import type { i18n } from 'i18next';
import { checks } from './en/checks.ts';
import { notes } from './en/notes.ts';

/** Adds the words of what a task asks for and of its note, which other screens do not say. */
export function addTaskWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { checks, notes }, true, true);
}
