import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { updateFrame } from '../../server/notes/protocol.ts';
import { type NotesHarness, startNotes } from './harness.ts';
import { connectRaw } from './rawSocket.ts';

let harness: NotesHarness;
afterEach(() => harness.close());

/** How long until Paula sees what Ben typed, letter by letter. */
async function typed(letters: number): Promise<number[]> {
  const [ben, paula] = [harness.enter(harness.ben), harness.enter(harness.pm)];
  await Promise.all([ben.synced(), paula.synced()]);
  const took: number[] = [];
  for (let i = 0; i < letters; i++) {
    const startedMs = performance.now();
    const seen = new Promise<void>((resolve) => {
      const look = () => {
        if (!paula.text().endsWith(`letter ${i}`)) return;
        paula.doc.off('update', look);
        resolve();
      };
      paula.doc.on('update', look);
    });
    ben.addParagraph(`letter ${i}`);
    await seen;
    took.push(performance.now() - startedMs);
    await wait(10);
  }
  return took.sort((a, b) => a - b);
}

test('[Y12] 500 updates a second from one socket, and the others see each other’s letters within 300 ms, 95 in 100', async () => {
  harness = await startNotes();
  const headers = { cookie: harness.anna.cookie, origin: harness.url() };
  const flood = await connectRaw({ url: harness.url(), path: harness.note.room, headers });
  if (typeof flood === 'number') throw new Error(`refused with ${flood}`);
  const doc = new Y.Doc();
  const text = doc.getText('flood');
  doc.on('update', (update: Uint8Array) => flood.send(updateFrame(update)));
  const timer = setInterval(() => {
    for (let i = 0; i < 5; i++) text.insert(text.length, 'x');
  }, 10);
  const took = await typed(60);
  clearInterval(timer);
  flood.close();
  expect(text.length).toBeGreaterThan(200);
  expect(took[Math.floor(took.length * 0.95)]).toBeLessThan(300);
});
