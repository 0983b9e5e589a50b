import { eq, inArray } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projects } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, desktop, openVisitor, startBrowser } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { holdsInTheme, holdsNarrow, themes } from './holds.ts';

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

const bar = (page: Page) => page.getByRole('region', { name: t('overview.bulk.label') });
const selected = (page: Page, count: number) =>
  bar(page).getByText(t('overview.bulk.selected', { count }), { exact: true });

async function open(): Promise<Page> {
  const { page } = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  await page.goto('/overview');
  await page.locator('a[data-row]').first().waitFor();
  return page;
}

/** The ids of the first rows, as they stand. */
async function firstIds(page: Page, count: number): Promise<string[]> {
  const hrefs = await page
    .locator('a[data-row]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  return hrefs.slice(0, count).map((href) => href?.split('/').at(-1) ?? '');
}
async function pick(page: Page, ids: string[]): Promise<void> {
  const all = await firstIds(page, 40);
  for (const id of ids) await page.locator('input[data-select]').nth(all.indexOf(id)).click();
  await selected(page, ids.length).waitFor();
}
const targetsOf = async (ids: string[]) => {
  const rows = await app.services.db.select().from(projects).where(inArray(projects.id, ids));
  return new Map(rows.map(({ id, targetOn }) => [id, targetOn]));
};

test('all columns that are shown to begin with fit a window of 1440', async () => {
  const page = await open();
  const table = page.getByRole('table');
  await page.setViewportSize({ width: 1440, height: 900 });
  const [inner, outer] = await table.evaluate((one) => [one.scrollWidth, one.parentElement!.clientWidth]);
  expect(inner).toBeLessThanOrEqual(outer!);
});

test('with X and Shift X rows are selected, changed together, and taken back by one undo', async () => {
  const page = await open();
  const ids = await firstIds(page, 3);
  const before = await targetsOf(ids);
  await page.locator('a[data-row]').first().focus();
  await page.keyboard.press('x');
  await selected(page, 1).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await selected(page, 3).waitFor();
  expect(await axeProblems(page)).toEqual([]);

  await bar(page).getByLabel(t('overview.bulk.target')).fill('2031-02-03');
  await bar(page)
    .getByRole('button', { name: t('overview.bulk.apply') })
    .click();
  await expect
    .poll(async () => [...(await targetsOf(ids)).values()], { timeout: 20_000 })
    .toEqual(['2031-02-03', '2031-02-03', '2031-02-03']);
  await page.getByRole('button', { name: t('undo.undo') }).click();
  await expect.poll(() => targetsOf(ids), { timeout: 20_000 }).toEqual(before);
});

test('what is refused is named with its reason, and the rest is done', async () => {
  const page = await open();
  const [one = '', other = ''] = await firstIds(page, 2);
  const before = await targetsOf([one, other]);
  await page.locator('input[data-select]').nth(0).click();
  await page.locator('input[data-select]').nth(1).click();
  await selected(page, 2).waitFor();
  // Somebody changed this one meanwhile, and the news of it has not come yet.
  await app.services.db.update(projects).set({ revision: 99 }).where(eq(projects.id, one));
  await bar(page).getByLabel(t('overview.bulk.target')).fill('2030-12-31');
  await bar(page)
    .getByRole('button', { name: t('overview.bulk.apply') })
    .click();
  await bar(page).getByRole('alert').waitFor();
  const now = await targetsOf([one, other]);
  expect(now.get(one)).toBe(before.get(one));
  expect(now.get(other)).toBe('2030-12-31');
  expect(await axeProblems(page)).toEqual([]);
  await bar(page)
    .getByRole('button', { name: t('overview.bulk.clear') })
    .click();
  await bar(page).waitFor({ state: 'detached' });
});

const stateOf = async (id: string) => {
  const [row] = await app.services.db.select().from(projects).where(eq(projects.id, id));
  return [row?.state, row?.stateReason];
};
/** The rows that are under way, as they stand. */
async function activeIds(page: Page): Promise<string[]> {
  const ids = await firstIds(page, 40);
  const rows = await app.services.db.select().from(projects).where(inArray(projects.id, ids));
  const active = new Set(rows.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id));
  return ids.filter((id) => active.has(id));
}
const choose = (page: Page, move: 'HOLD' | 'RESUME') =>
  bar(page)
    .getByRole('button', { name: t(`projectState.move.${move}`) })
    .click();

test('several are put on hold for one reason, and one undo lets them go on', async () => {
  const page = await open();
  const ids = (await activeIds(page)).slice(0, 2);
  expect(ids).toHaveLength(2);
  await pick(page, ids);
  await choose(page, 'HOLD');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const send = dialog.getByRole('button', { name: t('projectState.do.HOLD') });
  await send.click();
  await dialog.getByText(t('projectState.reasonMissing')).waitFor();
  for (const theme of themes) await holdsInTheme(page, theme);
  await holdsNarrow(page);
  await page.setViewportSize(desktop);
  const reason = 'Peak season: the shops freeze their code.';
  await dialog.getByLabel(t('projectState.reasonLabel')).fill(reason);
  await send.click();
  const held = ['ON_HOLD', reason];
  await expect.poll(() => Promise.all(ids.map(stateOf)), { timeout: 20_000 }).toEqual([held, held]);
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: t('undo.undo') }).click();
  const goesOn = ['ACTIVE', null];
  await expect.poll(() => Promise.all(ids.map(stateOf)), { timeout: 20_000 }).toEqual([goesOn, goesOn]);
});

test('going on is undone with the reason that stood, and what was not on hold is named', async () => {
  const page = await open();
  const [one = '', other = ''] = await activeIds(page);
  const reason = 'Their developer is away.';
  await pick(page, [one]);
  await choose(page, 'HOLD');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('projectState.reasonLabel')).fill(reason);
  await dialog.getByRole('button', { name: t('projectState.do.HOLD') }).click();
  await expect.poll(() => stateOf(one), { timeout: 20_000 }).toEqual(['ON_HOLD', reason]);

  await page.goto('/overview');
  await page.locator('a[data-row]').first().waitFor();
  await pick(page, [one, other]);
  await choose(page, 'RESUME');
  await dialog.getByRole('button', { name: t('projectState.do.RESUME') }).click();
  await expect.poll(() => stateOf(one), { timeout: 20_000 }).toEqual(['ACTIVE', null]);
  const alerts = bar(page).getByRole('alert');
  await alerts.waitFor();
  expect(await alerts.count()).toBe(1);
  await page.getByRole('button', { name: t('undo.undo') }).click();
  await expect.poll(() => stateOf(one), { timeout: 20_000 }).toEqual(['ON_HOLD', reason]);
  expect(await stateOf(other)).toEqual(['ACTIVE', null]);
});
