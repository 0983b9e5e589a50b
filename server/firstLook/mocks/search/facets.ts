import { type LoadedIndex, priceOf } from '../../index/loaded.ts';
import type { Count, Facets, SearchAsk } from '../../shapes.ts';

const most = { brands: 30, categories: 60 };

type Filters = Pick<SearchAsk, 'brand' | 'category' | 'price' | 'isAvailable'>;

/** The hits that pass all filters, and the counts of each facet over the hits that pass all the others. */
export function filtered(
  index: LoadedIndex,
  hits: ArrayLike<number>,
  filters: Filters,
): { kept: number[]; facets: Facets } {
  const wanted = { brands: setOf(filters.brand), categories: setOf(filters.category) };
  const brands = new Map<string, number>();
  const categories = new Map<string, number>();
  const prices = new Map<string, { currency: string; min: number; max: number; count: number }>();
  const kept: number[] = [];
  let available = 0;
  for (let at = 0; at < hits.length; at++) {
    const place = hits[at] as number;
    const product = index.at(place);
    const paths = index.paths(place);
    const price = priceOf(product);
    const isBrand = wanted.brands === null || (product.brand !== null && wanted.brands.has(product.brand));
    const isCategory = wanted.categories === null || paths.some((path) => wanted.categories?.has(path));
    const isPrice = filters.price === undefined || isWithin(price, filters.price);
    const isThere = filters.isAvailable === undefined || product.isAvailable;
    const failed = Number(!isBrand) + Number(!isCategory) + Number(!isPrice) + Number(!isThere);
    if (failed > 1) continue;
    if (failed === 0) kept.push(place);
    if ((failed === 0 || !isBrand) && product.brand !== null) count(brands, product.brand);
    if (failed === 0 || !isCategory) for (const path of paths) count(categories, path);
    if ((failed === 0 || !isPrice) && price !== null) widen(prices, price);
    if ((failed === 0 || !isThere) && product.isAvailable) available++;
  }
  const ranges = [...prices.values()].sort((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1));
  return {
    kept,
    facets: {
      brand: counts(brands, most.brands),
      category: counts(categories, most.categories),
      price: ranges.map(({ currency, min, max }) => ({ currency, min, max })),
      available,
    },
  };
}

/** Nothing chosen filters nothing. */
function setOf(values: readonly string[] | undefined): ReadonlySet<string> | null {
  return values === undefined || values.length === 0 ? null : new Set(values);
}

type Price = ReturnType<typeof priceOf>;

function isWithin(price: Price, { currency, min, max }: NonNullable<Filters['price']>): boolean {
  return price !== null && price.currency === currency && price.amount >= min && price.amount <= max;
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function widen(
  prices: Map<string, { currency: string; min: number; max: number; count: number }>,
  { currency, amount }: NonNullable<Price>,
): void {
  const range = prices.get(currency);
  if (!range) prices.set(currency, { currency, min: amount, max: amount, count: 1 });
  else {
    range.min = Math.min(range.min, amount);
    range.max = Math.max(range.max, amount);
    range.count++;
  }
}

/** The most met first, then by name. */
export function counts(of: ReadonlyMap<string, number>, limit: number): Count[] {
  return [...of]
    .map(([value, number]) => ({ value, count: number }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit);
}
