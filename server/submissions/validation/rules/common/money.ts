import type { Cell } from '../../cell.ts';
import { currencyOfSign, isCurrency, minorUnitAt, minorUnitOf } from './currencies.ts';
import { firstOf, isDigit, lastOf } from './window.ts';

/*
 * Prices as `12.90 EUR`. The healthy form is judged on bytes; what is not it is read as text, and made right only where
 * one reading is possible: `1,234 EUR` could be either of two prices and stays as it is.
 */

/** What a price looks like. */
export const Price = {
  /** `12.90 EUR`: digits, a dot at most, one blank, three capitals. */
  plain: 0,
  /** `EUR 12.90`, otherwise well. */
  currencyFirst: 1,
  /** A number in the right form without a currency. */
  bare: 2,
  /** `-5.00 EUR`, otherwise well. */
  negative: 3,
  other: 4,
} as const;

/** One look at the bytes: of `Price`. */
export function priceForm(cell: Cell): number {
  const { bytes } = cell;
  let start = firstOf(cell);
  const end = lastOf(cell);
  if (start === end) return Price.other;
  let form: number = Price.plain;
  if (bytes[start] === 0x2d) {
    form = Price.negative;
    start++;
  }
  const numberEnd = numberEndOf(bytes, start, end);
  if (numberEnd > start) {
    if (numberEnd === end) return form === Price.negative ? Price.other : Price.bare;
    return end - numberEnd === 4 && bytes[numberEnd] === 0x20 && areCapitals(bytes, numberEnd + 1) ? form : Price.other;
  }
  const isCurrencyFirst =
    form === Price.plain && end - start > 4 && areCapitals(bytes, start) && bytes[start + 3] === 0x20;
  return isCurrencyFirst && numberEndOf(bytes, start + 4, end) === end ? Price.currencyFirst : Price.other;
}

/** The byte behind `12` or `12.90`; `start` when there is no such number. */
export function numberEndOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(bytes[at] as number)) at++;
  if (at === start || bytes[at] !== 0x2e || at >= end) return at;
  const dot = at++;
  while (at < end && isDigit(bytes[at] as number)) at++;
  return at === dot + 1 ? start : at;
}

function areCapitals(bytes: Uint8Array, at: number): boolean {
  for (let index = at; index < at + 3; index++) {
    const byte = bytes[index] as number;
    if (byte < 0x41 || byte > 0x5a) return false;
  }
  return true;
}

/** Where the code of the currency stands in a plain price or one with the currency first; -1: in neither. */
export function currencyAt(cell: Cell): number {
  const form = priceForm(cell);
  if (form === Price.plain || form === Price.negative) return lastOf(cell) - 3;
  return form === Price.currencyFirst ? firstOf(cell) : -1;
}

/** Decimals written in the price; -1 when it has no readable form. */
export function decimalsOf(cell: Cell): number {
  const form = priceForm(cell);
  if (form === Price.other) return -1;
  const start = firstOf(cell) + (form === Price.currencyFirst ? 4 : 0);
  const end = lastOf(cell) - (form === Price.plain || form === Price.negative ? 4 : 0);
  for (let at = start; at < end; at++) if (cell.bytes[at] === 0x2e) return end - at - 1;
  return 0;
}

/** The amount of a readable price; NaN where there is none. */
export function amountOf(cell: Cell): number {
  const form = priceForm(cell);
  if (form === Price.other) return Number.NaN;
  const start = firstOf(cell) + (form === Price.currencyFirst ? 4 : form === Price.negative ? 1 : 0);
  const amount = numberAt(cell.bytes, start, lastOf(cell));
  return form === Price.negative ? -amount : amount;
}

/** Reads digits and one dot; stops at anything else. */
export function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0;
  let scale = 1;
  let isBehindDot = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e && !isBehindDot) isBehindDot = true;
    else if (isDigit(byte)) {
      whole = whole * 10 + (byte - 0x30);
      if (isBehindDot) scale *= 10;
    } else break;
  }
  return whole / scale;
}

/** A currency that is one, with as many decimals as it has. */
export function isGoodPrice(cell: Cell): boolean {
  const form = priceForm(cell);
  if (form !== Price.plain) return false;
  const unit = minorUnitAt(cell.bytes, lastOf(cell) - 3);
  return unit >= 0 && decimalsOf(cell) <= unit;
}

