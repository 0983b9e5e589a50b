import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
import { toStartOfPage } from '../support/tabStops.ts';
import { t } from '../support/words.ts';
import { midway, taskNamed } from './screenList.ts';

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

/** Presses Tab until what has the focus bears this name. */
async function tabTo(page: Page, name: string, most = 80): Promise<void> {
  const wanted = page
    .locator(':focus')
    .and(
      page.getByRole('button', { name }).or(page.getByRole('link', { name })).or(page.getByRole('textbox', { name })),
    );
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if ((await wanted.count()) > 0) return;
  }
  throw new Error(`${name} was not reached by ${most} presses of Tab.`);
}

test('a client signs in, finds the next step, and comments, without a mouse', async () => {
  const { people, project } = midway(app);
  const { page, close } = await openVisitor(browser, { url: app.url });
  await page.goto('/');
  await page.getByRole('heading', { name: t('signIn.sampleTitle') }).waitFor();
  await tabTo(page, t('signIn.sampleAs', { name: people[0]!.name }));
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/projects/${project.id}`);
  await page.getByRole('heading', { name: t('project.next.client') }).waitFor();
  await tabTo(page, t('project.next.openChanges'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/tasks/*');
  await page.getByRole('textbox', { name: t('comments.composer.label') }).waitFor();
  await tabTo(page, t('comments.composer.label'));
  await page.keyboard.type('Written without a mouse.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('listitem').filter({ hasText: 'Written without a mouse.' }).waitFor();
  await close();
});

test('a PM opens an integration by J and Enter, and approves by Enter', async () => {
  const { page, close } = await openVisitor(browser, {
    url: app.url,
    session: await app.signIn(midway(app).project.pmId),
  });
  await page.goto('/overview');
  await page.getByRole('row').filter({ hasText: 'Maison Lavande' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/projects/*');

  await page.goto(`/tasks/${taskNamed(app, 'feed').id}`);
  await page.getByRole('button', { name: t('submissions.review.approve'), exact: true }).waitFor();
  await tabTo(page, t('submissions.review.approve'));
  await page.keyboard.press('Enter');
  await page.getByText(t('submissions.state.done', { version: 2 })).waitFor();
  await close();
});

test('the skip link is the first stop and leads past the navigation', async () => {
  const { page, close } = await openVisitor(browser, {
    url: app.url,
    session: await app.signIn(midway(app).people[0]!),
  });
  await page.goto('/');
  await page.getByRole('heading', { name: t('project.road.title') }).waitFor();
  await toStartOfPage(page);
  await tabTo(page, t('common.skipToContent'), 1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.locator('main :focus').count()).toBe(1);
  await close();
});
