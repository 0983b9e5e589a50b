import { once } from 'node:events';
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type App, createApp } from '../../server/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { testConfig } from '../support/config.ts';
import { aFeed, feedText } from '../support/feeds.ts';
import { type RoughLine, startRoughLine } from '../support/roughLine.ts';
import { directSession } from '../support/signIn.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { readWorld } from '../support/world.ts';
import { midway } from './screenList.ts';

/* Alone: the line is slowed down, and what is on the way has to be seen before it is there. */
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
}, 120_000);
afterAll(() => closeWindows(browser));

const zone = (page: Page) => page.locator('input[type="file"]:not([hidden])').first();

function fileOf(name: string, text: string): string {
  const path = join(inject('runFolder'), name);
  writeFileSync(path, text);
  return path;
}

describe('a large feed', () => {
  let line: RoughLine;
  let own: App;
  let restart: () => Promise<void>;

  beforeAll(async () => {
    line = await startRoughLine();
    const dataDir = mkdtempSync(join(inject('runFolder'), 'v-'));
    const config = { ...testConfig(dataDir, null), sampleData: true, publicUrl: line.url };
    const start = async () => {
      const port = await freePort();
      own = await createApp({ ...config, port }, { print: () => {} });
      line.leadTo(port);
    };
    restart = async () => {
      await own.close();
      await start();
    };
    await start();
  }, 120_000);
  afterAll(async () => {
    await own?.close();
    await line?.close();
  });

  async function open(): Promise<{ client: Visitor; pm: Visitor }> {
    const { project, people } = midway({ world: await readWorld(own.services.db) });
    const { id } = await taskWithInputs(own.services, project.id, {}, [aFeed]);
    const come = async (personId: string) => {
      const visitor = await openVisitor(browser, {
        url: line.url,
        session: await directSession({ url: line.url, services: own.services }, personId),
      });
      await visitor.page.goto(`/tasks/${id}?part=input`);
      await visitor.page.getByText(t('shell.live'), { exact: true }).waitFor();
      return visitor;
    };
    return { client: await come(people[0]!.id), pm: await come(project.pmId) };
  }

  test('is sent while it is checked: findings stand before its end, and neither a cut nor a restart ends it', async () => {
    const { client, pm } = await open();
    const { page } = client;
    line.slow(500_000);
    await zone(page).setInputFiles(fileOf('large.csv', feedText({ rows: 105_000, decimalCommas: 30_000 })));
    const bar = page.getByRole('progressbar', { name: t('submissions.upload.label', { name: 'large.csv' }) });
    const look = page.getByRole('region', { name: t('report.precheck.result', { name: 'large.csv' }) });
    await look.waitFor({ timeout: 40_000 });
    expect(await look.innerText()).toContain('75,000 of 105,000 products are ready');
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100);
    const arriving = pm.page.getByRole('region', { name: t('report.live.label', { name: 'large.csv' }) });
    await arriving.getByText(/rows checked/).waitFor({ timeout: 40_000 });
    await arriving
      .getByRole('list', { name: t('report.live.findings') })
      .getByText('price')
      .first()
      .waitFor();
    await arriving.getByText(/errors so far/).waitFor();
    const soFar = arriving.getByRole('list', { name: t('report.live.findings') });
    await soFar.getByText('12,90 EUR', { exact: false }).first().waitFor({ timeout: 40_000 });
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100);
    if (process.env.SHOTS) {
      await page.screenshot({ path: `${process.env.SHOTS}/alongside.png` });
      await pm.page.screenshot({ path: `${process.env.SHOTS}/arriving.png` });
    }

    line.cut();
    await page.getByText(t('submissions.upload.waiting')).waitFor();
    await restart();
    line.slow(Number.POSITIVE_INFINITY);
    line.mend();
    for (const one of [page, pm.page]) {
      const report = one.getByRole('region', { name: t('report.label', { version: 1 }) });
      await report.waitFor({ timeout: 60_000 });
      await report.getByText('75,000 of 105,000 products are ready', { exact: false }).first().waitFor();
    }
    await client.close();
    await pm.close();
  }, 180_000);

  test('that is changed on the disk while it is sent is refused with one clear sentence', async () => {
    const { client, pm } = await open();
    const { page } = client;
    line.slow(400_000);
    const path = fileOf('moving.csv', feedText({ rows: 95_000 }));
    await zone(page).setInputFiles(path);
    const bar = page.getByRole('progressbar', { name: t('submissions.upload.label', { name: 'moving.csv' }) });
    await expect
      .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 40_000 })
      .toBeGreaterThan(0);
    line.cut();
    await page.getByText(t('submissions.upload.waiting')).waitFor();
    appendFileSync(path, 'one more line\n');
    line.mend();
    await page.getByText(t('submissions.upload.failure.CHANGED')).waitFor({ timeout: 40_000 });
    await client.close();
    await pm.close();
  }, 120_000);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
