import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
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

async function open(taskId: string): Promise<Visitor> {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(midway(app).people[0]!) });
  await visitor.page.goto(`/tasks/${taskId}?part=input`);
  await visitor.page.getByText(t('shell.live'), { exact: true }).waitFor();
  return visitor;
}

function fileOf(name: string, text: string): string {
  const path = join(inject('runFolder'), name);
  writeFileSync(path, text);
  return path;
}

describe('what a person says of a file before it is sent', () => {
  const text = () => feedText({ rows: 20, decimalCommas: 4 }).replace('description', 'words of ours');
  const lookOf = (page: Page, name: string) =>
    page.getByRole('region', { name: t('report.precheck.result', { name }) });
  const allKnown = (report: ReturnType<typeof lookOf>) =>
    report.getByText(t('report.columns.allKnown', { count: 10 }), { exact: false });
  const choiceIn = (look: ReturnType<typeof lookOf>) =>
    look.getByRole('combobox', { name: t('report.columns.which', { title: 'description' }) });

  test('goes along whichever way it is sent, also without checking it again', async () => {
    const taskId = await feedTask();
    const visitor = await open(taskId);
    const { page } = visitor;
    await zone(page).setInputFiles(fileOf('chosen.csv', text()));
    const look = lookOf(page, 'chosen.csv');
    await choiceIn(look).selectOption('words of ours');
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/columns-along.png`, fullPage: true });
    await look.getByRole('button', { name: t('report.precheck.send') }).click();
    const report = page.getByRole('region', { name: t('report.label', { version: 1 }) });
    await allKnown(report).waitFor();
    await visitor.close();
  }, 90_000);

  test('goes along with what is repaired before it is sent', async () => {
    const taskId = await feedTask();
    const visitor = await open(taskId);
    const { page } = visitor;
    await zone(page).setInputFiles(fileOf('mended.csv', text()));
    const look = lookOf(page, 'mended.csv');
    await choiceIn(look).selectOption('words of ours');
    await look.getByRole('button', { name: /^Repair 4 values/ }).click();
    await look.getByRole('button', { name: t('report.repair.applyAndSend') }).click();
    const report = page.getByRole('region', { name: t('report.label', { version: 1 }) });
    await report.getByText('All 20 products are ready', { exact: false }).waitFor();
    await allKnown(report).waitFor();
    await visitor.close();
  }, 90_000);

  test('is known when the same file is in hand again, after the page was loaded anew; of another nothing is', async () => {
    const taskId = await feedTask();
    const visitor = await open(taskId);
    const { page } = visitor;
    const path = fileOf('again.csv', text());
    await zone(page).setInputFiles(path);
    const look = lookOf(page, 'again.csv');
    await choiceIn(look).selectOption('words of ours');

    await page.reload();
    await page.getByText(t('shell.live'), { exact: true }).waitFor();
    await zone(page).setInputFiles(fileOf('other.csv', text()));
    await choiceIn(lookOf(page, 'other.csv')).waitFor();
    expect(await choiceIn(lookOf(page, 'other.csv')).inputValue()).toBe('');
    await page.reload();
    await page.getByText(t('shell.live'), { exact: true }).waitFor();
    await zone(page).setInputFiles(path);
    await allKnown(look).waitFor();

    await look.getByRole('button', { name: t('report.precheck.another') }).click();
    await zone(page).setInputFiles(path);
    await choiceIn(look).waitFor();
    expect(await choiceIn(look).inputValue()).toBe('');
    await visitor.close();
  }, 90_000);
});

test('what the rules accept and a person still looks at is one state in one sentence', async () => {
  const taskId = await feedTask();
  const session = await app.signIn(midway(app).people[0]!);
  await deliverFeed(session, taskId, feedText({ rows: 20, decimalCommas: 4 }));
  await deliverFeed(session, taskId, feedText({ rows: 20 }));
  const visitor = await open(taskId);
  const { page } = visitor;
  const newest = page
    .getByRole('list', { name: t('submissions.history.title') })
    .getByRole('listitem')
    .first();
  await newest.getByText(t('report.awaited.ACCEPTED_WITH_WARNINGS'), { exact: true }).waitFor();
  expect(await newest.getByText(t('submissions.history.waiting')).count()).toBe(0);
  expect(await newest.getByText(t('report.verdict.ACCEPTED_WITH_WARNINGS'), { exact: true }).count()).toBe(0);
  await page.getByText(/^Since version 1, counted in places of the file: 4 fixed, 20 still to do, none new/).waitFor();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/awaited.png`, fullPage: true });
  await visitor.close();
}, 90_000);
