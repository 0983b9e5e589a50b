import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { validate } from '../../server/submissions/validation/engine.ts';
import { ruleSets } from '../../server/submissions/validation/rules/registry.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { aFeed, deliverFeed, feedText } from '../support/feeds.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

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

const zone = (page: Page) => page.locator('input[type="file"]:not([hidden])').first();

async function feedTask(): Promise<string> {
  const { id } = await taskWithInputs(app.services, midway(app).project.id, { isReviewWanted: true }, [aFeed]);
  return id;
}

/** Keeps what the page asks of its workers and what they answer, for the test to read. */
function spyOnWorkers() {
  const told: unknown[] = [];
  Reflect.set(window, 'toldByWorkers', told);
  const Real = window.Worker;
  window.Worker = class extends Real {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }) => void told.push(data));
    }
  };
}

async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

async function visitors(taskId: string): Promise<{ client: Visitor; pm: Visitor }> {
  const { people, project } = midway(app);
  const staff = app.world.staff.find((person) => person.id === project.pmId)!;
  const client = await openVisitor(browser, { url: app.url, session: await app.signIn(people[0]!) });
  const pm = await openVisitor(browser, { url: app.url, session: await app.signIn(staff) });
  for (const { page } of [client, pm]) {
    await page.addInitScript(spyOnWorkers);
    await page.goto(`/tasks/${taskId}?part=input`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(t('shell.live'), { exact: true }).waitFor();
  }
  return { client, pm };
}

function fileOf(name: string, text: string): string {
  const path = join(inject('runFolder'), name);
  writeFileSync(path, text);
  return path;
}

async function reportOfWorker(page: Page): Promise<string> {
  return page.evaluate(() => {
    const told = Reflect.get(window, 'toldByWorkers') as { report?: object }[];
    return JSON.stringify(told.find((one) => 'report' in one)?.report);
  });
}

/** What the very same engine says of the very same bytes outside of a browser, as of the same moment. */
async function reportHere(path: string, page: Page): Promise<string> {
  const { asOf } = JSON.parse(await reportOfWorker(page)) as { asOf: string };
  const options = { rules: ruleSets['product-feed']!, name: 'products.csv', asOf, profile: null, threshold: 0.95 };
  return JSON.stringify(await validate(createReadStream(path), options));
}

describe('a broken feed', () => {
  test('is looked at before a byte is sent, sent anyway, seen by the PM, repaired by a click, and its second version moves the task', async () => {
    const taskId = await feedTask();
    const { client, pm } = await visitors(taskId);
    const { page } = client;
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/uploads/')) sent.push(request.method());
    });
    await zone(page).setInputFiles(fileOf('products.csv', feedText({ rows: 400, decimalCommas: 120 })));
    const look = page.getByRole('region', { name: t('report.precheck.result', { name: 'products.csv' }) });
    await look.waitFor();
    expect(await look.innerText()).toContain('280 of 400 products are ready');
    expect(sent).toEqual([]);
    expect(await reportOfWorker(page)).toBe(await reportHere(join(inject('runFolder'), 'products.csv'), page));
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/precheck.png`, fullPage: true });

    await look.getByRole('button', { name: t('report.precheck.send') }).click();
    const report = page.getByRole('region', { name: t('report.label', { version: 1 }) });
    await report.waitFor();
    expect(await report.innerText()).toContain('280 of 400 products are ready');
    const seen = pm.page.getByRole('region', { name: t('report.label', { version: 1 }) });
    await seen.waitFor();
    await pm.page.getByText(t('report.verdict.REJECTED')).first().waitFor();
    if (process.env.SHOTS) {
      await page.screenshot({ path: `${process.env.SHOTS}/report-client.png`, fullPage: true });
      await pm.page.screenshot({ path: `${process.env.SHOTS}/report-pm.png`, fullPage: true });
    }

    await report.getByRole('button', { name: /^Repair 120 values/ }).click();
    const box = report.getByRole('region', { name: t('report.repair.title') });
    await box.getByText('120 values change', { exact: false }).waitFor();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/repair.png`, fullPage: true });
    await box.getByRole('button', { name: t('report.repair.apply', { version: 2 }) }).click();
    const second = page.getByRole('region', { name: t('report.label', { version: 2 }) });
    await second.waitFor();
    await second.getByText('Made by repairing version 1', { exact: false }).waitFor();
    await pm.page.getByRole('button', { name: t('submissions.review.approve') }).waitFor();
    const name = midway(app).people[0]!.name;
    await pm.page
      .getByText(t('submissions.history.repairedFrom', { name, version: 1 }))
      .first()
      .waitFor();
    if (process.env.SHOTS) {
      await page.screenshot({ path: `${process.env.SHOTS}/second-client.png`, fullPage: true });
      await pm.page.screenshot({ path: `${process.env.SHOTS}/second-pm.png`, fullPage: true });
    }
    expect([...client.problems, ...pm.problems, ...client.cspViolations, ...pm.cspViolations]).toEqual([]);
    await client.close();
    await pm.close();
  }, 90_000);
});

