import type { LoadedIndex } from '../../index/loaded.ts';
import type { CatalogueAnswer, CatalogueAsk } from '../../shapes.ts';

const mostCategories = 60;

/** The plain catalogue, for a product that has no mock of its own. */
export function catalogue(index: LoadedIndex, { category, first, offset }: CatalogueAsk): CatalogueAnswer {
  const ranks = index.popularityRanks;
  const places =
    category === undefined
      ? index.byPopularity
      : index.columns.ofCategory(category).sort((a, b) => (ranks[a] as number) - (ranks[b] as number));
  return {
    total: places.length,
    products: [...places.slice(offset, offset + first)].map((place) => index.shown(place)),
    categories: index.categories.slice(0, mostCategories).map(({ path, count }) => ({ value: path, count })),
  };
}
