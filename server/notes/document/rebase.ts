import { wordChanges } from './align.ts';

/**
 * What `written` says, with what others changed since its author read `base`: `current` is what stands there now. Both
 * sides' changes are found word by word; what either took away is gone, and what both put at one place stands there
 * once if it is the same, and one behind the other if it is not. Nobody's new words are lost.
 */
export function rebased(base: string, written: string, current: string): string {
  if (base === current || written === current) return written;
  if (base === written) return current;
  const theirs = wordChanges(base, current);
  const own = wordChanges(base, written);
  const removed = new Uint8Array(base.length);
  for (const change of [...theirs, ...own]) removed.fill(1, change.at, change.at + change.removed.length);
  const theirInserts = new Map(theirs.map(({ at, insert }) => [at, insert]));
  const ownInserts = new Map(own.map(({ at, insert }) => [at, insert]));
  const places = [...new Set([...theirInserts.keys(), ...ownInserts.keys()])].sort((a, b) => a - b);
  const pieces: string[] = [];
  let from = 0;
  for (const at of places) {
    const [their, mine] = [theirInserts.get(at) ?? '', ownInserts.get(at) ?? ''];
    pieces.push(...kept(base, removed, from, at), their, their === mine ? '' : mine);
    from = at;
  }
  return joined([...pieces, ...kept(base, removed, from, base.length)]);
}

/** What is left of a stretch, in the pieces that stood together. */
function kept(base: string, removed: Uint8Array, from: number, to: number): string[] {
  const pieces: string[] = [];
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to && removed[at] === 0) continue;
    if (at > start) pieces.push(base.slice(start, at));
    start = at + 1;
  }
  return pieces;
}

/** Pieces end between words, so two words that meet were never one. */
function joined(pieces: readonly string[]): string {
  let text = '';
  for (const piece of pieces) {
    const isWord = /^[\p{L}\p{N}]/u.test(piece) && /[\p{L}\p{N}]$/u.test(text.slice(-2));
    text += isWord ? ` ${piece}` : piece;
  }
  return text;
}
