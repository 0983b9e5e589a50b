import { flagsOf, Has } from '../cell.ts';
import { classesOf, endsOf, looksAtEnds, published, special } from './classes.ts';
import { unescapeJson } from './jsonText.ts';
import { NamedRecord, Path, Writing } from './named.ts';

const [lf, cr, quote, backslash, comma, colon, minus] = [10, 13, 0x22, 0x5c, 0x2c, 0x3a, 0x2d];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const deepest = 100;
const guesses = 4;
const [unfinished, broken] = [-1, -2];

export type Outcome = 'UNFINISHED' | 'WHOLE' | 'BROKEN';

/**
 * One object, read where it lies. Nested objects become columns by their path (`shipping.price`), lists of values one value
 * joined by `,`. It may be asked for the same record again when more of it has come, and then reads it from its start.
 */
export class JsonRecord {
  readonly values: NamedRecord;
  end = 0;
  breaks = 0;
  lastBreak = -1;
  rule = '';
  faultAt = 0;
  what = '';
  /** Columns whose name stands there twice. */
  readonly repeated: string[] = [];

  readonly #columnOf: (path: Path) => number;
  readonly #mostNames: number;
  readonly #classes = classesOf([quote, backslash, ...Array.from({ length: 0x20 }, (_, byte) => byte)]);
  readonly #top = new Path(new Uint8Array(), '', null, 0);
  #names = 0;
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #to = 0;

  constructor(mostBytes: number, mostColumns: number, columnOf: (path: Path) => number) {
    this.values = new NamedRecord(mostBytes);
    this.#mostNames = mostColumns * 2;
    this.#columnOf = columnOf;
  }

  /** Whether the fault is more than this one record's: the text is no JSON, or there are too many names. */
  get isFatal(): boolean {
    return this.rule !== 'JSON-08';
  }

  /** `bytes[to]` is lent for a moment as the stop of every search; three more behind it can be read. */
  read(bytes: Uint8Array, from: number, to: number): Outcome {
    const lent = bytes[to] as number;
    bytes[to] = quote;
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    this.#to = to;
    this.breaks = 0;
    this.lastBreak = -1;
    this.repeated.length = 0;
    this.values.begin();
    const end = this.#object(from, this.#top, 0, false);
    bytes[to] = lent;
    if (end === unfinished) return 'UNFINISHED';
    if (end === broken) return 'BROKEN';
    this.values.end();
    this.end = end;
    return 'WHOLE';
  }

  #broken(at: number, what: string, rule = 'JSON-01'): number {
    if (at >= this.#to) return unfinished;
    this.rule = rule;
    this.faultAt = at;
    this.what = what;
    return broken;
  }

