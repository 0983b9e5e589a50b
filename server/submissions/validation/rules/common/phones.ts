import { diallingOf } from './dialling.ts';
import { isDigit } from './window.ts';

/*
 * Phone numbers as E.164 writes them: `+`, the country's code, at most 15 digits. What people write instead is turned into
 * it where the country is known: by the number itself (`+49 (0)30`, `0049`) or because somebody declared it.
 */

/** `^\+[1-9]\d{6,14}$`. */
export function isE164(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 8 || end - start > 16 || bytes[start] !== 0x2b || bytes[start + 1] === 0x30) return false;
  for (let at = start + 1; at < end; at++) if (!isDigit(bytes[at] as number)) return false;
  return true;
}

const e164 = /^\+[1-9]\d{6,14}$/;
/** What people write between the digits. */
const marks = /[\s\u00a0\u202f\u2009.\-\u2010-\u2015/]/g;

/** Whether the number says its country by itself. */
export function isInternational(text: string): boolean {
  return /^\s*(?:\+|00[1-9])/.test(text);
}

/** The number as E.164; null where it is not certain which one is meant. */
export function repairPhone(text: string, country: string | undefined): string | null {
  const bare = text
    .trim()
    .replace(/^tel:/i, '')
    .replace(/[\u200b-\u200f\u202a-\u202e\ufeff]/g, '')
    .replace(marks, '');
  const isWithCountry = /^(?:\+|00[1-9]|\(\+)/.test(bare);
  // `+49 (0)30`: the zero in brackets is dialled inside the country alone.
  const plain = (isWithCountry ? bare.replace(/\(0\)/, '') : bare).replace(/[()[\]]/g, '');
  if (!/^\+?\d{5,20}$/.test(plain)) return null;
  if (isWithCountry) {
    const made = plain.startsWith('+') ? plain : `+${plain.slice(2)}`;
    return e164.test(made) ? made : null;
  }
  return nationalPhone(plain, country);
}

function nationalPhone(digits: string, country: string | undefined): string | null {
  const plan = diallingOf(country);
  if (plan === null) return null;
  const { code, trunk, least, most } = plan;
  const hasTrunk = trunk !== '' && digits.startsWith(trunk);
  // Where a zero belongs before the number and there is none, it may be lost, or a country's code may stand there.
  if (trunk.startsWith('0') && !hasTrunk) return null;
  const isTrunk = hasTrunk && digits.length - trunk.length >= least;
  const number = isTrunk ? digits.slice(trunk.length) : digits;
  if (number.length < least || number.length > most) return null;
  // A zero that is left over is none of the number's, but in Italy, where it is.
  if (number.startsWith('0') && code !== '39') return null;
  if (code === '1' && /^[01]/.test(number)) return null;
  const made = `+${code}${number}`;
  return e164.test(made) ? made : null;
}
