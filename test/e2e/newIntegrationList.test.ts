import { mkdirSync, readFileSync } from 'node:fs';
import { eq, inArray } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountFacts, accounts, projects } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, phone, startBrowser } from '../support/browser.ts';
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

const list = 'newIntegration.list';
const named = (names: string[]) => app.services.db.select().from(accounts).where(inArray(accounts.name, names));

test('half a list makes its good rows; a bad one is mended in place, and the rest goes home with its reasons', async () => {
  const pm = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const { page } = pm;
  await page.goto('/projects/new');
  await page.getByRole('link', { name: t(`${list}.link`) }).click();
  await page.waitForURL('/projects/new/list');
  // As a spreadsheet of another country saves it: semicolons, quotes, and no UTF-8.
  const rows = [
    'Client;Website;Platform;Products;Contact e-mail;Contact name;shop.markets;Mood',
    'Zürich Uhren;zuerich-uhren.example;Shopify;Search;uli@zuerich-uhren.example;Uli Frei;"de, fr; CHF";sunny',
    'Juniper Lamps;juniper-lamps.example;Lotus;Search;;;;',
    'Zürich Uhren;www.zuerich-uhren.example;Shopify;Search;;;;',
    '=HYPERLINK("x");no address;Shopify;Search;;;;',
    'Harbour Books;harbour-books.example;Magento;Search, Recommendations;;;;',
  ];
  await page.locator('input[type=file]').setInputFiles({
    name: 'accounts.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${rows.join('\r\n')}\r\n`, 'latin1'),
  });
  await page.getByRole('heading', { name: t(`${list}.sum.title`, { count: 5 }) }).waitFor();
  await page.getByText(t(`${list}.unknown`, { count: 1, names: 'Mood' })).waitFor();
  await page.getByText(t(`${list}.sum.mails`, { count: 1 })).waitFor();
  await page.getByText(t(`${list}.rowState.same`, { row: 1 })).waitFor();
  // Looking makes nothing.
  expect(await named(['Zürich Uhren', 'Juniper Lamps', 'Harbour Books'])).toEqual([]);
  await picture(page, 'list-look');

  const juniper = page.getByRole('form', { name: t(`${list}.row`, { row: 2, name: 'Juniper Lamps' }) });
  await juniper.getByRole('textbox', { name: 'Platform' }).fill('Shopify');
  await juniper.getByRole('button', { name: t(`${list}.again`) }).click();
  await juniper.waitFor({ state: 'detached' });

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: t(`${list}.download`, { count: 1 }) }).click();
  const saved = readFileSync(await (await download).path(), 'utf8');
  expect(saved.charCodeAt(0)).toBe(0xfeff);
  expect(saved).toContain(`"'=HYPERLINK(""x"")",no address`);
  expect(saved.trim().split('\r\n')).toHaveLength(2);
  expect(saved).toMatch(/,Reasons\r\n.*Website: /);

  await page.getByRole('button', { name: t(`${list}.make`, { count: 3 }) }).click();
  await page.getByText(t(`${list}.sum.made`, { count: 3 })).waitFor();
  await page.getByText(t(`${list}.sum.invited`, { count: 1 })).waitFor();
  await picture(page, 'list-made');
  expect((await mailTo(app, 'uli@zuerich-uhren.example')).text).toContain('http');
  const made = await named(['Zürich Uhren', 'Juniper Lamps', 'Harbour Books']);
  expect(made).toHaveLength(3);
  const zurich = made.find(({ name }) => name === 'Zürich Uhren')!;
  const facts = await app.services.db.select().from(accountFacts).where(eq(accountFacts.accountId, zurich.id));
  expect(facts.find(({ key }) => key === 'shop.markets')).toMatchObject({ value: 'de, fr; CHF', source: 'SALES' });
  const links = page.getByRole('link', { name: /^Site search on/ });
  expect(await links.count()).toBe(3);

  // What came home is mended there, and sent again with a row that is made already.
  await page.getByRole('button', { name: t(`${list}.another`) }).click();
  const again = saved.replace('no address', 'link-shop.example').replace(/Website: [^"\r]*/, '');
  await page.locator('input[type=file]').setInputFiles({
    name: 'rows-to-mend.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${again}Juniper Lamps,juniper-lamps.example,Shopify,Search,,,,,\r\n`),
  });
  await page.getByText(t(`${list}.sum.stands`, { count: 1 })).waitFor();
  await page.getByRole('button', { name: t(`${list}.make`, { count: 1 }) }).click();
  await page.getByText(t(`${list}.sum.made`, { count: 1 })).waitFor();
  expect(await named(['=HYPERLINK("x")'])).toHaveLength(1);
  expect(await named(['Juniper Lamps'])).toHaveLength(1);
  expect(pm.problems).toEqual([]);
  expect(pm.cspViolations).toEqual([]);
  await pm.close();
});