  #blanks(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (;;) {
      const byte = bytes[at] as number;
      if (byte > 0x20) return at;
      if (byte === lf || (byte === cr && bytes[at + 1] !== lf)) {
        this.breaks++;
        this.lastBreak = at;
      } else if (byte !== 0x20 && byte !== 9 && byte !== cr) return at;
      at++;
    }
  }

  /** From `{` to behind `}`. */
  #object(from: number, path: Path, depth: number, isMany: boolean): number {
    if (depth >= deepest) return this.#broken(from, 'depth', 'JSON-08');
    if (path.group) this.values.slots.length = 0;
    const bytes = this.#bytes;
    let before: Path | null = null;
    let at = this.#blanks(from + 1);
    if (bytes[at] === closeObject && at < this.#to) return at + 1;
    for (;;) {
      if (at >= this.#to) return unfinished;
      if (bytes[at] !== quote) return this.#broken(at, 'a name in quotes is missing');
      const child: Path | null = this.#child(path, before, at + 1);
      if (child === null) return this.#noChild(at);
      before = child;
      at += child.raw.length + 2;
      if (bytes[at] !== colon) {
        at = this.#blanks(at);
        if (bytes[at] !== colon) return this.#broken(at, 'a name without a colon');
      }
      at = this.#value(this.#blanks(at + 1), child, depth, isMany);
      if (at < 0) return at;
      at = this.#blanks(at);
      if (at >= this.#to) return unfinished;
      if (bytes[at] === comma) at = this.#blanks(at + 1);
      else if (bytes[at] === closeObject) break;
      else return this.#broken(at, 'a comma or a closing brace is missing');
    }
    if (path.group && this.values.slots.length > 0) {
      this.#meet(path, isMany);
      this.values.putGroup(path);
    }
    return at + 1;
  }

  /** The name that begins here, without its quotes; null: not all of it, or too many names. */
  #child(parent: Path, before: Path | null, at: number): Path | null {
    const bytes = this.#bytes;
    const view = this.#view;
    let guess = before === null ? parent.first : before.next;
    for (let tries = 0; guess !== null && tries < guesses; tries++) {
      const end = at + guess.raw.length;
      if (end < this.#to && bytes[end] === quote && guess.standsAt(view, at)) return guess;
      guess = guess.next;
    }
    const end = this.#endOfString(at);
    if (end < 0) return null;
    const raw = bytes.slice(at, end);
    const key = new TextDecoder().decode(raw);
    let path = parent.child(key);
    if (!path) {
      this.#names++;
      if (this.#names > this.#mostNames) return null;
      path = new Path(raw, nameOf(raw), parent, 1);
      parent.add(key, path);
    }
    const following = before === null ? parent.first : before.next;
    if (following !== path && path !== before) path.next ??= following;
    if (path.next === path) path.next = null;
    if (before === null) parent.first = path;
    else if (before !== path) before.next = path;
    return path;
  }

  #noChild(at: number): number {
    if (this.#names > this.#mostNames) return this.#broken(at, 'names', 'JSON-07');
    const end = this.#endOfString(at + 1);
    return end === unfinished ? unfinished : broken;
  }

  /** Where the closing quote stands. */
  #endOfString(from: number): number {
    const classes = this.#classes;
    const bytes = this.#bytes;
    for (let at = from; ; at++) {
      while ((classes[bytes[at] as number] as number) < special) at++;
      if (at >= this.#to) return unfinished;
      const byte = bytes[at] as number;
      if (byte === quote) return at;
      if (byte !== backslash) return this.#broken(at, 'a line end or another control character inside of quotes');
      at++;
    }
  }

  #value(at: number, path: Path, depth: number, isMany: boolean): number {
    if (at >= this.#to) return unfinished;
    const byte = this.#bytes[at] as number;
    if (byte === quote) return this.#string(at, path, isMany);
    if (byte === openObject) return this.#object(at, path, depth + 1, isMany);
    if (byte === openList) return this.#list(at, path, depth + 1);
    return this.#bare(at, path, isMany);
  }

  #list(from: number, path: Path, depth: number): number {
    if (depth >= deepest) return this.#broken(from, 'depth', 'JSON-08');
    const bytes = this.#bytes;
    let at = this.#blanks(from + 1);
    if (bytes[at] === closeList && at < this.#to) {
      this.#put(path, bytes, 0, 0, 0, from, at + 1, Writing.json, true);
      return at + 1;
    }
    for (;;) {
      at = this.#value(at, path, depth, true);
      if (at < 0) return at;
      at = this.#blanks(at);
      if (at >= this.#to) return unfinished;
      if (bytes[at] === closeList) return at + 1;
      if (bytes[at] !== comma) return this.#broken(at, 'a comma or a closing bracket is missing');
      at = this.#blanks(at + 1);
    }
  }

  #string(from: number, path: Path, isMany: boolean): number {
    const classes = this.#classes;
    const bytes = this.#bytes;
    let at = from + 1;
    let flags = 0;
    let bits = 0;
    for (;;) {
      bits =
        (classes[bytes[at] as number] as number) |
        (classes[bytes[at + 1] as number] as number) |
        (classes[bytes[at + 2] as number] as number) |
        (classes[bytes[at + 3] as number] as number);
      if (bits >= special) break;
      flags |= bits;
      at += 4;
    }
    bits = classes[bytes[at] as number] as number;
    while (bits < special) {
      flags |= bits;
      bits = classes[bytes[++at] as number] as number;
    }
    if (at >= this.#to) return unfinished;
    if (bytes[at] === quote) {
      flags = (flags & looksAtEnds) !== 0 ? (flags & published) | endsOf(bytes, from + 1, at) : flags & published;
      this.#put(path, bytes, from + 1, at, flags, from, at + 1, Writing.json, isMany);
      return at + 1;
    }
    const end = this.#endOfString(at);
    if (end < 0) return end;
    const { values } = this;
    values.reserve(end - from);
    const start = values.scratched;
    const to = unescapeJson(bytes, from + 1, end, values.scratch, start);
    if (to < 0) return this.#broken(at, 'an escape that means nothing');
    values.scratched = to;
    this.#put(path, values.scratch, start, to, flagsOf(values.scratch, start, to), from, end + 1, Writing.json, isMany);
    return end + 1;
  }

  /** A number, `true`, `false` or `null`, which is an empty cell. */
  #bare(from: number, path: Path, isMany: boolean): number {
    const bytes = this.#bytes;
    const classes = this.#classes;
    let at = from;
    let flags = 0;
    for (;;) {
      const byte = bytes[at] as number;
      if (byte <= 0x20 || byte === comma || byte === closeObject || byte === closeList || byte === quote) break;
      flags |= classes[byte] as number;
      at++;
    }
    if (at >= this.#to) return unfinished;
    const first = bytes[from] as number;
    const isNumber = first === minus || (first >= 0x30 && first <= 0x39);
    if (!(isNumber ? isNumeric(bytes, from, at) : isWord(bytes, from, at)))
      return this.#broken(from, 'a value that is no JSON');
    const end = first === 0x6e ? from : at;
    flags = end === from ? 0 : (flags & published) | (first === minus ? Has.formula : 0);
    this.#put(path, bytes, from, end, flags, from, at, Writing.json, isMany);
    return at;
  }

  /** A value of this name comes: its column is known from now on. */
  #meet(path: Path, isMany: boolean): void {
    if (path.column < 0) {
      path.column = this.#columnOf(path);
      this.values.grow(path.column);
    }
    if (!isMany && this.values.has(path.column)) {
      // The last of them counts, as for every reader of JSON.
      this.repeated.push(path.fullName);
      this.values.forget(path.column);
    }
  }

  #put(
    path: Path,
    bytes: Uint8Array,
    start: number,
    end: number,
    flags: number,
    from: number,
    to: number,
    writing: number,
    isMany: boolean,
  ): void {
    if (path.slot >= 0) {
      this.values.slots[path.slot] = { bytes, start, end };
      return;
    }
    this.#meet(path, isMany);
    this.values.put(path, bytes, start, end, flags, from, to, writing);
  }
}

function nameOf(raw: Uint8Array): string {
  const out = new Uint8Array(raw.length);
  const end = unescapeJson(raw, 0, raw.length, out, 0);
  return new TextDecoder().decode(end < 0 ? raw : out.subarray(0, end));
}

const words = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

function isWord(bytes: Uint8Array, from: number, to: number): boolean {
  return words.some((word) => word.length === to - from && word.every((byte, index) => bytes[from + index] === byte));
}

function isNumeric(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  const digits = () => {
    const start = at;
    while (at < to && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at++;
    return at - start;
  };
  if (bytes[at] === minus) at++;
  const isZero = bytes[at] === 0x30;
  const whole = digits();
  if (whole === 0 || (isZero && whole > 1)) return false;
  if (bytes[at] === 0x2e && at < to) {
    at++;
    if (digits() === 0) return false;
  }
  if (at < to && (bytes[at] === 0x65 || bytes[at] === 0x45)) {
    at++;
    if (bytes[at] === 0x2b || bytes[at] === minus) at++;
    if (digits() === 0) return false;
  }
  return at === to;
}
