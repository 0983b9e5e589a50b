import type { IndexedProduct } from './build.ts';

/** Between the levels of a category's path. */
const separator = ' > ';

/** What products are filtered, counted and sorted by, as numbers: some ten thousand of them are gone through for a letter. */
export class Columns {
  readonly outOfStock: Uint8Array;
  /** Places in `brands`, `paths` and `currencies`; -1: none. */
  readonly brand: Int32Array;
  readonly path: Int32Array;
  readonly currency: Int32Array;
  /** What it costs now, in its currency. */
  readonly amount: Float64Array;
  readonly brands: readonly string[];
  /** Each category that a product has, with those around it: `Shoes`, `Shoes > Boots`. */
  readonly paths: readonly (readonly string[])[];
  readonly currencies: readonly string[];

  constructor(products: readonly IndexedProduct[]) {
    const count = products.length;
    const [brands, paths, currencies] = [new Names(), new Names(), new Names()];
    const levels: string[][] = [];
    this.outOfStock = new Uint8Array(count);
    this.brand = new Int32Array(count);
    this.path = new Int32Array(count);
    this.currency = new Int32Array(count);
    this.amount = new Float64Array(count);
    products.forEach(({ isAvailable, brand, category, salePrice, price }, place) => {
      this.outOfStock[place] = isAvailable ? 0 : 1;
      this.brand[place] = brands.number(brand);
      const path = paths.number(category.length === 0 ? null : category.join(separator));
      this.path[place] = path;
      if (path >= 0 && levels[path] === undefined) levels[path] = pathsOf(category);
      const now = salePrice ?? price;
      this.currency[place] = currencies.number(now?.currency ?? null);
      this.amount[place] = now?.amount ?? 0;
    });
    this.brands = brands.all;
    this.paths = levels;
    this.currencies = currencies.all;
  }

  /** Its categories, from the widest. */
  pathsOf(place: number): readonly string[] {
    return this.paths[this.path[place] as number] ?? [];
  }

  /** The products of a category and of what stands under it, in the order of the file. */
  ofCategory(wanted: string): number[] {
    const isMeant = this.paths.map((paths) => paths.includes(wanted));
    const found: number[] = [];
    for (let place = 0; place < this.path.length; place++) if (isMeant[this.path[place] as number]) found.push(place);
    return found;
  }

  /** How many products stand in a category and under it; most first, then by name. */
  countsOf(ofPath: ArrayLike<number>): [string, number][] {
    const counts = new Map<string, number>();
    this.paths.forEach((paths, path) => {
      const own = ofPath[path] as number;
      if (own > 0) for (const one of paths) counts.set(one, (counts.get(one) ?? 0) + own);
    });
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  allCategories(): [string, number][] {
    const counts = new Int32Array(this.paths.length);
    for (const path of this.path) if (path >= 0) counts[path] = (counts[path] as number) + 1;
    return this.countsOf(counts);
  }
}

/** Gives each name a number. */
class Names {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(name: string | null): number {
    if (name === null) return -1;
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.all.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }
}

/** `[Shoes, Boots]` -> `Shoes`, `Shoes > Boots`. */
function pathsOf(category: readonly string[]): string[] {
  return category.map((_, depth) => category.slice(0, depth + 1).join(separator));
}
