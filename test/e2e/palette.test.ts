import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  axeProblems,
  closeWindows,
  openVisitor,
  phone,
  sidewaysScroll,
  startBrowser,
  type Visitor,
} from '../support/browser.ts';
import { t } from '../support/words.ts';
import { midway, taskNamed } from './screenList.ts';

let app: TestApp;
let browser: Browser;
const visitors: Visitor[] = [];

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser({ isForChecks: true });
}, 120_000);
afterAll(async () => {
  for (const visitor of visitors) {
    expect([...visitor.cspViolations, ...visitor.problems, ...visitor.strayRequests]).toEqual([]);
    await visitor.close();
  }
  await closeWindows(browser);
  await app?.close();
});

async function open(as: 'pm' | 'client', path: string): Promise<Page> {
  const person =
    as === 'pm' ? app.world.staff.find((one) => one.id === midway(app).project.pmId)! : midway(app).people[0]!;
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(person) });
  visitors.push(visitor);
  await visitor.page.goto(path);
  await visitor.page.getByRole('heading', { level: 1 }).waitFor();
  // A page begins at its title, which takes the focus once it is there.
  await visitor.page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  return visitor.page;
}

const field = (page: Page) => page.getByRole('combobox', { name: t('palette.label') });
const option = (page: Page, name: string) => page.getByRole('option', { name }).first();

test('from anywhere, Ctrl K and half a word lead to a task without the mouse', async () => {
  const page = await open('pm', '/overview');
  await page.keyboard.press('Control+K');
  await field(page).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.type('lavande');
  await option(page, 'Maison Lavande').waitFor();
  await field(page).fill('straight from our script');
  await option(page, 'straight from our script').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/tasks/${taskNamed(app, 'feed').id}?comment=*`);
});

test('letters typed right after the first Ctrl K are in its field, however slowly the network answers', async () => {
  const page = await open('pm', '/overview');
  await page.waitForLoadState('networkidle');
  const late: string[] = [];
  await page.route(/\.(js|css)$/, async (route) => {
    late.push(route.request().url());
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await route.continue();
  });
  const focused = () => page.evaluate(() => document.activeElement?.outerHTML);
  const before = await focused();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('lavande');
  expect(await field(page).inputValue()).toBe('lavande');
  await option(page, 'Maison Lavande').waitFor();
  // And the focus goes back to where it was: the keys go on from there.
  await page.keyboard.press('Escape');
  await field(page).waitFor({ state: 'detached' });
  expect(await focused()).toBe(before);
  expect(late).toEqual([]);
});

test('Escape closes it and gives the focus back; the question mark shows the keys, but not while one types', async () => {
  const page = await open('client', `/tasks/${taskNamed(app, 'feed').id}`);
  const opener = page.getByRole('button', { name: t('palette.open') });
  await opener.focus();
  await page.keyboard.press('Enter');
  await field(page).waitFor();
  await page.keyboard.type('?');
  expect(await field(page).inputValue()).toBe('?');
  await page.keyboard.press('Escape');
  await field(page).waitFor({ state: 'detached' });
  await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: t('palette.keys.title') });
  await sheet.waitFor();
  await sheet.getByText(t('palette.keys.act.mark')).waitFor();
  expect(await axeProblems(page)).toEqual([]);
});

test('[Z7] a client finds no place of staff, and nothing that was said inside', async () => {
  const page = await open('client', `/projects/${midway(app).project.id}`);
  await page.keyboard.press('Control+K');
  await field(page).waitFor();
  expect(await page.getByRole('option', { name: t('palette.place.overview') }).count()).toBe(0);
  await page.keyboard.type('went through their spreadsheet');
  await page.getByText(t('palette.nothing', { text: 'went through their spreadsheet' })).waitFor();
});

test('on a phone it fits, and a finger opens what it touches', async () => {
  const page = await open('client', `/projects/${midway(app).project.id}`);
  await page.setViewportSize(phone);
  await page.getByRole('button', { name: t('palette.open') }).click();
  await field(page).fill('feed');
  await option(page, 'Upload your product feed').waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
  await option(page, 'Upload your product feed').click();
  await page.waitForURL(`**/tasks/${taskNamed(app, 'feed').id}`);
});
