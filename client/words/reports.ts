import type { i18n } from 'i18next';
import { reportDone } from './en/reportDone.ts';

/** Adds what reports say: most screens have none. */
export function addReportWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { report: reportDone }, true, true);
}
