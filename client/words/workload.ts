import type { i18n } from 'i18next';
import { workload } from './en/workload.ts';

/** Adds the words of the workload, which clients never see. */
export function addWorkloadWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { workload }, true, true);
}
