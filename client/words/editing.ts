import type { i18n } from 'i18next';
import { inlineEdit } from './en/inlineEdit.ts';
import { projectEdit } from './en/projectEdit.ts';

/** Adds the words of what is edited where it stands, which come with the editors. */
export function addEditingWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { inlineEdit, projectEdit }, true, true);
}
