import { flagsOf, Has } from '../cell.ts';
import { hasAscii, latin1 } from './bytes.ts';
import { classesOf, endsOf, looksAtEnds, published, special } from './delimited.ts';
import { NamedRecord, Path, Writing } from './named.ts';
import { unescapeXml } from './xmlText.ts';

const [lf, cr, blank, quote, apostrophe] = [10, 13, 0x20, 0x22, 0x27];
const [amp, slash, lt, equals, gt, bang, ask, bracket] = [0x26, 0x2f, 0x3c, 0x3d, 0x3e, 0x21, 0x3f, 0x5d];
const blanks = Has.space | Has.lineBreakOrTab;
/** Deeper than any feed, and little enough to keep. */
const deepest = 100;
/** Names followed from the last record before one is looked up. */
const guesses = 4;

/** What a record came to; `UNFINISHED`: not all of it is there. */
export const Read = { unfinished: 0, whole: 1, broken: 2 } as const;

export type Fault = { rule: string; at: number; what: string };
/** A finding inside the record, told when all of it is there. */
export type Remark = { rule: string; column: string | null; value: string | null };

/**
 * One record, read where it lies from `<` to `>`. It may be asked for the same record again when more of it has come, and
 * then reads it from its start; what it answers depends on the bytes alone.
 */
export class XmlRecord {
  readonly values: NamedRecord;
  /** Behind the record, when it is whole; and the line ends in it. */
  end = 0;
  breaks = 0;
  /** The last line end before the fault or the end; -1: none. */
  lastBreak = -1;
  fault: Fault | null = null;
  readonly remarks: Remark[] = [];

  readonly #columnOf: (path: Path) => number;
  readonly #mostNames: number;
  readonly #top = new Path(new Uint8Array(), '', null, 0);
  #names = 0;
  readonly #textClasses = classesOf([lt, amp, lf, cr]);
  readonly #cdataClasses = classesOf([bracket, lf, cr]);

  /** Of every open element: its path, the child before, and the value as far as it is read. */
  readonly #paths: Path[] = [this.#top];
  readonly #before: (Path | null)[] = [null];
  readonly #sources: Uint8Array[] = [];
  readonly #start = new Int32Array(deepest + 2);
  readonly #stop = new Int32Array(deepest + 2);
  readonly #flags = new Int32Array(deepest + 2);
  readonly #pieces = new Int32Array(deepest + 2);
  readonly #writing = new Uint8Array(deepest + 2);
  readonly #from = new Int32Array(deepest + 2);
  readonly #to = new Int32Array(deepest + 2);
  readonly #hasChild = new Uint8Array(deepest + 2);
  /** Parts of the group that is open. */
  readonly #slots: { bytes: Uint8Array; start: number; end: number }[] = [];
  #isEmptyTag = false;
  #href = -1;
  #hrefEnd = -1;
  #rel = '';

  constructor(mostBytes: number, mostNames: number, columnOf: (path: Path) => number) {
    this.values = new NamedRecord(mostBytes);
    this.#mostNames = mostNames;
    this.#columnOf = columnOf;
  }

