import type { LoadedIndex } from '../../index/loaded.ts';
import type { ReviewsAnswer, ReviewsAsk } from '../../shapes.ts';
import { popular } from '../popular.ts';

/** A product and what its shop says of its reviews; null where there is none of that id. */
export function reviews(index: LoadedIndex, { productId }: ReviewsAsk): ReviewsAnswer | null {
  const place = productId === null ? popular(index, 1)[0] : (index.place(productId) ?? undefined);
  if (place === undefined) return null;
  return { product: index.shown(place), rating: index.at(place).rating };
}
