import { bitsOfByte, Has } from '../cell.ts';

/*
 * What a byte says of the cell that it stands in: a table of 256 entries, so that a reader learns all flags (`Has`) in the
 * one pass in which it looks for what parts things.
 */

const [tab, cr, blank] = [9, 13, 0x20];

/** Above all bits of `Has`: the byte begins a formula when it stands first. */
const formulaByte = 0x4000;
/** The byte ends the run: delimiter, quote, line end. */
export const special = 0x8000;
export const published = 0x0fff;
export const blanks = Has.space | Has.lineBreakOrTab;
export const looksAtEnds = blanks | formulaByte;

export function classesOf(specials: readonly number[]): Uint16Array {
  const classes = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let bits = bitsOfByte[byte] as number;
    if (byte === 0x3d || byte === 0x2b || byte === 0x2d || byte === 0x40) bits = formulaByte;
    classes[byte] = specials.includes(byte) ? bits | special : bits;
  }
  return classes;
}

/** `outerSpace` and `formula`, which only the first and the last byte say. */
export function endsOf(bytes: Uint8Array, start: number, end: number): number {
  if (end === start) return 0;
  const first = bytes[start] as number;
  const last = bytes[end - 1] as number;
  let flags = 0;
  if (first === blank || first === tab || last === blank || last === tab) flags |= Has.outerSpace;
  if (first === 0x3d || first === 0x2b || first === 0x2d || first === 0x40 || first === tab || first === cr)
    flags |= Has.formula;
  return flags;
}