  /** `bytes[to]` is lent for a moment as the stop of every search. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const lent = bytes[to] as number;
    bytes[to] = lt;
    this.breaks = 0;
    this.lastBreak = -1;
    this.fault = null;
    this.remarks.length = 0;
    this.values.begin();
    const result = this.#read(bytes, from, to);
    bytes[to] = lent;
    return result;
  }

  #read(bytes: Uint8Array, from: number, to: number): number {
    const classes = this.#textClasses;
    const nameEnd = endOfName(bytes, from + 1, to);
    const recordName = nameEnd - from - 1;
    let depth = 0;
    this.#open(0, this.#top);
    let at = bytes[nameEnd] === gt ? nameEnd + 1 : this.#attributes(bytes, nameEnd, to);
    if (at < 0) return at === -1 ? Read.unfinished : Read.broken;
    if (bytes[nameEnd] !== gt && this.#isEmptyTag) return this.#done(at);

    for (;;) {
      const start = at;
      let flags = 0;
      let references = 0;
      for (;;) {
        let bits = classes[bytes[at] as number] as number;
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

      if (next === slash) {
        const isText = (flags & ~blanks) !== 0 || (this.#hasChild[depth] === 0 && this.#pieces[depth] === 0);
        if (at > start && isText) this.#piece(depth, bytes, start, at, flags, references, Writing.text);
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
        this.#close(depth, bytes);
        depth--;
        continue;
      }
      // Blanks around what follows are layout.
      if ((flags & ~blanks) !== 0) this.#piece(depth, bytes, start, at, flags, references, Writing.text);

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

      this.#hasChild[depth] = 1;
      const path = this.#child(depth, bytes, at + 1, to);
      if (path === null) {
        const end = endOfName(bytes, at + 1, to);
        if (end >= to) return Read.unfinished;
        if (this.#names > this.#mostNames) return this.#broken('XML-06', at, 'names');
        return this.#broken('XML-01', at, 'a < that begins no tag');
      }
      const opened = at;
      depth++;
      if (depth >= deepest) return this.#broken('XML-04', at, 'depth');
      this.#open(depth, path);
      at += 1 + path.raw.length;
      if (bytes[at] === gt && at < to) {
        at++;
        continue;
      }
      at = this.#attributes(bytes, at, to, path.name === 'link');
      if (at === -1) return Read.unfinished;
      if (at < 0) return this.fault ? Read.broken : this.#broken('XML-01', opened, 'the tag cannot be read');
      if (this.#isEmptyTag) {
        this.#close(depth, bytes);
        depth--;
      }
    }
  }

  #done(end: number): number {
    this.values.end();
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
    this.#pieces[depth] = 0;
    this.#hasChild[depth] = 0;
    if (depth === 1) this.#slots.length = 0;
    this.#href = -1;
    this.#rel = '';
  }

  /** The element that opens here; null: no name, or not all of it. Mostly the one that stood here in the record before. */
  #child(depth: number, bytes: Uint8Array, at: number, to: number): Path | null {
    const parent = this.#paths[depth] as Path;
    const before = this.#before[depth] as Path | null;
    let guess = before === null ? parent.first : before.next;
    for (let tries = 0; guess !== null && tries < guesses; tries++) {
      const { raw } = guess;
      let index = 0;
      while (index < raw.length && bytes[at + index] === raw[index]) index++;
      if (index === raw.length && at + index < to && endsName(bytes[at + index] as number)) {
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
        this.#href = start;
        this.#hrefEnd = at;
      } else if (name === 'rel') this.#rel = latin1(bytes.subarray(start, at));
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
        this.#piece(depth, bytes, from, at, flags, 0, Writing.cdata);
        return at + 3;
      }
      if (byte === lf || bytes[at + 1] !== lf) {
        this.breaks++;
        this.lastBreak = at;
      }
    }
    return -1;
  }

  /** Text of the open element. The first piece stays where it is; references and further pieces make a copy. */
  #piece(
    depth: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    flags: number,
    references: number,
    writing: number,
  ): void {
    const before = this.#pieces[depth] as number;
    this.#pieces[depth] = before + 1;
    if (before === 0) {
      this.#from[depth] = start;
      this.#to[depth] = end;
      this.#writing[depth] = writing;
      if (references === 0) {
        this.#sources[depth] = bytes;
        this.#start[depth] = start;
        this.#stop[depth] = end;
        this.#flags[depth] = flags;
        return;
      }
    } else this.#writing[depth] = Writing.nowhere;

    const { values } = this;
    const length = before === 0 ? 0 : (this.#stop[depth] as number) - (this.#start[depth] as number);
    const isBehind = before > 0 && this.#sources[depth] === values.scratch && this.#stop[depth] === values.scratched;
    const old = this.#sources[depth];
    values.reserve(length + end - start);
    if (!isBehind || old !== values.scratch) {
      if (before > 0 && old) values.scratch.set(old.subarray(this.#start[depth], this.#stop[depth]), values.scratched);
      this.#start[depth] = values.scratched;
      values.scratched += length;
    }
    this.#sources[depth] = values.scratch;
    if (references === 0) {
      values.scratch.set(bytes.subarray(start, end), values.scratched);
      values.scratched += end - start;
    } else {
      const made = unescapeXml(bytes, start, end, values.scratch, values.scratched);
      values.scratched = made.end;
      if (made.bad >= 0) this.#remark(depth, bytes, made.bad, end);
    }
    this.#stop[depth] = values.scratched;
    this.#flags[depth] = -1;
  }

  #remark(depth: number, bytes: Uint8Array, at: number, end: number): void {
    const column = depth === 0 ? null : (this.#paths[depth] as Path).fullName;
    const value = new TextDecoder().decode(bytes.subarray(at, Math.min(end, at + 40)));
    this.remarks.push({ rule: 'XML-03', column, value });
  }

  /** The open element ends: what it holds is a value, a part of a group, or a group. */
  #close(depth: number, bytes: Uint8Array): void {
    const path = this.#paths[depth] as Path;
    const { values } = this;
    if (this.#pieces[depth] === 0) {
      if (path.group && this.#slots.length > 0) this.#closeGroup(path, path.group.separator);
      else if (this.#hasChild[depth] === 0) this.#closeEmpty(path, bytes);
      return;
    }
    const source = this.#sources[depth] as Uint8Array;
    let start = this.#start[depth] as number;
    let end = this.#stop[depth] as number;
    let from = this.#from[depth] as number;
    let to = this.#to[depth] as number;
    let flags = this.#flags[depth] as number;
    if (flags < 0) flags = flagsOf(source, start, end);
    else if ((flags & looksAtEnds) !== 0) flags = (flags & published) | endsOf(source, start, end);
    else flags &= published;
    const isLaidOut =
      (flags & Has.lineBreakOrTab) !== 0 && (isBlank(source[start] as number) || isBlank(source[end - 1] as number));
    if (isLaidOut) {
      const [first, last] = withoutLayout(source, start, end);
      if (source === bytes && (this.#writing[depth] as number) !== Writing.nowhere) {
        from = first;
        to = last;
      }
      start = first;
      end = last;
      flags = flagsOf(source, start, end);
    }
    if (path.slot >= 0) {
      this.#slots[path.slot] = { bytes: source, start, end };
      return;
    }
    if (path.column < 0) this.#know(path);
    values.put(path, source, start, end, flags, from, to, this.#writing[depth] as number);
  }

  #know(path: Path): void {
    path.column = this.#columnOf(path);
    this.values.grow(path.column);
  }

  /** Nothing in it: an Atom link is its address, anything else is empty. */
  #closeEmpty(path: Path, bytes: Uint8Array): void {
    if (path.slot >= 0) return;
    const isLink = this.#href >= 0;
    if (isLink && this.#rel !== '' && this.#rel !== 'alternate') return;
    if (path.column < 0) this.#know(path);
    if (!isLink) {
      this.values.put(path, bytes, 0, 0, 0, 0, 0, Writing.nowhere);
      return;
    }
    const length = this.#hrefEnd - this.#href;
    this.values.reserve(length);
    const { scratch, scratched } = this.values;
    const made = unescapeXml(bytes, this.#href, this.#hrefEnd, scratch, scratched);
    if (made.bad >= 0)
      this.remarks.push({
        rule: 'XML-03',
        column: path.fullName,
        value: latin1(bytes.subarray(made.bad, made.bad + 20)),
      });
    this.values.scratched = made.end;
    const flags = flagsOf(scratch, scratched, made.end);
    this.values.put(path, scratch, scratched, made.end, flags, this.#href, this.#hrefEnd, Writing.text);
  }

  #closeGroup(path: Path, separator: string): void {
    const { values } = this;
    let length = this.#slots.length;
    for (const slot of this.#slots) length += slot ? slot.end - slot.start : 0;
    values.reserve(length);
    const start = values.scratched;
    let to = start;
    for (let index = 0; index < this.#slots.length; index++) {
      if (index > 0) values.scratch[to++] = separator.charCodeAt(0);
      const slot = this.#slots[index];
      if (!slot) continue;
      values.scratch.set(slot.bytes.subarray(slot.start, slot.end), to);
      to += slot.end - slot.start;
    }
    values.scratched = to;
    if (path.column < 0) this.#know(path);
    values.put(path, values.scratch, start, to, flagsOf(values.scratch, start, to), 0, 0, Writing.nowhere);
  }
}

function isBlank(byte: number): boolean {
  return byte === blank || byte === 9 || byte === lf || byte === cr;
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

/** Blanks at either end go where a line end is among them: a pretty-printed file means nothing by them. */
function withoutLayout(bytes: Uint8Array, start: number, end: number): [number, number] {
  let [first, last] = [start, end];
  let hasBreak = false;
  for (; first < end && isBlank(bytes[first] as number); first++)
    if (bytes[first] === lf || bytes[first] === cr) hasBreak = true;
  if (!hasBreak) first = start;
  hasBreak = false;
  for (; last > first && isBlank(bytes[last - 1] as number); last--)
    if (bytes[last - 1] === lf || bytes[last - 1] === cr) hasBreak = true;
  if (!hasBreak) last = end;
  return [first, Math.max(first, last)];
}

/** `g:` and `c:` are Google's own; a name without a prefix is the feed's; others are somebody else's. */
function pathOf(raw: Uint8Array, parent: Path): Path {
  const text = new TextDecoder().decode(raw);
  const colon = text.lastIndexOf(':');
  const prefix = text.slice(0, Math.max(colon, 0));
  const rank = prefix === 'g' || prefix === 'c' ? 2 : prefix === '' ? 1 : 0;
  return new Path(raw, text.slice(colon + 1) || text, parent, rank);
}
