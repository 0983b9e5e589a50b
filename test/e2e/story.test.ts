import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { startBrowser } from '../support/browser.ts';
import { playStory } from './story.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

test.each([
  ['a PostgreSQL server', false],
  ['the embedded database', true],
])('two people take one task from its documentation to approved, live, on %s', async (_, isEmbedded) => {
  const app = await startTestApp({ isRealTime: true, isEmbedded });
  try {
    await playStory(app, browser);
  } finally {
    await app.close();
  }
});
