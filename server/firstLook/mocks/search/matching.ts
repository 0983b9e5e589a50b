import type { Query } from 'minisearch';
import type { LoadedIndex, Term } from '../../index/loaded.ts';
import { codeOf, isOneSlip, mayBeMistyped, wordsOf } from '../../index/words.ts';

/*
 * From what somebody types to the products that are meant. A word finds the words that begin with it; one that begins
 * nothing finds those that are one slip of the finger away. All words must be met; where nothing has them all, two that
 * make one word are taken for it, and else one of them is enough.
 */

/** Whoever types more looks for nothing more. */
const mostWords = 12;
/** Other ways to say one word, and the words of a phrase that are looked for: whoever suggests more costs nobody time. */
const mostWays = 12;
const mostOfPhrase = 6;
/** Words that one mistyped word may have meant. */
const mostNear = 5;
/** Occurrences up to which the index ranks. What is commoner says little of one product: what is bought most goes first. */
const mostRanked = 3_000;
const mostCodes = 200;
const shortestCode = 3;
/** So much more an article's own number weighs than any word. */
const codeScore = { whole: 10_000, start: 1_000 };
const boost = { title: 3, brand: 2, category: 1 };

/** A way to say one word of the question: all its words must be there. */
type Way = { words: readonly string[]; isStart: boolean; terms: readonly (readonly Term[])[] };
type Phrase = readonly string[];
type Wanted = { ways: readonly Way[]; meant: string | null };

export type Matches = {
  places: number[];
  /** By the place of a product; higher is nearer. */
  scores: Float64Array;
  /** What was probably meant, where it was not what was written. */
  corrected: string | null;
};

/** Null: the text has no word, and means all products. */
export function matches(
  index: LoadedIndex,
  text: string,
  synonyms: readonly (readonly string[])[] = [],
): Matches | null {
  const words = [...new Set(wordsOf(text))].slice(0, mostWords);
  if (words.length === 0) return null;
  const groups = phrasesOf(synonyms);
  const scores = new Float64Array(index.products.length);
  const code = codeOf(text);
  const ofCode = code.length >= shortestCode ? index.ofCode(code, mostCodes) : [];
  for (const { place, isWhole } of ofCode) {
    scores[place] = Math.max(scores[place] as number, isWhole ? codeScore.whole : codeScore.start);
  }
  const written = words.map((_, at) => wantedAt(index, words, at, groups));
  const own = met(written, index.products.length);
  const joined = ofCode.length > 0 || isMetWhole(own, written) ? null : joinedOf(index, words, groups);
  const wanted = joined?.wanted ?? written;
  // The number of an article is no misspelt word.
  const isAboutCode = ofCode.length > 0 && wanted.every(({ meant, ways }) => meant !== null || ways.length === 0);
  const places = isAboutCode ? [] : find(index, joined?.found ?? own, scores);
  const isCorrected = !isAboutCode && (joined !== null || wanted.some(({ meant }) => meant !== null));
  return {
    places: ofCode.length === 0 ? places : [...new Set([...ofCode.map(({ place }) => place), ...places])],
    scores,
    corrected: isCorrected ? wanted.map(({ meant }, at) => meant ?? (joined?.words ?? words)[at]).join(' ') : null,
  };
}

function wantedAt(
  index: LoadedIndex,
  words: readonly string[],
  at: number,
  groups: readonly (readonly Phrase[])[],
): Wanted {
  const word = words[at] as string;
  const said = groups.filter((group) => group.some((phrase) => standsAt(words, phrase, at))).flat();
  const others = [...new Map(said.map((phrase) => [phrase.join(' '), phrase])).values()]
    .slice(0, mostWays)
    .map((phrase) => wayOf(index, phrase));
  const begun = index.termsFrom(word);
  const near = begun.length === 0 && others.length === 0 ? nearTerms(index, word) : [];
  const ways: Way[] = [
    ...(begun.length > 0 ? [{ words: [word], isStart: true, terms: [begun] }] : []),
    ...near.map((term) => ({ words: [term.word], isStart: false, terms: [[term]] })),
    ...others,
  ];
  return { ways: ways.filter(({ terms }) => terms.every((some) => some.length > 0)), meant: near[0]?.word ?? null };
}

type Joined = { words: readonly string[]; wanted: readonly Wanted[]; found: Met };

/** The same words with one blank less, where that makes a word that is there and products have all of them. */
function joinedOf(
  index: LoadedIndex,
  written: readonly string[],
  groups: readonly (readonly Phrase[])[],
): Joined | null {
  for (let at = 0; at + 1 < written.length; at++) {
    const one = `${written[at]}${written[at + 1]}`;
    if (index.termsFrom(one).length === 0) continue;
    const words = [...written.slice(0, at), one, ...written.slice(at + 2)];
    const wanted = words.map((_, place) => wantedAt(index, words, place, groups));
    const found = met(wanted, index.products.length);
    if (isMetWhole(found, wanted)) return { words, wanted, found };
  }
  return null;
}

/** Whether a product has all words just as they are written, or in one of the ways that somebody suggested. */
function isMetWhole({ isOfAll }: Met, wanted: readonly Wanted[]): boolean {
  return isOfAll && wanted.every(({ meant }) => meant === null);
}

