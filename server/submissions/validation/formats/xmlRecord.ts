import { Has } from '../cell.ts';
import { hasAscii, latin1 } from './bytes.ts';
import { classesOf, published, special } from './classes.ts';
import { Path, Writing } from './named.ts';
import { deepest, isBlank, XmlTexts } from './xmlTexts.ts';

const [lf, cr, blank, quote, apostrophe] = [10, 13, 0x20, 0x22, 0x27];
const [amp, slash, lt, equals, gt, bang, ask, bracket] = [0x26, 0x2f, 0x3c, 0x3d, 0x3e, 0x21, 0x3f, 0x5d];
const blanks = Has.space | Has.lineBreakOrTab;
/** Names followed from the last record before one is looked up. */
const guesses = 4;

/** What a record came to; `UNFINISHED`: not all of it is there. */
export const Read = { unfinished: 0, whole: 1, broken: 2 } as const;

export type Fault = { rule: string; at: number; what: string };

/**
 * One record, read where it lies from `<` to `>`. It may be asked for the same record again when more of it has come, and
 * then reads it from its start; what it answers depends on the bytes alone.
 */
export class XmlRecord {
  readonly texts: XmlTexts;
  /** Behind the record, when it is whole; and the line ends in it. */
  end = 0;
  breaks = 0;
  /** The last line end before the fault or the end; -1: none. */
  lastBreak = -1;
  fault: Fault | null = null;

  readonly #mostNames: number;
  readonly #top = new Path(new Uint8Array(), '', null, 0);
  #names = 0;
  readonly #textClasses = classesOf([lt, amp, lf, cr]);
  readonly #cdataClasses = classesOf([bracket, lf, cr]);

  /** Of every open element: its path, the child before, and the value as far as it is read. */
  readonly #paths: Path[] = [this.#top];
  readonly #before: (Path | null)[] = [null];
  #isEmptyTag = false;
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(mostBytes: number, mostNames: number, columnOf: (path: Path) => number) {
    this.texts = new XmlTexts(mostBytes, columnOf);
    this.#mostNames = mostNames;
  }

  /** `bytes[to]` is lent for a moment as the stop of every search; three more behind it can be read. */
  read(bytes: Uint8Array, from: number, to: number): number {
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const lent = bytes[to] as number;
    bytes[to] = lt;
    this.breaks = 0;
    this.lastBreak = -1;
    this.fault = null;
    this.texts.begin();
    const result = this.#read(bytes, from, to);
    bytes[to] = lent;
    return result;
  }

