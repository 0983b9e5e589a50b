import type { Cell } from '../../cell.ts';
import { firstOf, folded, isFoldedText, isText, lastOf } from './window.ts';

/*
 * Closed lists of values. Healthy values are found on bytes; what is not in the list is folded (case, blanks, dashes,
 * accents) and looked up among the spellings and languages that people use.
 */

export type Enum = {
  /** As the specification writes them. */
  readonly values: readonly string[];
  /** Folded spelling (`foldWord`) -> value. */
  readonly synonyms: Readonly<Record<string, string>>;
  /** By length, so that most bytes are compared once. */
  readonly byLength: readonly (readonly string[])[];
  readonly foldedByLength: readonly (readonly string[])[];
};

export function enumOf(values: readonly string[], synonyms: Readonly<Record<string, readonly string[]>> = {}): Enum {
  const meanings: [string, string][] = values.map((value) => [foldWord(value), value]);
  for (const [value, spellings] of Object.entries(synonyms)) {
    for (const spelling of spellings) meanings.push([foldWord(spelling), value]);
  }
  return {
    values,
    synonyms: Object.fromEntries(meanings),
    byLength: groupByLength(values),
    foldedByLength: groupByLength(values.map((value) => value.toLowerCase())),
  };
}

function groupByLength(values: readonly string[]): string[][] {
  const longest = Math.max(...values.map((value) => value.length));
  return Array.from({ length: longest + 1 }, (_, length) => values.filter((value) => value.length === length));
}

/** One of the values, byte for byte. */
export function isOneOf(list: Enum, bytes: Uint8Array, start: number, end: number): boolean {
  const candidates = list.byLength[end - start];
  if (candidates === undefined) return false;
  for (let at = 0; at < candidates.length; at++) {
    if (isText(bytes, start, end, candidates[at] as string)) return true;
  }
  return false;
}

/** One of the values, apart from capitals. */
export function isOneOfFolded(list: Enum, bytes: Uint8Array, start: number, end: number): boolean {
  const candidates = list.foldedByLength[end - start];
  if (candidates === undefined) return false;
  for (let at = 0; at < candidates.length; at++) {
    if (isFoldedText(bytes, start, end, candidates[at] as string)) return true;
  }
  return false;
}

export function isCellOneOf(list: Enum, cell: Cell): boolean {
  return isOneOf(list, cell.bytes, firstOf(cell), lastOf(cell));
}

export function isCellOneOfFolded(list: Enum, cell: Cell): boolean {
  return isOneOfFolded(list, cell.bytes, firstOf(cell), lastOf(cell));
}

/** The value that a spelling means, or null. */
export function meantBy(list: Enum, text: string): string | null {
  // No spelling is longer; folding a whole page would only take time.
  if (text.length > 100) return null;
  const folded = foldWord(text);
  return Object.hasOwn(list.synonyms, folded) ? (list.synonyms[folded] ?? null) : null;
}

/** Small letters without accents; everything else between them is left out: `Auf Lager!` -> `auflager`, `En rupture` -> `enrupture`. */
export function foldWord(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]/gu, '')
    .replace(/ß/g, 'ss');
}

/** Whether the cell holds this word among others, apart from capitals: `word` in small letters, parted by no letter. */
export function hasWord(cell: Cell, word: string): boolean {
  const { bytes, end } = cell;
  const first = word.charCodeAt(0);
  for (let at = cell.start; at + word.length <= end; at++) {
    if (folded(bytes[at] as number) === first && isFoldedText(bytes, at, at + word.length, word)) {
      if (isEdge(bytes, at - 1, cell) && isEdge(bytes, at + word.length, cell)) return true;
    }
  }
  return false;
}

function isEdge(bytes: Uint8Array, at: number, cell: Cell): boolean {
  if (at < cell.start || at >= cell.end) return true;
  const byte = folded(bytes[at] as number);
  return byte < 0x80 && !(byte >= 0x61 && byte <= 0x7a) && !(byte >= 0x30 && byte <= 0x39);
}

/** Yes and no, as the product specification writes them. */
export const yesOrNo = enumOf(['yes', 'no', 'true', 'false'], {
  yes: ['y', 'ja', 'oui', 'si', 'sí', 'sim', 'tak', 'ano', 'kyllä', 'x'],
  no: ['n', 'nein', 'non', 'nej', 'nee', 'nie', 'não', 'ei'],
  true: ['1', 't', 'wahr', 'vrai', 'verdadero', 'vero'],
  false: ['0', 'f', 'falsch', 'faux', 'falso'],
});
