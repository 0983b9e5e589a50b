import type { i18n } from 'i18next';
import { addEditingWords } from './editing.ts';
import { overview } from './en/overview.ts';

/** Adds the words of the overview, which clients never see, and of editing in it. */
export function addOverviewWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { overview }, true, true);
  addEditingWords(words);
}
