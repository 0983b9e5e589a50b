import { parsedAddress } from '../../submissions/validation/address.ts';
import { resolved } from '../../submissions/validation/facts/markup.ts';

/** Longer than what is kept, since markup and blanks go; nothing behind it is looked at. */
const readFactor = 8;
const maxAddress = 2_000;

/** Words for people: without markup, references, control characters and marks that turn the direction; cut between characters. */
export function plainText(value: unknown, max: number): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = resolved(String(value).slice(0, max * readFactor));
  const bare = text
    // A second time: shops write `&amp;lt;p&amp;gt;` into their data.
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu, ' ');
  const shown = resolved(bare)
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
    // Half a character is none, and no database keeps it inside JSON.
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .trim();
  return cut(shown, max);
}

/** At most so many units, and no half of a character. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const isHalf = /[\ud800-\udbff]$/.test(text.slice(0, max));
  return text.slice(0, isHalf ? max - 1 : max);
}

/** An address of the web, resolved against the page that names it; null for every other scheme, and for what is none. */
export function webAddress(value: unknown, base: string): string | null {
  if (typeof value !== 'string' || value.length > maxAddress) return null;
  const url = value.trim() === '' ? null : parsedAddress(value.trim(), base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  return url.href.length > maxAddress ? null : url.href;
}
