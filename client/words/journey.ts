import type { i18n } from 'i18next';
import { journey } from './en/journey.ts';

/** Adds the words of what happened against what was planned, which come with their part. */
export function addJourneyWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { journey }, true, true);
}
