import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

const budget = { js: 300_000, css: 40_000 };

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await app.close();
});

/** Bytes, gzipped, of all that was fetched with this ending. */
async function weigh(visitor: Visitor, ending: string): Promise<number> {
  await visitor.received();
  const files = visitor.fetched.filter(({ url }) => new URL(url).pathname.endsWith(ending));
  expect(files.length).toBeGreaterThan(0);
  return files.reduce((sum, { body }) => sum + gzipSync(body, { level: 9 }).length, 0);
}

test('the first screen of a client is within 300 kB of JavaScript and 40 kB of CSS, gzipped', async () => {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(midway(app).people[0]!) });
  await visitor.page.goto('/');
  await visitor.page.getByRole('heading', { name: t('project.road.title') }).waitFor();
  await visitor.page.getByText(t('shell.live'), { exact: true }).waitFor();
  await visitor.page.waitForLoadState('networkidle');
  const [js, css] = [await weigh(visitor, '.js'), await weigh(visitor, '.css')];
  await visitor.close();
  expect({ js, isWithin: js <= budget.js }).toEqual({ js, isWithin: true });
  expect({ css, isWithin: css <= budget.css }).toEqual({ css, isWithin: true });
});
