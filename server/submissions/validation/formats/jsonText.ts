import { putUtf8 } from './utf8.ts';

const simple: ReadonlyMap<number, number> = new Map([
  [0x22, 0x22],
  [0x5c, 0x5c],
  [0x2f, 0x2f],
  [0x62, 8],
  [0x66, 12],
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
]);

/** A string without its quotes, as it is meant; where it ends, or -1 where an escape means nothing. Never longer than written. */
export function unescapeJson(from: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let to = at;
  for (let index = start; index < end; ) {
    const byte = from[index] as number;
    if (byte !== 0x5c) {
      out[to++] = byte;
      index++;
      continue;
    }
    const next = from[index + 1] as number;
    if (next !== 0x75) {
      // By far the most frequent one.
      const meant = next === 0x22 ? next : simple.get(next);
      if (meant === undefined || index + 1 >= end) return -1;
      out[to++] = meant;
      index += 2;
      continue;
    }
    const unit = unitAt(from, index, end);
    if (unit < 0) return -1;
    index += 6;
    const low = unit >= 0xd800 && unit < 0xdc00 ? unitAt(from, index, end) : -1;
    if (low >= 0xdc00 && low < 0xe000) {
      to = putUtf8(out, to, 0x10000 + ((unit - 0xd800) << 10) + low - 0xdc00);
      index += 6;
    } else to = putUtf8(out, to, unit >= 0xd800 && unit < 0xe000 ? 0xfffd : unit);
  }
  return to;
}

/** The number in `\uXXXX`; -1: that is not what stands there. */
function unitAt(from: Uint8Array, at: number, end: number): number {
  if (at + 6 > end || from[at] !== 0x5c || from[at + 1] !== 0x75) return -1;
  let unit = 0;
  for (let index = at + 2; index < at + 6; index++) {
    const byte = from[index] as number;
    const lower = byte | 0x20;
    const digit = byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}
