import { isDigit } from './window.ts';

/*
 * GTIN-8, -12 (UPC), -13 (EAN, ISBN, JAN) and -14, by GS1: the check digit is what the other digits, weighted 3, 1, 3, 1
 * from the right, lack to a full ten. Blanks and dashes between digits are ignored.
 */

export const Gtin = {
  fine: 0,
  /** Something else than digits, blanks and dashes. */
  notDigits: 1,
  /** Not 8, 12, 13 or 14 digits. */
  length: 2,
  checkDigit: 3,
  /** Numbers for use inside a shop. */
  restricted: 4,
  coupon: 5,
  /** 0000000000000. */
  allEqual: 6,
} as const;

/** One value, without the blanks around it: of `Gtin`. */
export function gtinProblem(bytes: Uint8Array, start: number, end: number): number {
  let digits = 0;
  let sum = 0;
  let weight = 1;
  let isAllEqual = true;
  let last = -1;
  // From the right, so that the weights fit whatever the length.
  for (let at = end - 1; at >= start; at--) {
    const byte = bytes[at] as number;
    if (!isDigit(byte)) {
      if (byte === 0x20 || byte === 0x2d) continue;
      return Gtin.notDigits;
    }
    sum += (byte - 0x30) * weight;
    weight = 4 - weight;
    if (last !== -1 && byte !== last) isAllEqual = false;
    last = byte;
    digits++;
  }
  if (digits === 0) return Gtin.notDigits;
  if (digits !== 13 && digits !== 12 && digits !== 14 && digits !== 8) return Gtin.length;
  if (isAllEqual) return Gtin.allEqual;
  if (sum % 10 !== 0) return Gtin.checkDigit;
  return digits === 13 ? prefixProblem(bytes, start) : Gtin.fine;
}

/** Of 13 digits: 02, 04 and 2 are for use inside a shop, 05, 98 and 99 are coupons. */
function prefixProblem(bytes: Uint8Array, start: number): number {
  let at = start;
  while (!isDigit(bytes[at] as number)) at++;
  const first = bytes[at] as number;
  if (first === 0x32) return Gtin.restricted;
  if (first !== 0x30 && first !== 0x39) return Gtin.fine;
  do at++;
  while (!isDigit(bytes[at] as number));
  const second = bytes[at] as number;
  if (first === 0x39) return second === 0x38 || second === 0x39 ? Gtin.coupon : Gtin.fine;
  if (second === 0x32 || second === 0x34) return Gtin.restricted;
  return second === 0x35 ? Gtin.coupon : Gtin.fine;
}

/** The digit that makes `digits` (without one) whole. */
export function checkDigitOf(digits: string): number {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

export function isGtin(text: string): boolean {
  const bytes = new TextEncoder().encode(text);
  return gtinProblem(bytes, 0, bytes.length) === Gtin.fine;
}

/** ISBN-10 with its right check character (X is ten) -> ISBN-13 with 978; null: it is none. */
export function isbn13Of(text: string): string | null {
  const value = text.replace(/[\s-]/g, '').toUpperCase();
  if (!/^[0-9]{9}[0-9X]$/.test(value)) return null;
  let sum = 0;
  for (let at = 0; at < 10; at++) sum += (value[at] === 'X' ? 10 : Number(value[at])) * (10 - at);
  if (sum % 11 !== 0) return null;
  const body = `978${value.slice(0, 9)}`;
  return `${body}${checkDigitOf(body)}`;
}

/** UPC-E (8 digits, number system 0 or 1, right check digit) -> UPC-A; null: it is none. */
export function upcAOf(text: string): string | null {
  const value = text.replace(/[\s-]/g, '');
  if (!/^[01][0-9]{7}$/.test(value)) return null;
  const digits = value.slice(1, 7);
  const last = digits[5] as string;
  const maker = (count: number) => digits.slice(0, count);
  const body =
    last <= '2'
      ? `${maker(2)}${last}0000${digits.slice(2, 5)}`
      : last === '3'
        ? `${maker(3)}00000${digits.slice(3, 5)}`
        : last === '4'
          ? `${maker(4)}00000${digits.slice(4, 5)}`
          : `${maker(5)}0000${last}`;
  const whole = `${value[0]}${body}`;
  const check = checkDigitOf(whole);
  return String(check) === value[7] ? `${whole}${check}` : null;
}