  #read(bytes: Uint8Array, from: number, to: number): number {
    const classes = this.#textClasses;
    const nameEnd = endOfName(bytes, from + 1, to);
    const recordName = nameEnd - from - 1;
    const view = this.#view;
    let depth = 0;
    // Opened, and nothing of it seen but text: mostly its end comes next, and nothing has to be kept of it.
    let leaf: Path | null = null;
    this.#open(0, this.#top);
    let at = bytes[nameEnd] === gt ? nameEnd + 1 : this.#attributes(bytes, nameEnd, to);
    if (at < 0) return at === -1 ? Read.unfinished : Read.broken;
    if (bytes[nameEnd] !== gt && this.#isEmptyTag) return this.#done(at);

    for (;;) {
      const start = at;
      let flags = 0;
      let references = 0;
      for (;;) {
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
        const byte = bytes[at] as number;
        if (byte === lt) break;
        flags |= bits & published;
        if (byte === amp) references++;
        else if (byte === lf || bytes[at + 1] !== lf) {
          this.breaks++;
          this.lastBreak = at;
        }
        at++;
      }
      if (at + 1 >= to) return Read.unfinished;
      const next = bytes[at + 1] as number;

      if (leaf !== null) {
        const end = at + 2 + leaf.raw.length;
        if (next === slash && end < to && bytes[end] === gt && leaf.standsAt(view, at + 2)) {
          this.texts.leaf(leaf, bytes, start, at, flags, references);
          leaf = null;
          at = end + 1;
          continue;
        }
        this.#open(++depth, leaf);
        leaf = null;
      }
      if (next === slash) {
        const isText = (flags & ~blanks) !== 0 || (this.texts.hasChild[depth] === 0 && this.texts.pieces[depth] === 0);
        if (at > start && isText) this.texts.piece(depth, bytes, start, at, flags, references, Writing.text);
        const path = this.#paths[depth] as Path;
        const { raw } = path;
        const length = depth === 0 ? recordName : raw.length;
        let end = at + 2 + length;
        if (end >= to) return Read.unfinished;
        const [name, first] = depth === 0 ? [bytes, from + 1] : [raw, 0];
        for (let index = 0; index < length; index++)
          if (bytes[at + 2 + index] !== name[first + index])
            return this.#broken('XML-01', at, `<${latin1(name.subarray(first, first + length))}> is not closed here`);
        while (end < to && isBlank(bytes[end] as number)) end++;
        if (end >= to) return Read.unfinished;
        if (bytes[end] !== gt) return this.#broken('XML-01', at, 'the closing tag does not fit');
        at = end + 1;
        if (depth === 0) return this.#done(at);
        this.texts.close(depth, this.#paths[depth] as Path, bytes);
        depth--;
        continue;
      }
      // Blanks around what follows are layout.
      if ((flags & ~blanks) !== 0) this.texts.piece(depth, bytes, start, at, flags, references, Writing.text);

      if (next === bang || next === ask) {
        if (at + 9 > to) return Read.unfinished;
        if (next === bang && hasAscii(bytes, at, '<![CDATA[')) at = this.#cdata(depth, bytes, at + 9, to);
        else if (next === ask || hasAscii(bytes, at, '<!--'))
          at = this.#pass(bytes, at + (next === ask ? 2 : 4), to, next === ask ? '?>' : '-->');
        else
          return this.#broken(
            hasAscii(bytes, at, '<!DOCTYPE') ? 'XML-02' : 'XML-01',
            at,
            'a declaration inside the content',
          );
        if (at < 0) return Read.unfinished;
        continue;
      }

      this.texts.hasChild[depth] = 1;
      const path = this.#child(depth, bytes, at + 1, to);
      if (path === null) {
        const end = endOfName(bytes, at + 1, to);
        if (end >= to) return Read.unfinished;
        if (this.#names > this.#mostNames) return this.#broken('XML-06', at, 'names');
        return this.#broken('XML-01', at, 'a < that begins no tag');
      }
      const opened = at;
      if (depth + 1 >= deepest) return this.#broken('XML-04', at, 'depth');
      at += 1 + path.raw.length;
      if (bytes[at] === gt && at < to) {
        leaf = path;
        at++;
        continue;
      }
      this.#open(++depth, path);
      at = this.#attributes(bytes, at, to, path.name === 'link');
      if (at === -1) return Read.unfinished;
      if (at < 0) return this.fault ? Read.broken : this.#broken('XML-01', opened, 'the tag cannot be read');
      if (this.#isEmptyTag) {
        this.texts.close(depth, this.#paths[depth] as Path, bytes);
        depth--;
      }
    }
  }

  #done(end: number): number {
    this.texts.values.end();
    this.end = end;
    return Read.whole;
  }

  #broken(rule: string, at: number, what: string): number {
    this.fault = { rule, at, what };
    return Read.broken;
  }

