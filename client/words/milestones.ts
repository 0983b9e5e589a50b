import type { i18n } from 'i18next';
import { milestones } from './en/milestones.ts';

/** Adds the words of milestones, which come with their parts. */
export function addMilestoneWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { milestones }, true, true);
}
