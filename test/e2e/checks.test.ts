import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { words } from '../../server/words/en.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import {
  aDomain,
  aFeedAddress,
  aWebhook,
  type CheckNet,
  halfSetZone,
  setZone,
  somePages,
  startCheckNet,
} from '../support/checkNet.ts';
import { eventually } from '../support/eventually.ts';
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
  await closeWindows(browser);
  await app?.close();
  await net?.close();
});

const createText = `mutation ($input: SubmissionCreateInput!) { submissionCreate(input: $input) { submission { id } } }`;
const finishText = `mutation ($id: ID!, $revision: Int!) {
  submissionFinish(id: $id, input: { revision: $revision }) { userErrors { code } }
}`;
const lookedText = `query ($id: ID!) { node(id: $id) { ... on Submission { check { lastRun { id } } } } }`;

async function visitors(
  inputs: unknown[],
  prepare: (taskId: string) => Promise<void> = async () => {},
): Promise<{ client: Visitor; pm: Visitor }> {
  const { people, project } = midway(app);
  const task = await taskWithInputs(app.services, project.id, { isReviewWanted: true }, inputs);
  await prepare(task.id);
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

    // The third failure in a row opens the task again, and says why.
    await check.getByRole('button', { name: t('checks.again.other') }).click();
    await check.getByText(t('checks.reopens', { count: 1 })).waitFor({ timeout: 30_000 });
    await check.getByRole('button', { name: t('checks.again.other') }).click();
    for (const one of [page, pm.page]) {
      await one.getByRole('heading', { name: t('checks.reopened') }).waitFor({ timeout: 30_000 });
      expect(await axeProblems(one)).toEqual([]);
    }
    await shot(page, 'reopened');
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

describe('what is looked at beside domains', () => {
  const check = (key: string, label: string, wanted: object) => ({
    ...{ key, label, spec: { kind: 'CHECK', check: wanted, everyMinutes: null } },
  });
  const inputs = [
    check('page', 'Your preview page', { of: 'URL', types: ['text/html'], hosts: [], environment: null }),
    check('map', 'Your sitemap', { of: 'SITEMAP' }),
    check('logo', 'Your logo', { of: 'IMAGE', use: 'square-logo' }),
    somePages,
    aFeedAddress,
  ];
  const mapOf = (address: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${address}</loc></url></urlset>`;
  /** One grey pixel. */
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
    'base64',
  );
  const html = '<!doctype html><html lang="en"><head><title>Shop</title></head><body>Mugs</body></html>';
  const served: Record<string, readonly [string, string | Buffer]> = {
    ...{ '/page': ['text/html', html], '/home': ['text/html', html], '/mug': ['text/html', html] },
    '/map.xml': ['application/xml', mapOf('http://elsewhere.test/')],
    '/logo.png': ['image/png', pixel],
    '/feed.csv': ['text/csv', feedText({ rows: 20, decimalCommas: 5 })],
  };

  /** Handed in as their client would, one after the other, each looked at before the next. */
  async function handIn(taskId: string): Promise<void> {
    const session = await app.signIn(midway(app).people[0]!);
    const ofTask = 'query ($id: ID!) { task(id: $id) { revision inputs { id key } } }';
    const given: Record<string, object> = {
      page: { url: `${net.at}/page` },
      map: { url: `${net.at}/map.xml` },
      logo: { url: `${net.at}/logo.png` },
      tag: {
        pages: [
          { type: 'HOME', url: `${net.at}/home` },
          { type: 'PRODUCT', url: `${net.at}/mug` },
        ],
      },
      feed: { url: `${net.at}/feed.csv` },
    };
    for (const { key, id: inputId } of (await session.ask(ofTask, { id: taskId })).task.inputs) {
      const input = { taskId, inputId, idempotencyKey: randomUUID(), check: given[key] };
      const { submissionCreate } = await session.ask(createText, { input });
      const { id } = submissionCreate.submission;
      const { revision } = (await session.ask(ofTask, { id: taskId })).task;
      expect((await session.ask(finishText, { id, revision })).submissionFinish.userErrors).toEqual([]);
      await eventually(async () => (await session.ask(lookedText, { id })).node.check.lastRun !== null, 30_000);
    }
  }

  test('pages, a sitemap, a picture, a tag and a feed each say what was found, to their client and to the PM', async () => {
    net.answer = (request, response) => {
      const [type, body] = served[request.url ?? ''] ?? [];
      if (type === undefined) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': type }).end(body);
    };
    const { client, pm } = await visitors(inputs, handIn);
    for (const { page } of [client, pm]) {
      const checkOf = (subject: string) => page.getByRole('region', { name: t('checks.label', { subject }) });
      const found = async (subject: string, title: RegExp) => {
        const list = checkOf(subject).getByRole('list', { name: t('report.findings.title') });
        await list.getByRole('heading', { name: title }).first().waitFor({ timeout: 30_000 });
      };
      await checkOf(`${net.at}/page`).getByText(t('checks.passed.URL')).waitFor();
      await found(`${net.at}/map.xml`, /^Addresses of another host: 1$/);
      await found(`${net.at}/logo.png`, /^The square logo is /);
      await found(`${net.at}/home`, /^The tag is not on /);
      await checkOf(`${net.at}/home`)
        .getByText(t('checks.pages.count', { count: 2 }))
        .waitFor();
      await checkOf(`${net.at}/feed.csv`).getByText(t('checks.lookedAt.FEED')).first().waitFor();
      await page
        .getByRole('region', { name: t('report.label', { version: 1 }) })
        .getByText('15 of 20 products', { exact: false })
        .first()
        .waitFor();
      expect(await axeProblems(page)).toEqual([]);
    }
    await shot(client.page, 'kinds-client');
    await shot(pm.page, 'kinds-pm');
    await closed(client, pm);
  }, 120_000);
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
