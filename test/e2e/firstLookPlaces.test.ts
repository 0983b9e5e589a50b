import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { t } from '../support/words.ts';
import { type PictureShop, shopFeed, startPictureShop } from './firstLookShop.ts';
import { complaintsOf, m, mockOf, shot, startVisits, totalOf, type Visits } from './firstLookVisits.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let browser: Browser;
let shop: PictureShop;
let visit: Visits['visit'];

beforeAll(async () => {
  shop = await startPictureShop();
  app = await startTestApp({ isRealTime: true, fetching: shop.fetching });
  browser = await startBrowser();
  ({ visit } = await startVisits(app, browser, shopFeed(600, shop.at)));
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
  await shop?.close();
});

describe('a first look', () => {
  test('has an address for what is searched and open, which Back, Forward and a shared link lead to', async () => {
    const { visitor, page, frame } = await visit('SEARCH');
    const inAddress = (key: string) => new URL(page.url()).searchParams.get(key);
    await frame.getByRole('combobox').first().fill('teapot');
    await frame.getByRole('combobox').first().press('Enter');
    await frame.getByRole('heading', { name: m('search.title', { text: 'teapot' }) }).waitFor();
    await eventually(() => inAddress('q') === 'teapot');
    const brand = frame.getByRole('group', { name: m('facet.brand') }).getByRole('checkbox', { name: /Nordlicht/ });
    await brand.check();
    await eventually(() => inAddress('brand') === 'Nordlicht');
    const without = frame.getByRole('button', { name: m('facet.without', { filter: 'Nordlicht' }) });
    await without.waitFor();
    await eventually(async () => (await totalOf(frame)) < 50);
    const tile = frame.locator('[data-product]').first();
    const opened = (await tile.getAttribute('data-product')) ?? '';
    await tile.click();
    const back = frame.getByRole('button', { name: m('search.back') });
    await back.waitFor();
    await eventually(() => inAddress('open') === opened);
    const title = await frame.getByRole('heading', { level: 1 }).first().innerText();
    const shared = page.url();

    await page.goBack();
    await without.waitFor();
    await back.waitFor({ state: 'detached' });
    expect([inAddress('open'), inAddress('q'), inAddress('brand')]).toEqual([null, 'teapot', 'Nordlicht']);
    await page.goForward();
    await back.waitFor();
    // The shop's own way back is the same step.
    await back.click();
    await without.waitFor();
    await eventually(() => inAddress('open') === null);
    await page.goForward();
    await back.waitFor();
    await page.goBack();
    await page.goBack();
    await frame.getByRole('heading', { name: m('search.titleAll') }).waitFor();
    expect(await frame.getByRole('combobox').first().inputValue()).toBe('');
    expect(page.url()).toContain('/first-look');

    await page.goto(shared);
    const again = await mockOf(page);
    await again.getByRole('heading', { name: title }).waitFor();
    expect(await again.getByRole('combobox').first().inputValue()).toBe('teapot');
    await again.getByRole('button', { name: m('search.back') }).click();
    await again.getByRole('button', { name: m('facet.without', { filter: 'Nordlicht' }) }).waitFor();
    expect(complaintsOf(visitor)).toEqual([]);
    await visitor.close();
  });

  test('is had otherwise: at once in the mock, kept by saving, and never over what somebody else saved', async () => {
    const one = await visit('SEARCH');
    const other = await visit('SEARCH', { as: 'pm' });
    for (const { page } of [one, other]) {
      const name = page === one.page ? t('firstLook.screen.suggest') : t('firstLook.screen.suggestions');
      await page.getByRole('button', { name }).click();
    }
    const accent = () => one.frame.evaluate(() => document.documentElement.style.getPropertyValue('--accent'));
    await one.page.getByText(t('firstLook.suggest.LIST'), { exact: true }).click();
    await one.page.getByLabel(t('firstLook.suggest.accent')).fill('#f5b301');
    await one.frame.locator('[data-layout=LIST]').first().waitFor();
    await eventually(async () => (await accent()) === '#f5b301');
    await one.page.getByLabel(t('firstLook.suggest.synonyms')).fill('teapot, samovar');
    await one.page.getByLabel(t('firstLook.suggest.results')).fill('3');
    await one.page.getByRole('button', { name: t('firstLook.suggest.save') }).click();
    await one.page.getByText(t('firstLook.suggest.resultsWrong')).waitFor();
    await one.page.getByLabel(t('firstLook.suggest.results')).fill('8');
    await one.page.getByRole('button', { name: t('firstLook.suggest.save') }).click();
    await one.page.getByText(t('firstLook.suggest.saved')).waitFor();
    await shot(one.page, 'suggest');
    await one.frame.getByRole('combobox').first().fill('samovar');
    await one.frame.getByRole('combobox').first().press('Enter');
    await one.frame.locator('[data-product]').filter({ hasText: 'Teapot' }).first().waitFor();

    // The other one sees it without a reload.
    await other.frame.locator('[data-layout=LIST]').first().waitFor();
    expect(await other.page.getByLabel(t('firstLook.suggest.synonyms')).inputValue()).toBe('teapot, samovar');
    await shot(other.page, 'suggest-pm');
    // Both have something of their own open: whoever saves second is asked.
    await one.page.getByLabel(t('firstLook.suggest.results')).fill('10');
    await other.page.getByLabel(t('firstLook.suggest.results')).fill('20');
    await one.page.getByRole('button', { name: t('firstLook.suggest.save') }).click();
    await one.page.getByText(t('firstLook.suggest.saved')).waitFor();
    await other.page.getByRole('button', { name: t('firstLook.suggest.save') }).click();
    await other.page.getByText(t('firstLook.suggest.conflict')).waitFor();
    expect(await other.page.getByLabel(t('firstLook.suggest.results')).inputValue()).toBe('20');
    await other.page.getByRole('button', { name: t('firstLook.suggest.takeTheirs') }).click();
    expect(await other.page.getByLabel(t('firstLook.suggest.results')).inputValue()).toBe('10');
    for (const { visitor } of [one, other]) {
      expect(complaintsOf(visitor)).toEqual([]);
      await visitor.close();
    }
  });

  test('goes back to how the company begins it, which can be undone, and begins plain again', async () => {
    const { visitor, page, frame } = await visit('EMAIL', { as: 'pm' });
    await page.getByRole('button', { name: t('firstLook.screen.suggestions') }).click();
    const results = page.getByLabel(t('firstLook.suggest.results'));
    const [email, company] = [t('names.product.EMAIL'), 'Lumen Commerce'];
    await page.getByText(t('firstLook.suggest.LIST'), { exact: true }).click();
    await page.getByRole('button', { name: t('firstLook.suggest.setDefaults', { product: email }) }).click();
    await page.getByText(t('firstLook.suggest.defaultsSaved', { product: email })).waitFor();
    await results.fill('7');
    await page.getByRole('button', { name: t('firstLook.suggest.save') }).click();
    await page.getByText(t('firstLook.suggest.saved')).waitFor();
    await page.getByRole('button', { name: t('firstLook.suggest.takeBack') }).click();
    await page.getByText(t('firstLook.suggest.takenBack', { company })).first().waitFor();
    await eventually(async () => (await results.inputValue()) === '12');
    await frame.locator('[data-layout=LIST]').first().waitFor();
    await shot(page, 'taken-back');
    await page.getByRole('button', { name: t('undo.undo') }).click();
    await eventually(async () => (await results.inputValue()) === '7');
    // And once more, by the revision that the undo made.
    await page.getByRole('button', { name: t('firstLook.suggest.takeBack') }).click();
    await eventually(async () => (await results.inputValue()) === '12');
    await page.getByRole('button', { name: t('firstLook.suggest.defaultsTakeBack') }).click();
    await frame.locator('[data-layout=GRID]').first().waitFor();
    await page.getByRole('button', { name: t('firstLook.suggest.defaultsTakeBack') }).waitFor({ state: 'detached' });
    expect(await axeProblems(page)).toEqual([]);
    expect(complaintsOf(visitor)).toEqual([]);
    await visitor.close();
  });

  test('of a product that the project does not have says so, and shows one that it has', async () => {
    const session = await app.signIn(midway(app).people[0]!);
    const visitor = await openVisitor(browser, { url: app.url, session });
    await visitor.page.goto(`/projects/${midway(app).project.id}/first-look?product=CRYSTAL`);
    await visitor.page
      .getByText(t('firstLook.screen.notBought', { product: 'CRYSTAL', shown: t('names.product.SEARCH') }))
      .waitFor();
    const tab = visitor.page.getByRole('link', { name: t('names.product.SEARCH'), exact: true });
    expect(await tab.getAttribute('aria-current')).toBe('page');
    await visitor.close();
  });
});
