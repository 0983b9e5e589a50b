import type { Cell } from '../cell.ts';
import { endsOf, published } from './classes.ts';

const quote = 0x22;

/** Where cells with doubled quotes stand with single ones, for as long as their record is given. */
export class Unquoting {
  #bytes = new Uint8Array(4 * 1024);
  #length = 0;
  readonly #spans: { index: number; start: number; end: number }[] = [];

  /** The next record. */
  clear(): void {
    this.#length = 0;
    if (this.#spans.length > 0) this.#spans.length = 0;
  }

  /** Where a cell stood before, with its quotes; null: it was not put here. */
  spanOf(index: number): { start: number; end: number } | null {
    return this.#spans.find((span) => span.index === index) ?? null;
  }

  /** `open`: where its first quote stands; the value from `start`, its last quote at `end`. */
  put(cell: Cell, index: number, bytes: Uint8Array, open: number, start: number, end: number, flags: number): void {
    this.#spans.push({ index, start: open, end: end + 1 });
    if (this.#length + (end - start) > this.#bytes.length)
      // Cells that were written before keep the old place.
      this.#bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + (end - start)));
    const own = this.#bytes;
    const first = this.#length;
    let to = first;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      own[to++] = byte;
      if (byte === quote && at + 1 < end && bytes[at + 1] === quote) at++;
    }
    this.#length = to;
    cell.set(own, first, to, (flags & published) | endsOf(own, first, to));
  }
}
