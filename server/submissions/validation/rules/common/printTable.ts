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

  /**
   * Of a name that counts (SKU-1041, SKU-1042): with capitals as small letters, and its last byte alone in the lowest bits, so
   * that neighbours stand side by side in a table. Answers a tag of the cell as it is written, of the same pass.
   */
  ofName({ bytes, start, end }: Cell): number {
    let a = 0x9dc5811c | 0;
    let b = 0x41c6ce57;
    let exact = 0x2545f491;
    let before = a;
    for (let at = start; at < end; at++) {
      before = a;
      const byte = bytes[at] as number;
      const small = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
      a = Math.imul(a ^ small, 0x9e3779b1);
      b = Math.imul(b ^ small, 0x5f356495);
      exact = Math.imul(exact ^ byte, 0x01000193);
    }
    const last = end > start ? (bytes[end - 1] as number) : 0;
    this.low = (Math.imul(before ^ (before >>> 15) ^ (end - start), 0x85ebca6b) & ~7) | (last & 7);
    this.high = Math.imul(b ^ (b >>> 13) ^ (end - start), 0xc2b2ae35);
    return (exact ^ (exact >>> 16)) & 0xffff || 1;
  }

  /** 16 bits of it, from 1: what stands beside another print. */
  get tag(): number {
    return (this.low ^ (this.low >>> 16)) & 0xffff || 1;
  }
}

/** Entries of a segment: 64 KB, and most of one fits where the processor is quick. */
const places = 8192;
const words = places * 2;
/** Behind the entries: how many there are, and by how many bits of a print the segment is found. */
const [countAt, depthAt] = [words, words + 1];
const mostInSegment = Math.floor(places * 0.65);
/**
 * Of so many values the row of each is remembered, in 4 bytes a place; above that none is. Many: 8 MB, for what names the
 * records of a file; some: 2 MB, for what else stands beside it.
 */
export const manyRows = 1_000_000;
export const someRows = 250_000;
/** Bits that choose a segment. Values made to fall into one cannot make it grow without end: it is full then. */
const mostDepth = 12;

const inLine = (2 << 3) - 2;
const lineMask = words - 1 - inLine - 1;
/** The lowest bits of a print choose a place within one line of memory, the others choose the line. */
const lineBits = 3;

/**
 * Fingerprints with a tag each: two words an entry, the second one 16 bits of the print and the tag, so that a look touches
 * one line of memory. It grows by parting one segment in two (extendible hashing): nothing large is ever copied or thrown
 * away, so its peak is its size. Above its bound it takes no more and says so: `isFull`.
 */
export class PrintTable {
  readonly most: number;
  readonly #rowsUpTo: number;
  /** By the first bits of a mixed print; a segment of fewer bits stands there several times. */
  #directory: Uint32Array[] = [new Uint32Array(words + 2)];
  #depth = 0;
  #scratch: Uint32Array | null = null;
  /** Beside each segment of the directory the rows of its entries; null: they are not remembered, or not any more. */
  #rows: Uint32Array[] | null;
  #scratchRows: Uint32Array | null = null;
  size = 0;
  /** In which row the print stood that `put` found last; 0: that is not remembered. */
  row = 0;
  /** Values came that it had no room for: nothing was compared with them. */
  isFull = false;

  /** `rowsUpTo`: 0 for who asks for no rows. */
  constructor(most = 2_000_000, rowsUpTo = 0) {
    this.most = most;
    this.#rowsUpTo = rowsUpTo;
    this.#rows = rowsUpTo > 0 ? [new Uint32Array(places)] : null;
  }

