import { eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountCalendars, accountFacts, accountForwardings } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
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

test('a week and a day off of its own are written down and taken back', async () => {
  const { page } = admin;
  await page.goto(`/accounts/${app.world.clients[0]!.account.id}`);
  const part = page.getByRole('region', { name: t('accounts.calendar.title') });
  const same = part.getByRole('checkbox', { name: t('accounts.calendar.same', { company: 'Lumen Commerce' }) });
  await same.click();
  await part.getByRole('checkbox', { name: t('accounts.calendar.day.fri') }).click();
  await expect.poll(() => part.getByRole('checkbox', { checked: true }).count()).toBe(4);
  await part.getByLabel(t('accounts.calendar.addHoliday')).fill('2027-07-14');
  await holds();
  await part.getByRole('button', { name: t('accounts.calendar.add'), exact: true }).click();
  await part.getByRole('listitem').waitFor();
  await page
    .getByRole('button', { name: t('undo.undo') })
    .last()
    .click();
  await part.getByText(t('accounts.calendar.none')).waitFor();
  expect(await part.getByRole('checkbox', { checked: true }).count(), 'the week stays').toBe(4);
});

test('days are ticked and days off removed by keyboard, and the focus stays with them', async () => {
  const { page } = admin;
  const { account } = app.world.clients[1]!;
  const holidays = ['2027-05-01', '2027-07-14'];
  const row = { accountId: account.id, workingDays: [1, 2, 3, 4, 5], holidays };
  await app.services.db.delete(accountCalendars).where(eq(accountCalendars.accountId, account.id));
  await app.services.db.insert(accountCalendars).values(row);
  await page.goto(`/accounts/${account.id}`);
  const part = page.getByRole('region', { name: t('accounts.calendar.title') });
  const friday = part.getByRole('checkbox', { name: t('accounts.calendar.day.fri') });
  const focused = part.locator(':focus');
  await friday.focus();
  for (const isOn of [false, true]) {
    await page.keyboard.press('Space');
    await expect.poll(() => friday.isChecked()).toBe(isOn);
    expect(await friday.and(page.locator(':focus')).count()).toBe(1);
  }
  // Two ticks quicker than the first can be saved are two changes.
  await page.keyboard.press('Space');
  await part.getByRole('checkbox', { name: t('accounts.calendar.day.thu') }).press('Space');
  const week = async () => {
    const rows = app.services.db.select().from(accountCalendars).where(eq(accountCalendars.accountId, account.id));
    return (await rows)[0]?.workingDays;
  };
  await expect.poll(week).toEqual([1, 2, 3]);
  await part.getByRole('listitem').first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => part.getByRole('listitem').count()).toBe(1);
  expect(await focused.getAttribute('aria-label')).toContain('14 July 2027');
  await page.keyboard.press('Enter');
  await part.getByText(t('accounts.calendar.none')).waitFor();
  expect(await focused.getAttribute('type')).toBe('date');
});

test('a line of the overview leads to the account, and the activity is narrowed to it in its own list', async () => {
  const { page } = admin;
  const { account } = app.world.clients[0]!;
  await page.goto('/overview');
  const link = page.getByRole('link', { name: t('overview.toAccount', { name: account.name }), exact: true });
  await link.waitFor();
  await link.focus();
  expect(await link.evaluate((one) => getComputedStyle(one).opacity)).toBe('1');
  const box = await link.boundingBox();
  expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(24);
  await holds();
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/accounts/${account.id}`);

  await page.goto('/settings/activity');
  const choice = page.getByLabel(t('audit.filter.account'), { exact: true });
  await eventually(async () => (await choice.getByRole('option', { name: account.name }).count()) === 1);
  expect(await choice.inputValue()).toBe('');
  await choice.selectOption({ label: account.name });
  await page.waitForURL(`**/settings/activity?*account=${account.id}*`);
  const places = page.locator('main a[href^="/projects/"]');
  await eventually(async () => {
    const named = await places.allTextContents();
    return named.length > 0 && named.every((text) => text.includes(account.name));
  });
  await holds();
  await choice.selectOption('');
  await eventually(() => !page.url().includes('account='));
});

test('two accounts become one by hand; the client who looks meanwhile goes on, and the old address leads on', async () => {
  const [into, from] = [app.world.clients[0]!.account, app.world.otherClient.accountId!];
  const { name } = app.world.clients.find(({ account }) => account.id === from)!.account;
  const said = [into.id, from].flatMap((accountId) =>
    ['erp', 'payments', 'shipping'].map((key) => {
      return { accountId, key, value: `${key} of ${accountId}`, source: 'SALES', at: app.clock.now() };
    }),
  );
  await app.services.db.insert(accountFacts).values(said);
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
  const firstOfEach = await dialog.getByRole('group').getByRole('radio').all();
  const areTheirs = (theirs: boolean) =>
    eventually(async () => {
      const checked = await Promise.all(firstOfEach.map((radio) => radio.isChecked()));
      return checked.every((isChecked, i) => isChecked === (i % 2 === (theirs ? 1 : 0)));
    });
  await dialog.getByRole('button', { name: t('accounts.merge.takeAll', { name }) }).press('Enter');
  await areTheirs(true);
  await dialog.getByRole('button', { name: t('accounts.merge.takeAll', { name: into.name }) }).press('Enter');
  await areTheirs(false);
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
