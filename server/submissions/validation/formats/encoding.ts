import type { Params } from '../types.ts';
import { joined, latin1 } from './bytes.ts';
import { type Charset, hexOf, Mixed, namedCharset, Utf16, windows1252Of } from './charsets.ts';
import { Unreadable } from './unreadable.ts';
import { firstBad, isUtf8Anywhere, unfinishedAt } from './utf8.ts';

/** What encoding and format are judged by: always this much, or all of it, however the chunks are cut. */
export const headBytes = 4096;

const none = Uint8Array.of();

export type TextSink = {
  /** The raw head before anything is decoded: throws where these bytes are no text at all. */
  look(head: Uint8Array): void;
  /** The head as text, before it is given. */
  head(text: Uint8Array): void;
  /** UTF-8 without a BOM. */
  give(bytes: Uint8Array): void;
  /** A finding about the encoding. What was given until now ends at the place that it speaks of. */
  report(rule: string, params: Params): void;
};

export type TextOptions = {
  /** What the person said it is. */
  encoding?: string;
  /** A quicker check where the host has one. */
  isUtf8?: (bytes: Uint8Array) => boolean;
};

/**
 * Bytes to UTF-8, which is looked at and handed on as it is; a copy is made only of what has to change. States: the head
 * is gathered; then UTF-8 until a byte is none; from there on, or from the start, another charset.
 */
export class TextIn {
  encoding = 'UTF-8';
  hasBom = false;
  readonly #sink: TextSink;
  readonly #options: TextOptions;
  readonly #isUtf8: (bytes: Uint8Array) => boolean;
  #head: Uint8Array | null = new Uint8Array();
  /** While the head is decoded: what it comes to, and what there is to say between. */
  #gathered: (Uint8Array | (() => void))[] | null = null;
  #rest: Uint8Array = new Uint8Array();
  /** Of the next byte, the unfinished ones included; and where its line begins. */
  #offset = 0;
  #lineStart = 0;
  #charset: Charset | null = null;

  constructor(sink: TextSink, options: TextOptions = {}) {
    this.#sink = sink;
    this.#options = options;
    this.#isUtf8 = options.isUtf8 ?? isUtf8Anywhere;
  }

