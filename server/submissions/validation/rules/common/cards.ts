import type { Cell } from '../../cell.ts';
import { isDigit } from './window.ts';

/*
 * Numbers of payment cards: no file of a task needs one. By length and first digits of the great schemes (ISO/IEC 7812)
 * and the check digit of Luhn.
 */

export const CardLook = {
  none: 0,
  /** As many digits as a card has, and none. */
  longNumber: 1,
  card: 2,
} as const;

/** Of `CardLook`: a whole cell that is the number of a card, with or without blanks and dashes between its digits. */
export function cardLook({ bytes, start, end }: Cell): number {
  const length = end - start;
  if (length < 13 || length > 32) return CardLook.none;
  let digits = 0;
  let prefix = 0;
  // Luhn from the left: the sum with every other digit doubled, for both beginnings; the length says which counts.
  let even = 0;
  let odd = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (!isDigit(byte)) {
      if (byte !== 0x20 && byte !== 0x2d) return CardLook.none;
      continue;
    }
    const digit = byte - 0x30;
    const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    if (digits < 6) prefix = prefix * 10 + digit;
    even += digits % 2 === 0 ? doubled : digit;
    odd += digits % 2 === 0 ? digit : doubled;
    digits++;
  }
  if (digits < 13 || digits > 19) return CardLook.none;
  const isCard = (digits % 2 === 0 ? even : odd) % 10 === 0 && isScheme(prefix, digits);
  return isCard ? CardLook.card : CardLook.longNumber;
}

/** `prefix`: the first six digits. */
function isScheme(prefix: number, digits: number): boolean {
  const two = Math.floor(prefix / 10_000);
  const four = Math.floor(prefix / 100);
  if (two >= 40 && two <= 49) return digits === 13 || digits === 16 || digits === 19;
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return digits === 16;
  if (two === 34 || two === 37) return digits === 15;
  if (two === 36 || two === 38 || (four >= 3000 && four <= 3059)) return digits === 14;
  if (four === 6011 || two === 65 || (four >= 6440 && four <= 6499)) return digits >= 16;
  return four >= 3528 && four <= 3589 && digits === 16;
}
