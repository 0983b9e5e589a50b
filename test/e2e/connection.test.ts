import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let browser: Browser;
const visitors: Visitor[] = [];

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
}, 120_000);
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.close();
});
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const task = () => midway(app).tasks.find(({ visibility }) => visibility === 'SHARED')!;
/** Long before a ping would have gone unanswered. */
const soon = { timeout: 4_000 };
const offlineWord = /^Offline since/;

async function enter(who: Parameters<TestApp['signIn']>[0], path: string) {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(who) });
  visitors.push(visitor);
  await visitor.page.goto(path);
  return { page: visitor.page, context: visitor.page.context() };
}
const client = () => midway(app).people[0]!;

test('a lost network is told at once, nobody is said to be here, and what failed is asked again by itself', async () => {
  const path = `/tasks/${task().id}?tab=comments`;
  const { page, context } = await enter(client(), path);
  await page.getByText(t('shell.live'), { exact: true }).waitFor();
  await enter(app.world.pm, path);
  const here = page.getByText(t('task.presence.now'), { exact: true });
  await here.waitFor();

  await context.setOffline(true);
  await page.getByText(offlineWord).waitFor(soon);
  await here.waitFor({ ...soon, state: 'detached' });
  await page.getByRole('tab', { name: t('task.conversation.activity') }).click();
  const failure = page.getByText(t('common.error.title'), { exact: true });
  await failure.waitFor();

  await context.setOffline(false);
  await page.getByText(t('shell.live'), { exact: true }).waitFor({ timeout: 8_000 });
  await failure.waitFor({ ...soon, state: 'detached' });
  await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
  await here.waitFor();
}, 120_000);

test('what was said while one was offline stands below the line of what is new', async () => {
  const { page, context } = await enter(client(), `/tasks/${task().id}?tab=comments`);
  await page.getByText(t('shell.live'), { exact: true }).waitFor();
  await context.setOffline(true);
  await page.getByText(offlineWord).waitFor(soon);
  const pm = await app.signIn(app.world.pm);
  for (const text of ['Said meanwhile, first.', 'Said meanwhile, second.']) {
    await pm.ask(`mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } } }`, {
      input: { taskId: task().id, text, audience: 'SHARED', idempotencyKey: randomUUID() },
    });
  }
  await context.setOffline(false);
  await page.getByText('Said meanwhile, second.').waitFor();
  const below = page.locator('[data-new-line] + li');
  await below.getByText('Said meanwhile, first.').waitFor(soon);
  expect(await page.locator('[data-new-line]').count()).toBe(1);

  // What is said while they look is no news of an absence.
  await page.waitForTimeout(3_500);
  await pm.ask(`mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } } }`, {
    input: { taskId: task().id, text: 'Said before their eyes.', audience: 'SHARED', idempotencyKey: randomUUID() },
  });
  await page.getByText('Said before their eyes.').waitFor();
  await below.getByText('Said meanwhile, first.').waitFor(soon);
}, 120_000);

test('a note says at once that there is no network and what is kept, and is saved when it is back', async () => {
  const { page, context } = await enter(client(), `/tasks/${task().id}?tab=note`);
  const paper = page.getByRole('textbox', { name: 'Text of the note' });
  const status = page.getByRole('region', { name: 'Note' }).getByRole('status');
  await paper.waitFor();
  await status.getByText(t('notes.saved'), { exact: true }).waitFor();
  await context.setOffline(true);
  await status.getByText(t('notes.offline'), { exact: true }).waitFor(soon);
  await paper.click();
  await page.keyboard.type('Written without a network. ');
  await status.getByText(/kept on this device/).waitFor(soon);
  await context.setOffline(false);
  await status.getByText(t('notes.saved'), { exact: true }).waitFor({ timeout: 8_000 });
}, 120_000);
