import { type Cell, Has } from '../../cell.ts';

/*
 * What rules look at of a cell: its bytes without the blanks around them (those are a finding of their own and shall not
 * break every other rule too). Nothing here makes a string or an object.
 */

/** The first byte that is no blank. */
export function firstOf(cell: Cell): number {
  let at = cell.start;
  if ((cell.flags & Has.outerSpace) === 0) return at;
  while (at < cell.end && isBlankByte(cell.bytes[at] as number)) at++;
  return at;
}

/** The byte behind the last that is no blank. */
export function lastOf(cell: Cell): number {
  let at = cell.end;
  if ((cell.flags & Has.outerSpace) === 0) return at;
  while (at > cell.start && isBlankByte(cell.bytes[at - 1] as number)) at--;
  // Nothing but blanks: where `firstOf` ends too.
  return at === cell.start ? cell.end : at;
}

/** Empty, or nothing but blanks. */
export function isBlank(cell: Cell): boolean {
  if (cell.end === cell.start) return true;
  return (cell.flags & Has.outerSpace) !== 0 && firstOf(cell) === cell.end;
}

export function isBlankByte(byte: number): boolean {
  return byte === 0x20 || byte === 9;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

export function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

export function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Unicode characters between two bytes: the bytes that do not continue one. */
export function charactersIn(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (((bytes[at] as number) & 0xc0) !== 0x80) count++;
  return count;
}

/** Unicode characters of a cell, blanks around it left out. */
export function lengthOf(cell: Cell): number {
  const start = firstOf(cell);
  const end = lastOf(cell);
  return (cell.flags & Has.nonAscii) === 0 ? end - start : charactersIn(cell.bytes, start, end);
}

/** Most cells are short enough by their bytes, and then nothing is counted. */
export function isLongerThan(cell: Cell, characters: number): boolean {
  return cell.end - cell.start > characters && lengthOf(cell) > characters;
}

/** The first `count` characters, for a message. */
export function excerpt(text: string, count = 40): string {
  const trimmed = text.trim();
  return trimmed.length <= count ? trimmed : `${trimmed.slice(0, count - 1)}…`;
}

/** Byte for byte the same ASCII text. */
export function isText(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let at = 0; at < text.length; at++) if (bytes[start + at] !== text.charCodeAt(at)) return false;
  return true;
}

/** The same, with capital letters of the cell read as small ones; `text` is given in small letters. */
export function isFoldedText(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let at = 0; at < text.length; at++)
    if (folded(bytes[start + at] as number) !== text.charCodeAt(at)) return false;
  return true;
}

/** An ASCII capital as its small letter. */
export function folded(byte: number): number {
  return isUpper(byte) ? byte | 0x20 : byte;
}

/** Two cells byte for byte the same. */
export function areSame(first: Cell, second: Cell): boolean {
  const length = first.end - first.start;
  if (length !== second.end - second.start) return false;
  for (let at = 0; at < length; at++) {
    if (first.bytes[first.start + at] !== second.bytes[second.start + at]) return false;
  }
  return true;
}
