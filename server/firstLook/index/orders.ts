/*
 * What was bought together, counted over the lines of an order history. Orders are kept as numbers made of their keys,
 * so that a million of lines are a few megabytes; products are counted one by one, in a table of their own size.
 */

/** Lines of products that are shown, of which these are counted; the later ones of a longer history are left out. */
export const mostLines = 2_000_000;
/** Of one order; nobody learns from the order of a reseller, and its pairs would be counted for minutes. */
export const mostOfOrder = 50;
/** Of one product. */
export const mostTogether = 12;

export type OrderCounts = {
  /** By the place of a product: how many orders hold it. */
  popularity: Int32Array;
  /** By the place of a product: places of others and in how many orders they stand together, most first, then by id. */
  together: { product: number; count: number }[][];
};

export class OrderLines {
  #size = 0;
  #orders = new Float64Array(4_096);
  #products = new Int32Array(4_096);
  readonly #ids: readonly string[];
  readonly #places: ReadonlyMap<string, number>;

  /** Of the products with these ids; lines of others are passed over. */
  constructor(ids: readonly string[]) {
    this.#ids = ids;
    this.#places = new Map(ids.map((id, place) => [id, place]));
  }

  add(order: string, item: string): void {
    const place = this.#places.get(item);
    if (place === undefined || order === '' || this.#size >= mostLines) return;
    if (this.#size === this.#orders.length) {
      this.#orders = widened(this.#orders, new Float64Array(this.#size * 2));
      this.#products = widened(this.#products, new Int32Array(this.#size * 2));
    }
    this.#orders[this.#size] = keyOf(order);
    this.#products[this.#size++] = place;
  }

  /** Null where no order holds one of them. */
  counts(): OrderCounts | null {
    const ids = this.#ids;
    const orders = this.#grouped();
    if (orders.length === 0) return null;
    const holding = holders(orders, ids.length);
    const popularity = Int32Array.from(holding, (own) => own.length);
    const table = new Int32Array(ids.length);
    const together = holding.map((own, product) => {
      const met: number[] = [];
      for (const order of own) {
        for (const other of orders[order] as number[]) {
          if (other === product) continue;
          if (table[other] === 0) met.push(other);
          table[other] = (table[other] as number) + 1;
        }
      }
      const first = met.map((other) => ({ product: other, count: table[other] as number }));
      for (const other of met) table[other] = 0;
      first.sort((a, b) => b.count - a.count || compare(ids[a.product] as string, ids[b.product] as string));
      return first.slice(0, mostTogether);
    });
    return { popularity, together };
  }

  /** The products of each order, each once. */
  #grouped(): number[][] {
    const keys = this.#orders;
    const lines = Uint32Array.from({ length: this.#size }, (_, line) => line);
    lines.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
    const orders: number[][] = [];
    let own: number[] = [];
    let key = Number.NaN;
    for (const line of lines) {
      if (keys[line] !== key) {
        own = [];
        orders.push(own);
        key = keys[line] as number;
      }
      const place = this.#products[line] as number;
      if (own.length < mostOfOrder && !own.includes(place)) own.push(place);
    }
    return orders;
  }
}

function widened<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function holders(orders: readonly (readonly number[])[], products: number): number[][] {
  const holding: number[][] = Array.from({ length: products }, () => []);
  orders.forEach((own, order) => {
    for (const product of own) holding[product]?.push(order);
  });
  return holding;
}

/** 52 bits of the key: two orders of millions that share them are not to be expected. */
function keyOf(text: string): number {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + at), 0x85ebca6b);
    high ^= high >>> 13;
  }
  return (low >>> 0) * 0x100000 + ((high ^ (low >>> 7)) & 0xfffff);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
