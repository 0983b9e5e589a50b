import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, loaded, openVisitor, sidewaysScroll, startBrowser } from '../support/browser.ts';
import { t } from '../support/words.ts';

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser({ isForChecks: true });
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const nordlicht = () => app.world.clients.find(({ account }) => account.name === 'Nordlicht Outdoor')!;

async function holds(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await axeProblems(page)).toEqual([]);
  }
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
  await page.setViewportSize(size);
}

test('a lead is asked, signs off by keyboard, says how it went, and changes it; the PM reads both', async () => {
  const { project, people } = nordlicht();
  const lead = people.find(({ role }) => role === 'CLIENT_LEAD')!;
  const { page, close, cspViolations } = await openVisitor(browser, { url: app.url, session: await app.signIn(lead) });
  await page.goto(`/projects/${project.id}`);
  const phase = 'Search on your shop';
  const sign = page.getByRole('button', { name: t('milestones.ask.signButton', { phase }) });
  await sign.waitFor();
  await loaded(page);
  await holds(page);
  await page.getByRole('textbox', { name: t('milestones.ask.noteLabel') }).fill('Just as we wanted it.');
  await sign.press('Enter');
  const thanks = page.getByText(t('milestones.ask.signedThanks'));
  await thanks.waitFor();
  expect(await thanks.evaluate((said) => said === document.activeElement)).toBe(true);

  // Now the other question, about the same milestone.
  const send = page.getByRole('button', { name: t('milestones.ask.send') });
  await send.press('Enter');
  await page.getByText(t('milestones.ask.missing')).waitFor();
  await page.getByRole('radio', { name: t('milestones.scores.poor') }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('textbox', { name: t('milestones.ask.wordsLabel') }).fill('It jumped on phones for a week.');
  await holds(page);
  await send.press('Enter');
  await page.getByText(t('milestones.ask.thanks')).waitFor();

  await page.getByText(t('activity.title')).first().scrollIntoViewIfNeeded();
  const list = page.getByRole('region', { name: t('milestones.title') }).last();
  await list.getByText('Just as we wanted it.').waitFor();
  await list.getByText('2 of 5').waitFor();
  expect(await list.getByText(t('milestones.staff.title')).count()).toBe(0);
  await list
    .getByRole('button', { name: t('milestones.change_mine') })
    .last()
    .press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await holds(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(cspViolations).toEqual([]);
  await close();

  const pm = app.world.staff.find(({ id }) => id === project.pmId)!;
  const staff = await openVisitor(browser, { url: app.url, session: await app.signIn(pm) });
  await staff.page.goto(`/projects/${project.id}`);
  await staff.page.getByText(t('activity.title')).first().scrollIntoViewIfNeeded();
  await staff.page.getByText('It jumped on phones for a week.').first().waitFor();
  await staff.page
    .getByRole('link', { name: t('milestones.staff.task') })
    .first()
    .waitFor();
  expect(await staff.page.getByRole('button', { name: t('milestones.signOff') }).count()).toBe(0);
  await loaded(staff.page);
  await holds(staff.page);
  await staff.close();
}, 180_000);

test('the record opens as a page of its own that runs and reaches nothing, and prints', async () => {
  const { project, people } = nordlicht();
  const { page, close, strayRequests } = await openVisitor(browser, {
    url: app.url,
    session: await app.signIn(people[0]!),
  });
  await page.goto(`/records/${project.id}`);
  await page.getByRole('heading', { name: 'Record of approvals' }).waitFor();
  await page.getByText('Without the filter by weight').waitFor();
  // The one style sheet of the page is let in by its hash.
  expect(await page.evaluate(() => getComputedStyle(document.body).maxWidth)).toBe('704px');
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sidewaysScroll(page)).toBe(0);
  expect(strayRequests).toEqual([]);
  await close();
}, 60_000);
