import { type LoadedIndex, priceOf } from '../../index/loaded.ts';
import { wordsOf } from '../../index/words.ts';
import type { SettingsValues } from '../../settings.ts';
import type { SearchAnswer, SearchAsk, SearchSort, SuggestAnswer, SuggestAsk } from '../../shapes.ts';
import { boostsOf } from '../boosts.ts';
import { filtered } from './facets.ts';
import { matches } from './matching.ts';

const most = { products: 6, words: 6, categories: 4 };
/** Of what is found for a letter or two, so many are looked at for the best. */
const enough = 200;

/** Site search: what was asked for, narrowed down and in order. What is sold out stands behind all that is not. */
export function search(index: LoadedIndex, ask: SearchAsk, settings: SettingsValues): SearchAnswer {
  const found = matches(index, ask.text, settings);
  const scores = scoresOf(index, found, settings);
  const { kept, facets } = filtered(index, found?.places ?? index.byPopularity, ask);
  kept.sort(orderOf(index, ask.sort, kept, scores));
  return {
    total: kept.length,
    products: kept.slice(ask.offset, ask.offset + ask.first).map((place) => index.shown(place)),
    facets,
    corrected: kept.length > 0 ? (found?.corrected ?? null) : null,
  };
}

/** While somebody types: products, ways to go on, and categories. */
export function suggest(index: LoadedIndex, { text }: SuggestAsk, settings: SettingsValues): SuggestAnswer {
  const found = matches(index, text, { ...settings, enough });
  const scores = scoresOf(index, found, settings);
  const places = found?.places ?? [...index.byPopularity.subarray(0, enough)];
  places.sort(orderOf(index, 'RELEVANCE', places, scores));
  const words = wordsOf(text);
  const products = places.slice(0, most.products).map((place) => index.shown(place));
  const asked = wordsOf(found?.corrected ?? text).map((word) => ` ${word}`);
  const categories = index.categories
    .filter((category) => asked.every((word) => category.text.includes(word)))
    .slice(0, most.categories)
    .map(({ path, count }) => ({ value: path, count }));
  return { products, words: waysOn(index, words, found?.corrected ?? null), categories };
}

/** The last word gone on with, by what most products have. */
function waysOn(index: LoadedIndex, words: readonly string[], corrected: string | null): string[] {
  const last = words.at(-1);
  if (last === undefined) return [];
  const begun = words.slice(0, -1).join(' ');
  const ways = [...index.termsFrom(last)]
    .sort((a, b) => b.count - a.count)
    .slice(0, most.words)
    .map(({ word }) => (begun === '' ? word : `${begun} ${word}`));
  return ways.length > 0 || corrected === null ? ways : [corrected];
}

function scoresOf(
  index: LoadedIndex,
  found: ReturnType<typeof matches>,
  settings: SettingsValues,
): (place: number) => number {
  const boost = boostsOf(index, settings);
  const scores = found && new Map(found.places.map((place, at) => [place, found.scores[at] as number]));
  // What is bought often is meant a little more often.
  const weight = (place: number) => (scores?.get(place) ?? 1) * (1 + Math.log10(1 + index.popularity(place)) / 10);
  return boost ? (place) => weight(place) * boost(place) : weight;
}

/** Each product's keys are made once: a comparison is asked many times. */
function orderOf(
  index: LoadedIndex,
  sort: SearchSort,
  places: readonly number[],
  scoreOf: (place: number) => number,
): (a: number, b: number) => number {
  const stock = (a: number, b: number) => index.outOfStock(a) - index.outOfStock(b);
  const last = (a: number, b: number) => (index.popularityRanks[a] as number) - (index.popularityRanks[b] as number);
  if (sort === 'NAME') {
    return (a, b) => stock(a, b) || (index.nameRanks[a] as number) - (index.nameRanks[b] as number);
  }
  if (sort === 'RELEVANCE') {
    const scores = new Map(places.map((place) => [place, scoreOf(place)]));
    return (a, b) => stock(a, b) || (scores.get(b) as number) - (scores.get(a) as number) || last(a, b);
  }
  const currencies = currencyRanks(index, places);
  const direction = sort === 'PRICE_UP' ? 1 : -1;
  return (a, b) => {
    const [left, right] = [priceOf(index.at(a)), priceOf(index.at(b))];
    if (left === null || right === null) {
      return stock(a, b) || Number(left === null) - Number(right === null) || last(a, b);
    }
    const byCurrency = (currencies.get(left.currency) ?? 0) - (currencies.get(right.currency) ?? 0);
    return stock(a, b) || byCurrency || (left.amount - right.amount) * direction || last(a, b);
  };
}

/** Amounts of two currencies are not compared: the commonest stands first, each by itself. */
function currencyRanks(index: LoadedIndex, places: readonly number[]): ReadonlyMap<string, number> {
  const met = new Map<string, number>();
  for (const place of places) {
    const currency = priceOf(index.at(place))?.currency;
    if (currency !== undefined) met.set(currency, (met.get(currency) ?? 0) + 1);
  }
  const sorted = [...met].sort(([a, many], [b, some]) => some - many || (a < b ? -1 : 1));
  return new Map(sorted.map(([currency], rank) => [currency, rank]));
}
