import type { i18n } from 'i18next';
import { templateUpdate } from './en/templateUpdate.ts';

/** Adds the words of bringing a project to a newer version of its template, which clients never do. */
export function addTemplateUpdateWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { templateUpdate }, true, true);
}
