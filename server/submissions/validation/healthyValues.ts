import type { Cell } from './cell.ts';

const slots = 128;
const mostBytes = 32;
const roundOf = 4096;

/**
 * Values of one column that every rule has found healthy: columns of few different values (availability, brand, condition)
 * are judged by comparing bytes. A direct-mapped table of 4 kB; it gives up on a column whose values seldom come again.
 */
export class HealthyValues {
  readonly #bytes = new Uint8Array(slots * mostBytes);
  /** 0: free; a value is never empty. */
  readonly #lengths = new Uint8Array(slots);
  #asked = 0;
  #hits = 0;
  isUseful = true;

  /** The slot of a value that is not in it, to be given to `keep`; -1: it is in it. -2: too long for it. */
  miss({ bytes, start, end }: Cell): number {
    const length = end - start;
    if (length > mostBytes) return -2;
    if (++this.#asked === roundOf) this.#weigh();
    const middle = bytes[start + (length >> 1)] as number;
    const slot =
      (length * 5 + (bytes[start] as number) * 3 + middle * 11 + (bytes[end - 1] as number) * 29) & (slots - 1);
    if (this.#lengths[slot] !== length) return slot;
    const kept = this.#bytes;
    for (let at = start, from = slot * mostBytes; at < end; at++, from++) if (bytes[at] !== kept[from]) return slot;
    this.#hits++;
    return -1;
  }

  keep({ bytes, start, end }: Cell, slot: number): void {
    this.#lengths[slot] = end - start;
    for (let at = start, to = slot * mostBytes; at < end; at++, to++) this.#bytes[to] = bytes[at] as number;
  }

  #weigh(): void {
    this.isUseful = this.#hits * 4 >= this.#asked * 3;
    this.#asked = 0;
    this.#hits = 0;
  }
}
