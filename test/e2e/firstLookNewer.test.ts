import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, sidewaysScroll, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { aFeed, deliverFeed, feedText } from '../support/feeds.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { type PictureShop, shopFeed, startPictureShop } from './firstLookShop.ts';
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

test('a newer file that is not taken is told on the card and above the mock, with the way to what was found in it', async () => {
  const { project, people } = midway(app);
  const session = await app.signIn(people[0]!);
  const wanted = `query ($id: ID!) { project(id: $id) { firstLook { isBuilding submission { id } passedOver { submission { id } } } } }`;
  const bring = async (text: string, which: 'submission' | 'passedOver') => {
    const task = await taskWithInputs(app.services, project.id, {}, [aFeed]);
    const id = await deliverFeed(session, task.id, text);
    await eventually(async () => {
      const { firstLook } = (await session.ask(wanted, { id: project.id })).project;
      const told = which === 'submission' ? firstLook.submission : firstLook.passedOver?.submission;
      return !firstLook.isBuilding && told?.id === id;
    }, 60_000);
    return task.id as string;
  };
  await bring(shopFeed(60, shop.at), 'submission');
  const taskId = await bring(feedText({ rows: 40, ownWords: 30 }), 'passedOver');
  const start = / was refused, with 10 of 40 products usable\. We keep showing those of the last good one\./;
  for (const [name, viewport] of [
    ['desktop', { width: 1440, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    const visitor = await openVisitor(browser, { url: app.url, session, viewport });
    const { page } = visitor;
    for (const path of [`/projects/${project.id}`, `/projects/${project.id}/first-look?product=SEARCH`]) {
      await page.goto(path);
      await page.getByText(t('shell.live'), { exact: true }).waitFor();
      await page.getByText(start).waitFor();
      const link = page.getByRole('link', { name: t('firstLook.card.passedOverLink') });
      expect(await link.getAttribute('href')).toContain(`/tasks/${taskId}?part=input`);
      expect(await sidewaysScroll(page)).toBe(0);
      if (process.env.SHOTS) {
        const kind = path.includes('first-look') ? 'screen' : 'card';
        await page.screenshot({ path: `${process.env.SHOTS}/newer-${kind}-${name}.png` });
      }
    }
    expect(visitor.problems.filter((one) => !/\/first-look\/[^/]+\/images\//.test(one))).toEqual([]);
    await visitor.close();
  }
});
