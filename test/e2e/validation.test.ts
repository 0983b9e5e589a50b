import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { aFeed, feedText } from '../support/feeds.ts';
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
  await browser?.close();
  await app?.close();
});

const zone = (page: Page) => page.locator('input[type="file"]:not([hidden])').first();

async function feedTask(): Promise<string> {
  const { id } = await taskWithInputs(app.services, midway(app).project.id, { isReviewWanted: true }, [aFeed]);
  return id;
}

async function visitors(taskId: string): Promise<{ client: Visitor; pm: Visitor }> {
  const { people, project } = midway(app);
  const staff = app.world.staff.find((person) => person.id === project.pmId)!;
  const client = await openVisitor(browser, { url: app.url, session: await app.signIn(people[0]!) });
  const pm = await openVisitor(browser, { url: app.url, session: await app.signIn(staff) });
  for (const { page } of [client, pm]) {
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
    await look.getByText('"12,90 EUR"'.replaceAll('"', ''), { exact: false }).first().waitFor();
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
