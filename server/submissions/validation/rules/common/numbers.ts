import type { Cell } from '../../cell.ts';
import { numberAt, numberEndOf, readMoney } from './money.ts';
import { firstOf, isDigit, lastOf } from './window.ts';

/*
 * Numbers alone: `12`, `-12.90`. A dot before the decimals, no thousands mark, no currency.
 */

export function isDecimal(cell: Cell): boolean {
  const end = lastOf(cell);
  const start = firstDigitOf(cell, end);
  return start < end && numberEndOf(cell.bytes, start, end) === end;
}

/** NaN where it is none. */
export function decimalOf(cell: Cell): number {
  if (!isDecimal(cell)) return Number.NaN;
  const value = numberAt(cell.bytes, firstDigitOf(cell, lastOf(cell)), lastOf(cell));
  return isNegative(cell) ? -value : value;
}

export function isInteger(cell: Cell): boolean {
  const end = lastOf(cell);
  let at = firstDigitOf(cell, end);
  if (at === end) return false;
  while (at < end && isDigit(cell.bytes[at] as number)) at++;
  return at === end;
}

export function isNegative(cell: Cell): boolean {
  return cell.bytes[firstOf(cell)] === 0x2d && !cell.isEmpty;
}

function firstDigitOf(cell: Cell, end: number): number {
  const start = firstOf(cell);
  return start < end && cell.bytes[start] === 0x2d ? start + 1 : start;
}

/** `12,90`, `1.234,50`, `€ 12.90` as the number; a currency is dropped only where it is the declared one. Null: not certain. */
export function repairDecimal(text: string, currency?: string): string | null {
  const trimmed = text.trim().replace(/^[\u2212\u2013]/, '-');
  const sign = /^-\s?\d/.test(trimmed) ? '-' : '';
  const money = readMoney(sign === '' ? trimmed : trimmed.slice(1), currency);
  if (money === null || (money.currency !== null && money.currency !== currency)) return null;
  return /^\d+(?:\.\d+)?$/.test(money.amount) ? `${sign}${money.amount}` : null;
}

/** `2.0`, `2,00`, `2 pcs.` as `2`; null where something behind the mark would be lost. */
export function repairInteger(text: string): string | null {
  const [, sign = '', digits = ''] =
    /^\s*([-\u2212]?)\s?0*(\d{1,9})(?:[.,]0{1,6})?\s*(?:x|pcs?\.?|st(?:k|ück|\.)?)?\s*$/iu.exec(text) ?? [];
  return digits === '' ? null : `${sign === '' || digits === '0' ? '' : '-'}${digits}`;
}
