import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, phone, sidewaysScroll, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { t } from '../support/words.ts';
import { hostile, type PictureShop, shopFeed, startPictureShop } from './firstLookShop.ts';
import { complaintsOf, m, mockOf, products, shot, startVisits, totalOf, type Visits } from './firstLookVisits.ts';
import { petra } from './petraScreens.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let browser: Browser;
let shop: PictureShop;

beforeAll(async () => {
  shop = await startPictureShop();
  app = await startTestApp({ isRealTime: true, fetching: shop.fetching });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
  await shop?.close();
});

describe('a client', () => {
  test('uploads a feed of 10,000 products and types in their own search box within a minute', async () => {
    const { project, people, tasks } = petra(app);
    const taskId = tasks.find(({ key }) => key === 'feed')!.id;
    const path = join(inject('runFolder'), 'shop.csv');
    writeFileSync(path, shopFeed(10_000, shop.at, { broken: 170 }));
    const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(people[0]!) });
    const { page } = visitor;
    await page.goto(`/tasks/${taskId}?part=input`);
    await page.getByText(t('shell.live'), { exact: true }).waitFor();
    await page.locator('input[type="file"]:not([hidden])').first().setInputFiles(path);
    const look = page.getByRole('region', { name: t('report.precheck.result', { name: 'shop.csv' }) });
    await look.waitFor();
    const startedMs = performance.now();
    await look.getByRole('button', { name: t('report.precheck.send') }).click();
    await page.getByRole('region', { name: t('report.label', { version: 1 }) }).waitFor();

    await page.goto(`/projects/${project.id}`);
    const card = page.getByRole('region', { name: t('firstLook.card.readyTitle') });
    await card.getByText('9,830 of 10,000 products usable.').waitFor();
    await shot(page, 'card');
    await card.getByRole('link', { name: t('firstLook.card.search', { count: 9830, shown: '9,830' }) }).click();
    const frame = await mockOf(page);
    // Nothing was pressed since: the keyboard is in the shop's own search box.
    await eventually(() => frame.evaluate(() => document.activeElement?.getAttribute('role') === 'combobox'));
    await page.keyboard.type('teapot');
    await frame.getByRole('option').filter({ hasText: 'Teapot' }).first().waitFor();
    expect(performance.now() - startedMs).toBeLessThan(60_000);
    await shot(page, 'typing');
    expect(complaintsOf(visitor)).toEqual([]);
    expect(visitor.strayRequests).toEqual([]);
    await visitor.close();
  });
});

