import { mkdirSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, loaded, openVisitor, startBrowser } from '../support/browser.ts';
import { mailTo } from '../support/mails.ts';
import { t } from '../support/words.ts';

const mostClicks = 12;
const mostMs = 60_000;

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

test('a PM takes a signed client to their first task in under a minute and twelve clicks', async () => {
  let clicks = 0;
  const click = async (what: Locator) => {
    clicks += 1;
    await what.click();
  };
  const pm = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const client = await openVisitor(browser, { url: app.url });
  const { page } = pm;
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await page.goto('/overview');
  await page.getByRole('heading', { level: 1 }).waitFor();

  const startedAt = Date.now();
  await click(page.getByRole('link', { name: t('newIntegration.button') }).first());
  await click(page.getByRole('combobox', { name: t('newIntegration.account.search') }));
  await page.keyboard.type('Brightwater Tea');
  await click(page.getByRole('option', { name: t('newIntegration.account.add', { name: 'Brightwater Tea' }) }));
  await click(field(t('newIntegration.account.website')));
  await page.keyboard.type('www.brightwater-tea.example');
  await click(field(t('newIntegration.people.email')));
  await page.keyboard.type('rowan@brightwater-tea.example');
  await click(field(t('newIntegration.people.name')));
  await page.keyboard.type('Rowan Ashby');
  await click(page.getByRole('checkbox', { name: t('names.product.RECOMMENDATIONS') }));
  await click(page.getByLabel(/^Revenue a month/));
  await page.keyboard.type('2,400');
  await picture(page, 'new-integration');
  await click(page.getByRole('button', { name: t('newIntegration.create') }));
  await page.waitForURL(/\/projects\/[0-9a-f]{8}-/);
  await page.getByRole('heading', { name: t('project.road.title') }).waitFor();

  const mail = await mailTo(app, 'rowan@brightwater-tea.example');
  const link = /https?:\/\/\S+/.exec(mail.text)?.[0] ?? '';
  await client.page.goto(link.replace(/^https?:\/\/[^/]+/, app.url));
  await click(client.page.getByRole('main').getByRole('button').first());
  await client.page.waitForURL(/\/tasks\//);
  await client.page.getByRole('heading', { level: 1 }).waitFor();
  const tookMs = Date.now() - startedAt;

  console.log(`From "New integration" to the client's first task: ${clicks} clicks, ${(tookMs / 1000).toFixed(1)} s.`);
  expect(clicks).toBeLessThanOrEqual(mostClicks);
  expect(tookMs).toBeLessThan(mostMs);
  expect([...pm.problems, ...client.problems]).toEqual([]);
  expect([...pm.cspViolations, ...client.cspViolations]).toEqual([]);
  await loaded(page);
  await picture(page, 'new-project');
  await Promise.all([pm.close(), client.close()]);
});

/** A picture to look at, where `PICTURES` names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
