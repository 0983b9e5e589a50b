import { hasAscii } from './bytes.ts';

/** Where in the markup the last byte stood. */
type Within = 'TEXT' | 'TAG' | 'QUOTE' | 'PASS';

/** The longest beginning that has to be seen whole: `<![CDATA[`. */
const longest = 9;
const [lt, gt, slash, quote, apostrophe] = [0x3c, 0x3e, 0x2f, 0x22, 0x27];

/** Passes over one element of any size, keeping nothing of it: only how deep it is, and where the markup stands. */
export class XmlSkip {
  isDone = false;
  #within: Within = 'TEXT';
  #depth = 0;
  #isClose = false;
  #mark = 0;
  #last = 0;
  #until = '';

  /** Answers up to where it has read; less than `to` where it has to see more at once, or is done. */
  skip(bytes: Uint8Array, from: number, to: number, isEnd: boolean): number {
    let at = from;
    while (at < to && !this.isDone) {
      if (this.#within === 'PASS') {
        const next = this.#pass(bytes, at, to);
        if (next === at) return at;
        at = next;
      } else if (this.#within === 'TEXT') {
        while (at < to && bytes[at] !== lt) at++;
        if (at >= to || (to - at < longest && !isEnd)) return at;
        at += this.#enter(bytes, at);
      } else at = this.#tag(bytes, at, to);
    }
    return at;
  }

  #enter(bytes: Uint8Array, at: number): number {
    for (const [start, end] of [
      ['<!--', '-->'],
      ['<![CDATA[', ']]>'],
      ['<?', '?>'],
    ] as const) {
      if (!hasAscii(bytes, at, start)) continue;
      this.#within = 'PASS';
      this.#until = end;
      return start.length;
    }
    this.#isClose = bytes[at + 1] === slash;
    this.#within = 'TAG';
    this.#last = 0;
    if (!this.#isClose) this.#depth++;
    return this.#isClose ? 2 : 1;
  }

  #tag(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
      if (this.#within === 'QUOTE') {
        if (byte === this.#mark) this.#within = 'TAG';
      } else if (byte === quote || byte === apostrophe) {
        this.#within = 'QUOTE';
        this.#mark = byte;
      } else if (byte === gt) {
        if (this.#isClose || this.#last === slash) this.#depth--;
        this.#within = 'TEXT';
        this.isDone = this.#depth === 0;
        return at + 1;
      }
      this.#last = byte;
    }
    return to;
  }

  #pass(bytes: Uint8Array, from: number, to: number): number {
    const until = this.#until;
    for (let at = from; at + until.length <= to; at++) {
      if (bytes[at] !== until.charCodeAt(0) || !hasAscii(bytes, at, until)) continue;
      this.#within = 'TEXT';
      return at + until.length;
    }
    return Math.max(from, to - until.length + 1);
  }
}