describe('a feed whose columns have other names', () => {
  test('is asked about before it is sent, repaired by those answers, and told as such', async () => {
    const taskId = await feedTask();
    const { client, pm } = await visitors(taskId);
    const { page } = client;
    const text = feedText({ rows: 20, decimalCommas: 4 }).replace('description', 'words of ours');
    await zone(page).setInputFiles(fileOf('named.csv', text));
    const look = page.getByRole('region', { name: t('report.precheck.result', { name: 'named.csv' }) });
    const choice = look.getByRole('combobox', { name: t('report.columns.which', { title: 'description' }) });
    await choice.waitFor();
    await shot(page, 'columns-asked');
    expect(await axeProblems(page)).toEqual([]);
    await choice.selectOption('words of ours');
    await look.getByRole('button', { name: t('report.columns.submit') }).click();
    await look.getByText('16 of 20 products are ready', { exact: false }).waitFor();
    await shot(page, 'columns-chosen');
    await look.getByRole('button', { name: /^Repair 4 values/ }).click();
    await look.getByRole('button', { name: t('report.repair.applyAndSend') }).click();
    const report = page.getByRole('region', { name: t('report.label', { version: 1 }) });
    await report.getByText('All 20 products are ready', { exact: false }).waitFor();
    const mended = t('submissions.history.mended', { name: midway(app).people[0]!.name, count: 4, shown: '4' });
    for (const one of [page, pm.page]) await one.getByText(mended).first().waitFor();
    await shot(pm.page, 'mended-pm');
    await client.close();
    await pm.close();
  }, 90_000);
});

