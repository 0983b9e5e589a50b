import { putUtf8 } from './utf8.ts';

const named: ReadonlyMap<string, number> = new Map([
  ['amp', 0x26],
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['quot', 0x22],
  ['apos', 0x27],
]);

/** The longest reference that is one: `&#x10FFFF;` with zeros before it. */
const LONGEST = 16;

/**
 * Text with references, as it is meant: the five names of XML and characters by number. Never longer than it was written.
 * What is no reference stays as it stands; `bad` is told where the first of those begins, else -1.
 */
export function unescapeXml(
  from: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): { end: number; bad: number } {
  let to = at;
  let bad = -1;
  for (let index = start; index < end; ) {
    const byte = from[index] as number;
    if (byte !== 0x26) {
      out[to++] = byte;
      index++;
      continue;
    }
    let semicolon = index + 1;
    const last = Math.min(end, index + LONGEST);
    while (semicolon < last && from[semicolon] !== 0x3b) semicolon++;
    const code = semicolon < last ? codeOf(from, index + 1, semicolon) : -1;
    if (code < 0) {
      if (bad < 0) bad = index;
      out[to++] = byte;
      index++;
      continue;
    }
    to = putUtf8(out, to, code);
    index = semicolon + 1;
  }
  return { end: to, bad };
}

function codeOf(from: Uint8Array, start: number, end: number): number {
  // By far the most frequent one.
  if (end - start === 3 && from[start] === 0x61 && from[start + 1] === 0x6d && from[start + 2] === 0x70) return 0x26;
  const name = String.fromCharCode(...from.subarray(start, end));
  const known = named.get(name);
  if (known !== undefined) return known;
  const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  if (!number) return -1;
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  const isCharacter =
    code === 9 || code === 10 || code === 13 || (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code <= 0x10ffff);
  return isCharacter && code !== 0xfffe && code !== 0xffff ? code : -1;
}