  #open(depth: number, path: Path): void {
    this.#paths[depth] = path;
    this.#before[depth] = null;
    this.texts.open(depth, path);
  }

  /** The element that opens here; null: no name, or not all of it. Mostly the one that stood here in the record before. */
  #child(depth: number, bytes: Uint8Array, at: number, to: number): Path | null {
    const parent = this.#paths[depth] as Path;
    const before = this.#before[depth] as Path | null;
    const view = this.#view;
    let guess = before === null ? parent.first : before.next;
    for (let tries = 0; guess !== null && tries < guesses; tries++) {
      const end = at + guess.raw.length;
      if (end < to && guess.standsAt(view, at) && endsName(bytes[end] as number)) {
        this.#before[depth] = guess;
        return guess;
      }
      guess = guess.next;
    }
    const end = endOfName(bytes, at, to);
    if (end >= to || end === at) return null;
    const text = latin1(bytes.subarray(at, end));
    let path = parent.child(text);
    if (!path) {
      this.#names++;
      if (!/^[A-Za-z_:\x80-\xff]/.test(text) || this.#names > this.#mostNames) return null;
      path = pathOf(bytes.slice(at, end), parent);
      parent.add(text, path);
    }
    if (before === null) {
      path.next ??= parent.first;
      if (path.next === path) path.next = null;
      parent.first = path;
    } else if (before !== path) {
      path.next ??= before.next;
      if (path.next === path) path.next = null;
      before.next = path;
    } else before.next = path;
    this.#before[depth] = path;
    return path;
  }

  /** From behind the name to behind `>`. -1: not all there; -2: not well-formed, with `fault`. */
  #attributes(bytes: Uint8Array, from: number, to: number, isLink = false): number {
    this.#isEmptyTag = false;
    let at = from;
    for (;;) {
      at = this.#blanks(bytes, at, to);
      if (at >= to) return -1;
      const byte = bytes[at] as number;
      if (byte === gt) return at + 1;
      if (byte === slash) {
        if (at + 1 >= to) return -1;
        if (bytes[at + 1] !== gt) return this.#badTag(at, 'a / that does not end the tag');
        this.#isEmptyTag = true;
        return at + 2;
      }
      const nameEnd = endOfName(bytes, at, to);
      if (nameEnd >= to) return -1;
      if (nameEnd === at) return this.#badTag(at, 'an attribute without a name');
      const name = isLink ? latin1(bytes.subarray(at, nameEnd)) : '';
      at = this.#blanks(bytes, nameEnd, to);
      if (at >= to) return -1;
      if (bytes[at] !== equals) return this.#badTag(at, 'an attribute without a value');
      at = this.#blanks(bytes, at + 1, to);
      if (at >= to) return -1;
      const mark = bytes[at] as number;
      if (mark !== quote && mark !== apostrophe) return this.#badTag(at, 'an attribute without quotes');
      const start = ++at;
      while (at < to && bytes[at] !== mark && bytes[at] !== lt) {
        if (bytes[at] === lf || (bytes[at] === cr && bytes[at + 1] !== lf)) {
          this.breaks++;
          this.lastBreak = at;
        }
        at++;
      }
      if (at >= to) return -1;
      if (bytes[at] === lt) return this.#badTag(at, 'a < inside an attribute');
      if (name === 'href') {
        this.texts.href = start;
        this.texts.hrefEnd = at;
      } else if (name === 'rel') this.texts.rel = latin1(bytes.subarray(start, at));
      at++;
    }
  }

  #badTag(at: number, what: string): number {
    this.#broken('XML-01', at, what);
    return -2;
  }

  #blanks(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && isBlank(bytes[at] as number)) {
      if (bytes[at] === lf || (bytes[at] === cr && bytes[at + 1] !== lf)) {
        this.breaks++;
        this.lastBreak = at;
      }
      at++;
    }
    return at;
  }

  /** A comment or an instruction, which say nothing about the record; -1: its end is not there. */
  #pass(bytes: Uint8Array, from: number, to: number, end: string): number {
    for (let at = from; at + end.length <= to; at++) {
      const byte = bytes[at] as number;
      if (byte === lf || (byte === cr && bytes[at + 1] !== lf)) {
        this.breaks++;
        this.lastBreak = at;
      } else if (byte === end.charCodeAt(0) && hasAscii(bytes, at, end)) return at + end.length;
    }
    return -1;
  }

  #cdata(depth: number, bytes: Uint8Array, from: number, to: number): number {
    const classes = this.#cdataClasses;
    let flags = 0;
    for (let at = from; at < to; at++) {
      const bits = classes[bytes[at] as number] as number;
      flags |= bits & ~special;
      if (bits < special) continue;
      const byte = bytes[at] as number;
      if (byte === bracket) {
        if (at + 2 >= to) return -1;
        if (bytes[at + 1] !== bracket || bytes[at + 2] !== gt) continue;
        this.texts.piece(depth, bytes, from, at, flags, 0, Writing.cdata);
        return at + 3;
      }
      if (byte === lf || bytes[at + 1] !== lf) {
        this.breaks++;
        this.lastBreak = at;
      }
    }
    return -1;
  }
}

function endsName(byte: number): boolean {
  return byte === gt || byte === slash || isBlank(byte);
}

/** Behind a name; where there is none, where it is asked. */
export function endOfName(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const byte = bytes[at] as number;
    if (
      byte <= blank ||
      byte === gt ||
      byte === slash ||
      byte === equals ||
      byte === quote ||
      byte === apostrophe ||
      byte === lt
    )
      break;
    at++;
  }
  return at;
}

/** `g:` and `c:` are Google's own; a name without a prefix is the feed's; others are somebody else's. */
function pathOf(raw: Uint8Array, parent: Path): Path {
  const text = new TextDecoder().decode(raw);
  const colon = text.lastIndexOf(':');
  const prefix = text.slice(0, Math.max(colon, 0));
  const rank = prefix === 'g' || prefix === 'c' ? 2 : prefix === '' ? 1 : 0;
  return new Path(raw, text.slice(colon + 1) || text, parent, rank);
}
