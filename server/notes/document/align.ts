/** Which of the old become which of the next, in order. */
export type Pair = { old: number; next: number };
export type WordChange = { at: number; removed: string; insert: string };
export type TextChange = { at: number; remove: number; insert: string };

/** Beyond so many comparisons the exact answer takes too long, and a near one does. */
const maxCells = 1_000_000;
const maxLikenesses = 2_500;

/** Pairs what is equal, as much of it as can be without crossing; then, between those, what is most alike. */
export function align(
  old: readonly string[],
  next: readonly string[],
  likeness: (old: number, next: number) => number,
): Pair[] {
  const equal = equalPairs(old, next);
  const all: Pair[] = [];
  let from: Pair = { old: 0, next: 0 };
  for (const pair of [...equal, { old: old.length, next: next.length }]) {
    all.push(...alikePairs(from, pair, likeness));
    if (pair.old < old.length) all.push(pair);
    from = { old: pair.old + 1, next: pair.next + 1 };
  }
  return all;
}

/** A longest common subsequence. */
function equalPairs(old: readonly string[], next: readonly string[]): Pair[] {
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start += 1;
  let end = 0;
  const shorter = Math.min(old.length, next.length) - start;
  while (end < shorter && old[old.length - 1 - end] === next[next.length - 1 - end]) end += 1;
  const head = Array.from({ length: start }, (_, at) => ({ old: at, next: at }));
  const tail = Array.from({ length: end }, (_, at) => ({ old: old.length - end + at, next: next.length - end + at }));
  const [rows, columns] = [old.length - start - end, next.length - start - end];
  const middle = rows * columns > maxCells ? greedyPairs : longestPairs;
  return [...head, ...middle(old, next, { start, rows, columns }), ...tail];
}

type Middle = { start: number; rows: number; columns: number };

function longestPairs(old: readonly string[], next: readonly string[], { start, rows, columns }: Middle): Pair[] {
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] =
        old[start + row] === next[start + column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let [row, column] = [0, 0]; row < rows && column < columns; ) {
    if (old[start + row] === next[start + column]) pairs.push({ old: start + row++, next: start + column++ });
    else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** The next one that is equal, wherever it stands behind the last. */
function greedyPairs(old: readonly string[], next: readonly string[], { start, rows, columns }: Middle): Pair[] {
  const places = new Map<string, number[]>();
  for (let at = start + columns - 1; at >= start; at--) {
    const key = next[at] ?? '';
    const known = places.get(key);
    if (known) known.push(at);
    else places.set(key, [at]);
  }
  const pairs: Pair[] = [];
  let last = start - 1;
  for (let at = start; at < start + rows; at++) {
    const free = places.get(old[at] ?? '') ?? [];
    while (free.length > 0 && (free.at(-1) ?? 0) <= last) free.pop();
    const found = free.pop();
    if (found === undefined) continue;
    pairs.push({ old: at, next: found });
    last = found;
  }
  return pairs;
}

/** Of a stretch where nothing is equal: the pairs that are most alike in all. */
function alikePairs(from: Pair, to: Pair, likeness: (old: number, next: number) => number): Pair[] {
  const [rows, columns] = [to.old - from.old, to.next - from.next];
  if (rows <= 0 || columns <= 0) return [];
  if (rows * columns > maxLikenesses) {
    const inOrder = Array.from({ length: Math.min(rows, columns) }, (_, at) => ({
      old: from.old + at,
      next: from.next + at,
    }));
    return inOrder.filter((pair) => likeness(pair.old, pair.next) > 0);
  }
  const width = columns + 1;
  const own = new Float64Array(rows * columns);
  const best = new Float64Array((rows + 1) * width);
  const bestAt = (row: number, column: number) => best[row * width + column] ?? 0;
  const take = (row: number, column: number) => {
    const gain = own[row * columns + column] ?? 0;
    return gain === 0 ? 0 : gain + bestAt(row + 1, column + 1);
  };
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      own[row * columns + column] = likeness(from.old + row, from.next + column);
      const without = Math.max(bestAt(row + 1, column), bestAt(row, column + 1));
      best[row * width + column] = Math.max(without, take(row, column));
    }
  }
  const pairs: Pair[] = [];
  for (let [row, column] = [0, 0]; row < rows && column < columns; ) {
    const taken = take(row, column);
    if (taken > 0 && taken === bestAt(row, column)) pairs.push({ old: from.old + row++, next: from.next + column++ });
    else if (bestAt(row + 1, column) >= bestAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** How many of the words of two texts are the same, 0 to 1. */
export function sharedWords(a: string, b: string): number {
  const left = new Map<string, number>();
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
  const [ofA, ofB] = [words(a), words(b)];
  for (const word of ofA) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of ofB) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared += 1;
  }
  return ofA.length + ofB.length === 0 ? 1 : (2 * shared) / (ofA.length + ofB.length);
}

const tokens = /[\p{L}\p{N}]+|\s+|./gsu;

/** What turns one text into the other, as few letters as can be: changes in the order of the old text. */
export function textChanges(old: string, next: string): TextChange[] {
  return wordChanges(old, next).map(tightened);
}

/** What turns one text into the other, by whole words, blanks and signs, in the order of the old text. */
export function wordChanges(old: string, next: string): WordChange[] {
  const [before, after] = [old.match(tokens) ?? [], next.match(tokens) ?? []];
  const changes: WordChange[] = [];
  let [at, lastOld, lastNext] = [0, 0, 0];
  for (const pair of [...equalPairs(before, after), { old: before.length, next: after.length }]) {
    const removed = before.slice(lastOld, pair.old).join('');
    const insert = after.slice(lastNext, pair.next).join('');
    if (removed !== '' || insert !== '') changes.push({ at, removed, insert });
    at += removed.length + (before[pair.old]?.length ?? 0);
    [lastOld, lastNext] = [pair.old + 1, pair.next + 1];
  }
  return changes;
}

/** Without the letters that both begin or end with; a pair of surrogates is never cut. */
function tightened({ at, removed, insert }: WordChange): TextChange {
  let head = 0;
  const shorter = Math.min(removed.length, insert.length);
  while (head < shorter && removed[head] === insert[head]) head += 1;
  if (/[\ud800-\udbff]/.test(removed[head - 1] ?? '')) head -= 1;
  let tail = 0;
  while (tail < shorter - head && removed.at(-1 - tail) === insert.at(-1 - tail)) tail += 1;
  if (tail > 0 && /[\udc00-\udfff]/.test(removed.at(-tail) ?? '')) tail -= 1;
  return { at: at + head, remove: removed.length - head - tail, insert: insert.slice(head, insert.length - tail) };
}
