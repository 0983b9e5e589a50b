import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { people, projectPartners } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, drawn, loaded, openVisitor, phone, startBrowser } from '../support/browser.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser({ isForChecks: true });
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

async function picture(page: Page, name: string) {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true });
}

async function openDraft(page: Page, template: string, task: RegExp) {
  await page.goto('/templates');
  await page.getByRole('link', { name: template }).click();
  await page.getByRole('button', { name: t('templates.screen.edit') }).click();
  await page.getByRole('button', { name: t('templates.screen.publish') }).waitFor();
  const road = page.getByRole('navigation', { name: t('templates.outline.label') });
  await road.getByRole('button', { name: task }).click();
}

test('a file that is no Table Schema is refused with what is wrong in it, and the columns stay', async () => {
  const visit = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const { page } = visit;
  await openDraft(page, 'Site search on Shopify', /Upload your product feed/);
  await page.getByLabel(t('report.check.by')).selectOption('own-table');
  const table = page.getByRole('region', { name: t('templateTable.label') });
  await table.waitFor();
  const chooser = table.locator('input[type="file"]');
  const take = async (name: string, text: string) => {
    const path = join(inject('runFolder'), name);
    writeFileSync(path, text);
    await chooser.setInputFiles(path);
  };
  await take('good.json', '{"fields":[{"name":"a"},{"name":"b","type":"integer"}]}');
  await expect.poll(() => page.getByLabel(t('templateTable.nameOf', { number: 2 })).inputValue()).toBe('b');
  const bad = [
    ['cut.json', '{"fields": [{"name": "x"', 'This is no JSON'],
    ['list.json', '[1, 2]', 'An object is wanted, not a list'],
    ['empty.json', '', 'This is no JSON'],
    [
      'types.json',
      '{"fields":[{"name":5,"type":"banana"},{"name":"y","type":"date","format":"%Q"}]}',
      '“banana” is not supported here',
    ],
    ['format.json', '{"fields":[{"name":"y","type":"string","format":"ipv9"}]}', '“ipv9” is not supported here'],
    ['words.json', 'just words', 'This is no JSON'],
    ['fields.json', '{"fields":"none"}', 'A list is wanted, not a text'],
  ] as const;
  for (const [name, text, said] of bad) {
    await take(name, text);
    const alert = table.getByRole('alert').filter({ hasText: name });
    await alert.waitFor();
    await alert.getByText(said, { exact: false }).first().waitFor();
    expect(await page.getByLabel(t('templateTable.nameOf', { number: 2 })).inputValue()).toBe('b');
  }
  await picture(page, 'schema-bad');
  // What was replaced comes back by undoing.
  await take('other.json', '{"fields":[{"name":"x"}]}');
  await table.getByRole('button', { name: t('templateTable.replace.yes') }).click();
  await expect.poll(() => page.getByLabel(t('templateTable.nameOf', { number: 1 })).inputValue()).toBe('x');
  await page.getByRole('button', { name: t('templates.status.undo') }).click();
  await expect.poll(() => page.getByLabel(t('templateTable.nameOf', { number: 2 })).inputValue()).toBe('b');
  expect(await axeProblems(page)).toEqual([]);
  expect([visit.problems, visit.cspViolations]).toEqual([[], []]);
  await visit.close();
});

