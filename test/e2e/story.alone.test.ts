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

/** How soon the other person sees what one did. */
const soonMs = 1_000;

test('two people take one task from its documentation to approved, live, on a PostgreSQL server', async () => {
  const app = await startTestApp({ isRealTime: true });
  try {
    const lags = await playStory(app, browser);
    console.log(`On a PostgreSQL server the other person saw a change after ${lags.join(', ')} ms.`);
    expect(lags.every(Number.isFinite)).toBe(true);
    expect(Math.max(...lags)).toBeLessThan(soonMs);
  } finally {
    await app.close();
  }
});
