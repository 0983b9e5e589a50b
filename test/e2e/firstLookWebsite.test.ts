import { eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accounts } from '../../drizzle/schema/index.ts';
import { productPage, sitemapOf, startTestShop, type TestShop } from '../firstLook/testShop.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { t } from '../support/words.ts';
import { petra } from './petraScreens.ts';

const editText = `mutation ($id: ID!, $input: AccountEditInput!) { accountEdit(id: $id, input: $input) { userErrors { code } } }`;
const lookText = `query ($id: ID!) { project(id: $id) { firstLook { isBuilding problem } } }`;

let app: TestApp;
let browser: Browser;
let shop: TestShop;

beforeAll(async () => {
  shop = await startTestShop();
  app = await startTestApp({ isRealTime: true, config: { websitePages: 50 }, fetching: shop.fetching });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
  await shop?.close();
});

async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

test('a client whose shop kept us out lets us in, and searches it without a feed', async () => {
  const { project, people } = petra(app);
  const numbers = Array.from({ length: 24 }, (_, index) => index + 1);
  shop.pages['/robots.txt'] = 'User-agent: *\nDisallow: /';
  shop.pages['/'] = '<title>Petra</title><meta name="theme-color" content="#7a3b1d">';
  shop.pages['/sitemap.xml'] = sitemapOf(numbers.map((n) => `${shop.at}/products/${n}`));
  for (const n of numbers) shop.pages[`/products/${n}`] = productPage(n, { name: `Stoneware teapot ${n}` });
  const pm = await app.signIn({ id: project.pmId });
  const [account] = await app.services.db.select().from(accounts).where(eq(accounts.id, project.accountId));
  const input = { revision: account!.revision, website: shop.at };
  expect((await pm.ask(editText, { id: project.accountId, input })).accountEdit.userErrors).toEqual([]);
  await eventually(async () => {
    const { firstLook } = (await pm.ask(lookText, { id: project.id })).project;
    return !firstLook.isBuilding && firstLook.problem === 'FORBIDDEN';
  });

  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(people[0]!) });
  const { page } = visitor;
  await page.goto(`/projects/${project.id}`);
  const card = page.getByRole('region', { name: t('firstLook.card.emptyTitle') });
  await card.getByText(t('firstLook.card.problem.FORBIDDEN')).waitFor();
  // The next step all the same.
  await card.getByRole('link').first().waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await shot(page, 'website-forbidden');

  shop.pages['/robots.txt'] = 'User-agent: *\nDisallow: /cart';
  await card.getByRole('button', { name: t('common.tryAgain') }).click();
  const ready = page.getByRole('region', { name: t('firstLook.card.readyTitle') });
  await ready.getByText(t('firstLook.card.website')).waitFor();
  await shot(page, 'website-card');
  await ready.getByRole('link', { name: t('firstLook.card.search', { count: 24, shown: '24' }) }).click();
  const frame = await eventually(() => page.frames().find((one) => one.url().endsWith('/first-look/frame')) ?? false);
  await frame.getByRole('combobox').first().pressSequentially('tepot');
  await frame.getByRole('option').filter({ hasText: 'Stoneware teapot' }).first().waitFor();
  await shot(page, 'website-search');
  expect(visitor.strayRequests).toEqual([]);
  await visitor.close();
});
