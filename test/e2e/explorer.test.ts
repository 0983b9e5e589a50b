import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let browser: Browser;
let visitor: Visitor;
let page: Page;
beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
  visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(midway(app).people[0]!) });
  page = visitor.page;
  await page.goto('/explorer');
  await page.getByRole('button', { name: /Execute query/ }).waitFor({ timeout: 60_000 });
}, 180_000);
afterAll(async () => {
  await visitor?.close();
  await browser?.close();
  await app?.close();
});

const answer = () => page.locator('.graphiql-response').innerText();
const run = () => page.getByRole('button', { name: /Execute query/ }).click();
const shows = (text: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('.graphiql-response')?.textContent?.replaceAll('\u00a0', ' ').includes(wanted),
    text,
    { timeout: 30_000 },
  );

test('[I8] the explorer runs a query as the person who is signed in, and loads nothing from elsewhere', async () => {
  await run();
  await shows('totalCount');
  expect(await answer()).not.toContain('errors');
  expect(visitor.strayRequests).toEqual([]);
  expect(visitor.cspViolations).toEqual([]);
  expect(visitor.problems).toEqual([]);
}, 60_000);

test('it knows the schema: its documentation tells of the fields', async () => {
  await page.getByRole('button', { name: /Show Documentation Explorer/ }).click();
  await page.getByRole('link', { name: 'Query', exact: true }).first().waitFor();
  expect(visitor.cspViolations).toEqual([]);
}, 60_000);

test('it follows a subscription over the socket', async () => {
  await page.getByRole('tab', { name: 'Changes' }).click();
  await run();
  await shows('CaughtUp');
  expect(visitor.strayRequests).toEqual([]);
  expect(visitor.cspViolations).toEqual([]);
}, 60_000);

test('nothing of it is loaded on another page', async () => {
  const other = await openVisitor(browser, { url: app.url, session: await app.signIn(midway(app).people[0]!) });
  await other.page.goto('/');
  await other.page.getByRole('heading', { name: t('project.road.title') }).waitFor();
  await other.page.waitForLoadState('networkidle');
  expect(other.fetched.filter(({ url }) => /Workbench|graphiql|worker|codicon/i.test(url))).toEqual([]);
  await other.close();
}, 60_000);
