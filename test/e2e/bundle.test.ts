import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
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
  await closeWindows(browser);
  await app?.close();
});

/** Bytes that came over the wire for files with this ending, as Chromium counted them. */
function weigh(page: Page, ending: string): Promise<number> {
  return page.evaluate((wanted) => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const files = entries.filter(({ name }) => new URL(name).pathname.endsWith(wanted));
    return files.reduce((sum, file) => sum + file.encodedBodySize, 0);
  }, ending);
}

test('the first screen of a client is within 300 kB of JavaScript and 40 kB of CSS, gzipped', async () => {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(midway(app).people[0]!) });
  await visitor.page.goto('/');
  await visitor.page.getByRole('heading', { name: t('project.road.title') }).waitFor();
  await visitor.page.getByText(t('shell.live'), { exact: true }).waitFor();
  await visitor.page.waitForLoadState('networkidle');
  const [js, css] = [await weigh(visitor.page, '.js'), await weigh(visitor.page, '.css')];
  const stillPlain = visitor.fetched.filter(
    ({ url, encoding }) => /\.(js|css)$/.test(new URL(url).pathname) && encoding !== 'gzip',
  );
  await visitor.close();
  expect(stillPlain.map(({ url }) => url)).toEqual([]);
  expect(Math.min(js, css)).toBeGreaterThan(1_000);
  expect({ js, isWithin: js <= budget.js }).toEqual({ js, isWithin: true });
  expect({ css, isWithin: css <= budget.css }).toEqual({ css, isWithin: true });
});
