import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, sidewaysScroll, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';
import { t } from '../support/words.ts';
import { midway, taskNamed } from './screenList.ts';

let app: TestApp;
let browser: Browser;
let pm: Session;
let id: string;
let page: Page;

const planOf = async () =>
  (
    await pm.ask(
      'query ($id: ID!) { task(id: $id) { revision durationDays pin { edge on } links { kind lagDays predecessor { id title } } } }',
      { id },
    )
  ).task;
const edit = 'mutation ($id: ID!, $input: TaskEditInput!) { taskEdit(id: $id, input: $input) { userErrors { code } } }';
const days = (count: number) => t('plan.edit.duration', { count });
const button = (label: string) => page.getByRole('button', { name: new RegExp(`^${label}:`) });
const sheet = (label: string) => page.getByRole('dialog', { name: label });

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
  pm = await app.signIn(app.world.staff.find((person) => person.id === midway(app).project.pmId)!);
  id = taskNamed(app, 'attributes').id;
  page = (await openVisitor(browser, { url: app.url, session: pm })).page;
  await page.goto(`/tasks/${id}?part=input`);
  await page.getByRole('heading', { name: t('plan.edit.title') }).waitFor();
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

test('how long a task takes is set in place, after a look at what that moves, and taken back', async () => {
  const before = (await planOf()).durationDays;
  const label = t('plan.edit.durationLabel');
  await button(label).press('Enter');
  await sheet(label).getByLabel(label).fill('12');
  await sheet(label)
    .getByRole('region', { name: t('plan.preview.label') })
    .waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await button(label)
    .filter({ hasText: days(12) })
    .waitFor();
  expect((await planOf()).durationDays).toBe(12);
  await page.getByRole('button', { name: t('undo.undo') }).click();
  await eventually(async () => expect((await planOf()).durationDays).toBe(before));
});

/** Somebody else edits the task while the page's own edit is on its way, so that this comes second. */
async function comesFirst(input: Record<string, unknown>): Promise<void> {
  let isDone = false;
  await page.route('**/graphql', async (route) => {
    if (!isDone && route.request().postData()?.includes('mutation TaskEdit')) {
      isDone = true;
      const { revision } = await planOf();
      await pm.ask(edit, { id, input: { revision, ...input } });
    }
    await route.continue();
  });
}

test('of two who set the same, the second sees both values, and may keep theirs', async () => {
  const label = t('plan.edit.durationLabel');
  await button(label).click();
  await sheet(label).getByLabel(label).fill('7');
  await comesFirst({ durationDays: 9 });
  await sheet(label)
    .getByRole('button', { name: t('plan.edit.save') })
    .click();
  await sheet(label)
    .getByText(t('plan.edit.conflict', { theirs: days(9), mine: days(7) }))
    .waitFor();
  expect((await planOf()).durationDays).toBe(9);
  await sheet(label)
    .getByRole('button', { name: t('plan.edit.save') })
    .click();
  await button(label)
    .filter({ hasText: days(7) })
    .waitFor();
  expect((await planOf()).durationDays).toBe(7);
  await page.unroute('**/graphql');
});

test('what somebody else changed of the task meanwhile refuses nothing', async () => {
  const label = t('plan.edit.durationLabel');
  await button(label).click();
  await sheet(label).getByLabel(label).fill('6');
  await comesFirst({ minutes: 77 });
  await sheet(label)
    .getByRole('button', { name: t('plan.edit.save') })
    .click();
  await button(label)
    .filter({ hasText: days(6) })
    .waitFor();
  await page.unroute('**/graphql');
});

test('a task is held on a day and let go again', async () => {
  const label = t('plan.edit.pinLabel');
  await button(label).click();
  await sheet(label).getByLabel(t('plan.edit.pinEdge')).selectOption('START');
  await sheet(label).getByLabel(t('plan.edit.pinDay')).fill('2031-03-12');
  await sheet(label)
    .getByRole('region', { name: t('plan.preview.label') })
    .waitFor();
  await sheet(label)
    .getByRole('button', { name: t('plan.edit.save') })
    .click();
  await button(label).filter({ hasText: '12 Mar 2031' }).waitFor();
  expect((await planOf()).pin).toEqual({ edge: 'START', on: '2031-03-12' });
  await button(label).click();
  const letGo = sheet(label).getByRole('button', { name: t('plan.edit.letGo') });
  await letGo.focus();
  await sheet(label)
    .getByRole('region', { name: t('plan.preview.label') })
    .waitFor();
  await letGo.press('Enter');
  await button(label)
    .filter({ hasText: t('plan.edit.free') })
    .waitFor();
  expect((await planOf()).pin).toBeNull();
});

test('how it waits for another is set in place; untied only after a look at what that moves, and tied again', async () => {
  const [link] = (await planOf()).links;
  const label = t('plan.edit.rule', { title: link.predecessor.title });
  await button(label).click();
  await sheet(label).getByLabel(t('plan.edit.kind')).selectOption('START_TO_START');
  await sheet(label).getByLabel(t('plan.edit.lag'), { exact: true }).fill('3');
  await sheet(label)
    .getByRole('region', { name: t('plan.preview.label') })
    .waitFor();
  await sheet(label)
    .getByRole('button', { name: t('plan.edit.save') })
    .click();
  const rule = t('plan.edit.lagMore', { rule: t('plan.edit.rule_START_TO_START'), count: 3 });
  await button(label).filter({ hasText: rule }).waitFor();
  const ruleOf = async () =>
    (await planOf()).links.find((one: typeof link) => one.predecessor.id === link.predecessor.id) ?? null;
  expect(await ruleOf()).toMatchObject({ kind: 'START_TO_START', lagDays: 3 });
  await button(label).click();
  const untie = sheet(label).getByRole('button', { name: t('plan.edit.untie') });
  await untie.focus();
  await sheet(label)
    .getByRole('region', { name: t('plan.preview.label') })
    .waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await untie.press('Enter');
  await button(label).waitFor({ state: 'hidden' });
  expect(await ruleOf()).toBeNull();
  await page
    .getByRole('button', { name: t('undo.undo') })
    .last()
    .click();
  await button(label).filter({ hasText: rule }).waitFor();
  expect(await ruleOf()).toMatchObject({ kind: 'START_TO_START', lagDays: 3 });
});

test('on a narrow phone nothing of it stands beyond the page, and a client sees none of it', async () => {
  const label = t('plan.edit.pinLabel');
  await page.setViewportSize({ width: 320, height: 640 });
  await button(label).click();
  await sheet(label).getByLabel(t('plan.edit.pinDay')).waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  const lead = await app.signIn(midway(app).people[0]!);
  const client = await openVisitor(browser, { url: app.url, session: lead });
  await client.page.goto(`/tasks/${id}?part=input`);
  await client.page.getByRole('heading', { name: t('taskActs.ties.before') }).waitFor();
  expect(await client.page.getByRole('heading', { name: t('plan.edit.title') }).count()).toBe(0);
  expect(await client.page.getByRole('button', { name: /How it waits/ }).count()).toBe(0);
  await client.close();
});
