import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { fullJourney } from './journeyScreens.ts';

let app: TestApp;
let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
  visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  ({ page } = visitor);
}, 120_000);
afterEach(() => expect([visitor.cspViolations, visitor.problems]).toEqual([[], []]));
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const dialog = () => page.getByRole('dialog', { name: t('journeyMap.files.importTitle') });
async function choose(name: string, buffer: Buffer): Promise<void> {
  await page.goto('/journeys');
  await page.getByRole('button', { name: t('journeyMap.files.import') }).click();
  const file = { name, mimeType: 'application/octet-stream', buffer };
  await dialog().getByLabel(t('journeyMap.files.choose')).setInputFiles(file);
}
const cards = () => page.locator('[data-touchpoint]');

test('a journey leaves as a file, by keyboard, and comes back as another one', async () => {
  await page.goto(`/journeys/${await fullJourney(app)}`);
  await cards().first().waitFor();
  const count = await cards().count();
  await page.getByRole('button', { name: t('journeyMap.files.export') }).press('Enter');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: t('journeyMap.files.json') }).press('Enter'),
  ]);
  expect(download.suggestedFilename()).toBe('journey-integration-as-it-was.json');

  await choose('any.json', await readFile(await download.path()));
  await dialog().getByText(t('journeyMap.files.made.TOUCHPOINT', { count })).waitFor();
  const name = dialog().getByLabel(t('journeyMap.name'), { exact: true });
  expect(await name.inputValue()).toBe('Integration as it was');
  await name.fill('Integration, once more');
  await name.press('Enter');
  await expect.poll(() => page.title()).toContain('Integration, once more');
  await expect.poll(() => cards().count()).toBe(count);
});

test('what of a table does not come along is told by row before anything is made', async () => {
  // As a spreadsheet of some age writes it.
  const text =
    'Stage;Touchpoint;Department;Experience\r\nKauf;Gr\xFC\xDFen;Sales;2\r\nKauf;;Sales;1\r\nKauf;Liefern;Sales;7\r\n';
  await choose('Unser Weg.csv', Buffer.from(text, 'latin1'));
  await dialog()
    .getByText(t('journeyMap.files.wrong', { count: 2 }))
    .waitFor();
  const rows = await dialog().getByRole('row').allInnerTexts();
  expect(rows.slice(1).map((row) => row.split('\t').slice(0, 2))).toEqual([
    ['3', 'Touchpoint'],
    ['4', 'Experience'],
  ]);
  expect(await dialog().getByLabel(t('journeyMap.name'), { exact: true }).inputValue()).toBe('Unser Weg');
  await dialog()
    .getByRole('button', { name: t('journeyMap.create') })
    .click();
  await expect.poll(() => page.title()).toContain('Unser Weg');
  await cards().filter({ hasText: 'Grüßen' }).waitFor();
  await cards().filter({ hasText: 'Liefern' }).waitFor();
  expect(await cards().count()).toBe(2);
});

test('a file that is none says so, and makes nothing', async () => {
  await choose('holiday.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]));
  await dialog().getByText(t('journeyMap.files.nothing')).waitFor();
  expect(
    await dialog()
      .getByRole('button', { name: t('journeyMap.create') })
      .isDisabled(),
  ).toBe(true);
});
