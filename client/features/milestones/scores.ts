import type { TFunction } from 'i18next';

/** The answers there are, with the names of their words. */
export const scores = [
  { score: 1, word: 'bad' },
  { score: 2, word: 'poor' },
  { score: 3, word: 'fair' },
  { score: 4, word: 'good' },
  { score: 5, word: 'best' },
] as const;

/** "4 of 5, well" */
export function scoreInWords(t: TFunction, given: number): string {
  const known = scores.find(({ score }) => score === given);
  return known
    ? t('milestones.scoreOf', { score: known.score, words: t(`milestones.scores.${known.word}`) })
    : String(given);
}
