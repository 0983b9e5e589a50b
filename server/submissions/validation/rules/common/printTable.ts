import type { Cell } from '../../cell.ts';

/*
 * What rules about whole files remember: 48-bit fingerprints of values with 16 bits beside each, 8 bytes an entry, without
 * a string or an object. Two of a million values share a fingerprint in one file of five hundred.
 */

/** A fingerprint that grows cell by cell, so that several cells make one. */
export class Print {
  low = 0;
  high = 0;

  clear(): this {
    this.low = 0x9dc5811c | 0;
    this.high = 0x41c6ce57;
    return this;
  }

  /** What differs only in where one cell ends and the next begins differs here too. */
  add(cell: Cell): this {
    return this.addBytes(cell.bytes, cell.start, cell.end);
  }

  addBytes(bytes: Uint8Array, start: number, end: number): this {
    let a = this.low;
    let b = this.high;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      a = Math.imul(a ^ byte, 0x9e3779b1);
      b = Math.imul(b ^ byte, 0x5f356495);
    }
    this.low = Math.imul(a ^ (a >>> 15) ^ (end - start), 0x85ebca6b);
    this.high = Math.imul(b ^ (b >>> 13) ^ (end - start), 0xc2b2ae35);
    return this;
  }

  /** The same with capitals of ASCII read as small letters. */
  addFolded(cell: Cell): this {
    const { bytes, start, end } = cell;
    let a = this.low;
    let b = this.high;
    for (let at = start; at < end; at++) {
      let byte = bytes[at] as number;
      if (byte >= 0x41 && byte <= 0x5a) byte |= 0x20;
      a = Math.imul(a ^ byte, 0x9e3779b1);
      b = Math.imul(b ^ byte, 0x5f356495);
    }
    this.low = Math.imul(a ^ (a >>> 15) ^ (end - start), 0x85ebca6b);
    this.high = Math.imul(b ^ (b >>> 13) ^ (end - start), 0xc2b2ae35);
    return this;
  }

  /** 16 bits of it, from 1: what stands beside another print. */
  get tag(): number {
    return (this.low ^ (this.low >>> 16)) & 0xffff || 1;
  }
}

/** Fingerprints with a tag each, in open addressing. Above its bound it takes no more. */
export class PrintTable {
  readonly #most: number;
  #low = new Uint32Array(1024);
  #high = new Uint16Array(1024);
  #tags = new Uint16Array(1024);
  size = 0;

  constructor(most = 2_000_000) {
    this.#most = most;
  }

  /**
   * The tag that stands beside the print; 0: it was not there, and is from now on with `tag` (1 to 65,535).
   */
  put(low: number, high: number, tag: number): number {
    const wanted = low >>> 0;
    const rest = high & 0xffff;
    const at = this.#place(wanted, rest);
    const found = this.#tags[at] as number;
    if (found !== 0 || this.size >= this.#most) return found;
    this.#low[at] = wanted;
    this.#high[at] = rest;
    this.#tags[at] = tag;
    this.size++;
    if (this.size > this.#low.length * 0.8) this.#grow();
    return 0;
  }

  #place(low: number, high: number): number {
    const places = this.#low.length;
    // Mixed: numbers that follow each other (a maker's GTINs) would all want the same place, and each look would pass them.
    const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 0;
    let at = Math.floor((mixed / 0x1_0000_0000) * places);
    while (this.#tags[at] !== 0 && (this.#low[at] !== low || this.#high[at] !== high)) {
      at++;
      if (at === places) at = 0;
    }
    return at;
  }

  #grow(): void {
    const [lows, highs, tags] = [this.#low, this.#high, this.#tags];
    const places = Math.ceil(lows.length * 1.6);
    this.#low = new Uint32Array(places);
    this.#high = new Uint16Array(places);
    this.#tags = new Uint16Array(places);
    for (let from = 0; from < lows.length; from++) {
      const tag = tags[from] as number;
      if (tag === 0) continue;
      const low = lows[from] as number;
      const high = highs[from] as number;
      const to = this.#place(low, high);
      this.#low[to] = low;
      this.#high[to] = high;
      this.#tags[to] = tag;
    }
  }
}
