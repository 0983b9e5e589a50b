import type { Query } from 'minisearch';
import type { LoadedIndex } from '../../index/loaded.ts';
import { codeOf, isOneSlip, mayBeMistyped, wordsOf } from '../../index/words.ts';

/*
 * From what somebody types to the products that are meant. A word finds the words that begin with it; one that begins
 * nothing finds those that are one slip of the finger away. All words must be met; where nothing has them all, one does.
 */

/** Whoever types more looks for nothing more. */
const mostWords = 12;
/** Words that one mistyped word may have meant. */
const mostNear = 5;
/** Occurrences up to which the index ranks; what is commoner is told from a pass over the texts, which is quicker then. */
const mostOccurrences = 6_000;
const mostCodes = 200;
const shortestCode = 3;
/** So much more an article's own number weighs than any word. */
const codeScore = { whole: 10_000, start: 1_000 };
const wordOptions = { boost: { title: 3, brand: 2, category: 1 }, combineWith: 'OR' } as const;

/** A way to say one word of the question: all its words must be there. */
type Way = { words: readonly string[]; isStart: boolean };
type Wanted = { ways: readonly Way[]; meant: string | null; occurrences: number };

export type Matches = {
  places: number[];
  /** By the same places; higher is nearer. */
  scores: number[];
  /** What was probably meant, where it was not what was written. */
  corrected: string | null;
};

type Options = {
  synonyms?: readonly (readonly string[])[];
  /** Enough of them, where whoever asks shows no more: those that are bought most. */
  enough?: number;
};

/** Null: the text has no word, and means all products. */
export function matches(index: LoadedIndex, text: string, { synonyms = [], enough }: Options = {}): Matches | null {
  const words = wordsOf(text).slice(0, mostWords);
  if (words.length === 0) return null;
  const scores = new Map<number, number>();
  const code = codeOf(text);
  const ofCode = code.length >= shortestCode ? index.ofCode(code, mostCodes) : [];
  for (const { place, isWhole } of ofCode) {
    scores.set(place, Math.max(scores.get(place) ?? 0, isWhole ? codeScore.whole : codeScore.start));
  }
  const wanted = wantedBy(index, words, synonyms);
  // The number of an article is no misspelt word.
  const isAboutCode = ofCode.length > 0 && words.length === 1 && wanted.every(({ meant }) => meant !== null);
  if (!isAboutCode) find(index, wanted, scores, enough);
  const isCorrected = !isAboutCode && wanted.some(({ meant }) => meant !== null);
  return {
    places: [...scores.keys()],
    scores: [...scores.values()],
    corrected: isCorrected ? wanted.map(({ meant }, at) => meant ?? words[at]).join(' ') : null,
  };
}

function wantedBy(index: LoadedIndex, words: readonly string[], synonyms: Options['synonyms'] = []): Wanted[] {
  const groups = synonyms.map((group) => group.map(wordsOf).filter((phrase) => phrase.length > 0));
  return words.map((word, at) => {
    const others = groups
      .filter((group) => group.some((phrase) => standsAt(words, phrase, at)))
      .flatMap((group) => group.map((phrase) => ({ words: phrase, isStart: false })));
    const begun = index.termsFrom(word);
    const near = begun.length === 0 && others.length === 0 ? nearTerms(index, word) : [];
    const meant = near.find(({ isWhole }) => isWhole)?.word ?? near[0]?.word ?? null;
    const ways: Way[] = [
      ...(begun.length > 0 ? [{ words: [word], isStart: true }] : []),
      ...near.map((term) => ({ words: [term.word], isStart: false })),
      ...others,
    ];
    const occurrences =
      begun.reduce((sum, { count }) => sum + count, 0) +
      near.reduce((sum, { count }) => sum + count, 0) +
      others.reduce((sum, way) => sum + countOf(index, way.words[0] as string), 0);
    return { ways, meant, occurrences };
  });
}

/** Whether the word at this place is part of the phrase, which is written there. */
function standsAt(words: readonly string[], phrase: readonly string[], at: number): boolean {
  return phrase.some((_, offset) => phrase.every((one, index) => words[at - offset + index] === one));
}

function countOf(index: LoadedIndex, word: string): number {
  const [first] = index.termsFrom(word);
  return first?.word === word ? first.count : 0;
}

/** Terms one slip away, then those that go on from one; the commonest first. */
function nearTerms(index: LoadedIndex, word: string): { word: string; count: number; isWhole: boolean }[] {
  if (!mayBeMistyped(word)) return [];
  const near: { word: string; count: number; isWhole: boolean }[] = [];
  for (const { word: term, count } of index.terms) {
    if (term.length < word.length - 1) continue;
    if (isOneSlip(word, term)) near.push({ word: term, count, isWhole: true });
    else if (term.length > word.length && term[0] === word[0] && goesOn(term, word)) {
      near.push({ word: term, count, isWhole: false });
    }
  }
  return near.sort((a, b) => Number(b.isWhole) - Number(a.isWhole) || b.count - a.count).slice(0, mostNear);
}

function goesOn(term: string, word: string): boolean {
  return [word.length, word.length + 1, word.length - 1].some((length) => isOneSlip(word, term.slice(0, length)));
}

function find(index: LoadedIndex, wanted: readonly Wanted[], scores: Map<number, number>, enough?: number): void {
  const known = wanted.filter(({ ways }) => ways.length > 0);
  if (known.length === 0) return;
  const isWhole = known.length === wanted.length;
  const isCommon = known.some(({ occurrences }) => occurrences > mostOccurrences);
  const run = isCommon ? passOver : rank;
  const before = scores.size;
  if (isWhole) run(index, known, 'AND', scores, enough);
  if (scores.size === before && (wanted.length > 1 || !isWhole)) run(index, known, 'OR', scores, enough);
}

type How = 'AND' | 'OR';

/** As the index ranks them. */
function rank(index: LoadedIndex, known: readonly Wanted[], how: How, scores: Map<number, number>): void {
  const queries = known.map(
    ({ ways }): Query => ({
      combineWith: 'OR',
      queries: ways.map(({ words, isStart }) => ({ combineWith: 'AND', prefix: isStart, queries: [...words] })),
    }),
  );
  for (const { id, score } of index.search.search({ combineWith: how, queries }, { boost: wordOptions.boost })) {
    scores.set(id, score + (scores.get(id) ?? 0));
  }
}

/** Of words that very many have, the index would take longer to say less: what is bought most stands first. */
function passOver(
  index: LoadedIndex,
  known: readonly Wanted[],
  how: How,
  scores: Map<number, number>,
  enough = Number.POSITIVE_INFINITY,
): void {
  const wanted = known.map(({ ways }) =>
    ways.map(({ words, isStart }) => words.map((word) => (isStart ? ` ${word}` : ` ${word} `))),
  );
  const { byPopularity } = index;
  let found = 0;
  for (let at = 0; at < byPopularity.length && found < enough; at++) {
    const place = byPopularity[at] as number;
    const text = `${index.text(place)} `;
    const met = wanted.filter((ways) => ways.some((words) => words.every((word) => text.includes(word)))).length;
    if (how === 'AND' ? met < wanted.length : met === 0) continue;
    // Where its name begins with what was asked for it is meant before all others.
    const begins = wanted.some((ways) => ways.some(([first]) => first !== undefined && text.startsWith(first)));
    scores.set(place, met + (begins ? 1 : 0) + (scores.get(place) ?? 0));
    found++;
  }
}
