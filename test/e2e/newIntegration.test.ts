import { eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountFacts, accounts, tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
import { mailTo } from '../support/mails.ts';
import { t } from '../support/words.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
  app = await startTestApp({ isRealTime: true });
});
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

test('what was filled in is still there after a reload, and gone once the project is there', async () => {
  const { page, close } = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  await page.goto('/overview');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('n');
  await page.waitForURL('/projects/new');
  await page.getByRole('combobox', { name: t('newIntegration.account.search') }).fill('Nordlicht');
  await page.getByRole('option', { name: /Nordlicht Outdoor/ }).click();
  await page.getByLabel(t('newIntegration.when.name')).fill('Second search');
  // What it comes to is not known yet when the button is pressed: the project gets its road all the same.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/graphql', async (route) => {
    const { operationName } = route.request().postDataJSON();
    if (operationName === 'ProjectPlan') await held;
    await route.continue();
  });
  await page.reload();
  await page.getByText('Nordlicht Outdoor').first().waitFor();
  expect(await page.getByLabel(t('newIntegration.when.name')).inputValue()).toBe('Second search');
  await page.getByRole('button', { name: t('newIntegration.createDraft') }).click();
  letGo();
  await page.waitForURL(/\/projects\/[0-9a-f]{8}-/);
  await page.getByRole('heading', { name: t('projectState.DRAFT.title', { company: 'Lumen Commerce' }) }).waitFor();
  const made = page.url().split('/').at(-1)!;
  expect(await app.services.db.$count(tasks, eq(tasks.projectId, made))).toBeGreaterThan(5);
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/draft.png`, fullPage: true });

  const title = page.getByRole('button', { name: /Second search/ });
  await title.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Search for winter');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Search for winter/ }).waitFor();
  await page
    .getByRole('status')
    .getByRole('button', { name: t('undo.undo') })
    .waitFor();
  await page.keyboard.press('ControlOrMeta+z');
  await title.waitFor();
  await page.goto('/projects/new');
  await page.getByRole('combobox', { name: t('newIntegration.account.search') }).waitFor();
  await close();
});

test('a road that cannot be worked out and an invitation that is lost are told, and come with the next try', async () => {
  const { page, close } = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const lost = new Set(['ProjectPlan', 'InviteToProject']);
  await page.route('**/graphql', (route) =>
    lost.has(route.request().postDataJSON()?.operationName) ? route.abort() : route.continue(),
  );
  await page.goto('/projects/new');
  await page.getByText(t('newIntegration.preview.failed')).waitFor();
  lost.delete('ProjectPlan');
  await page.getByRole('button', { name: t('common.tryAgain') }).click();
  await page.getByText(t('newIntegration.preview.phases', { count: 4 })).waitFor();

  await page.getByRole('combobox', { name: t('newIntegration.account.search') }).fill('Harbour Books');
  await page.getByRole('option', { name: t('newIntegration.account.add', { name: 'Harbour Books' }) }).click();
  await page.getByRole('textbox', { name: t('newIntegration.account.website') }).fill('www.harbour-books.example');
  await page.getByRole('textbox', { name: t('newIntegration.people.email') }).fill('ines@harbour-books.example');
  await page.getByRole('textbox', { name: t('newIntegration.people.name'), exact: true }).fill('Ines Vidal');
  await page.getByRole('button', { name: t('newIntegration.create') }).click();
  await page.getByText('ines@harbour-books.example: ').waitFor();
  expect((await app.mails()).filter((mail) => mail.to.includes('ines@harbour-books.example'))).toEqual([]);
  lost.clear();
  await page.getByRole('button', { name: t('newIntegration.inviteAgain') }).click();
  await page.waitForURL(/\/projects\/[0-9a-f]{8}-/);
  expect((await mailTo(app, 'ines@harbour-books.example')).text).toContain('http');
  await close();
});

test('what Sales writes down goes along, and is not asked for again', async () => {
  const { page, close } = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const markets = 'Which languages and currencies are live?';
  const open = () => page.getByText(t('newIntegration.handOver.title')).click();
  await page.goto('/projects/new');
  await page.getByRole('combobox', { name: t('newIntegration.account.search') }).fill('Fjordlys Lamps');
  await page.getByRole('option', { name: t('newIntegration.account.add', { name: 'Fjordlys Lamps' }) }).click();
  await page.getByRole('textbox', { name: t('newIntegration.account.website') }).fill('fjordlys.example');
  await page.getByRole('checkbox', { name: t('names.product.RECOMMENDATIONS') }).check();
  await page.getByText(t('newIntegration.handOver.title')).waitFor();
  expect(await page.getByRole('textbox', { name: markets }).count()).toBe(0);
  await open();
  await page.getByRole('textbox', { name: markets }).fill('nb, NOK');
  await page.getByText(t('newIntegration.handOver.filled', { count: 1 })).waitFor();
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/hand-over.png`, fullPage: true });
  await page.reload();
  await page.getByText(t('newIntegration.handOver.filled', { count: 1 })).waitFor();
  await page.getByRole('button', { name: t('newIntegration.createAlone') }).click();
  await page.waitForURL(/\/projects\/[0-9a-f]{8}-/);
  const facts = await app.services.db
    .select({ key: accountFacts.key, value: accountFacts.value, source: accountFacts.source })
    .from(accountFacts)
    .innerJoin(accounts, eq(accounts.id, accountFacts.accountId))
    .where(eq(accounts.name, 'Fjordlys Lamps'));
  expect(facts).toContainEqual({ key: 'shop.markets', value: 'nb, NOK', source: 'SALES' });

  await page.goto('/projects/new');
  await page.getByRole('combobox', { name: t('newIntegration.account.search') }).fill('Fjordlys');
  await page.getByRole('option', { name: /Fjordlys Lamps/ }).click();
  await page.getByRole('checkbox', { name: t('names.product.RECOMMENDATIONS') }).check();
  await open();
  await page.getByText('nb, NOK').waitFor();
  expect(await page.getByRole('textbox', { name: markets }).count()).toBe(0);
  await close();
});
