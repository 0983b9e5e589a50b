import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
import { mailTo } from '../support/mails.ts';
import { t } from '../support/words.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
});
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

test('a template made from nothing carries a project that its client opens and works on', async () => {
  const pm = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const { page } = pm;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.goto('/templates');
  await button(t('templates.new')).click();
  const dialog = page.getByRole('dialog', { name: t('templates.create.title') });
  await dialog.getByLabel(t('templates.create.name')).fill('Search on VTEX');
  await dialog.getByLabel(t('templates.create.platform')).selectOption('VTEX');
  await dialog.getByRole('button', { name: t('templates.create.submit') }).click();
  await page.waitForURL(/\/templates\/[0-9a-f]{8}-/);

  await button(t('templates.outline.addPhase')).click();
  await page.getByLabel(t('templates.phase.name'), { exact: true }).fill('Kick-off');
  await page.getByLabel(t('templates.phase.milestone')).fill('We know your shop');
  await writeTask(page, {
    title: 'Tell us about your shop',
    purpose: 'we can set the search up',
    documentation: 'The address of {{account.name}} as shoppers type it.',
    url: 'Address of the shop',
  });
  await writeTask(page, {
    title: 'Agree to the plan',
    purpose: 'we can begin',
    documentation: 'Read the plan, then agree to it.',
    after: 'Tell us about your shop',
  });
  await page.getByText(t('templates.status.saved'), { exact: true }).waitFor();
  await button(t('templates.screen.publish')).click();
  await page.getByText(t('templates.publish.first')).waitFor();
  await button(t('templates.publish.submit')).click();
  await button(t('templates.screen.edit')).waitFor();

  await page.goto('/projects/new');
  await page.getByRole('combobox', { name: t('newIntegration.account.search') }).fill('Juniper Lamps');
  await page.getByRole('option', { name: t('newIntegration.account.add', { name: 'Juniper Lamps' }) }).click();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await field(t('newIntegration.account.website')).fill('www.juniper-lamps.example');
  await field(t('newIntegration.people.email')).fill('ida@juniper-lamps.example');
  await field(t('newIntegration.people.name')).fill('Ida Holm');
  await page.getByLabel(t('newIntegration.what.platform')).selectOption('VTEX');
  await page.getByRole('checkbox', { name: 'Search on VTEX' }).waitFor();
  expect(await page.getByRole('checkbox', { name: 'Search on VTEX' }).isChecked()).toBe(true);
  await button(t('newIntegration.create')).click();
  await page.waitForURL(/\/projects\/[0-9a-f]{8}-/);
  await page.getByText('We know your shop').first().waitFor();

  // The client comes in by the invitation's link, and does what the template asks for first.
  const client = await openVisitor(browser, { url: app.url });
  const mail = await mailTo(app, 'ida@juniper-lamps.example');
  const link = /https?:\/\/\S+/.exec(mail.text)?.[0] ?? '';
  await client.page.goto(link.replace(/^https?:\/\/[^/]+/, app.url));
  await client.page.getByRole('main').getByRole('button').first().click();
  await client.page.waitForURL(/\/tasks\//);
  await client.page.getByRole('heading', { level: 1, name: 'Tell us about your shop' }).waitFor();
  await client.page.getByText('The address of Juniper Lamps as shoppers type it.').waitFor();
  const asked = client.page.getByRole('region', { name: 'Address of the shop' });
  await asked.getByRole('textbox').fill('https://www.juniper-lamps.example/');
  await asked.getByRole('button', { name: t('submissions.url.submit') }).click();
  await asked.getByRole('link', { name: /juniper-lamps/ }).waitFor();
  expect([...pm.problems, ...client.problems]).toEqual([]);
  expect([...pm.cspViolations, ...client.cspViolations]).toEqual([]);
  await Promise.all([pm.close(), client.close()]);
});

test('a task that was tied to an answer by hand comes for the client who answers so', async () => {
  const pm = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const { page } = pm;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.goto('/templates');
  await button(t('templates.new')).click();
  const dialog = page.getByRole('dialog', { name: t('templates.create.title') });
  await dialog.getByLabel(t('templates.create.name')).fill('Search on PrestaShop');
  await dialog.getByLabel(t('templates.create.platform')).selectOption('PRESTASHOP');
  await dialog.getByRole('button', { name: t('templates.create.submit') }).click();
  await page.waitForURL(/\/templates\/[0-9a-f]{8}-/);
  await button(t('templates.outline.addPhase')).click();
  await page.getByLabel(t('templates.phase.name'), { exact: true }).fill('Kick-off');
  await page.getByLabel(t('templates.phase.milestone')).fill('We know your shop');

  await button(t('templates.outline.addTask')).click();
  await page.getByLabel(t('templates.task.title'), { exact: true }).fill('Tell us about your shop');
  await page.getByLabel(t('templates.task.purpose')).fill('we can set the search up');
  await page.getByLabel(t('templates.task.type')).selectOption('FORM');
  const question = page.getByLabel(t('templates.inputs.question'), { exact: true });
  if ((await question.count()) === 0) await button(t('templates.inputs.questionAdd')).click();
  await question.fill('Do you have a second shop?');
  await page.getByLabel(t('templates.inputs.kind'), { exact: true }).selectOption('YES_NO');
  await page.getByLabel(t('templates.documentation.label')).fill('Two minutes.');
  for (const [title, answer] of [
    ['Send the feed of the second shop', 'templates.inputs.yes'],
    ['Say that one shop is all', 'templates.inputs.no'],
  ] as const) {
    await button(t('templates.outline.addTask')).click();
    await page.getByLabel(t('templates.task.title'), { exact: true }).fill(title);
    await page.getByLabel(t('templates.task.purpose')).fill('nothing is forgotten');
    await page.getByLabel(t('templates.documentation.label')).fill('In your own words.');
    const asked = { task: 'Tell us about your shop', question: 'Do you have a second shop?' };
    const about = t('templateConditions.question', asked);
    await page.getByLabel(t('templateConditions.add')).selectOption({ label: about });
    await page.getByRole('group', { name: about }).getByLabel(t(answer), { exact: true }).check();
  }
  await page.getByText(t('templates.status.saved'), { exact: true }).waitFor();
  await button(t('templates.screen.publish')).click();
  await button(t('templates.publish.submit')).click();
  await button(t('templates.screen.edit')).waitFor();

  await page.goto('/projects/new');
  await page.getByRole('combobox', { name: t('newIntegration.account.search') }).fill('Nomad Tents');
  await page.getByRole('option', { name: t('newIntegration.account.add', { name: 'Nomad Tents' }) }).click();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await field(t('newIntegration.account.website')).fill('www.nomad-tents.example');
  await field(t('newIntegration.people.email')).fill('noor@nomad-tents.example');
  await field(t('newIntegration.people.name')).fill('Noor Bakker');
  await page.getByLabel(t('newIntegration.what.platform')).selectOption('PRESTASHOP');
  await page.getByRole('checkbox', { name: 'Search on PrestaShop' }).waitFor();
  await button(t('newIntegration.create')).click();
  await page.waitForURL(/\/projects\/[0-9a-f]{8}-/);

  const client = await openVisitor(browser, { url: app.url });
  const mail = await mailTo(app, 'noor@nomad-tents.example');
  const link = /https?:\/\/\S+/.exec(mail.text)?.[0] ?? '';
  await client.page.goto(link.replace(/^https?:\/\/[^/]+/, app.url));
  await client.page.getByRole('main').getByRole('button').first().click();
  await client.page.waitForURL(/\/tasks\//);
  await client.page.getByRole('radio', { name: t('templates.inputs.yes') }).check();
  await client.page.getByRole('button', { name: t('inputs.form.handIn') }).click();
  await page.getByText('Send the feed of the second shop').first().waitFor();
  await client.page.goto(new URL(page.url()).pathname);
  await client.page.getByText('Send the feed of the second shop').first().waitFor();
  expect(await client.page.getByText('Say that one shop is all').count()).toBe(0);
  expect([...pm.problems, ...client.problems]).toEqual([]);
  await Promise.all([pm.close(), client.close()]);
});

type Wanted = { title: string; purpose: string; documentation: string; url?: string; after?: string };

/** A new task of the last phase, written into the page that opens for it. */
async function writeTask(page: Page, { title, purpose, documentation, url, after }: Wanted): Promise<void> {
  await page
    .getByRole('button', { name: t('templates.outline.addTask') })
    .last()
    .click();
  await page.getByLabel(t('templates.task.title'), { exact: true }).fill(title);
  await page.getByLabel(t('templates.task.purpose')).fill(purpose);
  await page.getByLabel(t('templates.task.type')).selectOption(url === undefined ? 'APPROVAL' : 'URL');
  if (url !== undefined) await page.getByLabel(t('templates.inputs.label'), { exact: true }).fill(url);
  else await page.getByLabel(t('templates.inputs.statement')).fill('We begin as the plan says.');
  if (after !== undefined) await page.getByLabel(t('templates.task.afterAdd')).selectOption({ label: after });
  await page.getByLabel(t('templates.documentation.label')).fill(documentation);
}
