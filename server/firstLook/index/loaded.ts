import MiniSearch, { type AsPlainObject } from 'minisearch';
import type { Money, Product } from '../shapes.ts';
import { type IndexedProduct, type LookIndex, searchOptions } from './build.ts';
import { Columns } from './columns.ts';
import { wordsOf } from './words.ts';

/** A word of the index and the products that have it. */
export type Term = { word: string; places: Int32Array };
export type Category = { path: string; count: number; text: string };
type Code = { code: string; place: number };

/** An index at work: what is asked often is laid out once. */
export class LoadedIndex {
  readonly products: readonly IndexedProduct[];
  readonly nameRanks: Int32Array;
  readonly orders: LookIndex['orders'];
  readonly search: MiniSearch;
  /** All words in their order, to find those with a beginning. */
  readonly terms: readonly Term[];
  /** Brands, categories and prices as numbers. */
  readonly columns: Columns;
  /** Products as they are shown where nobody asked for an order: what is bought most, then as the file has them; sold out last. */
  readonly byPopularity: Int32Array;
  /** The place of each product in that order. */
  readonly popularityRanks: Int32Array;
  /** How much more a product is meant because it is bought. */
  readonly weights: Float64Array;
  /** The first word of each name. */
  readonly heads: readonly string[];
  /** Every category with what stands under it, most products first. */
  readonly categories: readonly Category[];
  readonly #codes: readonly Code[];
  readonly #places: ReadonlyMap<string, number>;

  constructor({ products, words, nameRanks, orders }: LookIndex) {
    this.products = products;
    this.nameRanks = nameRanks;
    this.orders = orders;
    this.terms = termsOf(words);
    this.search = MiniSearch.loadJS(words, searchOptions);
    this.#places = new Map(products.map(({ id }, place) => [id, place]));
    this.columns = new Columns(products);
    this.categories = this.columns
      .allCategories()
      .map(([path, count]) => ({ path, count, text: ` ${wordsOf(path).join(' ')}` }));
    this.#codes = products
      .flatMap(({ codes }, place) => codes.map((code) => ({ code, place })))
      .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.place - b.place));
    this.byPopularity = Int32Array.from(products.keys()).sort(
      (a, b) => this.outOfStock(a) - this.outOfStock(b) || this.popularity(b) - this.popularity(a) || a - b,
    );
    this.weights = Float64Array.from(products.keys(), (place) => 1 + Math.log10(1 + this.popularity(place)) / 10);
    this.heads = products.map(({ title }) => wordsOf(title.slice(0, headCharacters))[0] ?? '');
    this.popularityRanks = new Int32Array(products.length);
    this.byPopularity.forEach((place, rank) => {
      this.popularityRanks[place] = rank;
    });
  }

  /** 0 or 1: what cannot be bought stands after everything that can, in every order. */
  outOfStock(place: number): number {
    return this.columns.outOfStock[place] as number;
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

  /** Words that begin so. */
  termsFrom(start: string): readonly Term[] {
    const from = lowerBound(this.terms, ({ word }) => word < start);
    let to = from;
    while (to < this.terms.length && this.terms[to]?.word.startsWith(start)) to++;
    return this.terms.slice(from, to);
  }

  term(word: string): Term | null {
    const found = this.terms[lowerBound(this.terms, (one) => one.word < word)];
    return found?.word === word ? found : null;
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

const headCharacters = 60;

/** What it costs now. */
export function priceOf({ salePrice, price }: Pick<IndexedProduct, 'salePrice' | 'price'>): Money | null {
  return salePrice ?? price;
}

function termsOf({ index, documentIds }: AsPlainObject): Term[] {
  const terms = index.map(([word, fields]) => {
    const places = new Set<number>();
    for (const own of Object.values(fields)) {
      for (const shortId of Object.keys(own)) places.add(documentIds[shortId]);
    }
    return { word, places: Int32Array.from(places) };
  });
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
