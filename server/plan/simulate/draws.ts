/**
 * Chance that can be repeated: numbers from 0 up to, not including, 1, the same for the same words (mulberry32, begun by
 * FNV-1a over them). Each task of a project draws from a source of its own, so that a task more or less, or another
 * duration, changes nobody else's luck: what then differs between two simulations is the change alone.
 */
export function drawsOf(words: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < words.length; at++) state = Math.imul(state ^ words.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
