import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { words } from '../../server/words/en.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { aDomain, aWebhook, type CheckNet, halfSetZone, setZone, startCheckNet } from '../support/checkNet.ts';
import { aFeed, feedText } from '../support/feeds.ts';
import { aFile, taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let net: CheckNet;
let browser: Browser;

beforeAll(async () => {
  net = await startCheckNet(halfSetZone);
  app = await startTestApp({ isRealTime: true, ...net.options });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await net?.close();
});

async function visitors(inputs: unknown[]): Promise<{ client: Visitor; pm: Visitor }> {
  const { people, project } = midway(app);
  const task = await taskWithInputs(app.services, project.id, { isReviewWanted: true }, inputs);
  const staff = app.world.staff.find((person) => person.id === project.pmId)!;
  const open = async (person: { id: string }) => {
    const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(person) });
    await visitor.page.goto(`/tasks/${task.id}?part=input`);
    await visitor.page.getByText(t('shell.live'), { exact: true }).waitFor();
    return visitor;
  };
  return { client: await open(people[0]!), pm: await open(staff) };
}

const shot = async (page: Page, name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
};
const closed = async (...all: Visitor[]) => {
  for (const visitor of all) {
    expect([...visitor.problems, ...visitor.cspViolations]).toEqual([]);
    await visitor.close();
  }
};

describe('a domain', () => {
  test('is given by the client, whose records say how each stands; once they are right, the task moves, and the PM saw it', async () => {
    const { client, pm } = await visitors([aDomain()]);
    const { page } = client;
    await page.getByRole('list', { name: t('checks.records.title') }).waitFor();
    await shot(page, 'dns-form');
    await page.getByLabel(t('checks.domain.label')).fill('https://shop.test/start');
    await page.getByRole('button', { name: t('checks.domain.submit') }).click();
    const label = t('checks.label', { subject: 'shop.test' });
    const check = page.getByRole('region', { name: label });
    await check.getByText(t('checks.recordsRight', { count: 4, right: 1 })).waitFor({ timeout: 30_000 });
    const link = check.getByRole('listitem').filter({ hasText: 'link.shop.test' }).first();
    expect(await link.innerText()).toContain('parked.other.test');
    expect(await link.innerText()).toContain(t('checks.records.state.WRONG'));
    const seen = pm.page.getByRole('region', { name: label });
    await seen.getByText(t('checks.recordsRight', { count: 4, right: 1 })).waitFor();
    await shot(page, 'dns-wrong-client');
    await shot(pm.page, 'dns-wrong-pm');

    net.dns.zone = setZone;
    await check.getByRole('button', { name: t('checks.again.other') }).click();
    for (const one of [check, seen]) await one.getByText(t('checks.passed.DNS')).waitFor({ timeout: 30_000 });
    await pm.page.getByRole('button', { name: t('submissions.review.approve') }).waitFor();
    await shot(page, 'dns-right-client');
    await shot(pm.page, 'dns-right-pm');

    await pm.page.getByRole('button', { name: t('submissions.review.approve') }).click();
    await page.getByText(t('submissions.state.done', { version: 1 })).waitFor();
    net.dns.zone = halfSetZone;
    await check.getByRole('button', { name: t('checks.again.other') }).click();
    await check.getByText(t('checks.reopens', { count: 2 })).waitFor({ timeout: 30_000 });
    await page.getByText(t('submissions.state.doneFails', { version: 1 })).waitFor();
    await shot(page, 'dns-done-fails');
    await closed(client, pm);
  }, 90_000);

  test('that nobody knows is said once; a field says what is looked at, and a record that is not needed is not counted', async () => {
    const records = [
      { type: 'CNAME', name: 'em', target: 'u1.sender.test' },
      { type: 'CAA', name: 'em', issuer: 'ca.test' },
    ];
    const input = { ...aDomain(), spec: { kind: 'CHECK', check: { of: 'DNS', records }, everyMinutes: null } };
    const { client, pm } = await visitors([input]);
    const { page } = client;
    const give = async (domain: string, meant: string | null) => {
      await page.getByLabel(t('checks.domain.label')).fill(domain);
      if (meant) await page.getByText(t('checks.domain.as', { domain: meant })).waitFor();
      await page.getByRole('button', { name: t('checks.domain.submit') }).click();
    };
    await give('info@shop.test', null);
    await page.getByText(words.userErrors.INVALID_DOMAIN({ why: 'EMAIL' })).waitFor();
    await shot(page, 'dns-refused');
    await give('https://www.müller.test/start', 'müller.test');
    const unknown = page.getByRole('region', { name: t('checks.label', { subject: 'müller.test' }) });
    await unknown.getByText('We know no domain müller.test').waitFor({ timeout: 30_000 });
    expect(await unknown.getByRole('list', { name: t('checks.records.title') }).count()).toBe(0);
    await shot(page, 'dns-unknown');
    await page.getByRole('button', { name: t('checks.other.DNS') }).click();
    await give('www.shop.test', 'shop.test');
    const check = page.getByRole('region', { name: t('checks.label', { subject: 'shop.test' }) });
    await check.getByText(t('checks.passed.DNS')).waitFor({ timeout: 30_000 });
    await check.getByText(t('checks.records.state.FREE'), { exact: true }).waitFor();
    await shot(page, 'dns-unneeded');
    await closed(client, pm);
  }, 90_000);
});

