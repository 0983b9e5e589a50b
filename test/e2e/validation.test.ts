import { appendFileSync, createReadStream, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { validate } from '../../server/submissions/validation/engine.ts';
import { ruleSets } from '../../server/submissions/validation/rules/registry.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { testConfig } from '../support/config.ts';
import { aFeed, feedText } from '../support/feeds.ts';
import { Session } from '../support/session.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { readWorld } from '../support/world.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
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
    if (process.env.SHOTS) {
      await page.screenshot({ path: `${process.env.SHOTS}/second-client.png`, fullPage: true });
      await pm.page.screenshot({ path: `${process.env.SHOTS}/second-pm.png`, fullPage: true });
    }
    expect([...client.problems, ...pm.problems, ...client.cspViolations, ...pm.cspViolations]).toEqual([]);
    await client.close();
    await pm.close();
  }, 90_000);
});

describe('a large feed', () => {
  test('is sent while it is checked: findings stand before its end, and neither a cut nor a restart ends it', async () => {
    const dataDir = mkdtempSync(join(inject('runFolder'), 'v-'));
    const config = { ...testConfig(dataDir, null), sampleData: true };
    let own = await createApp(config, { print: () => {} });
    try {
      const world = await readWorld(own.services.db);
      const { project, people } = midway({ world });
      const { id: taskId } = await taskWithInputs(own.services, project.id, {}, [aFeed]);
      const open = async (personId: string) => {
        const visitor = await openVisitor(browser, { url: own.url, session: await sampleSignIn(own.url, personId) });
        await visitor.page.goto(`/tasks/${taskId}?part=input`);
        await visitor.page.getByText(t('shell.live'), { exact: true }).waitFor();
        return visitor;
      };
      const [client, pm] = [await open(people[0]!.id), await open(project.pmId)];
      const { page } = client;
      const network = await page.context().newCDPSession(page);
      await throttle(network, 250_000);
      await zone(page).setInputFiles(fileOf('large.csv', feedText({ rows: 105_000, decimalCommas: 30_000 })));
      const bar = page.getByRole('progressbar', { name: t('submissions.upload.label', { name: 'large.csv' }) });
      const look = page.getByRole('region', { name: t('report.precheck.result', { name: 'large.csv' }) });
      await look.waitFor();
      expect(await look.innerText()).toContain('75,000 of 105,000 products are ready');
      expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100);
      const arriving = pm.page.getByRole('region', { name: t('report.live.label', { name: 'large.csv' }) });
      await arriving.getByText(/rows checked/).waitFor();
      if (process.env.SHOTS) {
        await page.screenshot({ path: `${process.env.SHOTS}/alongside.png` });
        await pm.page.screenshot({ path: `${process.env.SHOTS}/arriving.png` });
      }

      await throttle(network, 250_000, true);
      await page.getByText(t('submissions.upload.waiting')).waitFor();
      await own.close();
      own = await createApp({ ...config, port: Number(new URL(own.url).port) }, { print: () => {} });
      await throttle(network, -1);
      for (const one of [page, pm.page]) {
        await one.getByRole('region', { name: t('report.label', { version: 1 }) }).waitFor({ timeout: 60_000 });
        await one.getByText('75,000 of 105,000 products are ready', { exact: false }).first().waitFor();
      }
      await client.close();
      await pm.close();
    } finally {
      await own.close();
    }
  }, 180_000);

  test('that is changed on the disk while it is sent is refused with one clear sentence', async () => {
    const { client, pm } = await visitors(await feedTask());
    const { page } = client;
    const network = await page.context().newCDPSession(page);
    await throttle(network, 250_000);
    const path = fileOf('moving.csv', feedText({ rows: 95_000 }));
    await zone(page).setInputFiles(path);
    await page.getByRole('progressbar', { name: t('submissions.upload.label', { name: 'moving.csv' }) }).waitFor();
    await throttle(network, 250_000, true);
    await page.getByText(t('submissions.upload.waiting')).waitFor();
    appendFileSync(path, 'one more line\n');
    await throttle(network, -1);
    await page.getByText(t('submissions.upload.failure.CHANGED')).waitFor({ timeout: 60_000 });
    await client.close();
    await pm.close();
  }, 120_000);
});

async function throttle(network: CDPSession, uploadThroughput: number, offline = false): Promise<void> {
  await network.send('Network.enable');
  const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput };
  await network.send('Network.emulateNetworkConditions', conditions);
}

async function sampleSignIn(url: string, personId: string): Promise<Session> {
  const response = await fetch(`${url}/auth/sample`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ personId }),
  });
  const cookies = response.headers.getSetCookie().map((header) => header.split(';')[0] ?? '');
  return new Session(url, cookies.join('; '), personId);
}
