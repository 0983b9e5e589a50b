import { all, one } from '../../place.ts';
import type { Place } from '../../protocol.ts';
import type { Count, SearchSort } from '../../shapes.ts';

export type Filters = {
  brand: readonly string[];
  category: readonly string[];
  price: { currency: string; min: number; max: number } | null;
  isAvailable: boolean;
};
export type Question = { text: string; sort: SearchSort; filters: Filters };

export const noFilters: Filters = { brand: [], category: [], price: null, isAvailable: false };
export const sorts: readonly SearchSort[] = ['RELEVANCE', 'PRICE_UP', 'PRICE_DOWN', 'NAME'];

/** As much as the shop takes of a text. */
export const longestText = 200;

/** What is asked for at a place; a place that somebody wrote by hand may say anything. */
export function questionAt({ q, sort, brand, category, price, stock }: Place): Question {
  const [currency = '', ...ends] = one(price)?.split(' ') ?? [];
  const [min = Number.NaN, max = Number.NaN] = ends.map(Number);
  return {
    text: one(q)?.slice(0, longestText) ?? '',
    sort: sorts.find((known) => known === sort) ?? 'RELEVANCE',
    filters: {
      ...{ brand: all(brand), category: all(category), isAvailable: stock !== undefined && stock !== '' },
      price: currency.length === 3 && min >= 0 && max <= largestAmount ? { currency, min, max } : null,
    },
  };
}
const largestAmount = 1e12;

/** The place where that is asked. */
export function placeOf({ text, sort, filters: { brand, category, price, isAvailable } }: Question): Place {
  return {
    q: text,
    sort: sort === 'RELEVANCE' ? '' : sort,
    ...{ brand, category },
    price: price ? `${price.currency} ${price.min} ${price.max}` : '',
    stock: isAvailable ? 'in' : '',
  };
}

/** Categories in as few of their last steps as tell them apart. */
export function tellApart(paths: readonly string[]): string[] {
  return paths.map((path) => {
    const steps = path.split(' > ');
    for (let count = 1; count < steps.length; count++) {
      const end = steps.slice(-count).join(' > ');
      if (paths.every((other) => other === path || !` > ${other}`.endsWith(` > ${end}`)))
        return end.replaceAll(' > ', ' › ');
    }
    return steps.join(' › ');
  });
}

export function searchAsk({ text, sort, filters }: Question, first: number, offset: number) {
  const { brand, category, price, isAvailable } = filters;
  return {
    kind: 'search' as const,
    text,
    sort,
    ...(brand.length > 0 ? { brand: [...brand] } : {}),
    ...(category.length > 0 ? { category: [...category] } : {}),
    ...(price ? { price } : {}),
    ...(isAvailable ? { isAvailable: true as const } : {}),
    first,
    offset,
  };
}

export function filterCount({ brand, category, price, isAvailable }: Filters): number {
  return brand.length + category.length + (price ? 1 : 0) + (isAvailable ? 1 : 0);
}

/**
 * The categories to choose from as a tree, widest first: what stands under one shows as soon as that is chosen, or is the
 * only one of its kind.
 */
export function categoryTree(counts: readonly Count[], chosen: readonly string[]): (Count & { depth: number })[] {
  const known = new Set(counts.map(({ value }) => value));
  const under = (parent: string) =>
    counts.filter(({ value }) => {
      const above = value.includes(' > ') ? value.slice(0, value.lastIndexOf(' > ')) : '';
      return known.has(above) ? above === parent : parent === '';
    });
  const isOpen = (path: string, siblings: number) =>
    siblings === 1 || chosen.some((one) => one === path || one.startsWith(`${path} > `));
  const branch = (parent: string, depth: number): (Count & { depth: number })[] => {
    const own = under(parent);
    return own.flatMap((one) => [
      { ...one, depth },
      ...(isOpen(one.value, own.length) ? branch(one.value, depth + 1) : []),
    ]);
  };
  return branch('', 0);
}

/** The chosen categories, the last of them chosen just now: it narrows what stands above it, or widens what is under it. */
export function nowChosen(categories: readonly string[]): string[] {
  const last = categories.at(-1) ?? '';
  const isUnder = (one: string, above: string) => one.startsWith(`${above} > `);
  return categories.filter((one) => !isUnder(one, last) && !isUnder(last, one));
}

/** The amount that somebody typed, with or without marks between its thousands; null for what is none. */
export function amountOf(text: string): number | null {
  const plain = text.replaceAll(/[\s'’]/g, '');
  const written = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)
    ? plain.replaceAll(',', '')
    : /^\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)
      ? plain.replaceAll('.', '').replace(',', '.')
      : plain.replace(',', '.');
  return /^\d+(\.\d*)?$/.test(written) ? Number(written) : null;
}

/** The last step of a category's path, "Shoes > Boots", as it is called beside its products. */
export function lastStep(path: string): string {
  return path.split(' > ').at(-1) ?? path;
}
