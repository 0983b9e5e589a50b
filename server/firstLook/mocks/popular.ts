import type { LoadedIndex } from '../index/loaded.ts';

/** Of those that come first, so many are looked at: enough for any page. */
const looked = 2_000;

/**
 * What is bought most, or stands first in the file where no orders are known. What has a picture goes before what has
 * none, and what is sold out behind everything.
 */
export function popular(index: LoadedIndex, most: number, boost: ((place: number) => number) | null = null): number[] {
  const first = [...index.byPopularity.subarray(0, looked)];
  const keys = new Map(first.map((place) => [place, (1 + index.popularity(place)) * (boost?.(place) ?? 1)] as const));
  const lacksPicture = (place: number) => (index.at(place).image === null ? 1 : 0);
  return first
    .sort(
      (a, b) =>
        index.outOfStock(a) - index.outOfStock(b) ||
        lacksPicture(a) - lacksPicture(b) ||
        (keys.get(b) as number) - (keys.get(a) as number) ||
        (index.popularityRanks[a] as number) - (index.popularityRanks[b] as number),
    )
    .slice(0, most);
}
