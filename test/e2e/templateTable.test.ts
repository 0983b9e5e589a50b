import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
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

const ownTable = (page: Page) => page.getByRole('region', { name: t('templateTable.label') });
const nameOf = (page: Page, number: number) => page.getByLabel(t('templateTable.nameOf', { number }));

/** Opens the feed task of a draft and has it checked by a table of our own. */
async function openTable(page: Page): Promise<void> {
  await page.goto('/templates');
  await page.getByRole('link', { name: 'Site search on Shopify' }).click();
  await page.getByRole('button', { name: t('templates.screen.edit') }).click();
  await page.getByRole('button', { name: t('templates.screen.publish') }).waitFor();
  const road = page.getByRole('navigation', { name: t('templates.outline.label') });
  await road.getByRole('button', { name: /Upload your product feed/ }).click();
  await page.getByLabel(t('report.check.by')).selectOption('own-table');
  await ownTable(page).waitFor();
}

function fileOf(name: string, text: string): string {
  const path = join(inject('runFolder'), name);
  writeFileSync(path, text);
  return path;
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => {
    const data = new DataTransfer();
    data.setData('text/plain', copied);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

test('a table of columns is written with the keyboard, pasted, taken from files and saved as Table Schema', async () => {
  const visit = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const { page } = visit;
  await openTable(page);

  // Typed: Enter goes on to the next column, and makes one at the end.
  await page.getByRole('button', { name: t('templateTable.add'), exact: true }).click();
  await nameOf(page, 1).fill('store_id');
  await nameOf(page, 1).press('Enter');
  await nameOf(page, 2).waitFor();
  await expect.poll(() => nameOf(page, 2).evaluate((field) => field === document.activeElement)).toBe(true);

  // Pasted: cells with their headings.
  await paste(page, 'Name\tTitle\tType\tRequired\nopened\tOpened on\tdate\tyes\nfloors\tFloors\tinteger\tno\n');
  await expect.poll(() => nameOf(page, 3).inputValue()).toBe('floors');
  expect(await page.getByLabel(t('templateTable.requiredOf', { name: 'Opened on' })).isChecked()).toBe(true);

  // Alt and the arrows move a column, and the focus goes along.
  await nameOf(page, 3).press('Alt+ArrowUp');
  await expect.poll(() => nameOf(page, 2).inputValue()).toBe('floors');

  // Errors stand in place: a name twice, and a pattern that could take forever.
  await nameOf(page, 3).fill('store_id');
  await ownTable(page).getByText('the name of column 1 as well', { exact: false }).waitFor();
  await nameOf(page, 3).fill('opened');
  await page.getByRole('button', { name: t('templateTable.open', { name: 'store_id' }) }).click();
  await page.getByLabel(t('templateTable.details.pattern')).fill('(a+)+');
  await ownTable(page).getByText('could take forever', { exact: false }).waitFor();
  await page.getByLabel(t('templateTable.details.pattern')).fill('[A-Z]{2}-\\d{3}');
  await ownTable(page).getByText('could take forever', { exact: false }).waitFor({ state: 'detached' });
  await page.getByLabel(t('templateTable.details.key')).check();

  await page.getByText(t('templates.status.saved'), { exact: true }).waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: t('templateTable.save') }).click(),
  ]);
  expect(JSON.parse(readFileSync(await saved.path(), 'utf8'))).toEqual({
    fields: [
      { name: 'store_id', type: 'string', constraints: { pattern: '[A-Z]{2}-\\d{3}' } },
      { name: 'floors', type: 'integer', title: 'Floors' },
      { name: 'opened', type: 'date', title: 'Opened on', constraints: { required: true } },
    ],
    missingValues: [''],
    primaryKey: 'store_id',
  });

  // Taken from files: what is wrong is named by its path, what is not used too, and an example gives names and types.
  const chooser = ownTable(page).locator('input[type="file"]');
  await chooser.setInputFiles(fileOf('wrong.json', '{"fields":[{"name":"Place","type":"geojson"}]}'));
  await ownTable(page)
    .getByText('Column “Place”, type: Shapes on the map (geojson) are not judged here.', { exact: false })
    .waitFor();
  expect(await nameOf(page, 1).inputValue()).toBe('store_id');
  await chooser.setInputFiles(fileOf('stores.json', '{"fields":[{"name":"a","rdfType":"x"},{"name":"b"}]}'));
  const replace = ownTable(page).getByRole('alertdialog', { name: t('templateTable.replace.label') });
  await replace.getByText('stores.json has 2 columns. Taking it replaces what is written here: 3 columns.').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/table-replace.png` });
  await replace.getByRole('button', { name: t('templateTable.replace.no') }).click();
  await ownTable(page)
    .getByText(t('templateTable.kept', { name: 'stores.json' }))
    .waitFor();
  expect(await nameOf(page, 1).inputValue()).toBe('store_id');
  await chooser.setInputFiles(fileOf('stores.json', '{"fields":[{"name":"a","rdfType":"x"},{"name":"b"}]}'));
  await replace.getByRole('button', { name: t('templateTable.replace.yes') }).click();
  await ownTable(page).getByText('Not used, and left out: Column “a”, rdfType.', { exact: false }).waitFor();
  // What was said of it goes with it.
  await page.getByRole('button', { name: t('templates.status.undo'), exact: true }).click();
  await expect.poll(() => nameOf(page, 1).inputValue()).toBe('store_id');
  await ownTable(page).getByText('Not used, and left out', { exact: false }).waitFor({ state: 'detached' });
  await chooser.setInputFiles(fileOf('stores.csv', 'id;opened;page\n007;2026-01-02;https://a.example/\n'));
  await replace.getByRole('button', { name: t('templateTable.replace.yes') }).click();
  await expect.poll(() => nameOf(page, 3).inputValue()).toBe('page');
  expect(await page.getByLabel(t('templateTable.typeOf', { number: 2 })).inputValue()).toBe('date');
  expect(await page.getByLabel(t('templateTable.typeOf', { number: 1 })).inputValue()).toBe('string');

  // Dates are written as the author says.
  await page.getByRole('button', { name: t('templateTable.open', { name: 'opened' }) }).click();
  const form = page.getByLabel(t('templateTable.details.form'));
  await form.fill('%d.%m');
  await ownTable(page).getByText('format: It lacks the year (%Y).').waitFor();
  await form.fill('%d.%m.%Y');
  await ownTable(page).getByText('It lacks the year', { exact: false }).waitFor({ state: 'detached' });
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/table-form.png` });

  await page.getByText(t('templates.status.saved'), { exact: true }).waitFor();
  await page.reload();
  await expect.poll(() => nameOf(page, 3).inputValue()).toBe('page');
  expect([visit.cspViolations, visit.problems, visit.strayRequests]).toEqual([[], [], []]);
  await visit.close();
});
