import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { taskInputs, tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  axeProblems,
  closeWindows,
  openVisitor,
  phone,
  sidewaysScroll,
  startBrowser,
  type Visitor,
  type VisitorOptions,
} from '../support/browser.ts';
import { t } from '../support/words.ts';

let browser: Browser;
let app: TestApp;
let folder: string;
const visitors: Visitor[] = [];

beforeAll(async () => {
  browser = await startBrowser();
});
beforeAll(async () => {
  app = await startTestApp();
  folder = mkdtempSync(join(inject('runFolder'), 'upload-'));
});
afterAll(async () => {
  await closeWindows(browser);
  await app.close();
});
afterEach(async () => {
  await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
});

/** A shared task of this type for which nothing was delivered yet, made ready; each is given out once. */
async function freshTask(type: 'FILE' | 'URL') {
  for (const { tasks: own, people, project } of app.world.clients) {
    const found = own.find(
      (task) =>
        task.type === type &&
        task.visibility === 'SHARED' &&
        task.side === 'CLIENT' &&
        (task.state === 'READY' || task.state === 'NOT_READY'),
    );
    if (!found) continue;
    found.state = 'DONE';
    await app.services.db.update(tasks).set({ state: 'READY' }).where(eq(tasks.id, found.id));
    // How bytes travel is looked at here, whatever is in them; test/e2e/validation.test.ts looks at what is.
    await app.services.db
      .update(taskInputs)
      .set({ spec: sql`${taskInputs.spec} - 'check'` })
      .where(eq(taskInputs.taskId, found.id));
    const pm = app.world.staff.find((person) => person.id === project.pmId)!;
    return { id: found.id, client: people[0]!, pm, extensions: found.acceptedExtensions };
  }
  throw new Error(`The sample has no more ${type} tasks.`);
}

async function open(person: { id: string }, taskId: string, options: Partial<VisitorOptions> = {}): Promise<Page> {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(person), ...options });
  visitors.push(visitor);
  await visitor.page.goto(`/tasks/${taskId}?part=input`);
  await visitor.page.getByRole('heading', { level: 1 }).waitFor();
  return visitor.page;
}

function fileOf(name: string, sizeBytes: number): string {
  const path = join(folder, name);
  writeFileSync(path, randomBytes(sizeBytes));
  return path;
}

/** A second session would leave what the first one set. */
const devtoolsOf = new WeakMap<Page, CDPSession>();

/**
 * Holds uploads down to this rate, so that what happens in their middle can be looked at: so low that none ends while a
 * busy machine looks.
 */
async function throttle(page: Page, bytesPerSecond: number): Promise<void> {
  const devtools = devtoolsOf.get(page) ?? (await page.context().newCDPSession(page));
  devtoolsOf.set(page, devtools);
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond };
  await devtools.send('Network.emulateNetworkConditions', conditions);
}

const chooser = (page: Page) => page.locator('input[type="file"]').first();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const inReview = (page: Page, version: number) =>
  page.getByText(t('submissions.state.inReview', { version, company: 'Lumen Commerce' }));

