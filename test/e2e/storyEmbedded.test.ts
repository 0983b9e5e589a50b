import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { closeWindows, startBrowser } from '../support/browser.ts';
import { playStory } from './story.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => closeWindows(browser));

/** How soon has no bar here, as the embedded database shares its one process; on a server it has one. */
test('two people take one task from its documentation to approved, live, on the embedded database', async () => {
  const app = await startTestApp({ isRealTime: true, isEmbedded: true });
  try {
    const lags = await playStory(app, browser);
    console.log(`On the embedded database the other person saw a change after ${lags.join(', ')} ms.`);
    expect(lags.every(Number.isFinite)).toBe(true);
  } finally {
    await app.close();
  }
});
