import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
import { t } from '../support/words.ts';

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

const column = (page: Page, name: string) =>
  page.getByRole('heading', { level: 2, name }).locator('xpath=ancestor::section[1]');
const cardsIn = (page: Page, name: string) => column(page, name).getByRole('listitem');

async function open(path: string): Promise<Page> {
  const pm = app.world.staff.find((person) => person.role === 'ADMIN') ?? app.world.pm;
  const { page } = await openVisitor(browser, { url: app.url, session: await app.signIn(pm) });
  await page.goto(path);
  await page.getByRole('region', { name: t('overview.board.label') }).waitFor();
  return page;
}

test('the board is a press away, its address opens it again, and the arrow keys walk over its cards', async () => {
  const page = await open('/overview?as=BOARD');
  expect(await axeProblems(page)).toEqual([]);
  await page.getByText(t('overview.layout.TABLE'), { exact: true }).click();
  await page.getByRole('table').waitFor();
  await page.getByText(t('overview.layout.BOARD'), { exact: true }).click();
  await page.waitForURL('**/overview?*as=BOARD*');
  const cards = page.locator('a[data-card]');
  await cards.first().focus();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const before = await focused();
  await page.keyboard.press('ArrowRight');
  expect(await focused()).not.toBe(before);
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toBe(before);
  // What follows from tasks is nobody's to move.
  expect(await page.locator('li[draggable="true"]').count()).toBe(0);
  expect(await page.getByRole('button', { name: /^Move / }).count()).toBe(0);
});

test('by PM a card is given to somebody else by its menu and by a drag, and taken back', async () => {
  const page = await open('/overview?as=BOARD&group=PM');
  const heads = await page.getByRole('heading', { level: 2 }).allInnerTexts();
  const names = app.world.staff.map(({ name }) => name).filter((name) => heads.some((head) => head.includes(name)));
  const [one = ''] = names;
  const card = cardsIn(page, one).first();
  const client = (await card.getByRole('link').first().innerText()).split('\n').at(-1) ?? '';
  const here = (name: string) => cardsIn(page, name).filter({ hasText: client });

  await card.getByRole('button', { name: /^Move / }).focus();
  await page.keyboard.press('Enter');
  const target = page.getByRole('menuitem').first();
  await target.waitFor();
  expect(await axeProblems(page)).toEqual([]);
  const other = await target.innerText();
  await target.press('Enter');
  await here(other).waitFor();
  await expect.poll(() => here(one).count()).toBe(0);
  await page.getByRole('button', { name: t('undo.undo') }).click();
  await here(one).waitFor();

  if (names.length > 1) {
    const another = names[1] ?? '';
    await here(one).dragTo(column(page, another));
    await here(another).waitFor();
  }
});

test('a view keeps that it is a board', async () => {
  const page = await open('/overview?as=BOARD&group=HEALTH');
  await page.getByRole('button', { name: /^View: / }).click();
  await page.getByRole('menuitem', { name: t('overview.view.saveAs') }).click();
  await page.getByLabel(t('overview.view.name')).fill('By health, as cards');
  await page.getByRole('button', { name: t('overview.view.save'), exact: true }).click();
  await page.waitForURL(/overview\?view=[0-9a-f-]{36}$/);
  await page.reload();
  await page.getByRole('region', { name: t('overview.board.label') }).waitFor();
  await page.getByRole('heading', { level: 2, name: t('names.health.ON_TRACK') }).waitFor();
});
