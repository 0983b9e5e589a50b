import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InputsWorld, startInputsWorld } from '../submissions/inputsWorld.ts';
import { axeProblems, closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
import type { Session } from '../support/session.ts';
import { anApproval } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';

let w: InputsWorld;
let browser: Browser;
beforeAll(async () => {
  w = await startInputsWorld({ isRealTime: true });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await w?.close();
});

const shots = process.env.SHOTS;
async function look(page: Page, name: string) {
  if (!shots) return;
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${shots}/${name}-${width}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Nothing reaches beyond a narrow phone. */
async function fitsNarrow(page: Page) {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 700 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
  await page.setViewportSize(before);
}

const open = async (session: Session, path: string) => {
  const { page } = await openVisitor(browser, { url: w.app.url, session });
  await page.goto(path);
  return page;
};

test('a lead lets a member approve one task, by keyboard, and both names stand on it', async () => {
  const task = await w.task({ title: 'Approve the theme' }, anApproval());
  const page = await open(w.lead, `/tasks/${task.id}`);
  const actions = page.getByRole('button', { name: t('taskActs.menu.label') });
  await actions.focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: t('taskActs.menu.delegate') });
  await item.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: t('delegation.title') });
  const select = dialog.getByLabel(t('delegation.who'));
  await expect.poll(() => select.locator('option').count()).toBeGreaterThan(2);
  await select.selectOption(w.member.personId!);
  expect(await axeProblems(page)).toEqual([]);
  await look(page, 'dialog');
  await fitsNarrow(page);
  await dialog.getByRole('button', { name: t('delegation.submit') }).press('Enter');
  await page.getByRole('heading', { name: t('delegation.lineYouFrom', { to: 'Of CLIENT_MEMBER' }) }).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await look(page, 'given');
  await fitsNarrow(page);

  const other = await open(w.member, `/tasks/${task.id}`);
  await other.getByRole('heading', { name: t('delegation.lineYouTo', { from: 'Of CLIENT_LEAD' }) }).waitFor();
  await other.getByRole('button', { name: t('inputs.approval.approve'), exact: true }).click();
  const both = t('submissions.history.inPlaceOf', { name: 'Of CLIENT_MEMBER', other: 'Of CLIENT_LEAD' });
  await other.getByText(both).first().waitFor();
  await look(other, 'approved');
}, 120_000);

test('whoever goes away names somebody in their profile, and takes it back there', async () => {
  const page = await open(w.sponsor, '/settings/profile');
  const card = page.getByRole('region', { name: t('delegation.away') });
  await card.getByLabel(t('delegation.who')).selectOption(w.viewer.personId!);
  const inThreeDays = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await card.getByLabel(t('delegation.until')).fill(inThreeDays);
  expect(await axeProblems(page)).toEqual([]);
  await card.getByRole('button', { name: t('delegation.submitAway') }).press('Enter');
  await card.getByText(t('delegation.given', { to: 'Of CLIENT_VIEWER' })).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await look(page, 'away');
  await fitsNarrow(page);
  await card.getByRole('button', { name: new RegExp(t('delegation.takeBack')) }).press('Enter');
  await card.getByText(t('delegation.given', { to: 'Of CLIENT_VIEWER' })).waitFor({ state: 'detached' });
}, 120_000);

test('staff read which role a delivery waits for, and why they have no button; clients read nothing of it', async () => {
  const task = await w.task({ title: 'Look at the theme', state: 'IN_REVIEW', reviewerRole: 'MANAGER' });
  const page = await open(w.pm, `/tasks/${task.id}`);
  await page.getByRole('heading', { name: t('delegation.awaited.MANAGER') }).waitFor();
  await page.getByText(t('delegation.awaitedOnly.MANAGER')).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await look(page, 'awaited');
  await fitsNarrow(page);
  const theirs = await open(w.lead, `/tasks/${task.id}`);
  await theirs.getByRole('heading', { name: 'Look at the theme' }).waitFor();
  expect(await theirs.getByRole('heading', { name: t('delegation.awaited.MANAGER') }).count()).toBe(0);
}, 120_000);
