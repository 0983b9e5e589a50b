import { Blocks, joined } from './bytes.ts';
import { Unreadable } from './unreadable.ts';
import { putUtf8, sequenceAt } from './utf8.ts';

/** Bytes of one encoding in, UTF-8 out. `end` says what was left unfinished. */
export type Charset = { push(bytes: Uint8Array): void; end(): void };

type Give = (bytes: Uint8Array) => void;

/** Windows-1252 where it differs from Latin-1: the code points of 0x80 to 0x9F; 0: there is none. */
const windows1252 = Uint16Array.from([
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
]);

/** The character that a byte means in Windows-1252; 0: none. */
export function windows1252Of(byte: number): number {
  return byte < 0x80 || byte >= 0xa0 ? byte : (windows1252[byte - 0x80] as number);
}

/** Enough to tell a language with an accent here and there from one that is written in other letters throughout. */
const JUDGED_FROM = 64;

/**
 * Text in Windows-1252, or in UTF-8 with such bytes among it, which is what appended exports look like: whole sequences of
 * UTF-8 stay, any other byte is taken for Windows-1252. (Two accents in a row that happen to form a sequence do not occur
 * in a language.) Bytes that mean nothing there, or accents mostly side by side, are another encoding: not readable.
 */
export class Mixed implements Charset {
  readonly #give: Give;
  #rest: Uint8Array = new Uint8Array();
  #offset: number;
  #lastBad = -2;
  #bad = 0;
  #besides = 0;

  constructor(give: Give, offset: number) {
    this.#give = give;
    this.#offset = offset;
  }

  push(bytes: Uint8Array): void {
    const input = joined(this.#rest, bytes);
    this.#rest = new Uint8Array();
    this.#convert(input, false);
  }

  end(): void {
    const rest = this.#rest;
    this.#rest = new Uint8Array();
    this.#convert(rest, true);
  }

  #convert(input: Uint8Array, isEnd: boolean): void {
    const out = new Uint8Array(input.length * 3);
    let to = 0;
    let at = 0;
    while (at < input.length) {
      const byte = input[at] as number;
      if (byte < 0x80) {
        out[to++] = byte;
        at++;
        continue;
      }
      const length = sequenceAt(input, at);
      if (length > 0) {
        for (let index = 0; index < length; index++) out[to++] = input[at++] as number;
        continue;
      }
      if (length < 0 && !isEnd) break;
      const code = windows1252Of(byte);
      if (code === 0 || this.#isOther(this.#offset + at)) {
        this.#give(out.subarray(0, to));
        throw new Unreadable('CSV-01.undecodable', { offset: this.#offset + at, byte: hexOf(byte) });
      }
      to = putUtf8(out, to, code);
      at++;
    }
    this.#offset += at;
    this.#rest = input.slice(at);
    if (to > 0) this.#give(out.subarray(0, to));
  }

  #isOther(offset: number): boolean {
    this.#bad++;
    if (offset === this.#lastBad + 1) this.#besides++;
    this.#lastBad = offset;
    return this.#bad >= JUDGED_FROM && this.#besides * 2 > this.#bad;
  }
}

export function hexOf(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** UTF-16 of either order, by hand: the platform's decoder does not say where the bad unit stands. */
export class Utf16 implements Charset {
  readonly #give: Give;
  readonly #isLittle: boolean;
  #offset: number;
  /** The first byte of a unit, and the first unit of a pair; -1: none. */
  #byte = -1;
  #high = -1;

  constructor(give: Give, offset: number, isLittle: boolean) {
    this.#give = give;
    this.#offset = offset;
    this.#isLittle = isLittle;
  }

  push(bytes: Uint8Array): void {
    const out = new Uint8Array(Math.ceil((bytes.length + 1) / 2) * 3 + 4);
    let to = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (this.#byte < 0) {
        this.#byte = byte;
        continue;
      }
      const unit = this.#isLittle ? this.#byte | (byte << 8) : (this.#byte << 8) | byte;
      this.#byte = -1;
      const isLow = unit >= 0xdc00 && unit < 0xe000;
      if (isLow !== this.#high >= 0) {
        this.#give(out.subarray(0, to));
        throw new Unreadable('CSV-01.undecodable', { offset: this.#offset + at - 1, byte: hexOf(unit >> 8) });
      }
      if (isLow) {
        to = putUtf8(out, to, 0x10000 + ((this.#high - 0xd800) << 10) + unit - 0xdc00);
        this.#high = -1;
      } else if (unit >= 0xd800 && unit < 0xdc00) this.#high = unit;
      else to = putUtf8(out, to, unit);
    }
    this.#offset += bytes.length;
    if (to > 0) this.#give(out.subarray(0, to));
  }

  end(): void {
    if (this.#byte >= 0 || this.#high >= 0)
      throw new Unreadable('CSV-01.undecodable', { offset: this.#offset - 1, byte: hexOf(Math.max(this.#byte, 0)) });
  }
}

/** Any other encoding that was said by name, by the platform's decoder; null where it knows none of that name. */
export function namedCharset(label: string, give: Give): (Charset & { name: string }) | null {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    return null;
  }
  const encoder = new TextEncoder();
  let offset = 0;
  const decode = (bytes: Uint8Array, stream: boolean) => {
    let text: string;
    try {
      text = decoder.decode(bytes, { stream });
    } catch {
      throw new Unreadable('CSV-01.undecodable', { offset, byte: hexOf(bytes[0] ?? 0) });
    }
    offset += bytes.length;
    if (text !== '') give(encoder.encode(text));
  };
  const blocks = new Blocks(4096, (block) => decode(block, true));
  return {
    name: decoder.encoding,
    push: (bytes) => blocks.push(bytes),
    end: () => {
      blocks.flush();
      decode(new Uint8Array(), false);
    },
  };
}