describe('what is left over in a report', () => {
  test('is mended by the keyboard in a table, and makes the next version', async () => {
    const taskId = await feedTask();
    await deliverFeed(await app.signIn(midway(app).people[0]!), taskId, feedText({ rows: 20, ownWords: 3 }));
    const { client, pm } = await visitors(taskId);
    const { page } = client;
    await page.getByRole('button', { name: t('report.edit.open', { count: 3 }) }).click();
    const fields = page.getByRole('table', { name: /^Values to mend/ }).getByRole('textbox');
    await fields.first().focus();
    for (let row = 0; row < 3; row++) {
      await page.keyboard.press('Control+A');
      await page.keyboard.type('in_stock');
      await page.keyboard.press('Enter');
    }
    await page.getByText(t('report.edit.waiting', { count: 3 }), { exact: true }).waitFor();
    await page.getByRole('button', { name: t('report.repair.apply', { version: 2 }) }).click();
    const second = page.getByRole('region', { name: t('report.label', { version: 2 }) });
    await second.getByText('All 20 products are ready', { exact: false }).waitFor();
    await client.close();
    await pm.close();
  }, 90_000);

  test('goes into the version that a repair makes, which is the one place to make it', async () => {
    const taskId = await feedTask();
    await deliverFeed(
      await app.signIn(midway(app).people[0]!),
      taskId,
      feedText({ rows: 20, decimalCommas: 5, ownWords: 3 }),
    );
    const { client, pm } = await visitors(taskId);
    const { page } = client;
    await page.getByRole('button', { name: t('report.edit.open', { count: 3 }) }).click();
    const fields = page.getByRole('table', { name: /^Values to mend/ }).getByRole('textbox');
    for (let row = 0; row < 3; row++) await fields.nth(row).fill('in_stock');
    const byHand = page.getByText(t('report.edit.waiting', { count: 3 }), { exact: true });
    await byHand.waitFor();
    await page.getByRole('button', { name: /^Repair 5 values/ }).click();
    const box = page.getByRole('region', { name: t('report.repair.title') });
    await box.getByText(t('report.repair.byHand', { count: 3 })).waitFor();
    expect(await byHand.count()).toBe(0);
    expect(await page.getByRole('button', { name: t('report.repair.apply', { version: 2 }) }).count()).toBe(1);
    await shot(page, 'repair-with-hand');
    await box.getByRole('button', { name: t('report.repair.apply', { version: 2 }) }).click();
    const second = page.getByRole('region', { name: t('report.label', { version: 2 }) });
    await second.getByText('All 20 products are ready', { exact: false }).waitFor();
    await client.close();
    await pm.close();
  }, 90_000);

  test('is folded while a new file is looked at, which stands first', async () => {
    const taskId = await feedTask();
    const text = feedText({ rows: 20, decimalCommas: 9, ownWords: 3 });
    await deliverFeed(await app.signIn(midway(app).people[0]!), taskId, text);
    const { client, pm } = await visitors(taskId);
    const { page } = client;
    const old = page.getByRole('region', { name: t('report.label', { version: 1 }) });
    await old.waitFor();
    await page.getByRole('button', { name: t('report.edit.open', { count: 3 }) }).click();
    await page.getByRole('table').getByRole('textbox').first().fill('in_stock');
    await zone(page).setInputFiles(fileOf('next.csv', feedText({ rows: 20, ownWords: 4 })));
    const look = page.getByRole('region', { name: t('report.precheck.result', { name: 'next.csv' }) });
    await look.waitFor();
    expect(await old.isVisible()).toBe(false);
    await shot(page, 'nearly');
    const show = page.getByRole('button', { name: t('report.history.showOf', { version: 1 }) });
    const [above, below] = [await look.boundingBox(), await show.boundingBox()];
    expect(above!.y).toBeLessThan(below!.y);
    await show.click();
    await old.waitFor();
    await look.getByRole('button', { name: t('report.precheck.another') }).click();
    await page.getByText(t('report.edit.waiting', { count: 1 }), { exact: true }).waitFor();
    await client.close();
    await pm.close();
  }, 90_000);

  test('is accepted as it is by the PM, with a reason that the client reads', async () => {
    const taskId = await feedTask();
    const text = feedText({ rows: 20, decimalCommas: 9 });
    await deliverFeed(await app.signIn(midway(app).people[0]!), taskId, text);
    const { client, pm } = await visitors(taskId);
    await pm.page.getByRole('button', { name: t('report.accept.open') }).click();
    await pm.page.getByRole('textbox', { name: t('report.accept.reason') }).fill('These nine come from the old shop.');
    await pm.page.getByRole('button', { name: t('report.accept.submit', { version: 1 }) }).click();
    const report = client.page.getByRole('region', { name: t('report.label', { version: 1 }) });
    await report.getByText('These nine come from the old shop.', { exact: false }).waitFor();
    const pmName = app.world.staff.find(({ id }) => id === midway(app).project.pmId)!.name;
    const accepted = t('report.history.acceptedBy', { name: pmName });
    expect(await report.getByRole('status').first().innerText()).toContain(accepted);
    const history = client.page.getByRole('list', { name: t('submissions.history.title') });
    await history.getByText(accepted).waitFor();
    expect(await history.getByText(t('report.verdict.REJECTED')).count()).toBe(0);
    await shot(client.page, 'accepted');
    expect(await client.page.getByRole('button', { name: t('report.accept.open') }).count()).toBe(0);
    await client.close();
    await pm.close();
  }, 90_000);
});
