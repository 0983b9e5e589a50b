import type { Column, ColumnMatch, ExportShape, RuleSet } from './types.ts';

/*
 * Which of the file's columns is which of the set's: as the person chose, as an export of a shop platform maps itself, by
 * the very name, by the name without case and dashes, by a known other name. What is left is ignored, and said.
 */

/** Lower case, `_` for blanks, dashes and dots, without Google's `g:`. */
export function foldHeader(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[\s\-._]+/g, '_');
}

/** The lower the stronger, where two of the file's columns would be the same one. */
const strength: Record<ColumnMatch['how'], number> = {
  CHOSEN: 0,
  EXPORT: 1,
  EXACT: 2,
  CASE: 3,
  SYNONYM: 4,
  IGNORED: 5,
};

/** The export whose telling headers are all there; of several the one that asks for most. */
export function exportOf(set: RuleSet, names: readonly string[]): ExportShape | null {
  const folded = new Set(names.map(foldHeader));
  const fitting = (set.exports ?? []).filter((shape) => shape.recognisedBy.every((header) => folded.has(header)));
  return fitting.sort((a, b) => b.recognisedBy.length - a.recognisedBy.length)[0] ?? null;
}

type Matching = {
  set: RuleSet;
  mapping: Readonly<Record<string, string | null>>;
  shape: ExportShape | null;
};

function matchOne(name: string, { set, mapping, shape }: Matching): ColumnMatch {
  const isKnown = (column: string) => set.columns.some((known) => known.name === column);
  if (Object.hasOwn(mapping, name)) {
    const column = mapping[name] ?? null;
    // A name that the set no longer has (an older choice) is no choice.
    if (column === null || isKnown(column)) return { source: name, column, how: 'CHOSEN' };
  }
  const folded = foldHeader(name);
  if (shape) {
    const column = Object.keys(shape.map).find((key) => shape.map[key] === folded);
    if (column !== undefined && isKnown(column)) return { source: name, column, how: 'EXPORT' };
  }
  if (isKnown(name)) return { source: name, column: name, how: 'EXACT' };
  const same = set.columns.find((known) => foldHeader(known.name) === folded);
  if (same) return { source: name, column: same.name, how: 'CASE' };
  const other = set.columns.find((known) => known.synonyms.includes(folded));
  if (other) return { source: name, column: other.name, how: 'SYNONYM' };
  return { source: name, column: null, how: 'IGNORED' };
}

/** In the order of the file; of two that would be one column, the stronger match has it, of equals the first. */
export function matchColumns(
  names: readonly string[],
  set: RuleSet,
  mapping: Readonly<Record<string, string | null>> = {},
  shape: ExportShape | null = exportOf(set, names),
): ColumnMatch[] {
  const matches = names.map((name) => matchOne(name, { set, mapping, shape }));
  const taken = new Map<string, ColumnMatch>();
  for (const match of matches) {
    if (match.column === null) continue;
    const before = taken.get(match.column);
    if (!before || strength[match.how] < strength[before.how]) taken.set(match.column, match);
  }
  return matches.map((match) =>
    match.column === null || taken.get(match.column) === match
      ? match
      : { source: match.source, column: null, how: 'IGNORED' },
  );
}

/** Required columns that neither stand in the file nor are replaced by another of their kind; of a kind the first. */
export function missingColumns(set: RuleSet, present: ReadonlySet<string>): Column[] {
  const missing = set.columns.filter(
    (column) =>
      column.isRequired && !present.has(column.name) && !(column.oneOf ?? []).some((other) => present.has(other)),
  );
  return missing.filter(({ name }, at) => !missing.slice(0, at).some((before) => (before.oneOf ?? []).includes(name)));
}

/** The header that looks most like a column and is none yet; null when none does. */
export function nearestHeader(column: Column, unused: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = 3;
  for (const name of unused.slice(0, 200)) {
    const folded = foldHeader(name).slice(0, 64);
    if (folded === '') continue;
    const distance = Math.min(...[column.name, ...column.synonyms].map((known) => distanceOf(folded, known)));
    const contains = folded.length > 3 && (folded.includes(column.name) || column.name.includes(folded));
    const score = contains ? Math.min(distance, 2) : distance;
    if (score < bestDistance) {
      best = name;
      bestDistance = score;
    }
  }
  return best;
}

/** How many letters must change (Levenshtein); names are short. */
function distanceOf(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (before[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      now.push(Math.min(change, (before[j] as number) + 1, (now[j - 1] as number) + 1));
    }
    before = now;
  }
  return before[b.length] as number;
}
