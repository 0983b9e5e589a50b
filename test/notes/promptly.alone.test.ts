import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NotesHarness, startNotes } from './harness.ts';

let harness: NotesHarness;
beforeAll(async () => {
  harness = await startNotes();
});
afterAll(() => harness.close());

test('an edit is durable within 600 ms of the keystroke, for 95 in 100 of them, while three people type', async () => {
  const peers = [harness.anna, harness.ben, harness.pm].map((who) => harness.enter(who));
  await Promise.all(peers.map((peer) => peer.synced()));
  const took: number[] = [];
  await Promise.all(
    peers.map(async (peer, who) => {
      for (let key = 0; key < 100; key++) {
        const startedMs = performance.now();
        peer.addParagraph(`${who} ${key}`);
        await peer.saved();
        took.push(performance.now() - startedMs);
      }
    }),
  );
  took.sort((a, b) => a - b);
  expect(took).toHaveLength(300);
  expect(took[Math.floor(took.length * 0.95)]).toBeLessThanOrEqual(600);
});
