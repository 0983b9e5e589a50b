import type { IdSet } from './types.ts';

/*
 * Which ids there were, in 8 bytes each: a 64-bit fingerprint in a table with open addressing, no string and no object per
 * id. Two different ids share a fingerprint once in some 10^7 files of a million rows; what that costs is a finding.
 *
 * Its bytes: `IDS1`, the number of fingerprints (u32), then each as two u32, all little-endian.
 */

const magic = 0x31534449;
/** 64 MB of table at most. */
const usualMost = 4_000_000;

/** A second fingerprint beside the first, filled by `fingerprint`: numbers are returned one at a time. */
type Print = { low: number; high: number };

/** Of bytes, after a seed that keeps different uses of the same bytes apart. */
export function fingerprint(bytes: Uint8Array, start: number, end: number, into: Print, seed = 0): void {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    a = Math.imul(a ^ byte, 0x9e3779b1);
    b = Math.imul(b ^ byte, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  // All zero marks a free place.
  into.low = (a ^ (end - start)) >>> 0 || 1;
  into.high = b >>> 0;
}

/** A bounded set of ids. Above its bound it takes no more and says so: `isFull`. */
export class CompactIdSet implements IdSet {
  readonly most: number;
  readonly #print: Print = { low: 0, high: 0 };
  /** Two words a place, side by side: a look touches one line of memory. */
  #words = new Uint32Array(2 * 1024);
  size = 0;
  /** Ids came that it had no room for: that one is not in it means nothing then. */
  isFull = false;

  constructor(most = usualMost) {
    this.most = most;
  }

  has(bytes: Uint8Array, start: number, end: number, seed = 0): boolean {
    fingerprint(bytes, start, end, this.#print, seed);
    return this.hasPrint(this.#print.low, this.#print.high);
  }

  hasPrint(low: number, high: number): boolean {
    return this.#words[this.#place(low, high)] !== 0;
  }

  /** Answers whether it was new. */
  add(bytes: Uint8Array, start: number, end: number, seed = 0): boolean {
    fingerprint(bytes, start, end, this.#print, seed);
    return this.#put(this.#print.low, this.#print.high);
  }

  *prints(): Generator<readonly [low: number, high: number]> {
    for (let at = 0; at < this.#words.length; at += 2)
      if (this.#words[at] !== 0) yield [this.#words[at] as number, this.#words[at + 1] as number];
  }

  toBytes(): Uint8Array {
    const view = new DataView(new ArrayBuffer(8 + this.size * 8));
    view.setUint32(0, magic, true);
    view.setUint32(4, this.size, true);
    let at = 8;
    for (const [low, high] of this.prints()) {
      view.setUint32(at, low, true);
      view.setUint32(at + 4, high, true);
      at += 8;
    }
    return new Uint8Array(view.buffer);
  }

  /** Throws where the bytes are none of `toBytes`. */
  static fromBytes(bytes: Uint8Array, most = usualMost): CompactIdSet {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = view.byteLength >= 8 ? view.getUint32(4, true) : -1;
    if (count < 0 || view.getUint32(0, true) !== magic || view.byteLength !== 8 + count * 8)
      throw new Error('These bytes are no set of ids');
    const set = new CompactIdSet(Math.max(most, count));
    for (let at = 8; at < view.byteLength; at += 8)
      set.#put(view.getUint32(at, true) || 1, view.getUint32(at + 4, true));
    return set;
  }

  static of(ids: Iterable<string>): CompactIdSet {
    const set = new CompactIdSet();
    for (const id of ids) {
      const bytes = encoder.encode(id);
      set.add(bytes, 0, bytes.length);
    }
    return set;
  }

  #put(low: number, high: number): boolean {
    const at = this.#place(low, high);
    if (this.#words[at] !== 0) return false;
    if (this.size >= this.most) {
      this.isFull = true;
      return true;
    }
    this.#words[at] = low;
    this.#words[at + 1] = high;
    this.size++;
    if (this.size * 8 > this.#words.length * 3) this.#grow();
    return true;
  }

  /** Where the print stands, or would. */
  #place(low: number, high: number): number {
    const words = this.#words;
    const mask = words.length - 1;
    let at = ((low ^ high) << 1) & mask;
    while (words[at] !== 0 && (words[at] !== low || words[at + 1] !== high)) at = (at + 2) & mask;
    return at;
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(before.length * 2);
    for (let from = 0; from < before.length; from += 2) {
      const low = before[from] as number;
      if (low === 0) continue;
      const to = this.#place(low, before[from + 1] as number);
      this.#words[to] = low;
      this.#words[to + 1] = before[from + 1] as number;
    }
  }
}

const encoder = new TextEncoder();