  /**
   * The tag that stands beside the print; 0: it was not there, and is from now on with `tag` (1 to 65,535) and its row.
   */
  put(low: number, high: number, tag: number, row = 0): number {
    const rest = (high & 0xffff) << 16;
    const mixed = mix(low);
    const index = this.#depth === 0 ? 0 : mixed >>> (32 - this.#depth);
    const segment = this.#directory[index] as Uint32Array;
    const at = placeIn(segment, mixed, low >>> 0, rest);
    const found = (segment[at + 1] as number) & 0xffff;
    if (found !== 0) {
      this.row = this.#rows?.[index]?.[at >>> 1] ?? 0;
      return found;
    }
    if (this.size >= this.most || (segment[countAt] as number) > places - 2) {
      this.isFull = true;
      return 0;
    }
    segment[at] = low;
    segment[at + 1] = rest | tag;
    if (this.#rows !== null) (this.#rows[index] as Uint32Array)[at >>> 1] = row;
    if (++this.size > this.#rowsUpTo) this.#rows = null;
    const count = (segment[countAt] as number) + 1;
    segment[countAt] = count;
    if (count > mostInSegment && (segment[depthAt] as number) < mostDepth) this.#part(segment, mixed, index);
    return 0;
  }

  /** Those whose next bit is set move to a segment of their own. */
  #part(segment: Uint32Array, mixed: number, index: number): void {
    const depth = segment[depthAt] as number;
    if (depth === this.#depth) {
      this.#directory = this.#directory.flatMap((one) => [one, one]);
      this.#rows = this.#rows?.flatMap((one) => [one, one]) ?? null;
      this.#depth++;
      index *= 2;
    }
    const rows = this.#rows?.[index] ?? null;
    const rowsBefore = rows && this.#rowsAside(rows);
    const otherRows = rows && new Uint32Array(places);
    this.#scratch ??= new Uint32Array(words);
    const entries = this.#scratch;
    entries.set(segment.subarray(0, words));
    const other = new Uint32Array(words + 2);
    segment.fill(0);
    segment[depthAt] = depth + 1;
    other[depthAt] = depth + 1;
    const bit = 1 << (31 - depth);
    for (let from = 0; from < words; from += 2) {
      const second = entries[from + 1] as number;
      if ((second & 0xffff) === 0) continue;
      const low = entries[from] as number;
      const print = mix(low);
      const into = (print & bit) === 0 ? segment : other;
      const to = placeIn(into, print, low, second & 0xffff0000);
      into[to] = low;
      into[to + 1] = second;
      into[countAt] = (into[countAt] as number) + 1;
      if (rowsBefore)
        ((into === segment ? rows : otherRows) as Uint32Array)[to >>> 1] = rowsBefore[from >>> 1] as number;
    }
    // The other one stands in the second half of where both stood.
    const span = 1 << (this.#depth - depth);
    const first = depth === 0 ? 0 : (mixed >>> (32 - depth)) * span;
    this.#directory.fill(other, first + span / 2, first + span);
    if (otherRows) this.#rows?.fill(otherRows, first + span / 2, first + span);
  }

  #rowsAside(rows: Uint32Array): Uint32Array {
    this.#scratchRows ??= new Uint32Array(places);
    this.#scratchRows.set(rows);
    return this.#scratchRows;
  }
}

/** Of all but the lowest bits: values that follow each other share a line of memory, and a file in their order reads each line once. */
function mix(low: number): number {
  const line = Math.imul((low >>> lineBits) ^ (low >>> 16), 0x85ebca6b);
  return Math.imul(line ^ (line >>> 15), 0x9e3779b1) >>> 0;
}

/** Where the print stands, or would. `rest`: 16 bits of the print, in the upper half. */
function placeIn(segment: Uint32Array, mixed: number, low: number, rest: number): number {
  // Other bits than those that chose the segment.
  let at = ((mixed >>> 6) & lineMask) | ((low << 1) & inLine);
  for (;;) {
    const second = segment[at + 1] as number;
    if ((second & 0xffff) === 0) return at;
    if (segment[at] === low && ((second ^ rest) & 0xffff0000) === 0) return at;
    at = (at + 2) & (words - 1);
  }
}
