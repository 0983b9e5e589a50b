import type { LoadedIndex } from '../../index/loaded.ts';
import type { Facets, SearchAsk } from '../../shapes.ts';

const most = { brands: 30, categories: 60 };

type Filters = Pick<SearchAsk, 'brand' | 'category' | 'price' | 'isAvailable'>;

/** The hits that pass all filters, and the counts of each facet over the hits that pass all the others. */
export function filtered(
  { columns }: LoadedIndex,
  hits: ArrayLike<number>,
  filters: Filters,
): { kept: number[]; facets: Facets } {
  const { brand, path, currency, amount, outOfStock } = columns;
  const passes = { brand: brandsPassing(columns.brands, filters), path: pathsPassing(columns.paths, filters) };
  const { price } = filters;
  const priced = price ? columns.currencies.indexOf(price.currency) : -1;
  const brands = new Int32Array(columns.brands.length);
  const paths = new Int32Array(columns.paths.length);
  const prices = columns.currencies.map((code) => ({ currency: code, min: 0, max: 0, count: 0 }));
  const kept: number[] = [];
  let available = 0;
  for (let at = 0; at < hits.length; at++) {
    const place = hits[at] as number;
    const [b, c, m, a] = [
      brand[place] as number,
      path[place] as number,
      currency[place] as number,
      amount[place] as number,
    ];
    const isBrand = passes.brand === null || (b >= 0 && passes.brand[b] === 1);
    const isPath = passes.path === null || (c >= 0 && passes.path[c] === 1);
    const isPrice = price === undefined || (m === priced && m >= 0 && a >= price.min && a <= price.max);
    const isThere = filters.isAvailable === undefined || outOfStock[place] === 0;
    const failed = Number(!isBrand) + Number(!isPath) + Number(!isPrice) + Number(!isThere);
    if (failed > 1) continue;
    if (failed === 0) kept.push(place);
    if (b >= 0 && (failed === 0 || !isBrand)) brands[b] = (brands[b] as number) + 1;
    if (c >= 0 && (failed === 0 || !isPath)) paths[c] = (paths[c] as number) + 1;
    if (outOfStock[place] === 0 && (failed === 0 || !isThere)) available++;
    const range = m >= 0 && (failed === 0 || !isPrice) ? prices[m] : undefined;
    if (range === undefined) continue;
    if (range.count === 0 || a < range.min) range.min = a;
    if (range.count === 0 || a > range.max) range.max = a;
    range.count++;
  }
  const ranges = prices
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1));
  return {
    kept,
    facets: {
      brand: countsOf(columns.brands, brands),
      category: columns
        .countsOf(paths)
        .slice(0, most.categories)
        .map(([value, count]) => ({ value, count })),
      price: ranges.map(({ currency: code, min, max }) => ({ currency: code, min, max })),
      available,
    },
  };
}

/** Which of the brands were chosen; nothing chosen filters nothing. */
function brandsPassing(brands: readonly string[], { brand: wanted }: Filters): Uint8Array | null {
  if (wanted === undefined || wanted.length === 0) return null;
  return Uint8Array.from(brands, (one) => (wanted.includes(one) ? 1 : 0));
}

/** A category holds what stands under it, too. */
function pathsPassing(paths: readonly (readonly string[])[], { category: wanted }: Filters): Uint8Array | null {
  if (wanted === undefined || wanted.length === 0) return null;
  return Uint8Array.from(paths, (own) => (own.some((one) => wanted.includes(one)) ? 1 : 0));
}

/** The most met first, then by name. */
function countsOf(names: readonly string[], counts: Int32Array): Facets['brand'] {
  return names
    .map((value, at) => ({ value, count: counts[at] as number }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, most.brands);
}
