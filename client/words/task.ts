import type { i18n } from 'i18next';
import { checks } from './en/checks.ts';
import { inputs } from './en/inputs.ts';
import { notes } from './en/notes.ts';
import { unsent } from './en/unsent.ts';

/** Adds the words of what a task asks for, of its note and of what was not sent, which other screens do not say. */
export function addTaskWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { checks, inputs, notes, unsent }, true, true);
}