export type Money = { amount: string; currency: string | null };

/**
 * What somebody meant by `1.234,50 €`, `EUR 12,9`, `12.90eur`: the amount with a dot, and the currency; null where two
 * readings are possible or none.
 */
export function readMoney(text: string, declared?: string): Money | null {
  const parts = splitMoney(text.replace(/[\s\u00a0\u202f\u2009]+/g, ' ').trim());
  if (parts === null) return null;
  const upper = parts.word.toUpperCase();
  const currency = isCurrency(upper) ? upper : currencyOfSign(parts.word, declared);
  if (currency === null && parts.word !== '') return null;
  const amount = readAmount(parts.number) ?? readWholeAmount(parts.number, currency ?? declared);
  return amount === null ? null : { amount, currency };
}

/** Digits and their marks on one side, whatever names the currency on the other. */
function splitMoney(text: string): { number: string; word: string } | null {
  let first = 0;
  while (first < text.length && !isDigitAt(text, first)) first++;
  let last = text.length;
  while (last > first && !isDigitAt(text, last - 1)) last--;
  if (first === last) return null;
  const before = text.slice(0, first).trim();
  // `12,- EUR`: no cents, written with a dash.
  const after = text
    .slice(last)
    .replace(/^[.,] ?[-–—]{1,2}/, '')
    .trim();
  if (before !== '' && after !== '') return null;
  return { number: text.slice(first, last), word: before + after };
}

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** `1.234,50` -> `1234.50`, `1 234` -> `1234`; null for `1,234` and `1.234`, which can be read in two ways. */
export function readAmount(number: string): string | null {
  const marks = number.replace(/[0-9]/g, '');
  if (marks === '') return number;
  const last = marks.at(-1) ?? '';
  const others = marks.slice(0, -1);
  if (!/^[.,' ’]+$/.test(marks)) return null;
  const groups = number.split(/[.,' ’]/);
  const tail = groups.at(-1) ?? '';
  if (others === '') {
    if (tail.length === 3 && last !== ' ' && last !== "'" && last !== '’') {
      // Only a decimal mark can stand behind a lone 0 or behind more than three digits.
      const head = groups[0] ?? '';
      return head === '0' || head.length > 3 ? `${head}.${tail}` : null;
    }
    if (last === ' ' || last === "'" || last === '’') return areThousands(groups) ? groups.join('') : null;
    return groups[0] === '' || tail === '' ? null : `${groups[0]}.${tail}`;
  }
  if (new Set(others).size !== 1) return null;
  if (others[0] === last) return areThousands(groups) ? groups.join('') : null;
  if (last !== '.' && last !== ',') return null;
  return areThousands(groups.slice(0, -1)) && tail !== '' ? `${groups.slice(0, -1).join('')}.${tail}` : null;
}

/** `1,234` of a currency without decimals can only be a thousand. */
function readWholeAmount(number: string, currency: string | undefined): string | null {
  if (currency === undefined || minorUnitOf(currency) !== 0) return null;
  const groups = number.split(',');
  return areThousands(groups) ? groups.join('') : null;
}

function areThousands(groups: readonly string[]): boolean {
  const [head = '', ...rest] = groups;
  return head.length >= 1 && head.length <= 3 && rest.length > 0 && rest.every((group) => group.length === 3);
}

/** Zeros that the currency has no place for are taken off (`1200.00` yen); null when digits would be lost. */
export function fitDecimals(amount: string, currency: string): string | null {
  const unit = minorUnitOf(currency);
  const [whole = '', decimals = ''] = amount.split('.');
  if (unit < 0) return null;
  if (decimals.length <= unit) return amount;
  const rest = decimals.slice(unit);
  if (/[1-9]/.test(rest)) return null;
  return unit === 0 ? whole : `${whole}.${decimals.slice(0, unit)}`;
}

/** The price as the specifications want it, or null where that is not certain. */
export function repairPrice(text: string, declared?: string): string | null {
  const money = readMoney(text, declared);
  if (money === null) return null;
  const currency = money.currency ?? (declared !== undefined && isCurrency(declared) ? declared : null);
  if (currency === null) return null;
  const amount = fitDecimals(money.amount, currency);
  return amount === null ? null : `${amount} ${currency}`;
}