test('pasted rows can be stopped on the way, go on after the network was gone, and are made once', async () => {
  const { page, close } = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  let held: (() => void) | null = null;
  let rowsAsked = 0;
  await page.route('**/graphql', async (route) => {
    if (route.request().postDataJSON()?.operationName !== 'ProjectCreateFromRow') return route.continue();
    rowsAsked += 1;
    if (rowsAsked === 2) await new Promise<void>((resolve) => (held = resolve));
    // The answer is lost, and the row is made.
    if (rowsAsked === 3) {
      await route.fetch();
      return route.abort();
    }
    return route.continue();
  });
  await page.goto('/projects/new/list');
  const names = ['Pasted one', 'Pasted two', 'Pasted three', 'Pasted four'];
  const lines = names.map((name) => [name, `${name.replace(' ', '-')}.example`, 'Shopify', 'E-mail'].join('\t'));
  await page
    .getByRole('textbox', { name: t(`${list}.paste`) })
    .fill(['Account\tURL\tPlatform\tProduct', ...lines].join('\n'));
  await page.getByRole('button', { name: t(`${list}.look`) }).click();
  await page.getByRole('button', { name: t(`${list}.make`, { count: 4 }) }).click();
  await page.getByText(t(`${list}.progress`, { done: 1, of: 4 })).waitFor();
  await page.getByRole('button', { name: t(`${list}.stop`) }).click();
  await expect.poll(() => held !== null).toBe(true);
  held!();
  await page.getByText(t(`${list}.sum.made`, { count: 2 })).waitFor();
  expect(await named(names)).toHaveLength(2);
  await page.getByRole('button', { name: t(`${list}.goOn`, { count: 2 }) }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: t(`${list}.goOn`, { count: 2 }) }).click();
  await page.getByText(t(`${list}.sum.made`, { count: 4 })).waitFor();
  const made = await named(names);
  expect(made).toHaveLength(4);
  const ids = made.map(({ id }) => id);
  expect(await app.services.db.$count(projects, inArray(projects.accountId, ids))).toBe(4);
  await close();
});

test('what is no list says why, and keeps the page', async () => {
  const { page, close } = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  await page.goto('/projects/new/list');
  const give = (name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await give('list.csv', Buffer.from('Account,Website\r\n'));
  await page.getByText(t(`${list}.noList.empty`)).waitFor();
  await give('list.pdf', Buffer.from('%PDF-1.7 and so on'));
  await page.getByText('It is a PDF document.').waitFor();
  const long = Array.from({ length: 2_001 }, (_, at) => `Shop ${at},shop-${at}.example`).join('\n');
  await give('list.csv', Buffer.from(`Account,Website\n${long}`));
  await page.getByText(t(`${list}.noList.tooMany`, { count: 2001, most: 2000 })).waitFor();
  await picture(page, 'list-none');
  await close();
});

/** Pictures to look at, where `PICTURES` names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  for (const [of, viewport] of [
    ['desk', { width: 1440, height: 900 }],
    ['phone', phone],
  ] as const) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${name}-${of}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (size) await page.setViewportSize(size);
}
