import { joined } from './bytes.ts';

/*
 * DEFLATE (RFC 1951), pushed. The platform's DecompressionStream cannot say where a compressed stream ends, which a zip
 * without sizes and a gzip of several members need; and hosts differ in what they still hand out of a damaged one, while
 * a file's report has to be the same everywhere. Memory: a window of 32 KB, what waits of the input, and one block of output.
 */

const WINDOW = 32_768;
/** Handed on when this much is ready; behind it there is room for one longest match. */
const BLOCK = 65_536;
/** A symbol with its distance and their extra bits reads no more bytes. What follows a stream (gzip's 8, zip's 22) covers it. */
const LONGEST_SYMBOL = 7;
/** The longest code lengths of a dynamic block: 17 + 19 * 3 + 320 * 14 bits. */
const LONGEST_HEADER = 580;

const lengthBase = Uint16Array.from([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const lengthExtra = Uint8Array.from([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const distanceBase = Uint16Array.from([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]);
const distanceExtra = Uint8Array.from([
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]);
const lengthOrder = Uint8Array.from([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Looked up by the next 15 bits: symbol in the upper bits, length of its code in the lower 4; 0: no such code. */
type Codes = { readonly table: Uint16Array; readonly bits: number };

function codesOf(lengths: Uint8Array): Codes | null {
  const counts = new Uint16Array(16);
  let bits = 0;
  for (const length of lengths) {
    counts[length] = (counts[length] as number) + 1;
    if (length > bits) bits = length;
  }
  counts[0] = 0;
  const next = new Uint16Array(17);
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    code = (code + (counts[length - 1] as number)) << 1;
    next[length] = code;
    if (code + (counts[length] as number) > 1 << length) return null;
  }
  const table = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] as number;
    if (length === 0) continue;
    let reversed = 0;
    let value = next[length] as number;
    next[length] = value + 1;
    for (let at = 0; at < length; at++) {
      reversed = (reversed << 1) | (value & 1);
      value >>= 1;
    }
    for (let at = reversed; at < table.length; at += 1 << length) table[at] = (symbol << 4) | length;
  }
  return { table, bits };
}

function fixedLengths(): Uint8Array {
  return new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
}

/** `BLOCK_HEADER` -> `STORED` | `CODED` -> `BLOCK_HEADER` ... -> `DONE`. */
type State = 'BLOCK_HEADER' | 'STORED' | 'CODED' | 'DONE';

export class Inflate {
  /** Window, then what is not handed on yet, then room for the longest match. */
  readonly #out = new Uint8Array(WINDOW + BLOCK + 258);
  readonly #give: (bytes: Uint8Array) => void;
  #outAt = WINDOW;
  #outGiven = WINDOW;
  #state: State = 'BLOCK_HEADER';
  #isLast = false;
  #storedLeft = 0;
  #literals: Codes = { table: new Uint16Array(1), bits: 0 };
  #distances: Codes = { table: new Uint16Array(1), bits: 0 };
  #hold = 0;
  #held = 0;
  #rest: Uint8Array = new Uint8Array();
  /** How much came out, for distances that point before the beginning. */
  #total = 0;

  /** `give` gets windows that are reused after it returns. */
  constructor(give: (bytes: Uint8Array) => void) {
    this.#give = give;
  }

  /** For the next stream. */
  restart(): void {
    this.#state = 'BLOCK_HEADER';
    this.#rest = new Uint8Array();
    this.#hold = 0;
    this.#held = 0;
    this.#total = 0;
  }

  /** What stands behind the stream's end once it is reached, else null. `isEnd`: nothing more comes. Throws `DamagedDeflate`. */
  push(bytes: Uint8Array, isEnd = false): Uint8Array | null {
    const input = joined(this.#rest, bytes);
    let at = 0;
    for (;;) {
      const before = at * 8 - this.#held;
      const state = this.#state;
      if (state === 'BLOCK_HEADER') at = this.#header(input, at, isEnd);
      else if (state === 'STORED') at = this.#stored(input, at);
      else at = this.#coded(input, at);
      // Whole bytes in the bit buffer go back: they are read again, or belong to what follows the stream.
      at -= this.#held >> 3;
      this.#held &= 7;
      this.#hold &= (1 << this.#held) - 1;
      if (this.#state === 'DONE') {
        this.#flush();
        return input.subarray(at);
      }
      if (at * 8 - this.#held === before && this.#state === state) break;
    }
    this.#flush();
    if (isEnd) throw new DamagedDeflate('truncated');
    this.#rest = input.slice(at);
    return null;
  }

  /** Bits are taken from a copy of the state, so that a header that is not whole yet is simply read again. */
  #header(input: Uint8Array, start: number, isEnd: boolean): number {
    if (!isEnd && input.length - start < LONGEST_HEADER) {
      // A stored or a fixed block is known from 3 bits; only a dynamic one needs more.
      const peek = this.#held >= 3 ? this.#hold : this.#hold | ((input[start] ?? 0) << this.#held);
      if (this.#held < 3 && start >= input.length) return start;
      const kind = (peek >> 1) & 3;
      if (kind === 2 || (kind === 0 && input.length - start < 8)) return start;
    }
    const bits = new Bits(input, start, this.#hold, this.#held);
    this.#isLast = bits.take(1) === 1;
    const kind = bits.take(2);
    if (kind === 3) throw new DamagedDeflate('damaged');
    if (kind === 0) {
      bits.alignToByte();
      const length = bits.take(16);
      if ((bits.take(16) ^ 0xffff) !== length) throw new DamagedDeflate('damaged');
      this.#storedLeft = length;
      this.#state = 'STORED';
    } else {
      if (kind === 1) {
        this.#literals = codesOf(fixedLengths()) as Codes;
        this.#distances = codesOf(new Uint8Array(30).fill(5)) as Codes;
      } else this.#readCodes(bits);
      this.#state = 'CODED';
    }
    this.#hold = bits.hold;
    this.#held = bits.held;
    return bits.at;
  }

  #readCodes(bits: Bits): void {
    const literals = bits.take(5) + 257;
    const distances = bits.take(5) + 1;
    const count = bits.take(4) + 4;
    const own = new Uint8Array(19);
    for (let at = 0; at < count; at++) own[lengthOrder[at] as number] = bits.take(3);
    const codes = codesOf(own);
    if (!codes) throw new DamagedDeflate('damaged');
    const lengths = new Uint8Array(literals + distances);
    for (let at = 0; at < lengths.length; ) {
      const symbol = bits.symbol(codes);
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) throw new DamagedDeflate('damaged');
      const value = symbol === 16 ? (lengths[at - 1] as number) : 0;
      const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
      if (at + times > lengths.length) throw new DamagedDeflate('damaged');
      lengths.fill(value, at, at + times);
      at += times;
    }
    const literalCodes = codesOf(lengths.subarray(0, literals));
    const distanceCodes = codesOf(lengths.subarray(literals));
    if (!literalCodes || !distanceCodes || lengths[256] === 0) throw new DamagedDeflate('damaged');
    this.#literals = literalCodes;
    this.#distances = distanceCodes;
  }

  #stored(input: Uint8Array, start: number): number {
    let at = start;
    while (this.#storedLeft > 0 && at < input.length) {
      const length = Math.min(this.#storedLeft, input.length - at, WINDOW + BLOCK - this.#outAt);
      this.#out.set(input.subarray(at, at + length), this.#outAt);
      this.#outAt += length;
      this.#total += length;
      this.#storedLeft -= length;
      at += length;
      if (this.#outAt >= WINDOW + BLOCK) this.#flush();
    }
    if (this.#storedLeft === 0) this.#state = this.#isLast ? 'DONE' : 'BLOCK_HEADER';
    return at;
  }

  #coded(input: Uint8Array, start: number): number {
    const out = this.#out;
    const { table: literalTable, bits: literalBits } = this.#literals;
    const { table: distanceTable, bits: distanceBits } = this.#distances;
    const literalMask = (1 << literalBits) - 1;
    const distanceMask = (1 << distanceBits) - 1;
    const safe = input.length - LONGEST_SYMBOL;
    let at = start;
    let hold = this.#hold;
    let held = this.#held;
    let outAt = this.#outAt;
    const outStart = outAt;
    let before = this.#total;
    let from = outStart;
    while (at <= safe) {
      while (held < 15) {
        hold |= (input[at++] as number) << held;
        held += 8;
      }
      const entry = literalTable[hold & literalMask] as number;
      const length = entry & 15;
      if (length === 0) throw new DamagedDeflate('damaged');
      hold >>>= length;
      held -= length;
      const symbol = entry >> 4;
      if (symbol < 256) {
        out[outAt++] = symbol;
      } else if (symbol === 256) {
        this.#state = this.#isLast ? 'DONE' : 'BLOCK_HEADER';
        break;
      } else {
        if (symbol > 285) throw new DamagedDeflate('damaged');
        const lengthBits = lengthExtra[symbol - 257] as number;
        if (held < lengthBits) {
          hold |= (input[at++] as number) << held;
          held += 8;
        }
        const copied = (lengthBase[symbol - 257] as number) + (hold & ((1 << lengthBits) - 1));
        hold >>>= lengthBits;
        held -= lengthBits;
        while (held < 15) {
          hold |= (input[at++] as number) << held;
          held += 8;
        }
        const far = distanceTable[hold & distanceMask] as number;
        const farLength = far & 15;
        if (farLength === 0 || far >> 4 > 29) throw new DamagedDeflate('damaged');
        hold >>>= farLength;
        held -= farLength;
        const farBits = distanceExtra[far >> 4] as number;
        while (held < farBits) {
          hold |= (input[at++] as number) << held;
          held += 8;
        }
        const distance = (distanceBase[far >> 4] as number) + (hold & ((1 << farBits) - 1));
        hold >>>= farBits;
        held -= farBits;
        if (distance > before + outAt - from) throw new DamagedDeflate('damaged');
        let source = outAt - distance;
        const end = outAt + copied;
        while (outAt < end) out[outAt++] = out[source++] as number;
      }
      if (outAt >= WINDOW + BLOCK) {
        before += outAt - from;
        this.#outAt = outAt;
        this.#flush();
        outAt = this.#outAt;
        from = outAt;
      }
    }
    this.#total = before + outAt - from;
    this.#outAt = outAt;
    this.#hold = hold;
    this.#held = held;
    return at;
  }

  #flush(): void {
    if (this.#outAt > this.#outGiven) this.#give(this.#out.subarray(this.#outGiven, this.#outAt));
    if (this.#outAt >= WINDOW + BLOCK) {
      this.#out.copyWithin(0, this.#outAt - WINDOW, this.#outAt);
      this.#outAt = WINDOW;
    }
    this.#outGiven = this.#outAt;
  }
}

/** Not a DEFLATE stream, or not all of one. */
export class DamagedDeflate extends Error {
  readonly why: 'truncated' | 'damaged';

  constructor(why: 'truncated' | 'damaged') {
    super(why);
    this.why = why;
  }
}

/** Reads a block's header; not for the symbols of a block, which are too many for calls. */
class Bits {
  readonly input: Uint8Array;
  at: number;
  hold: number;
  held: number;

  constructor(input: Uint8Array, at: number, hold: number, held: number) {
    this.input = input;
    this.at = at;
    this.hold = hold;
    this.held = held;
  }

  #fill(count: number): void {
    while (this.held < count) {
      if (this.at >= this.input.length) throw new DamagedDeflate('truncated');
      this.hold |= (this.input[this.at++] as number) << this.held;
      this.held += 8;
    }
  }

  take(count: number): number {
    this.#fill(count);
    const value = this.hold & ((1 << count) - 1);
    this.hold >>>= count;
    this.held -= count;
    return value;
  }

  alignToByte(): void {
    this.hold >>>= this.held & 7;
    this.held -= this.held & 7;
  }

  symbol(codes: Codes): number {
    // At the very end fewer bits may be left than the longest code has.
    while (this.held < codes.bits && this.at < this.input.length) {
      this.hold |= (this.input[this.at++] as number) << this.held;
      this.held += 8;
    }
    const entry = codes.table[this.hold & ((1 << codes.bits) - 1)] as number;
    const length = entry & 15;
    if (length === 0) throw new DamagedDeflate('damaged');
    if (length > this.held) throw new DamagedDeflate('truncated');
    this.hold >>>= length;
    this.held -= length;
    return entry >> 4;
  }
}
