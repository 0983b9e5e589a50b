import { CompactIdSet } from './idSet.ts';

/*
 * What changed between two versions of a file: "fixed 312, new 4, still 9". Each run remembers its faults as fingerprints
 * of (rule, column, id of the row; its number where it has no id; which one of these it is), at most 200,000 of them. So
 * `total` is the number of errors and warnings in the report, and the three add up to both reports' numbers. Above the
 * bound only the numbers are compared, and the answer says so.
 *
 * Its bytes: `total` (u32, little-endian), then those of the set.
 */

const mostFaults = 200_000;

export type Delta =
  | { readonly kind: 'COMPARED'; readonly fixed: number; readonly fresh: number; readonly still: number }
  /** Too many to be told apart: how many there were and are. */
  | { readonly kind: 'COUNTED'; readonly before: number; readonly after: number };

export class FaultMemory {
  readonly #set: CompactIdSet;
  readonly #seeds = new Map<string, number>();
  /** All of them, also those that it has no room for. */
  total = 0;

  constructor(set = new CompactIdSet(mostFaults)) {
    this.#set = set;
  }

  add(rule: string, column: string | null, bytes: Uint8Array, start: number, end: number): void {
    this.total++;
    // There is no comparing any more.
    if (this.#set.isFull) return;
    const seed = this.#seed(`${rule}\u0000${column ?? ''}`);
    if (!this.#set.add(bytes, start, end, seed)) this.#addAgain(bytes, start, end, seed);
  }

  /** The same fault of the same id once more, as of a row that came twice: the first number that is free is its own. */
  #addAgain(bytes: Uint8Array, start: number, end: number, seed: number): void {
    const isTaken = (nth: number) => this.#set.has(bytes, start, end, seedOf(seed, nth));
    let [taken, free] = [0, 1];
    while (isTaken(free)) [taken, free] = [free, free * 2];
    while (free - taken > 1) {
      const between = (taken + free) >>> 1;
      if (isTaken(between)) taken = between;
      else free = between;
    }
    this.#set.add(bytes, start, end, seedOf(seed, free));
  }

  toBytes(): Uint8Array {
    const set = this.#set.toBytes();
    const bytes = new Uint8Array(4 + set.length);
    new DataView(bytes.buffer).setUint32(0, Math.min(this.total, 0xffffffff), true);
    bytes.set(set, 4);
    return bytes;
  }

  /** Throws where the bytes are none of `toBytes`. */
  static fromBytes(bytes: Uint8Array): FaultMemory {
    if (bytes.length < 4) throw new Error('These bytes are no memory of faults');
    const memory = new FaultMemory(CompactIdSet.fromBytes(bytes.subarray(4), mostFaults));
    memory.total = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    return memory;
  }

  /** This version against the one before. */
  since(before: FaultMemory): Delta {
    if (before.total > before.#set.size || this.total > this.#set.size)
      return { kind: 'COUNTED', before: before.total, after: this.total };
    let still = 0;
    for (const [low, high] of this.#set.prints()) if (before.#set.hasPrint(low, high)) still++;
    return { kind: 'COMPARED', fixed: before.total - still, fresh: this.total - still, still };
  }

  #seed(key: string): number {
    let seed = this.#seeds.get(key);
    if (seed === undefined) {
      seed = 0x811c9dc5;
      for (let at = 0; at < key.length; at++) seed = Math.imul(seed ^ key.charCodeAt(at), 0x01000193);
      this.#seeds.set(key, seed);
    }
    return seed;
  }
}

const seedOf = (seed: number, nth: number): number => Math.imul(seed ^ nth, 0x9e3779b1) ^ (nth >>> 3);
