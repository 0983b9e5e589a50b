import type { i18n } from 'i18next';
import { journeyMap } from './en/journeyMap.ts';
import { journeyReality } from './en/journeyReality.ts';
import { journeyResearch } from './en/journeyResearch.ts';
import { journeySaying } from './en/journeySaying.ts';

/** Adds the words of journey maps, which only staff see. */
export function addJourneyMapWords(words: i18n): void {
  words.addResourceBundle(
    'en',
    'translation',
    { journeyMap, journeyReality, journeyResearch, journeySaying },
    true,
    true,
  );
}
