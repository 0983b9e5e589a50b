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

/**
 * Fingerprints with a tag each, in open addressing: two words an entry, the second one 16 bits of the print and the tag, so
 * that a look touches one line of memory. Above its bound it takes no more.
 */
export class PrintTable {
  readonly #most: number;
  #words = new Uint32Array(2 * 1024);
  size = 0;

  constructor(most = 2_000_000) {
    this.#most = most;
  }

  /**
   * The tag that stands beside the print; 0: it was not there, and is from now on with `tag` (1 to 65,535).
   */
  put(low: number, high: number, tag: number): number {
    const wanted = low >>> 0;
    const rest = (high & 0xffff) << 16;
    const at = this.#place(wanted, rest);
    const found = (this.#words[at + 1] as number) & 0xffff;
    if (found !== 0 || this.size >= this.#most) return found;
    this.#words[at] = wanted;
    this.#words[at + 1] = rest | tag;
    this.size++;
    if (this.size * 2 > this.#words.length * 0.8) this.#grow();
    return 0;
  }

  /** `rest`: 16 bits of the print, in the upper half. */
  #place(low: number, rest: number): number {
    const words = this.#words;
    const places = words.length >>> 1;
    // Mixed: numbers that follow each other (a maker's GTINs) would all want the same place, and each look would pass them.
    const mixed = Math.imul(low ^ Math.imul(rest >>> 16, 0x85ebca6b), 0x9e3779b1) >>> 0;
    let at = Math.floor((mixed / 0x1_0000_0000) * places) * 2;
    for (;;) {
      const second = words[at + 1] as number;
      if ((second & 0xffff) === 0) return at;
      if (words[at] === low && ((second ^ rest) & 0xffff0000) === 0) return at;
      at += 2;
      if (at === words.length) at = 0;
    }
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(Math.ceil((before.length / 2) * 1.6) * 2);
    for (let from = 0; from < before.length; from += 2) {
      const second = before[from + 1] as number;
      if ((second & 0xffff) === 0) continue;
      const low = before[from] as number;
      const to = this.#place(low, second & 0xffff0000);
      this.#words[to] = low;
      this.#words[to + 1] = second;
    }
  }
}