test('of credentials another platform takes the fields of the one before away, and it is published so', async () => {
  const visit = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const { page } = visit;
  await openDraft(page, 'E-mail on Magento', /access for machines/i);
  const fields = async () => {
    const inputs = page.getByRole('textbox', { name: t('templates.inputs.label') });
    return Promise.all((await inputs.all()).map((one) => one.inputValue()));
  };
  for (const platform of ['WOOCOMMERCE', 'VTEX', 'PRESTASHOP']) {
    await page.getByLabel(t('templateChecks.test')).selectOption(platform);
  }
  // No key of the platforms in between is asked for; what the author added of their own stays.
  const left = ['Access to the test shop', 'Address of the interface', 'Key of the webservice'];
  await expect.poll(fields).toEqual([...left, 'Password of the test shop, if it has one']);
  await page.getByText(t('templates.status.saved'), { exact: true }).waitFor();
  await picture(page, 'credentials-editor');
  await page.getByRole('button', { name: t('templates.screen.publish') }).click();
  await drawn(page);
  await picture(page, 'publish');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('templates.publish.submit') })
    .click();
  await page.getByRole('button', { name: t('templates.screen.edit') }).waitFor();
  await loaded(page);
  const road = page.getByRole('navigation', { name: t('templates.outline.label') });
  if ((await road.count()) > 0) await road.getByRole('button', { name: /access for machines/i }).click();
  await picture(page, 'published');
  expect([visit.problems, visit.cspViolations]).toEqual([[], []]);
  await visit.close();
});

test('whoever looks through the eyes of a client can save what the client could', async () => {
  const pm = await app.signIn(app.world.pm);
  const { project } = await pm.ask(
    'query ($id: ID!) { project(id: $id) { tasks { id visibility latestSubmission { file { id name } } } } }',
    { id: app.world.project.id },
  );
  type Seen = { id: string; visibility: string; latestSubmission: { file: { name: string } | null } | null };
  const found = (project.tasks as Seen[]).find((one) => one.visibility === 'SHARED' && one.latestSubmission?.file);
  expect(found).toBeDefined();
  await pm.ask('mutation ($personId: ID!) { viewAsStart(personId: $personId) { viewer { isStaff } } }', {
    personId: app.world.client.id,
  });
  const visit = await openVisitor(browser, { url: app.url, session: pm });
  const { page } = visit;
  await page.goto(`/tasks/${found!.id}?part=input`);
  await loaded(page);
  await picture(page, 'view-as');
  const button = page.getByRole('button', { name: new RegExp(`Download ${found!.latestSubmission!.file!.name}`) });
  const [saved] = await Promise.all([page.waitForEvent('download', { timeout: 15_000 }), button.first().click()]);
  expect(saved.suggestedFilename()).toBe(found!.latestSubmission!.file!.name);
  expect(await saved.failure()).toBeNull();
  expect([visit.problems, visit.cspViolations]).toEqual([[], []]);
  await visit.close();
});

test('a partner reads what credentials are for, who gives them, and no field to fill in', async () => {
  const { db, clock } = app.services;
  const { project } = app.world;
  const id = crypto.randomUUID();
  const stamps = { createdAt: clock.now(), updatedAt: clock.now() };
  const partner = { id, email: 'paula@agency.example', name: 'Paula Agency', role: 'PARTNER' as const };
  await db.insert(people).values({ ...partner, timeZone: 'Europe/Paris', accountId: null, isSample: true, ...stamps });
  await db.insert(projectPartners).values({ projectId: project.id, personId: id, createdAt: clock.now() });
  const spec = {
    kind: 'CREDENTIALS',
    fields: [
      { key: 'address', label: 'Address of the shop', isSecret: false },
      { key: 'token', label: 'Access token', isSecret: true },
    ],
    test: { platform: 'SHOPIFY', scopes: ['read_products'] },
  };
  const task = await taskWithInputs(app.services, project.id, {}, [
    { key: 'access', label: 'Access to your shop', spec },
  ]);
  const visit = await openVisitor(browser, { url: app.url, session: await app.signIn({ id }) });
  const { page } = visit;
  await page.goto(`/tasks/${task.id}?part=input`);
  await loaded(page);
  await picture(page, 'partner');
  await page.setViewportSize(phone);
  await drawn(page);
  await picture(page, 'partner-phone');
  expect(await axeProblems(page)).toEqual([]);
  expect(await page.getByLabel('Access token').count()).toBe(0);
  const [, asked = ''] = t('inputs.credentials.waiting', { names: '@', company: 'Lumen Commerce' }).split('@');
  await page.getByText(asked).waitFor();
  expect([visit.problems, visit.cspViolations]).toEqual([[], []]);
  await visit.close();
});
