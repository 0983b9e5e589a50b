import type { Settings } from '../../features/firstLook/look.ts';

/*
 * The settings of a mock as they stand in the form: words that mean the same are lines of text there, and a boost may
 * be half filled in.
 */

export type BoostDraft = { key: number; field: Settings['boosts'][number]['field']; value: string; factor: number };
export type Draft = {
  layout: Settings['layout'];
  accent: string | null;
  /** As typed. */
  results: string;
  synonyms: string;
  boosts: readonly BoostDraft[];
};
/** The revisions that stood when somebody began to change something: what was saved since, they have not seen. */
export type Base = { suggestion: number; defaults: number };
export type DraftProblem = { field: 'results' | 'synonymsMany' } | { field: 'synonyms' | 'boosts'; line: number };

/** What the server holds a suggestion to; it says so itself where this is outrun. */
const limits = { results: [4, 48], groups: 100, words: [2, 10], characters: 60, boosts: 50 } as const;
export const mostBoosts = limits.boosts;
export const factors = { much: 3, more: 1.5, less: 0.6, little: 0.3 } as const;

export function draftOf({ layout, accent, results, synonyms, boosts }: Settings): Draft {
  return {
    layout,
    accent,
    results: String(results),
    synonyms: synonyms.map((group) => group.join(', ')).join('\n'),
    boosts: boosts.map((boost, key) => ({ ...boost, key })),
  };
}

/** What can be shown while it is tried out: what is half typed counts as it was. */
export function triedOf(draft: Draft, before: Settings): Settings {
  const results = resultsOf(draft);
  return { ...before, layout: draft.layout, accent: draft.accent, results: results ?? before.results };
}

/** The settings that the form comes to, or the first thing in it that cannot be. */
export function settingsOf(draft: Draft): { settings: Settings } | { problem: DraftProblem } {
  const results = resultsOf(draft);
  if (results === null) return { problem: { field: 'results' } };
  const synonyms: string[][] = [];
  for (const [at, text] of draft.synonyms.split('\n').entries()) {
    const words = text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
    if (words.length === 0) continue;
    const [least, most] = limits.words;
    const isFit =
      words.length >= least && words.length <= most && words.every((word) => word.length <= limits.characters);
    if (!isFit) return { problem: { field: 'synonyms', line: at + 1 } };
    synonyms.push(words);
  }
  if (synonyms.length > limits.groups) return { problem: { field: 'synonymsMany' } };
  const empty = draft.boosts.findIndex(({ value }) => value.trim() === '');
  if (empty !== -1) return { problem: { field: 'boosts', line: empty + 1 } };
  const boosts = draft.boosts.map(({ field, value, factor }) => ({ field, value: value.trim(), factor }));
  return { settings: { layout: draft.layout, accent: draft.accent, results, synonyms, boosts } };
}

function resultsOf({ results }: Draft): number | null {
  const [least, most] = limits.results;
  const value = /^\d{1,2}$/.test(results.trim()) ? Number(results) : Number.NaN;
  return value >= least && value <= most ? value : null;
}
