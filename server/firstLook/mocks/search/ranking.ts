import type { LoadedIndex } from '../../index/loaded.ts';
import { wordsOf } from '../../index/words.ts';
import type { SettingsValues } from '../../settings.ts';
import type { SearchAnswer, SearchAsk, SearchSort, SuggestAnswer, SuggestAsk } from '../../shapes.ts';
import { boostsOf } from '../boosts.ts';
import { filtered } from './facets.ts';
import { type Matches, matches } from './matching.ts';

const most = { products: 6, words: 6, categories: 4 };

/** Site search: what was asked for, narrowed down and in order. What is sold out stands behind all that is not. */
export function search(index: LoadedIndex, ask: SearchAsk, settings: SettingsValues): SearchAnswer {
  const found = matches(index, ask.text, settings.synonyms);
  const { kept, facets } = filtered(index, found?.places ?? index.byPopularity, ask);
  const page = firstOf(kept, ask.offset + ask.first, orderOf(index, ask.sort, kept, found?.scores ?? null, settings));
  return {
    total: kept.length,
    products: page.slice(ask.offset).map((place) => index.shown(place)),
    facets,
    corrected: kept.length > 0 ? (found?.corrected ?? null) : null,
  };
}

/** While somebody types: products, ways to go on, and categories. */
export function suggest(index: LoadedIndex, { text }: SuggestAsk, settings: SettingsValues): SuggestAnswer {
  const found = matches(index, text, settings.synonyms);
  const places = found?.places ?? [...index.byPopularity];
  const order = orderOf(index, 'RELEVANCE', places, found?.scores ?? null, settings);
  const asked = wordsOf(found?.corrected ?? text).map((word) => ` ${word}`);
  const categories = index.categories
    .filter((category) => asked.every((word) => category.text.includes(word)))
    .slice(0, most.categories)
    .map(({ path, count }) => ({ value: path, count }));
  return {
    products: firstOf(places, most.products, order).map((place) => index.shown(place)),
    words: waysOn(index, wordsOf(text), found),
    categories,
  };
}

/** The last word gone on with, by what most products have of those that were found. */
function waysOn(index: LoadedIndex, words: readonly string[], found: Matches | null): string[] {
  const last = words.at(-1);
  if (last === undefined || found === null) return [];
  const isFound = new Uint8Array(index.products.length);
  for (const place of found.places) isFound[place] = 1;
  const ways = index.termsFrom(last).map(({ word, places }) => {
    let count = 0;
    for (const place of places) count += isFound[place] as number;
    return { word, count };
  });
  const met = ways.filter(({ count }) => count > 0);
  if (met.length === 0) return found.corrected === null ? [] : [found.corrected];
  const begun = words.slice(0, -1).join(' ');
  return firstOf(met, most.words, (a, b) => b.count - a.count).map(({ word }) => `${begun} ${word}`.trim());
}

type Order = (a: number, b: number) => number;

function orderOf(
  index: LoadedIndex,
  sort: SearchSort,
  places: readonly number[],
  scores: Float64Array | null,
  settings: SettingsValues,
): Order {
  const { outOfStock, currency, amount } = index.columns;
  const { nameRanks, popularityRanks } = index;
  const less = (of: ArrayLike<number>, a: number, b: number) => (of[a] as number) - (of[b] as number);
  if (sort === 'NAME') return (a, b) => less(outOfStock, a, b) || less(nameRanks, a, b);
  if (sort === 'RELEVANCE') {
    const weights = weightsOf(index, places, scores, settings);
    return (a, b) => less(outOfStock, a, b) || less(weights, b, a) || less(popularityRanks, a, b);
  }
  // Amounts of two currencies are not compared: the commonest stands first, each by itself, and what has none goes last.
  const ranks = currencyRanks(index, places);
  const byCurrency = (a: number, b: number) =>
    (ranks[currency[a] as number] ?? ranks.length) - (ranks[currency[b] as number] ?? ranks.length);
  const byAmount: Order = sort === 'PRICE_UP' ? (a, b) => less(amount, a, b) : (a, b) => less(amount, b, a);
  return (a, b) => less(outOfStock, a, b) || byCurrency(a, b) || byAmount(a, b) || less(popularityRanks, a, b);
}

/** How near each is to what was asked for; what is bought often is meant a little more often. */
function weightsOf(
  index: LoadedIndex,
  places: readonly number[],
  scores: Float64Array | null,
  settings: SettingsValues,
): Float64Array {
  const boost = boostsOf(index, settings);
  const weights = new Float64Array(index.products.length);
  for (const place of places) {
    const score = (scores?.[place] ?? 1) * (index.weights[place] as number);
    weights[place] = boost ? score * boost(place) : score;
  }
  return weights;
}

function currencyRanks({ columns }: LoadedIndex, places: readonly number[]): number[] {
  const met = new Int32Array(columns.currencies.length);
  for (const place of places) {
    const currency = columns.currency[place] as number;
    if (currency >= 0) met[currency] = (met[currency] as number) + 1;
  }
  const order = [...met.keys()].sort((a, b) => (met[b] as number) - (met[a] as number) || a - b);
  const ranks: number[] = [];
  order.forEach((currency, rank) => {
    ranks[currency] = rank;
  });
  return ranks;
}

/** More are sorted whole. */
const mostPicked = 500;

/** The first so many in order, without sorting the rest. */
function firstOf<T>(all: readonly T[], count: number, order: (a: T, b: T) => number): T[] {
  if (count > mostPicked || all.length <= count * 2) return [...all].sort(order).slice(0, count);
  const first: T[] = [];
  for (const one of all) {
    if (first.length === count && order(one, first[count - 1] as T) >= 0) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (order(one, first[middle] as T) < 0) high = middle;
      else low = middle + 1;
    }
    first.splice(low, 0, one);
    if (first.length > count) first.pop();
  }
  return first;
}
