import type { Cell } from '../cell.ts';
import { endsOf, published } from './classes.ts';

const quote = 0x22;

/** Where cells with doubled quotes stand with single ones, for as long as their record is given. */
export class Unquoting {
  #bytes = new Uint8Array(4 * 1024);
  #length = 0;
  /** Index, start and end of each, one behind the other: an object a cell would be most of what a file costs in memory. */
  #spans = new Float64Array(3 * 16);
  #count = 0;

  /** The next record. */
  clear(): void {
    this.#length = 0;
    this.#count = 0;
  }

  /** Where a cell stood before, with its quotes; null: it was not put here. */
  spanOf(index: number): { start: number; end: number } | null {
    const spans = this.#spans;
    for (let at = 0; at < this.#count; at += 3)
      if (spans[at] === index) return { start: spans[at + 1] as number, end: spans[at + 2] as number };
    return null;
  }

  /** `open`: where its first quote stands; the value from `start`, its last quote at `end`. */
  put(cell: Cell, index: number, bytes: Uint8Array, open: number, start: number, end: number, flags: number): void {
    if (this.#count === this.#spans.length) {
      const longer = new Float64Array(this.#spans.length * 2);
      longer.set(this.#spans);
      this.#spans = longer;
    }
    this.#spans[this.#count] = index;
    this.#spans[this.#count + 1] = open;
    this.#spans[this.#count + 2] = end + 1;
    this.#count += 3;
    if (this.#length + (end - start) > this.#bytes.length)
      // Cells that were written before keep the old place.
      this.#bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + (end - start)));
    const own = this.#bytes;
    const first = this.#length;
    let to = first;
    let at = start;
    while (at < end) {
      if (at + 4 <= end) {
        const one = bytes[at] as number;
        const two = bytes[at + 1] as number;
        const three = bytes[at + 2] as number;
        const four = bytes[at + 3] as number;
        if (one !== quote && two !== quote && three !== quote && four !== quote) {
          own[to] = one;
          own[to + 1] = two;
          own[to + 2] = three;
          own[to + 3] = four;
          at += 4;
          to += 4;
          continue;
        }
      }
      const byte = bytes[at++] as number;
      own[to++] = byte;
      if (byte === quote && at < end && bytes[at] === quote) at++;
    }
    this.#length = to;
    cell.set(own, first, to, (flags & published) | endsOf(own, first, to));
  }
}
