import { type LoadedIndex, priceOf } from '../../index/loaded.ts';
import { wordsOf } from '../../index/words.ts';
import type { SettingsValues } from '../../settings.ts';
import type { RecommendAnswer, RecommendAsk } from '../../shapes.ts';
import { boostsOf } from '../boosts.ts';
import { popular } from '../popular.ts';

/** Of the products of a category so many are compared; the commonest come first. */
const mostCompared = 4_000;

/** What goes with a product; null where there is none of that id. Without one, the product that is bought most. */
export function recommend(
  index: LoadedIndex,
  { productId }: RecommendAsk,
  settings: SettingsValues,
): RecommendAnswer | null {
  const place = productId === null ? popular(index, 1)[0] : (index.place(productId) ?? undefined);
  if (place === undefined) return null;
  const boost = boostsOf(index, settings);
  const { results } = settings;
  const together = (index.orders?.together[place] ?? [])
    .map(({ product, count }) => ({ place: product, count }))
    // By count, then by id, as they were counted; what cannot be bought goes behind.
    .sort((a, b) => index.outOfStock(a.place) - index.outOfStock(b.place));
  return {
    product: index.shown(place),
    similar: similarTo(index, place, boost)
      .slice(0, results)
      .map((other) => index.shown(other)),
    together: together.slice(0, results).map(({ place: other, count }) => ({ product: index.shown(other), count })),
    popular: popular(index, results + 1, boost)
      .filter((other) => other !== place)
      .slice(0, results)
      .map((other) => index.shown(other)),
  };
}

/** Others of its narrowest category that has some, by brand, words and price; its own variants are none. */
function similarTo(index: LoadedIndex, place: number, boost: ((place: number) => number) | null): number[] {
  const own = index.at(place);
  const words = new Set(wordsOf(own.title));
  const isOther = (other: number) =>
    other !== place && (own.groupId === null || index.at(other).groupId !== own.groupId);
  const candidates = candidatesOf(index, place, isOther);
  const scored = candidates.map((other) => ({
    other,
    score: likeness(index, other, own, words) * (boost?.(other) ?? 1),
  }));
  return scored
    .sort(
      (a, b) =>
        index.outOfStock(a.other) - index.outOfStock(b.other) ||
        b.score - a.score ||
        (index.popularityRanks[a.other] as number) - (index.popularityRanks[b.other] as number),
    )
    .map(({ other }) => other);
}

/** Enough to choose from: the category, then the one around it, then everything. */
function candidatesOf(index: LoadedIndex, place: number, isOther: (place: number) => boolean): number[] {
  const wanted = 8;
  for (const path of [...index.columns.pathsOf(place)].reverse()) {
    const own = index.columns.ofCategory(path).filter(isOther);
    if (own.length >= wanted) return own.slice(0, mostCompared);
  }
  return [...index.byPopularity.subarray(0, mostCompared)].filter(isOther);
}

type Own = ReturnType<LoadedIndex['at']>;

function likeness(index: LoadedIndex, other: number, own: Own, words: ReadonlySet<string>): number {
  const product = index.at(other);
  const theirs = wordsOf(product.title);
  const shared = theirs.filter((word) => words.has(word)).length;
  const [here, there] = [priceOf(own), priceOf(product)];
  const isComparable = here !== null && there !== null && here.currency === there.currency && here.amount > 0;
  const nearness = isComparable ? 1 / (1 + Math.abs(Math.log((there.amount + 0.01) / here.amount))) : 0;
  const sameLevels = product.category.filter((level, depth) => own.category[depth] === level).length;
  return (
    1 +
    (4 * shared) / Math.max(1, words.size + theirs.length - shared) +
    (own.brand !== null && own.brand === product.brand ? 1 : 0) +
    nearness +
    sameLevels / 2
  );
}
