import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';

/** Deletes so many letters at a place, then inserts. */
type Edit = [at: number, deleted: number, inserted: string];

export const shortLength = 40_000;
const wholeLength = 259_778;
/** Stands in the last update and in no other: whoever has it has all. */
export const lastWords = '\u2603 the end of the trace \u2603';

/**
 * The updates that one author sends who types a recorded paper key by key, and the text that comes out. Without a file
 * a text of the same size is made: runs of typing, corrections just behind, now and then a jump elsewhere.
 */
export function updatesOf(file: string | null, { isWhole, seed }: { isWhole: boolean; seed: number }) {
  const edits = file === null ? made(wholeLength, seed) : recorded(file);
  const doc = new Y.Doc();
  doc.clientID = 1;
  const text = doc.getText('t');
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const [at, deleted, inserted] of isWhole ? edits : edits.slice(0, shortLength)) {
    doc.transact(() => {
      if (deleted > 0) text.delete(at, deleted);
      if (inserted !== '') text.insert(at, inserted);
    });
  }
  text.insert(text.length, lastWords);
  return { updates, text: text.toString() };
}

function recorded(file: string): Edit[] {
  const bytes = readFileSync(file);
  const { txns } = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  return (txns as { patches: Edit[] }[]).flatMap(({ patches }) => patches);
}

function made(length: number, seed: number): Edit[] {
  const random = seeded(seed);
  const edits: Edit[] = [];
  let size = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const chance = random();
    if (chance < 0.01) at = Math.floor(random() * size);
    if (chance > 0.8 && at > 0) {
      at -= 1;
      size -= 1;
      edits.push([at, 1, '']);
    } else {
      edits.push([at, 0, 'etaoin shrdlu'[Math.floor(random() * 13)] ?? ' ']);
      at += 1;
      size += 1;
    }
  }
  return edits;
}

/** mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
