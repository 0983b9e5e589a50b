import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { midway, taskNamed } from '../e2e/screenList.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { t } from '../support/words.ts';

let app: TestApp;
let browser: Browser;
let pm: Visitor;
let client: Visitor;

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
  const { people, project } = midway(app);
  pm = await openVisitor(browser, { url: app.url, session: await app.signIn({ id: project.pmId }) });
  client = await openVisitor(browser, { url: app.url, session: await app.signIn(people[0]!), isRecorded: true });
});
afterAll(async () => {
  await closeWindows(browser);
  await app.close();
});

const open = async ({ page }: Visitor, key: string) => {
  await page.goto(`/tasks/${taskNamed(app, key).id}`);
  await page.getByText(t('shell.live'), { exact: true }).waitFor();
};
const choose = async ({ page }: Visitor, name: string) => {
  await page.getByRole('button', { name: t('taskActs.menu.label') }).click();
  await page.getByRole('menuitem', { name }).click();
};

test('a client says that a task is stuck, by keys alone, and the PM sees it and unblocks it', async () => {
  await Promise.all([open(pm, 'orders'), open(client, 'orders')]);
  const { page } = client;
  await page.getByRole('button', { name: t('taskActs.menu.label') }).focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: t('taskActs.menu.stuck') });
  await item.waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await item.focus();
  await page.keyboard.press('Enter');
  const reason = page.getByRole('textbox', { name: t('taskActs.stuck.reason') });
  await reason.waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await reason.focus();
  await page.keyboard.type('Which orders count?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await pm.page.getByText('Which orders count?').waitFor();
  await pm.page.getByRole('heading', { name: t('taskActs.stuck.bannerUs') }).waitFor();
  await pm.page.getByRole('button', { name: t('taskActs.stuck.unstick') }).click();
  await page.getByText('Which orders count?').waitFor({ state: 'detached' });
});

test('a task that is hidden is gone from the screen of the client who reads it', async () => {
  await Promise.all([open(pm, 'sitemap'), open(client, 'sitemap')]);
  await choose(pm, t('taskActs.menu.hide'));
  await pm.page.getByRole('button', { name: t('taskActs.hide.submit') }).click();
  await client.page.getByRole('heading', { name: t('task.notFound.title') }).waitFor();
  await pm.page
    .getByText(t('common.internalOnly', { company: 'Lumen Commerce' }))
    .first()
    .waitFor();
  expect(await axeProblems(pm.page)).toEqual([]);
});

test('waiving is taken back by one click, and a reason is asked for', async () => {
  await open(pm, 'attributes');
  const { page } = pm;
  await choose(pm, t('taskActs.menu.waive'));
  await page.getByRole('button', { name: t('taskActs.waive.submit') }).click();
  await page.getByText(t('taskActs.reasonMissing')).waitFor();
  await page.getByRole('textbox', { name: t('taskActs.waive.reason') }).fill('They have none.');
  await page.getByRole('button', { name: t('taskActs.waive.submit') }).click();
  // On the page: the dialog that it was typed into may still be closing.
  await page.getByRole('paragraph').getByText('They have none.').waitFor();
  await page.getByRole('button', { name: t('undo.undo') }).click();
  await page.getByText(t('names.taskState.NOT_READY'), { exact: true }).first().waitFor();
});

test('a task is made internal from the start, and only staff read it in the list', async () => {
  const path = `/projects/${midway(app).project.id}`;
  await Promise.all([pm.page.goto(path), client.page.goto(path)]);
  await pm.page.getByRole('button', { name: t('taskActs.create.open') }).click();
  await pm.page.getByRole('textbox', { name: t('taskActs.create.name') }).fill('Ask the vendor in secret');
  await pm.page.getByText(t('taskActs.create.internal', { company: 'Lumen Commerce' }), { exact: true }).click();
  expect(await axeProblems(pm.page)).toEqual([]);
  await pm.page.getByRole('button', { name: t('taskActs.create.submit') }).click();
  await pm.page.getByRole('link', { name: 'Ask the vendor in secret' }).first().waitFor();
  expect(await client.received()).not.toContain('Ask the vendor in secret');
  expect(await client.page.getByRole('button', { name: t('taskActs.create.open') }).count()).toBe(0);
});
