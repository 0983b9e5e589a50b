import { eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountForwardings } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { holdsInTheme, holdsNarrow, themes } from './holds.ts';

let app: TestApp;
let browser: Browser;
let admin: Visitor;
let client: Visitor;
beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser({ isForChecks: true });
  const session = await app.signIn('elif.aydin@lumen-commerce.example');
  admin = await openVisitor(browser, { url: app.url, session });
  client = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.otherClient) });
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

/** Whatever is open: accessible in both themes, and within a narrow phone. */
async function holds(): Promise<void> {
  for (const theme of themes) await holdsInTheme(admin.page, theme);
  await holdsNarrow(admin.page);
  await admin.page.setViewportSize({ width: 1440, height: 900 });
}

test('an id of another system is written down, changed and removed in place', async () => {
  const { page } = admin;
  await page.goto('/accounts');
  await page
    .getByRole('searchbox', { name: t('accounts.search') })
    .fill(app.world.clients[0]!.account.name.slice(0, 5));
  await page.getByRole('link', { name: app.world.clients[0]!.account.name }).click();
  await page.getByRole('button', { name: t('accounts.ids.add') }).click();
  await page.getByRole('textbox', { name: t('accounts.ids.system') }).fill('HubSpot');
  await page.getByRole('textbox', { name: t('accounts.ids.id') }).fill('4711');
  await holds();
  await page.getByRole('textbox', { name: t('accounts.ids.id') }).press('Enter');
  const label = t('accounts.ids.label', { system: 'hubspot' });
  await page.getByRole('button', { name: t('inlineEdit.change', { label, value: '4711' }) }).click();
  await page.getByRole('textbox', { name: label }).fill('4712');
  await page.getByRole('textbox', { name: label }).press('Enter');
  await page.getByRole('button', { name: t('inlineEdit.change', { label, value: '4712' }) }).waitFor();
  await page.getByRole('button', { name: t('accounts.ids.remove', { system: 'hubspot', id: '4712' }) }).click();
  await page.getByText(t('accounts.ids.none')).waitFor();
});

test('two accounts become one by hand; the client who looks meanwhile goes on, and the old address leads on', async () => {
  const [into, from] = [app.world.clients[0]!.account, app.world.otherClient.accountId!];
  const { name } = app.world.clients.find(({ account }) => account.id === from)!.account;
  await client.page.goto(`/projects/${app.world.otherProject.id}`);
  await client.page.getByText(t('shell.live'), { exact: true }).waitFor();

  const { page } = admin;
  await page.goto(`/accounts/${into.id}`);
  await page.getByRole('button', { name: t('accounts.merge.open') }).click();
  const dialog = page.getByRole('dialog');
  const found = dialog.getByRole('list', { name: t('accounts.merge.choices') });
  await found.getByRole('button').first().waitFor();
  await holds();
  await dialog.getByRole('searchbox').fill(name);
  await found.getByRole('button', { name }).press('Enter');
  const access = dialog.getByRole('region', { name: t('accounts.merge.access') });
  await access.getByText(app.world.otherClient.name).waitFor();
  await holds();
  const confirm = dialog.getByRole('button', { name: t('accounts.merge.confirm') });
  await confirm.click();
  await dialog.getByRole('alert').getByText(t('accounts.merge.undecided')).waitFor();
  for (const choice of await dialog.getByRole('group').all()) await choice.getByRole('radio').first().check();
  await confirm.click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(t('accounts.formerly', { name, day: '' }).split(',')[0]!).waitFor();
  expect(await app.services.db.$count(accountForwardings, eq(accountForwardings.fromId, from))).toBe(1);

  await page.goto(`/accounts/${from}`);
  await page.waitForURL(`**/accounts/${into.id}`);
  // The client was not thrown out: the page stands, is live again, and shows what is theirs now.
  await client.page.getByText(t('shell.live'), { exact: true }).waitFor();
  await client.page.getByRole('heading', { level: 1 }).waitFor();
  await client.page.goto(`/projects/${app.world.project.id}`);
  await client.page.getByRole('heading', { name: app.world.project.name, level: 1 }).waitFor();
});
