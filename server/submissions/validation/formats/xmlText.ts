import { latin1 } from './bytes.ts';
import { classesOf } from './classes.ts';
import { putUtf8 } from './utf8.ts';

const amp = 0x26;
const named: ReadonlyMap<string, number> = new Map([
  ['amp', amp],
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['quot', 0x22],
  ['apos', 0x27],
]);

/** The longest reference that is one: `&#x10FFFF;` with zeros before it. */
const LONGEST = 16;

/** What came of it; one object for all, as nearly every record has a reference somewhere. */
export type Unescaped = {
  /** Behind the last byte that was written. */
  end: number;
  /** Where the first begins that is no reference; -1: all are. */
  bad: number;
  /** The classes of all bytes that were written (`classes.ts`). */
  flags: number;
};

const classes = classesOf([]);

/**
 * Text with references, as it is meant: the five names of XML and characters by number. Never longer than it was written.
 * What is no reference stays as it stands.
 */
export function unescapeXml(
  from: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
  made: Unescaped,
): void {
  let to = at;
  let bad = -1;
  let flags = 0;
  for (let index = start; index < end; ) {
    const byte = from[index] as number;
    if (byte !== amp) {
      flags |= classes[byte] as number;
      out[to++] = byte;
      index++;
      continue;
    }
    let semicolon = index + 1;
    const last = Math.min(end, index + LONGEST);
    while (semicolon < last && from[semicolon] !== 0x3b) semicolon++;
    const code = semicolon < last ? codeOf(from, index + 1, semicolon) : -1;
    if (code < 0 && bad < 0) bad = index;
    const written = to;
    to = putUtf8(out, to, code < 0 ? amp : code);
    for (let one = written; one < to; one++) flags |= classes[out[one] as number] as number;
    index = code < 0 ? index + 1 : semicolon + 1;
  }
  made.end = to;
  made.bad = bad;
  made.flags = flags;
}

function codeOf(from: Uint8Array, start: number, end: number): number {
  // By far the most frequent ones, without a string.
  const length = end - start;
  const first = from[start];
  if (length === 3 && first === 0x61 && from[start + 1] === 0x6d && from[start + 2] === 0x70) return amp;
  if (length === 2 && from[start + 1] === 0x74) {
    if (first === 0x67) return 0x3e;
    if (first === 0x6c) return 0x3c;
  }
  const name = latin1(from.subarray(start, end));
  const known = named.get(name);
  if (known !== undefined) return known;
  const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  if (!number) return -1;
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  const isCharacter =
    code === 9 || code === 10 || code === 13 || (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code <= 0x10ffff);
  return isCharacter && code !== 0xfffe && code !== 0xffff ? code : -1;
}
