import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
import { t } from '../support/words.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
});
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const label = t('projectEdit.label.name');
const field = (page: Page) => page.getByRole('textbox', { name: label, exact: true });

test('two people edit one field: the second sees both values and chooses, and nothing is written over', async () => {
  const { id } = app.world.project;
  const open = async () => {
    const visit = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
    await visit.page.goto(`/projects/${id}`);
    await visit.page.getByRole('button', { name: new RegExp(`^Change ${label}`) }).click();
    return visit;
  };
  const [first, second] = [await open(), await open()];
  await field(second.page).fill('Search, as the second says');
  await field(first.page).fill('Search, as the first says');
  await field(first.page).press('Enter');
  await first.page.getByRole('button', { name: /as the first says/ }).waitFor();
  // The change has reached the second's page before they save, live: its revision is no help against it.
  await expect.poll(() => second.page.title()).toContain('as the first says');
  await field(second.page).press('Enter');
  const conflict = second.page.getByRole('alert').filter({ hasText: 'Changed meanwhile' });
  await conflict.getByText('Changed meanwhile, to Search, as the first says.').waitFor();
  expect(await field(second.page).inputValue()).toBe('Search, as the second says');
  expect(await axeProblems(second.page)).toEqual([]);
  if (process.env.PICTURES) await second.page.screenshot({ path: `${process.env.PICTURES}/same-cell.png` });
  await conflict.getByRole('button', { name: 'Set to Search, as the second says' }).click();
  await first.page.getByRole('button', { name: /as the second says/ }).waitFor();

  // Whoever would rather leave it goes back to what stands there.
  const begin = (page: Page) => page.getByRole('button', { name: new RegExp(`^Change ${label}`) }).click();
  await begin(second.page);
  await field(second.page).fill('A third');
  await begin(first.page);
  await field(first.page).fill('A fourth');
  await field(first.page).press('Enter');
  await expect.poll(() => second.page.title()).toContain('A fourth');
  await field(second.page).press('Enter');
  await conflict.getByRole('button', { name: t('inlineEdit.conflict.theirs') }).click();
  await second.page.getByRole('button', { name: `Change ${label}, A fourth` }).waitFor();
  expect([...first.problems, ...second.problems]).toEqual([]);
});
