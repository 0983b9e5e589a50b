import { flagsOf, Has } from '../cell.ts';
import { latin1 } from './bytes.ts';
import { endsOf, looksAtEnds, published } from './classes.ts';
import { NamedRecord, type Path, Writing } from './named.ts';
import { type Unescaped, unescapeXml } from './xmlText.ts';

const [lf, cr] = [10, 13];
/** Deeper than any feed, and little enough to keep. */
export const deepest = 100;

/** A finding inside the record, told when all of it is there. */
export type Remark = { rule: string; column: string | null; value: string | null };

/** What the open elements of a record hold, and what becomes of it when they end. */
export class XmlTexts {
  readonly values: NamedRecord;
  readonly remarks: Remark[] = [];
  readonly #columnOf: (path: Path) => number;
  readonly #made: Unescaped = { end: 0, bad: -1, flags: 0 };

  /** Of every open element: its path, and its text as far as it is read. */
  readonly #paths: Path[] = [];
  readonly #sources: Uint8Array[] = [];
  readonly #start = new Int32Array(deepest + 2);
  readonly #stop = new Int32Array(deepest + 2);
  readonly #flags = new Int32Array(deepest + 2);
  readonly pieces = new Int32Array(deepest + 2);
  readonly #writing = new Uint8Array(deepest + 2);
  readonly #from = new Int32Array(deepest + 2);
  readonly #to = new Int32Array(deepest + 2);
  readonly hasChild = new Uint8Array(deepest + 2);
  /** Of the tag that was read last, if it is a link. */
  href = -1;
  hrefEnd = -1;
  rel = '';

  constructor(mostBytes: number, columnOf: (path: Path) => number) {
    this.values = new NamedRecord(mostBytes);
    this.#columnOf = columnOf;
  }

  begin(): void {
    this.remarks.length = 0;
    this.values.begin();
  }

  open(depth: number, path: Path): void {
    this.#paths[depth] = path;
    this.pieces[depth] = 0;
    this.hasChild[depth] = 0;
    if (depth === 1) this.values.slots.length = 0;
    this.href = -1;
    this.rel = '';
  }

  /** Text of the open element. The first piece stays where it is; references and further pieces make a copy. */
  piece(
    depth: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    flags: number,
    references: number,
    writing: number,
  ): void {
    const before = this.pieces[depth] as number;
    this.pieces[depth] = before + 1;
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
    } else this.#unescape(depth === 0 ? null : (this.#paths[depth] as Path), bytes, start, end);
    this.#stop[depth] = values.scratched;
    this.#flags[depth] = before === 0 ? this.#made.flags : -1;
  }

  /** Into the scratch, where there is room for it. */
  #unescape(path: Path | null, bytes: Uint8Array, start: number, end: number): void {
    const { values } = this;
    const made = this.#made;
    unescapeXml(bytes, start, end, values.scratch, values.scratched, made);
    values.scratched = made.end;
    if (made.bad < 0) return;
    const value = new TextDecoder().decode(bytes.subarray(made.bad, Math.min(end, made.bad + 40)));
    this.remarks.push({ rule: 'XML-03', column: path?.fullName ?? null, value });
  }

  /** An element that ends, and held one piece of text without more: most of a record is such. */
  leaf(path: Path, bytes: Uint8Array, start: number, end: number, flags: number, references: number): void {
    if (end === start) this.#empty(path, bytes);
    else if (references === 0) this.#value(path, bytes, start, end, flags, start, end, Writing.text, true);
    else {
      const { values } = this;
      values.reserve(end - start);
      const { scratch, scratched } = values;
      this.#unescape(path, bytes, start, end);
      this.#value(path, scratch, scratched, values.scratched, this.#made.flags, start, end, Writing.text, false);
    }
  }

  /** The open element ends: what it holds is a value, a part of a group, or a group. */
  close(depth: number, path: Path, bytes: Uint8Array): void {
    const { values } = this;
    if (this.pieces[depth] === 0) {
      if (path.group && values.slots.length > 0) this.#closeGroup(path);
      else if (this.hasChild[depth] === 0) this.#closeEmpty(path, bytes);
      return;
    }
    const source = this.#sources[depth] as Uint8Array;
    const start = this.#start[depth] as number;
    const end = this.#stop[depth] as number;
    let flags = this.#flags[depth] as number;
    if (flags < 0) flags = flagsOf(source, start, end);
    const [from, to] = [this.#from[depth] as number, this.#to[depth] as number];
    this.#value(path, source, start, end, flags, from, to, this.#writing[depth] as number, source === bytes);
  }

  /** `flags`: the classes of its bytes. `isInPlace`: the source is the record's own bytes. */
  #value(
    path: Path,
    source: Uint8Array,
    first: number,
    last: number,
    classes: number,
    writtenFrom: number,
    writtenTo: number,
    writing: number,
    isInPlace: boolean,
  ): void {
    let [start, end, from, to] = [first, last, writtenFrom, writtenTo];
    let flags = classes & published;
    if ((classes & looksAtEnds) !== 0) flags |= endsOf(source, start, end);
    const isLaidOut =
      (flags & Has.lineBreakOrTab) !== 0 && (isBlank(source[start] as number) || isBlank(source[end - 1] as number));
    if (isLaidOut) {
      [start, end] = withoutLayout(source, start, end);
      if (isInPlace && writing !== Writing.nowhere) [from, to] = [start, end];
      flags = flagsOf(source, start, end);
    }
    const { values } = this;
    if (path.slot >= 0) {
      values.slots[path.slot] = { bytes: source, start, end };
      return;
    }
    if (path.column < 0) this.#know(path);
    values.put(path, source, start, end, flags, from, to, writing);
  }

  #know(path: Path): void {
    path.column = this.#columnOf(path);
    this.values.grow(path.column);
  }

  /** Nothing in it: an Atom link is its address, anything else is empty. */
  #closeEmpty(path: Path, bytes: Uint8Array): void {
    if (this.href < 0) {
      this.#empty(path, bytes);
      return;
    }
    if (path.slot >= 0 || (this.rel !== '' && this.rel !== 'alternate')) return;
    if (path.column < 0) this.#know(path);
    const length = this.hrefEnd - this.href;
    this.values.reserve(length);
    const { scratch, scratched } = this.values;
    const made = this.#made;
    unescapeXml(bytes, this.href, this.hrefEnd, scratch, scratched, made);
    if (made.bad >= 0)
      this.remarks.push({
        rule: 'XML-03',
        column: path.fullName,
        value: latin1(bytes.subarray(made.bad, made.bad + 20)),
      });
    this.values.scratched = made.end;
    const flags = flagsOf(scratch, scratched, made.end);
    this.values.put(path, scratch, scratched, made.end, flags, this.href, this.hrefEnd, Writing.text);
  }

  #empty(path: Path, bytes: Uint8Array): void {
    if (path.slot >= 0) return;
    if (path.column < 0) this.#know(path);
    this.values.put(path, bytes, 0, 0, 0, 0, 0, Writing.nowhere);
  }

  #closeGroup(path: Path): void {
    if (path.column < 0) this.#know(path);
    this.values.putGroup(path);
  }
}

export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 9 || byte === lf || byte === cr;
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