describe('a first look', () => {
  let bring: Visits['bring'];
  let visit: Visits['visit'];

  beforeAll(async () => {
    ({ bring, visit } = await startVisits(app, browser, shopFeed(600, shop.at)));
  }, 120_000);

  test('finds what was typed with a letter too few, says so, and counts what its filters leave', async () => {
    const { visitor, page, frame } = await visit('SEARCH');
    const field = frame.getByRole('combobox').first();
    await page.locator('iframe').focus();
    await field.press('/');
    await field.fill('terracota');
    await frame.getByRole('option').first().waitFor();
    await field.press('Escape');
    await frame.getByRole('listbox').waitFor({ state: 'detached' });
    await field.press('Enter');
    await frame.getByText(m('search.corrected', { text: 'terracotta', typed: 'terracota' })).waitFor();
    const brand = frame.getByRole('group', { name: m('facet.brand') }).getByRole('checkbox', { name: /Nordlicht/ });
    const counted = Number(/(\d+)$/.exec((await brand.locator('..').innerText()).trim())?.[1]);
    expect(counted).toBeGreaterThan(0);
    await brand.check();
    await frame.getByRole('button', { name: m('facet.without', { filter: 'Nordlicht' }) }).waitFor();
    await eventually(async () => (await totalOf(frame)) === counted);
    await frame.getByLabel(m('sort.label')).selectOption('PRICE_DOWN');
    await eventually(async () => {
      const told = await frame.locator('[data-product]:not([data-gone]) strong').allInnerTexts();
      const prices = told.map((price) => Number(price.replace(/[^\d.]/g, '')));
      return prices.length > 3 && prices.every((price, at) => at === 0 || price <= (prices[at - 1] ?? 0));
    });
    await shot(page, 'search');
    await field.fill('qqzzxx wwvvkk');
    await field.press('Enter');
    await frame.getByText(m('search.nothing', { text: 'qqzzxx wwvvkk' })).waitFor();
    expect(complaintsOf(visitor)).toEqual([]);
    await visitor.close();
  });

  test('goes on with what was typed when the feed is replaced meanwhile', async () => {
    const { visitor, frame } = await visit('SEARCH');
    const field = frame.getByRole('combobox').first();
    await field.fill('teapot');
    await field.press('Enter');
    await eventually(async () => (await totalOf(frame)) === 50);
    await field.fill('teapot mo');
    await bring(shopFeed(1_200, shop.at));
    await eventually(async () => (await totalOf(frame)) === 100, 20_000);
    expect(await field.inputValue()).toBe('teapot mo');
    expect(complaintsOf(visitor)).toEqual([]);
    await visitor.close();
  });

  test('shows titles with markup, from right to left and of 75 candles as they are, and stays in its place', async () => {
    for (const [name, viewport] of [
      ['desktop', { width: 1440, height: 900 }],
      ['phone', { width: 320, height: 700 }],
    ] as const) {
      const { visitor, page, frame } = await visit('SEARCH', { viewport });
      page.on('dialog', (dialog) => visitor.problems.push(dialog.message()));
      for (const [kind, words] of [
        ['markup', 'onerror'],
        ['rightToLeft', 'مصباح'],
      ] as const) {
        await frame.getByRole('combobox').first().fill(words);
        await frame.getByRole('combobox').first().press('Enter');
        await frame.getByText(hostile[kind]).first().waitFor();
        expect(await frame.locator('img[src=x]').count()).toBe(0);
      }
      await frame.getByRole('combobox').first().fill('A-00043');
      await frame.getByRole('combobox').first().press('Enter');
      await frame.getByText(hostile.emoji).first().click();
      await frame.getByRole('heading', { name: hostile.emoji }).waitFor();
      await shot(page, `hostile-${name}`);
      expect(await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await sidewaysScroll(page)).toBe(0);
      expect(complaintsOf(visitor)).toEqual([]);
      await visitor.close();
    }
  });

  test('runs in a frame that has nothing of the app and reaches nobody', async () => {
    const { visitor, page, frame } = await visit('SEARCH');
    const before = visitor.fetched.length;
    // Somebody who listens, and who answers all that comes.
    const where = { own: app.url, elsewhere: shop.here };
    const reached = await frame.evaluate(async ({ own, elsewhere }) => {
      const tried = (act: () => unknown) => {
        try {
          return act() ?? null;
        } catch (error) {
          return (error as Error).name;
        }
      };
      const asked = (address: string) =>
        fetch(address, { mode: 'no-cors' }).then(
          () => 'came',
          () => 'refused',
        );
      const picture = (address: string) =>
        new Promise((done) => {
          const image = new Image();
          image.onload = () => done('came');
          image.onerror = () => done('refused');
          image.src = address;
        });
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      return {
        cookie: tried(() => document.cookie),
        storage: tried(() => localStorage.length),
        page: tried(() => parent.document.title),
        origin: origin,
        top: tried(() => {
          if (top) top.location.href = `${own}/overview`;
          return 'went';
        }),
        window: tried(() => window.open(`${own}/overview`)),
        api: await asked(`${own}/graphql`),
        elsewhere: await asked(`${elsewhere}/told/asked`),
        ownPicture: await picture(`${own}/icon.svg`),
        otherPicture: await picture(`${elsewhere}/told/pixel.png`),
        ran: Reflect.get(window, 'ran') ?? false,
      };
    }, where);
    expect(reached).toEqual({
      ...{ cookie: 'SecurityError', storage: 'SecurityError', page: 'SecurityError', origin: 'null' },
      ...{ top: 'SecurityError', window: null, api: 'refused', elsewhere: 'refused' },
      ...{ ownPicture: 'refused', otherPicture: 'refused', ran: false },
    });
    // And by leaving: the page around lets its frame go nowhere else.
    await frame.evaluate((elsewhere) => {
      location.href = `${elsewhere}/told/everything`;
    }, where.elsewhere);
    await eventually(() => visitor.cspViolations.some((one) => one.startsWith('frame-src')));
    expect(shop.asked.filter((path) => path.startsWith('/told'))).toEqual([]);
    expect(visitor.fetched.slice(before).filter(({ url }) => /graphql|overview|icon\.svg/.test(url))).toEqual([]);
    expect(page.url()).toContain('/first-look');
    await visitor.close();
  });

  test('walks from product to product, and keeps a review to its own page', async () => {
    const { visitor, page, frame } = await visit('RECOMMENDATIONS');
    const first = await frame.getByRole('heading', { level: 1 }).innerText();
    await frame.getByRole('heading', { name: m('recommend.similar') }).waitFor();
    await shot(page, 'recommendations');
    await frame.locator('[data-product]').first().click();
    await eventually(async () => (await frame.getByRole('heading', { level: 1 }).innerText()) !== first);
    await frame.getByRole('button', { name: m('recommend.back') }).click();
    await eventually(async () => (await frame.getByRole('heading', { level: 1 }).innerText()) === first);

    await page
      .getByRole('navigation', { name: t('firstLook.screen.products') })
      .getByRole('link')
      .nth(3)
      .click();
    // By keyboard: the frame may still be finding its height while a pointer is under way.
    await frame.getByRole('button', { name: m('review.send') }).press('Enter');
    await frame.getByRole('alert').waitFor();
    await frame.getByRole('radio', { name: m('review.stars', { count: 4 }) }).check({ force: true });
    await frame.getByLabel(m('review.text')).fill('A <b>fine</b> lamp');
    await frame.getByRole('button', { name: m('review.send') }).click();
    await frame.getByText('A <b>fine</b> lamp').waitFor();
    await frame.getByText(m('review.own')).waitFor();
    await shot(page, 'reviews');

    await page
      .getByRole('navigation', { name: t('firstLook.screen.products') })
      .getByRole('link')
      .nth(2)
      .click();
    await frame.getByText(m('email.more')).waitFor();
    await shot(page, 'email');
    expect(complaintsOf(visitor)).toEqual([]);
    await visitor.close();
  });

  test.each(products)('of %s is accessible in its frame, light and dark, wide and narrow', async (product) => {
    for (const options of [
      { colorScheme: 'light' },
      { colorScheme: 'dark' },
      { colorScheme: 'light', viewport: phone, isPhone: true },
    ] as const) {
      const { visitor, page, frame } = await visit(product, options);
      await eventually(async () => (await frame.locator('[data-loading]').count()) === 0);
      // The frame's own rules are looked at as a page: it stands for a shop, not for a part of ours.
      expect(await axeProblems(frame as unknown as Page)).toEqual([]);
      await shot(page, `mock-${product}-${'isPhone' in options ? 'phone' : 'desktop'}-${options.colorScheme}`);
      await visitor.close();
    }
  });

  test('of somebody else is nothing, whoever sent its link', async () => {
    const session = await app.signIn(petra(app).people[0]!);
    const { page, close } = await openVisitor(browser, { url: app.url, session });
    await page.goto(`/projects/${midway(app).project.id}/first-look?product=SEARCH`);
    await page.getByRole('heading', { name: t('common.error.notFoundTitle') }).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    await close();
  });
});
