import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser } from '../support/browser.ts';
import { certificateFor } from '../support/certificate.ts';
import { hereOnly } from '../support/hereOnly.ts';
import { taskWithInputs, triedAccess } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

const canary = 'canary-token-5f81';
const day = 86_400_000;

let app: TestApp;
let browser: Browser;
let server: Server;
let at: string;
let answer: RequestListener = (req, res) => {
  const isRight = req.headers.authorization === `Bearer ${canary}`;
  res.writeHead(isRight ? 200 : 401).end('{"total_count":7}');
};

beforeAll(async () => {
  const { cert, key } = certificateFor('shop.test', new Date(Date.now() - day), new Date(Date.now() + 90 * day));
  server = createServer({ cert, key }, (req, res) => answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  at = `https://shop.test:${port}`;
  app = await startTestApp({
    isRealTime: true,
    fetching: {
      allowedPorts: [port],
      ca: cert,
      ...hereOnly,
    },
  });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
  server?.closeAllConnections();
});

test('an optional field is left empty and handed in all the same, and what was in it is gone once it is left out', async () => {
  const { people, project } = midway(app);
  const { fields } = triedAccess.spec;
  const password = { key: 'password', label: 'Password of the test shop', isSecret: true, isRequired: false };
  const asked = { ...triedAccess, spec: { kind: 'CREDENTIALS', fields: [...fields, password] } };
  const task = await taskWithInputs(app.services, project.id, { isReviewWanted: true }, [asked]);
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(people[0]!) });
  const { page } = visitor;
  await page.goto(`/tasks/${task.id}?part=input`);
  const optional = page.getByLabel(`${password.label} (${t('inputs.credentials.optional')})`);
  const handIn = page.getByRole('button', { name: t('inputs.credentials.submit') });
  const shown = (label: string) => page.locator('dl > div').filter({ hasText: label }).locator('dd');

  await optional.fill('of-the-door');
  await handIn.click();
  await page.getByText(t('inputs.credentials.missing')).first().waitFor();
  expect(await page.getByText(t('inputs.credentials.missing')).count()).toBe(2);
  await page.getByLabel('Address of the shop').fill(at);
  await page.getByLabel('Access token').fill(canary);
  await handIn.click();
  await expect.poll(() => shown(password.label).innerText()).toContain(t('inputs.credentials.set'));

  await page.getByRole('button', { name: t('inputs.credentials.replace') }).click();
  await page.getByLabel('Address of the shop').fill(at);
  await page.getByLabel('Access token').fill(canary);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/optional.png`, fullPage: true });
  await handIn.click();
  await expect.poll(() => shown(password.label).innerText()).toBe(t('inputs.credentials.notGiven'));
  expect(await shown('Access token').innerText()).toContain(t('inputs.credentials.set'));
  expect(visitor.problems).toEqual([]);
  await visitor.close();
}, 90_000);

test('the author of a template says that a field is optional, but for those that they are tried with', async () => {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const { page } = visitor;
  await page.goto('/templates');
  await page.getByRole('link', { name: 'E-mail on Magento' }).click();
  await page.getByRole('button', { name: t('templates.screen.edit') }).click();
  await page.getByRole('button', { name: t('templates.screen.publish') }).waitFor();
  const road = page.getByRole('navigation', { name: t('templates.outline.label') });
  await road.getByRole('button', { name: /access for machines/i }).click();
  const ticks = page.getByRole('checkbox', { name: t('templates.inputs.fieldOptional') });
  await ticks.nth(2).waitFor();
  const now = async () =>
    Promise.all((await ticks.all()).map(async (one) => [await one.isChecked(), await one.isDisabled()]));
  expect(await now()).toEqual([
    [false, true],
    [false, true],
    [true, false],
  ]);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/optional-template.png`, fullPage: true });
  await ticks.nth(2).uncheck();
  await page.getByLabel(t('templateChecks.test')).selectOption('');
  await ticks.nth(1).check();
  await page.getByText(t('templates.status.saved'), { exact: true }).waitFor();
  await page.reload();
  await ticks.nth(2).waitFor();
  expect(await now()).toEqual([
    [false, false],
    [true, false],
    [false, false],
  ]);
  // What is tried at a platform cannot do without.
  await page.getByLabel(t('templateChecks.test')).selectOption('MAGENTO');
  expect((await now()).slice(0, 2)).toEqual([
    [false, true],
    [false, true],
  ]);
  expect(visitor.problems).toEqual([]);
  await visitor.close();
}, 90_000);

test('what a client enters is tried while they look on: refused, replaced, works; the PM sees it live and no secret', async () => {
  const { people, project } = midway(app);
  const task = await taskWithInputs(app.services, project.id, { isReviewWanted: true }, [triedAccess]);
  const staff = app.world.staff.find((person) => person.id === project.pmId)!;
  const open = async (person: { id: string }) => {
    const session = await app.signIn(person);
    const visitor = await openVisitor(browser, { url: app.url, session, isRecorded: true });
    await visitor.page.goto(`/tasks/${task.id}?part=input`);
    await visitor.page.getByText(t('shell.live'), { exact: true }).waitFor();
    return visitor;
  };
  const [client, pm] = [await open(people[0]!), await open(staff)];
  const label = t('checks.label', { subject: 'Magento' });
  const [check, seen] = [client, pm].map(({ page }) => page.getByRole('region', { name: label })) as [
    ReturnType<typeof client.page.getByRole>,
    ReturnType<typeof client.page.getByRole>,
  ];
  const enter = async (token: string) => {
    await client.page.getByLabel('Address of the shop').fill(at);
    await client.page.getByLabel('Access token').fill(token);
    await client.page.getByRole('button', { name: t('inputs.credentials.submit') }).click();
  };

  const usual = answer;
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  answer = (req, res) => void gate.then(() => usual(req, res));
  await enter('wrong-token');
  for (const one of [check, seen]) await one.getByText(t('checks.lookingFirst.CREDENTIALS')).waitFor();
  letGo();
  for (const one of [check, seen]) await one.getByText('Magento refuses these credentials').waitFor();
  await client.page.getByText(t('names.taskState.CHANGES_REQUESTED'), { exact: true }).first().waitFor();

  answer = usual;
  await client.page.getByRole('button', { name: t('inputs.credentials.replace') }).click();
  await enter(canary);
  for (const one of [check, seen]) await one.getByText(t('checks.passed.CREDENTIALS')).waitFor();
  await pm.page.getByRole('button', { name: t('submissions.review.approve') }).waitFor();

  for (const visitor of [client, pm]) {
    expect([...visitor.problems, ...visitor.cspViolations]).toEqual([]);
    const received = await visitor.received();
    expect(received).not.toContain(canary);
    expect(received).not.toContain(at);
    await visitor.close();
  }
}, 120_000);
