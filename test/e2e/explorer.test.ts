import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, drawn, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { tabStops, unreached } from '../support/tabStops.ts';
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
  await open(page);
}, 180_000);
afterAll(async () => {
  await visitor?.close();
  await closeWindows(browser);
  await app?.close();
});

/** Its buttons stand before its editors, and do nothing until these are there. */
async function open(at: Page): Promise<void> {
  await at.goto('/explorer');
  for (const editor of ['query-editor', 'response'])
    await at.locator(`.graphiql-${editor} .view-lines`).waitFor({ timeout: 60_000 });
}
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

test('it follows a subscription over the socket, also when it is run as soon as its tab is there', async () => {
  const tab = await page.getByRole('tab', { name: 'Changes' }).getByRole('button').first().elementHandle();
  const button = await page.getByRole('button', { name: /Execute query/ }).elementHandle();
  // In one breath: the editor learns only a moment later what the operation in the new tab is called.
  await page.evaluate(
    (elements) => {
      for (const element of elements) (element as HTMLElement).click();
    },
    [tab, button],
  );
  await shows('CaughtUp');
  expect(visitor.strayRequests).toEqual([]);
  expect(visitor.cspViolations).toEqual([]);
}, 60_000);

const isInEditor = (at: Page) => at.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
const written = (at: Page) =>
  at.evaluate(() => document.querySelector('.graphiql-query-editor .view-lines')?.textContent ?? '');

async function leavesByTheKeysOnThePage(at: Page, undo: string): Promise<void> {
  expect(await at.getByText(t('api.explorer.keys')).isVisible()).toBe(true);
  await at.locator('.graphiql-query-editor .view-lines').click();
  expect(await isInEditor(at)).toBe(true);
  const before = await written(at);
  await at.keyboard.press('Tab');
  expect(await isInEditor(at)).toBe(true);
  await expect.poll(() => written(at)).not.toBe(before);
  await at.keyboard.press(undo);
  await expect.poll(() => written(at)).toBe(before);
  await at.keyboard.press('Control+m');
  await at.keyboard.press('Tab');
  expect(await isInEditor(at)).toBe(false);
  expect(await written(at)).toBe(before);
}

test('Tab writes in an editor until the keys that the page names let it leave, on a Mac too', async () => {
  await leavesByTheKeysOnThePage(page, 'Control+z');
  const userAgent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';
  const session = await app.signIn(midway(app).people[0]!);
  const mac = await openVisitor(browser, { url: app.url, session, userAgent });
  await open(mac.page);
  await leavesByTheKeysOnThePage(mac.page, 'Meta+z');
  await mac.close();
}, 120_000);

test('everything on the page is then reached by Tab, and shows that it has the focus', async () => {
  await page.getByRole('button', { name: /Hide Documentation Explorer/ }).click();
  const stops = await tabStops(page);
  expect(stops.map((stop) => stop.name)).toContainEqual(expect.stringMatching(/^(Execute|Stop) query/));
  expect(stops.filter((stop) => !stop.isVisible).map((stop) => `${stop.role} ${stop.name}`)).toEqual([]);
  expect(stops.filter((stop) => !stop.hasRing).map((stop) => `${stop.role} ${stop.name}`)).toEqual([]);
  expect(await unreached(page)).toEqual([]);
}, 60_000);

/** GraphiQL draws the button that closes a tab inside of the tab, which stands in its markup. Both are stops of Tab. */
const except = [{ rule: 'nested-interactive', selector: '.graphiql-tabs > [role="tab"]' }];

test.each(['light', 'dark'] as const)(
  'is accessible in the %s theme',
  async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await drawn(page);
    expect(await axeProblems(page, { except })).toEqual([]);
  },
  60_000,
);

test('nothing of it is loaded on another page', async () => {
  const other = await openVisitor(browser, { url: app.url, session: await app.signIn(midway(app).people[0]!) });
  await other.page.goto('/');
  await other.page.getByRole('heading', { name: t('project.road.title') }).waitFor();
  await other.page.waitForLoadState('networkidle');
  expect(other.fetched.filter(({ url }) => /Workbench|graphiql|worker|codicon/i.test(url))).toEqual([]);
  await other.close();
}, 60_000);
