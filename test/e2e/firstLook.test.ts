import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { t } from '../support/words.ts';
import { type PictureShop, shopFeed, startPictureShop } from './firstLookShop.ts';
import { petra } from './petraScreens.ts';

let app: TestApp;
let browser: Browser;
let shop: PictureShop;

beforeAll(async () => {
  shop = await startPictureShop();
  app = await startTestApp({ isRealTime: true, fetching: shop.fetching });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
  await shop?.close();
});

/** The frame of a mock, as soon as it shows something. */
async function mockOf(page: Page): Promise<Frame> {
  const frame = await eventually(() => page.frames().find((one) => one.url().endsWith('/first-look/frame')) ?? false);
  await frame.getByRole('heading').first().waitFor();
  return frame;
}

/** What the page complained about; that a picture of the shop is missing is nothing that a page can help. */
const complaintsOf = ({ problems }: Visitor) =>
  problems.filter((one) => !/404 .*\/first-look\/[^/]+\/images\//.test(one));

async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

describe('a client', () => {
  test('uploads a feed of 10,000 products and types in their own search box within a minute', async () => {
    const { project, people, tasks } = petra(app);
    const taskId = tasks.find(({ key }) => key === 'feed')!.id;
    const path = join(inject('runFolder'), 'shop.csv');
    writeFileSync(path, shopFeed(10_000, shop.at, { broken: 170 }));
    const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(people[0]!) });
    const { page } = visitor;
    await page.goto(`/tasks/${taskId}?part=input`);
    await page.getByText(t('shell.live'), { exact: true }).waitFor();
    await page.locator('input[type="file"]:not([hidden])').first().setInputFiles(path);
    const look = page.getByRole('region', { name: t('report.precheck.result', { name: 'shop.csv' }) });
    await look.waitFor();
    const startedMs = performance.now();
    await look.getByRole('button', { name: t('report.precheck.send') }).click();
    await page.getByRole('region', { name: t('report.label', { version: 1 }) }).waitFor();

    await page.goto(`/projects/${project.id}`);
    const card = page.getByRole('region', { name: t('firstLook.card.readyTitle') });
    await card.getByText('9,830 of 10,000 products usable.').waitFor();
    await shot(page, 'card');
    await card.getByRole('link', { name: t('firstLook.card.search', { count: 9830, shown: '9,830' }) }).click();
    const frame = await mockOf(page);
    // Nothing was pressed since: the keyboard is in the shop's own search box.
    await eventually(() => frame.evaluate(() => document.activeElement?.getAttribute('role') === 'combobox'));
    await page.keyboard.type('teapot');
    await frame.getByRole('option').filter({ hasText: 'Teapot' }).first().waitFor();
    expect(performance.now() - startedMs).toBeLessThan(60_000);
    await shot(page, 'typing');
    expect(complaintsOf(visitor)).toEqual([]);
    expect(visitor.strayRequests).toEqual([]);
    await visitor.close();
  });
});
