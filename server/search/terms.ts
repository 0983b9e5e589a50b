import { oneLine } from '../platform/oneLine.ts';

/** What is asked is short; what comes behind is not read. */
const longestAsked = 200;
const mostTerms = 8;
/** A document's text is read this far. */
export const longestBody = 20_000;

/** Letters and digits with single spaces between: neither the parser nor an asker's operators see anything else. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** The words that are asked for. The last one may be half typed, as may all others. */
export function termsOf(asked: string): string[] {
  const terms = plainText(asked.slice(0, longestAsked)).slice(0, longestAsked).split(' ').slice(0, mostTerms);
  return [...new Set(terms)].filter((term) => term !== '');
}

/** `fee prod` -> `fee:* & prod:*`, for to_tsquery. Terms are letters and digits only, so nothing needs quoting. */
export function prefixQuery(terms: readonly string[]): string {
  return terms.map((term) => `${term}:*`).join(' & ');
}

export type ExcerptPart = { text: string; isMatch: boolean };

const excerptLength = 160;
const leadLength = 40;

/** A stretch of the text around the first word that begins like a term, cut into what matches and what does not. */
export function excerptOf(body: string, terms: readonly string[]): ExcerptPart[] {
  const text = oneLine(body).replace(/\s+/g, ' ');
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({ at: match.index, text: match[0] }));
  const matching = words.filter((word) => terms.some((term) => bare(word.text).startsWith(bare(term))));
  const start = startOf(text, matching[0]?.at ?? 0);
  const end = Math.min(text.length, start + excerptLength);
  const parts: ExcerptPart[] = [];
  let at = start;
  for (const word of matching) {
    if (word.at < start || word.at + word.text.length > end) continue;
    if (word.at > at) parts.push({ text: text.slice(at, word.at), isMatch: false });
    parts.push({ text: word.text, isMatch: true });
    at = word.at + word.text.length;
  }
  if (end > at) parts.push({ text: text.slice(at, end), isMatch: false });
  return parts;
}

/** Begins at a word, a little before the match. */
function startOf(text: string, match: number): number {
  if (match <= leadLength) return 0;
  const space = text.indexOf(' ', match - leadLength);
  return space < 0 || space > match ? match : space + 1;
}

/** Without case and accents, as `unaccent` leaves most words. */
function bare(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