describe('a webhook', () => {
  test('shows its signing secret once, before anything is sent to it', async () => {
    const { client, pm } = await visitors([aWebhook]);
    const { page } = client;
    const address = `${net.at}/hook`;
    await page.getByLabel(t('checks.address.label.WEBHOOK')).fill(address);
    await page.getByRole('button', { name: t('checks.address.submit.WEBHOOK') }).click();
    const step = page.getByRole('region', { name: t('checks.webhook.title') });
    await step.getByText(/^whsec_/).waitFor();
    await shot(page, 'webhook-secret');
    await step.getByRole('button', { name: t('checks.webhook.send') }).click();
    const check = page.getByRole('region', { name: t('checks.label', { subject: address }) });
    await check.getByRole('list', { name: t('report.findings.title') }).waitFor({ timeout: 30_000 });
    await page.getByText(/^whsec_/).waitFor({ state: 'detached' });
    await shot(page, 'webhook-wrong');
    await closed(client, pm);
  }, 90_000);
});

describe('several files at once', () => {
  const fileOf = (name: string, text: string) => {
    const path = join(inject('runFolder'), name);
    writeFileSync(path, text);
    return path;
  };

  test('go each to what takes its kind, and on while one looks elsewhere; what is left over is not sent unasked', async () => {
    const { client, pm } = await visitors([aFeed, { ...aFile, isRequired: true }]);
    const { page } = client;
    const files = [
      fileOf('products.csv', feedText({ rows: 40 })),
      fileOf('products-old.csv', feedText({ rows: 20 })),
      fileOf('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'),
      fileOf('notes.txt', 'not asked for'),
    ];
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/uploads/**', async (route) => {
      await held;
      await route.continue();
    });
    await page.locator('input[type="file"]:not([hidden])').first().setInputFiles(files);
    // What the browser found in it is for the person to judge.
    await page.getByRole('button', { name: t('report.precheck.send') }).click();
    const barOf = (name: string) => page.getByRole('progressbar', { name: t('submissions.upload.label', { name }) });
    for (const name of ['products.csv', 'logo.svg']) await barOf(name).waitFor({ state: 'attached' });
    const others = page.getByRole('region', { name: t('submissions.several.title') });
    await others.getByText(t('submissions.several.left', { instead: 'products.csv' })).waitFor();
    expect(await others.innerText()).toContain('notes.txt');
    await shot(page, 'several');

    // Both go on beside each other while their person looks at something else.
    await page.locator('main a[href^="/projects/"]').first().click();
    await page.getByRole('heading', { name: t('project.road.title') }).waitFor();
    letGo();
    await page.goBack();
    const handedIn = (name: string) => page.getByRole('list', { name: t('submissions.history.title') }).getByText(name);
    for (const name of ['products.csv', 'logo.svg']) await handedIn(name).waitFor({ timeout: 30_000 });
    expect(await others.innerText()).toContain('products-old.csv');
    expect(await handedIn('products-old.csv').count()).toBe(0);
    await closed(client, pm);
  }, 90_000);
});
