import MiniSearch, { type AsPlainObject } from 'minisearch';
import type { Product } from '../shapes.ts';
import { type IndexedProduct, type LookIndex, searchOptions } from './build.ts';
import { wordsOf } from './words.ts';

/** A term of the index and in how many products it stands. */
export type Term = { word: string; count: number };

export type Category = { path: string; count: number; text: string };
type Code = { code: string; place: number };

/** An index at work: what is asked often is laid out once. */
export class LoadedIndex {
  readonly products: readonly IndexedProduct[];
  readonly nameRanks: Int32Array;
  readonly orders: LookIndex['orders'];
  readonly search: MiniSearch;
  /** All terms in their order, to find those with a beginning. */
  readonly terms: readonly Term[];
  /** Products as they are shown where nobody asked for an order: what is bought most, then as the file has them; sold out last. */
  readonly byPopularity: Int32Array;
  /** The place of each product in that order. */
  readonly popularityRanks: Int32Array;
  /** Every category with what stands under it, most products first. */
  readonly categories: readonly Category[];
  readonly #paths: readonly (readonly string[])[];
  readonly #codes: readonly Code[];
  readonly #places: ReadonlyMap<string, number>;
  /** Title, brand and category folded, words apart by one blank, with one at the start. */
  readonly #texts: readonly string[];
  readonly #ofCategory = new Map<string, number[]>();

  constructor({ products, words, nameRanks, orders }: LookIndex) {
    this.products = products;
    this.nameRanks = nameRanks;
    this.orders = orders;
    const plain = words as AsPlainObject;
    this.terms = termsOf(plain);
    this.search = MiniSearch.loadJS(plain, searchOptions);
    this.#places = new Map(products.map(({ id }, place) => [id, place]));
    this.#texts = products.map(
      ({ title, brand, category }) => ` ${wordsOf(`${title} ${brand ?? ''} ${category.join(' ')}`).join(' ')}`,
    );
    // Products share the lists of their paths: there are far fewer categories than products.
    const lists = new Map<string, readonly string[]>();
    this.#paths = products.map(({ category }) => {
      const path = category.join(separator);
      const known = lists.get(path) ?? pathsOf(category);
      lists.set(path, known);
      return known;
    });
    this.#paths.forEach((paths, place) => {
      for (const path of paths) {
        const own = this.#ofCategory.get(path);
        if (own) own.push(place);
        else this.#ofCategory.set(path, [place]);
      }
    });
    this.categories = [...this.#ofCategory]
      .map(([path, own]) => ({ path, count: own.length, text: ` ${wordsOf(path).join(' ')}` }))
      .sort((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1));
    this.#codes = products
      .flatMap(({ codes }, place) => codes.map((code) => ({ code, place })))
      .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.place - b.place));
    this.byPopularity = Int32Array.from(products.keys()).sort(
      (a, b) => this.outOfStock(a) - this.outOfStock(b) || this.popularity(b) - this.popularity(a) || a - b,
    );
    this.popularityRanks = new Int32Array(products.length);
    this.byPopularity.forEach((place, rank) => {
      this.popularityRanks[place] = rank;
    });
  }

  /** 0 or 1: what cannot be bought stands after everything that can, in every order. */
  outOfStock(place: number): number {
    return this.at(place).isAvailable ? 0 : 1;
  }

  popularity(place: number): number {
    return this.orders?.popularity[place] ?? 0;
  }

  at(place: number): IndexedProduct {
    return this.products[place] as IndexedProduct;
  }

  place(id: string): number | null {
    return this.#places.get(id) ?? null;
  }

  text(place: number): string {
    return this.#texts[place] as string;
  }

  /** The products of a category and of what stands under it. */
  ofCategory(path: string): readonly number[] {
    return this.#ofCategory.get(path) ?? [];
  }

  /** Its categories, from the widest. */
  paths(place: number): readonly string[] {
    return this.#paths[place] as readonly string[];
  }

  /** Terms that begin so. */
  termsFrom(start: string): readonly Term[] {
    const from = lowerBound(this.terms, ({ word }) => word < start);
    let to = from;
    while (to < this.terms.length && this.terms[to]?.word.startsWith(start)) to++;
    return this.terms.slice(from, to);
  }

  /** Products of which an id, a GTIN or a number of the maker begins so; `isWhole`: it is just that. */
  ofCode(start: string, most: number): { place: number; isWhole: boolean }[] {
    const found: { place: number; isWhole: boolean }[] = [];
    for (let at = lowerBound(this.#codes, ({ code }) => code < start); at < this.#codes.length; at++) {
      const { code, place } = this.#codes[at] as Code;
      if (!code.startsWith(start) || found.length >= most) break;
      found.push({ place, isWhole: code === start });
    }
    return found;
  }

  shown(place: number): Product {
    const { id, title, description, link, image, price, salePrice, isAvailable, brand, category } = this.at(place);
    return { id, title, description, link, hasImage: image !== null, price, salePrice, isAvailable, brand, category };
  }
}

/** What it costs now. */
export function priceOf({ salePrice, price }: IndexedProduct) {
  return salePrice ?? price;
}

/** Between the levels of a category's path. */
const separator = ' > ';

/** `[Shoes, Boots]` -> `Shoes`, `Shoes > Boots`. */
function pathsOf(category: readonly string[]): string[] {
  return category.map((_, depth) => category.slice(0, depth + 1).join(separator));
}

function termsOf({ index }: AsPlainObject): Term[] {
  const terms = index.map(([word, fields]) => ({
    word,
    // In a title and a brand it is counted twice: it only says which of two terms is met more.
    count: Object.values(fields).reduce((sum, own) => sum + Object.keys(own as object).length, 0),
  }));
  return terms.sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : 0));
}

/** The place of the first that is not before. */
function lowerBound<T>(sorted: readonly T[], isBefore: (one: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