async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/submission-${name}.png` });
}

/** Clean for axe in both themes, and no wider than the window. */
async function expectClean(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await shot(page, `${name}-${colorScheme}`);
    expect([name, colorScheme, await axeProblems(page)]).toEqual([name, colorScheme, []]);
  }
  expect([name, await sidewaysScroll(page)]).toEqual([name, 0]);
}

test('an upload that a reload stopped asks for the same file, refuses another, and goes on where it was', async () => {
  const task = await freshTask('FILE');
  const page = await open(task.client, task.id);
  const path = fileOf(`products${task.extensions[0]}`, 6_000_000);
  const other = fileOf(`other${task.extensions[0]}`, 10);
  await throttle(page, 100_000);
  await chooser(page).setInputFiles(path);
  await page.getByText(/a second$/).waitFor();
  await expectClean(page, 'sending');

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByText(/stopped at [1-9]\d? %/).waitFor();
  await chooser(page).setInputFiles(other);
  await page.getByText(/^This is another file/).waitFor();
  await expectClean(page, 'stopped');
  // In another browser nothing is remembered, and a changed file of the same name and size is refused by what arrived.
  await page.evaluate(() => localStorage.clear());
  mkdirSync(join(folder, 'changed'));
  await chooser(page).setInputFiles(fileOf(`changed/products${task.extensions[0]}`, 6_000_000));
  await page.getByText(t('submissions.upload.failure.CHANGED')).waitFor();
  await throttle(page, -1);
  await chooser(page).setInputFiles(path);
  await inReview(page, 1).waitFor();
});

test('a cancelled upload makes room for another at once', async () => {
  const task = await freshTask('FILE');
  const page = await open(task.client, task.id);
  await throttle(page, 100_000);
  await chooser(page).setInputFiles(fileOf(`big${task.extensions[0]}`, 6_000_000));
  await page.getByText(/a second$/).waitFor();
  await button(page, t('submissions.upload.cancel')).click();
  await throttle(page, -1);
  await page.getByText(t('submissions.file.choose')).waitFor();
  await page.reload();
  await page.getByText(t('submissions.file.choose')).waitFor();

  await chooser(page).setInputFiles(fileOf('wrong.exe', 10));
  await page.getByText(/^wrong\.exe is of another kind/).waitFor();
  await chooser(page).setInputFiles(fileOf(`empty${task.extensions[0]}`, 0));
  await page.getByText(/is empty/).waitFor();
  await chooser(page).setInputFiles(fileOf(`small${task.extensions[0]}`, 10));
  await inReview(page, 1).waitFor();
});

test('a task that changed while the file was on its way keeps the file, and hands it in on a second word', async () => {
  const task = await freshTask('FILE');
  const page = await open(task.client, task.id);
  // Another act comes first by a hair: its news is not on the page yet.
  let isFirst = true;
  await page.route('**/graphql', async (route) => {
    if (isFirst && route.request().postData()?.includes('submissionFinish(')) {
      isFirst = false;
      await app.services.db.update(tasks).set({ revision: 90 }).where(eq(tasks.id, task.id));
    }
    await route.continue();
  });
  await chooser(page).setInputFiles(fileOf(`late${task.extensions[0]}`, 1_000));
  await page.getByText(/has arrived and is kept, but it is not handed in yet/).waitFor();
  await button(page, t('submissions.upload.handIn')).click();
  await inReview(page, 1).waitFor();
});

test('a review asks for a reason, the client reads it at once and hands in a version that is approved', async () => {
  const task = await freshTask('URL');
  const page = await open(task.client, task.id);
  const field = page.getByRole('textbox', { name: t('submissions.url.label') });
  await button(page, t('submissions.url.submit')).click();
  await page.getByText(t('submissions.url.empty')).waitFor();
  await field.fill('https://jana:secret@shop.example/sitemap.xml');
  await page.keyboard.press('Enter');
  await page.getByText(t('submissions.url.withPassword')).waitFor();
  expect(await field.inputValue()).toBe('https://jana:secret@shop.example/sitemap.xml');
  await field.fill('https://shop.example/sitemap.xml');
  await page.keyboard.press('Enter');
  await inReview(page, 1).waitFor();

  const review = await open(task.pm, task.id);
  await expectClean(review, 'review');
  await button(review, t('submissions.review.requestChanges')).click();
  await button(review, t('submissions.review.send')).click();
  await review.getByText(t('submissions.review.missing')).waitFor();
  await expectClean(review, 'reason');
  await review
    .getByRole('textbox', { name: t('submissions.review.reason') })
    .fill('The sitemap lists <b>no</b> products.');
  await button(review, t('submissions.review.send')).click();
  await page.getByText('The sitemap lists <b>no</b> products.').first().waitFor();
  await expectClean(page, 'changesRequested');

  await field.fill('https://shop.example/sitemap_products.xml');
  await button(page, t('submissions.url.submit')).click();
  await button(review, t('submissions.review.approve')).click();
  await page.getByText(t('submissions.state.done', { version: 2 })).waitFor();
  await review.getByText(t('submissions.state.done', { version: 2 })).waitFor();
});

test('on a phone everything fits 320 pixels and is 48 high to the finger', async () => {
  const task = await freshTask('FILE');
  const page = await open(task.client, task.id, { viewport: { ...phone, width: 320 }, isPhone: true });
  await page.getByText(t('submissions.file.choose')).waitFor();
  await expectClean(page, 'phone');
  await chooser(page).focus();
  expect((await chooser(page).boundingBox())?.height).toBeGreaterThanOrEqual(48);
  await throttle(page, 100_000);
  await chooser(page).setInputFiles(fileOf(`phone${task.extensions[0]}`, 3_000_000));
  const cancel = button(page, t('submissions.upload.cancel'));
  await cancel.waitFor();
  expect((await cancel.boundingBox())?.height).toBeGreaterThanOrEqual(48);
});