function phrasesOf(synonyms: readonly (readonly string[])[]): Phrase[][] {
  const read = (text: string) => [...new Set(wordsOf(text))].slice(0, mostOfPhrase);
  return synonyms.map((group) => group.map(read).filter((phrase) => phrase.length > 0));
}

function wayOf(index: LoadedIndex, phrase: Phrase): Way {
  const terms = phrase.map((word) => {
    const term = index.term(word);
    return term ? [term] : [];
  });
  return { words: phrase, isStart: false, terms };
}

/** Whether the word at this place is part of the phrase, which is written there. */
function standsAt(words: readonly string[], phrase: readonly string[], at: number): boolean {
  return phrase.some((_, offset) => phrase.every((one, index) => words[at - offset + index] === one));
}

/** Words one slip away, then those that go on from one; the commonest first. */
function nearTerms(index: LoadedIndex, word: string): Term[] {
  if (!mayBeMistyped(word)) return [];
  const near: { term: Term; isWhole: boolean }[] = [];
  for (const term of index.terms) {
    const { length } = term.word;
    if (length < word.length - 1) continue;
    if (length <= word.length + 1 && isOneSlip(word, term.word)) near.push({ term, isWhole: true });
    else if (length > word.length && term.word[0] === word[0] && goesOn(term.word, word)) {
      near.push({ term, isWhole: false });
    }
  }
  return near
    .sort((a, b) => Number(b.isWhole) - Number(a.isWhole) || b.term.places.length - a.term.places.length)
    .slice(0, mostNear)
    .map(({ term }) => term);
}

function goesOn(term: string, word: string): boolean {
  return [word.length, word.length + 1, word.length - 1].some((length) => isOneSlip(word, term.slice(0, length)));
}

/** The products that have all words, or any where none has them all. Their scores are added to those there are. */
function find(index: LoadedIndex, found: Met, scores: Float64Array): number[] {
  const { known, places, isOfAll, counts, occurrences } = found;
  if (occurrences <= mostRanked) rank(index, known, isOfAll ? 'AND' : 'OR', scores);
  else weigh(index, known, places, counts, scores);
  return places;
}

type Met = {
  /** The words that are there at all. */
  known: readonly Wanted[];
  /** Of the products that have all words; of those that have any where none has all. */
  places: number[];
  isOfAll: boolean;
  /** How many of the words a product has. */
  counts: Uint8Array;
  occurrences: number;
};

/** The products that have the words. `size`: of all products. */
function met(wanted: readonly Wanted[], size: number): Met {
  const known = wanted.filter(({ ways }) => ways.length > 0);
  const counts = new Uint8Array(size);
  const meeting = new Uint8Array(size);
  const some: number[] = [];
  let occurrences = 0;
  for (const { ways } of known) {
    const here: number[] = [];
    const meet = (places: ArrayLike<number>) => {
      occurrences += places.length;
      for (let at = 0; at < places.length; at++) {
        const place = places[at] as number;
        if (meeting[place] === 1) continue;
        meeting[place] = 1;
        here.push(place);
      }
    };
    for (const { terms } of ways) {
      // One word is met wherever one of its terms is; of a phrase all must be there.
      if (terms.length === 1) for (const { places } of terms[0] ?? []) meet(places);
      else meet(placesOfAll(terms, size));
    }
    for (const place of here) {
      meeting[place] = 0;
      if (counts[place] === 0) some.push(place);
      counts[place] = (counts[place] as number) + 1;
    }
  }
  const all = known.length === wanted.length ? some.filter((place) => counts[place] === wanted.length) : [];
  const isOfAll = all.length > 0;
  return { known, places: isOfAll ? all : some, isOfAll, counts, occurrences };
}

/** The places that have a term of each: of the rarest, those that all others have. `size`: of all places. */
function placesOfAll(terms: readonly (readonly Term[])[], size: number): number[] {
  const had = new Uint8Array(size);
  let left: number[] | null = null;
  const count = (some: readonly Term[]) => some.reduce((sum, { places }) => sum + places.length, 0);
  for (const some of terms.toSorted((a, b) => count(a) - count(b))) {
    had.fill(0);
    for (const { places } of some) for (let at = 0; at < places.length; at++) had[places[at] as number] = 1;
    left = (left ?? Array.from(had.keys())).filter((place) => had[place] === 1);
    if (left.length === 0) break;
  }
  return left ?? [];
}

/** As the index ranks them. */
function rank(index: LoadedIndex, known: readonly Wanted[], combineWith: 'AND' | 'OR', scores: Float64Array): void {
  const queries = known.map(
    ({ ways }): Query => ({
      combineWith: 'OR',
      queries: ways.map(({ words, isStart }) => ({ combineWith: 'AND', prefix: isStart, queries: [...words] })),
    }),
  );
  for (const { id, score } of index.search.search({ combineWith, queries }, { boost })) {
    scores[id] = (scores[id] as number) + score;
  }
}

/** Of common words: how many are there, and whether the name begins with one. */
function weigh(
  index: LoadedIndex,
  known: readonly Wanted[],
  places: readonly number[],
  met: Uint8Array,
  scores: Float64Array,
): void {
  const starts = known.flatMap(({ ways }) => ways.map(({ words }) => words[0] as string));
  for (const place of places) {
    const head = index.heads[place] as string;
    const begins = starts.some((start) => head.startsWith(start)) ? 1 : 0;
    scores[place] = (scores[place] as number) + (met[place] as number) + begins;
  }
}