  push(bytes: Uint8Array): void {
    if (this.#head === null) {
      this.#decode(bytes);
      return;
    }
    const head = joined(this.#head, bytes);
    if (head.length < headBytes) {
      this.#head = head === bytes ? head.slice() : head;
      return;
    }
    this.#head = null;
    this.#open(head.subarray(0, headBytes), false);
    this.#decode(head.subarray(headBytes));
  }

  end(): void {
    if (this.#head !== null) {
      const head = this.#head;
      this.#head = null;
      this.#open(head, true);
    } else this.#close();
  }

  #open(head: Uint8Array, isEnd: boolean): void {
    this.#sink.look(head);
    const gathered: (Uint8Array | (() => void))[] = [];
    this.#gathered = gathered;
    let failure: unknown = null;
    try {
      this.#decode(head.subarray(this.#choose(head)));
      if (isEnd) this.#close();
    } catch (error) {
      failure = error;
    }
    this.#gathered = null;
    this.#sink.head(
      gathered.reduce<Uint8Array>((text, step) => (typeof step === 'function' ? text : joined(text, step)), none),
    );
    for (const step of gathered) {
      if (typeof step === 'function') step();
      else this.#sink.give(step);
    }
    if (failure) throw failure;
  }

  #give(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#gathered) this.#gathered.push(bytes.slice());
    else this.#sink.give(bytes);
  }

  #report(rule: string, params: Params): void {
    if (this.#gathered) this.#gathered.push(() => this.#sink.report(rule, params));
    else this.#sink.report(rule, params);
  }

  /** By what was said, by the BOM, by the zeros of UTF-16, by the XML declaration; how many bytes are passed over. */
  #choose(head: Uint8Array): number {
    const bom = bomOf(head);
    if (bom) {
      if (bom.name.startsWith('UTF-32')) throw new Unreadable('CSV-01.unknown', { encoding: bom.name });
      this.hasBom = true;
      this.#offset = bom.length;
      if (bom.name === 'UTF-8') this.#report('CSV-01.bom', {});
      else this.#takeUtf16(bom.name === 'UTF-16LE');
      return bom.length;
    }
    const declared = this.#options.encoding ?? null;
    const said = declared ?? xmlEncoding(head);
    const label = said === null ? null : said.trim().toLowerCase();
    const order = label?.match(/^utf-?16-?(le|be)?$/);
    if (order && (declared !== null || zerosSay(head) !== null)) {
      this.#takeUtf16((order[1] ?? zerosSay(head)?.toLowerCase() ?? 'le') !== 'be');
      return 0;
    }
    const byZeros = zerosSay(head);
    if (byZeros) {
      this.#takeUtf16(byZeros === 'LE');
      return 0;
    }
    if (label !== null && !/^(utf-?8|us-ascii|ascii)$/.test(label)) this.#takeNamed(label, head, declared !== null);
    return 0;
  }

  #takeUtf16(isLittle: boolean): void {
    this.encoding = isLittle ? 'UTF-16LE' : 'UTF-16BE';
    this.#charset = new Utf16((bytes) => this.#give(bytes), this.#offset, isLittle);
    this.#report('CSV-01.utf-16', { encoding: this.encoding });
  }

  /** A declaration inside the file is believed only where the bytes do not say otherwise. */
  #takeNamed(label: string, head: Uint8Array, isSaid: boolean): void {
    const charset = namedCharset(label, (bytes) => this.#give(bytes));
    const isOther = !charset || charset.name.startsWith('utf-16') || charset.name === 'utf-8';
    const isUtf8 = firstBad(head) === head.length && head.some((byte) => byte >= 0x80);
    if (isOther || (isUtf8 && !isSaid)) {
      if (!charset && isSaid) throw new Unreadable('CSV-01.unknown', { encoding: label });
      if (charset?.name !== 'utf-8') this.#report('CSV-01.declared', { encoding: label });
      return;
    }
    this.encoding = charset.name;
    this.#charset = charset.name === 'windows-1252' ? this.#mixed() : charset;
  }

  #mixed(): Mixed {
    return new Mixed((bytes) => this.#give(bytes), this.#offset);
  }

  #decode(bytes: Uint8Array): void {
    if (this.#charset) {
      this.#charset.push(bytes);
      return;
    }
    const input = joined(this.#rest, bytes);
    const whole = input.subarray(0, input.length - unfinishedAt(input));
    if (this.#isUtf8(whole)) {
      this.#noteLine(whole);
      this.#give(whole);
      this.#offset += whole.length;
      this.#rest = input.slice(whole.length);
    } else this.#leaveUtf8(input, firstBad(input));
  }

  /** From the first bad byte on it is Windows-1252, with what UTF-8 there may be. */
  #leaveUtf8(input: Uint8Array, bad: number): void {
    const byte = input[bad] as number;
    const offset = this.#offset + bad;
    const character = windows1252Of(byte);
    this.#noteLine(input.subarray(0, bad));
    this.#give(input.subarray(0, bad));
    this.#offset = offset;
    this.#rest = new Uint8Array();
    this.encoding = 'windows-1252';
    if (character !== 0)
      this.#report('CSV-01.not-utf-8', {
        offset,
        position: offset - this.#lineStart + 1,
        byte: hexOf(byte),
        character: String.fromCharCode(character),
      });
    this.#charset = this.#mixed();
    this.#charset.push(input.subarray(bad));
  }

  #noteLine(bytes: Uint8Array): void {
    const end = bytes.lastIndexOf(10);
    if (end >= 0) this.#lineStart = this.#offset + end + 1;
  }

  #close(): void {
    const rest = this.#rest;
    if (rest.length > 0) this.#leaveUtf8(rest, 0);
    this.#charset?.end();
  }
}

function bomOf(head: Uint8Array): { name: string; length: number } | null {
  const [first, second, third, fourth] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { name: 'UTF-8', length: 3 };
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return { name: 'UTF-32BE', length: 4 };
  if (first === 0xff && second === 0xfe)
    return third === 0 && fourth === 0 ? { name: 'UTF-32LE', length: 4 } : { name: 'UTF-16LE', length: 2 };
  if (first === 0xfe && second === 0xff) return { name: 'UTF-16BE', length: 2 };
  return null;
}

/** UTF-16 without a BOM: nearly every other byte of what Western files hold is zero, on one side only. */
function zerosSay(head: Uint8Array): 'LE' | 'BE' | null {
  const length = Math.min(head.length, 512) & ~1;
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  const most = length / 2;
  if (odd > most * 0.7 && even === 0) return 'LE';
  return even > most * 0.7 && odd === 0 ? 'BE' : null;
}

function xmlEncoding(head: Uint8Array): string | null {
  const found = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(latin1(head.subarray(0, 200)));
  return found?.[1] ?? null;
}
