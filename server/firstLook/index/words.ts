/*
 * How texts become words, and words are compared: the same on the way into the index and out of it.
 */

/** Letters that are no letter with a mark, and that people type as others all the same. */
const others: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th' };
const wordPattern = /[\p{L}\p{N}]+/gu;
const maxWordCharacters = 40;

/** In small letters without accents. */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  // Most words of most shops.
  if (/^[\x20-\x7e]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßøłđæœıþ]/g, (letter) => others[letter] ?? letter);
}

/** The words of a text, folded, in their order. */
export function wordsOf(text: string): string[] {
  const words = folded(text).match(wordPattern) ?? [];
  return words.map((word) => (word.length > maxWordCharacters ? word.slice(0, maxWordCharacters) : word));
}

/** Ids and numbers of an article as they are compared: without case, blanks and dashes. */
export function codeOf(text: string): string {
  return folded(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Words under so many letters are taken as they stand: one letter of three is another word. */
const shortest = 4;

export function mayBeMistyped(word: string): boolean {
  return word.length >= shortest && /\p{L}/u.test(word);
}

/**
 * Whether two words are one slip of the finger apart: a letter left out, put in, taken for another, or two changed
 * round. They are not the same word.
 */
export function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (at === short.length) return false;
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

/** Cut without halving a character, and without what cannot be seen. Blanks are single. */
export function cutText(text: string, most: number): string {
  if (text.length <= most && isPlain(text)) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const seen = text.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').replace(/\p{Surrogate}/gu, '\ufffd');
  const plain = seen.trim();
  if (plain.length <= most) return plain;
  const cut = plain.slice(0, most);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** Most texts are, and need no look at every character. */
function isPlain(text: string): boolean {
  return /^[ -~\u00a1-\u024f]*$/.test(text) && !text.includes('  ') && !text.startsWith(' ') && !text.endsWith(' ');
}
