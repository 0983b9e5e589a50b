import MiniSearch, { type AsPlainObject } from 'minisearch';
import type { Money, SourceProduct } from '../shapes.ts';
import { isWebAddress } from './addresses.ts';
import type { OrderCounts } from './orders.ts';
import { codeOf, cutText, folded, wordsOf } from './words.ts';

/** More than these are not put in: of a larger shop every n-th product stands for the others. */
export const mostProducts = 50_000;
/**
 * So many different words are kept: no shop has half of them, and one whose every title is noise would take all memory.
 * Words that are new beyond that find nothing.
 */
const mostTerms = 120_000;
const most = { title: 300, description: 600, id: 200, brand: 100, level: 100, levels: 8, code: 60, address: 2_000 };

/** How words of a title, a brand and a category are kept and found. */
export const searchOptions = {
  fields: ['title', 'brand', 'category'],
  tokenize: wordsOf,
  // `tokenize` has folded them already.
  processTerm: (term: string) => term,
};

/** A product as it stands in the index. Texts are plain and cut, addresses are of the web. */
export type IndexedProduct = Omit<SourceProduct, 'gtin' | 'mpn'> & { codes: string[] };

/** Everything that the mocks ask. */
export type LookIndex = {
  products: IndexedProduct[];
  /** As MiniSearch writes itself, by the place of a product in `products`. */
  words: AsPlainObject;
  /** The place of each product by its name. */
  nameRanks: Int32Array;
  /** How many orders hold it, and what was ordered with it; null where there is no order history. */
  orders: OrderCounts | null;
};

/** Takes the parts of an index as they are made: nothing of it is held twice. */
export type IndexSink = {
  products(some: readonly IndexedProduct[]): void;
  words(some: AsPlainObject['index']): void;
  rest(rest: Rest): void;
};
export type Rest = { words: Omit<AsPlainObject, 'index'> } & Pick<LookIndex, 'nameRanks' | 'orders'>;

const atOnce = 1_000;

/** Takes products one by one, each id once, and makes an index of them. */
export class IndexBuilder {
  /** Of all products so far, by their places. */
  readonly ids: string[] = [];
  readonly #names: string[] = [];
  readonly #currencies = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #terms = new Set<string>();
  readonly #search: MiniSearch<{ id: number; title: string; brand: string; category: string }>;
  #waiting: IndexedProduct[] = [];

  constructor(
    private readonly sink: IndexSink,
    private readonly limit = mostProducts,
    private readonly termLimit = mostTerms,
  ) {
    this.#search = new MiniSearch({ ...searchOptions, processTerm: (term) => this.#kept(term) });
  }

  add(source: SourceProduct): void {
    if (this.ids.length >= this.limit) return;
    const product = indexed(source);
    if (product === null || this.#seen.has(product.id)) return;
    this.#seen.add(product.id);
    const { title, brand, category, salePrice, price } = product;
    this.#search.add({ id: this.ids.length, title, brand: brand ?? '', category: category.join(' ') });
    this.ids.push(product.id);
    this.#names.push(folded(title));
    const { currency = null } = salePrice ?? price ?? {};
    if (currency !== null) this.#currencies.set(currency, (this.#currencies.get(currency) ?? 0) + 1);
    this.#waiting.push(product);
    if (this.#waiting.length === atOnce) this.#handOn();
  }

  finish(orders: OrderCounts | null = null): void {
    this.#handOn();
    const { index, ...words } = this.#search.toJSON();
    for (let at = 0; at < index.length; at += atOnce) this.sink.words(index.slice(at, at + atOnce));
    this.sink.rest({ words, nameRanks: ranksOf(this.#names), orders });
  }

  /** The commonest first. */
  get currencies(): string[] {
    const counted = [...this.#currencies].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return counted.map(([currency]) => currency);
  }

  #kept(term: string): string | null {
    if (this.#terms.has(term)) return term;
    if (this.#terms.size >= this.termLimit) return null;
    this.#terms.add(term);
    return term;
  }

  #handOn(): void {
    this.sink.products(this.#waiting);
    this.#waiting = [];
  }
}

/**
 * Which of many rows stand for all: every n-th, so that the whole file is there. Row numbers count from 0; `rows` may be
 * too large a guess, never too small a one.
 */
export function isInSpread(row: number, rows: number, limit: number): boolean {
  return rows <= limit || Math.floor(((row + 1) * limit) / rows) > Math.floor((row * limit) / rows);
}

/** Nothing that is sold costs more in any currency; it is what a mock may ask for. */
const mostAmount = 1e12;
/** Blanks, joiners and fillers alone. */
const unseen = /^[\p{Cf}\p{Z}\p{M}\u115f\u1160\u3164\uffa0]*$/u;

/** Plain, cut and checked; null where there is nothing to show. */
function indexed(from: SourceProduct): IndexedProduct | null {
  const id = cutText(from.id, most.id);
  const named = cutText(from.title, most.title);
  if (id === '' || named === '') return null;
  // A name of which nothing can be seen would be a hole in the page.
  const title = unseen.test(named) ? id : named;
  const category = from.category.map((level) => cutText(level, most.level)).filter((level) => level !== '');
  const [price, salePrice] = [moneyOf(from.price), moneyOf(from.salePrice)];
  const codes = [id, from.gtin ?? '', from.mpn ?? ''].map((code) => codeOf(code).slice(0, most.code));
  return {
    ...{ id, title, description: cutText(from.description, most.description) },
    ...{ link: addressOf(from.link), image: addressOf(from.image), price },
    // Of another currency, or no less than before, it is no sale.
    salePrice:
      salePrice && price?.currency === salePrice.currency && salePrice.amount < price.amount ? salePrice : null,
    isAvailable: from.isAvailable,
    brand: cutText(from.brand ?? '', most.brand) || null,
    category: category.slice(0, most.levels),
    groupId: from.groupId === null ? null : cutText(from.groupId, most.id),
    codes: [...new Set(codes.filter((code) => code !== ''))],
    rating: ratingOf(from.rating),
  };
}

function addressOf(text: string | null): string | null {
  return text !== null && text.length <= most.address && isWebAddress(text) ? text : null;
}

function moneyOf(money: Money | null): Money | null {
  if (money === null || !(money.amount >= 0 && money.amount <= mostAmount)) return null;
  return /^[A-Z]{3}$/.test(money.currency) ? { amount: money.amount, currency: money.currency } : null;
}

function ratingOf(rating: SourceProduct['rating']): SourceProduct['rating'] {
  if (rating === null || !(rating.value >= 0 && rating.value <= 5) || !(rating.count >= 0)) return null;
  return { value: rating.value, count: Math.floor(rating.count) };
}

/** As a list by name stands, without regard to case and accents. */
function ranksOf(names: readonly string[]): Int32Array {
  const order = Int32Array.from(names.keys()).sort(
    (a, b) => compareNames(names[a] as string, names[b] as string) || a - b,
  );
  const ranks = new Int32Array(names.length);
  order.forEach((product, rank) => {
    ranks[product] = rank;
  });
  return ranks;
}

/** Folded names need no collation: comparing them by it took longer than all the rest. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
