import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, phone, startBrowser, type Visitor } from '../support/browser.ts';
import type { Session } from '../support/session.ts';
import { t } from '../support/words.ts';
import { makeFullDay } from './deskScreens.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let browser: Browser;
let pm: Session;
let [ranking, firewall]: string[] = [];
const visitors: Visitor[] = [];

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
  pm = await app.signIn(app.world.pm);
  [, ranking, , , , firewall] = await makeFullDay(app, app.world.pm.id);
}, 120_000);
afterEach(async () => {
  for (const visitor of visitors.splice(0)) {
    expect(visitor.cspViolations).toEqual([]);
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  }
});
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

async function open(path: string, session: Session, isPhone = false): Promise<Page> {
  const visitor = await openVisitor(browser, {
    url: app.url,
    session,
    ...(isPhone ? { isPhone, viewport: phone } : {}),
  });
  visitors.push(visitor);
  await visitor.page.goto(path);
  return visitor.page;
}
const group = (page: Page, urgency: 'LATE' | 'TODAY' | 'WAITING' | 'HELD_UP' | 'SOON') =>
  page.locator(`section[data-urgency=${urgency}]`);

test('a PM goes through their day by J, K and Enter, and comes to where each thing is done', async () => {
  const page = await open('/my-day', pm);
  await group(page, 'LATE').getByRole('link', { name: 'Tune the ranking' }).waitFor();
  await page.keyboard.press('j');
  // What is late longest comes first.
  await expectFocus(page, 'Tune the ranking');
  await page.keyboard.press('j');
  await expectFocus(page, 'Set up the index with every field that the shop has');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/tasks/${ranking}*`);
});

async function expectFocus(page: Page, name: string): Promise<void> {
  await page.locator(':focus').and(page.getByRole('link', { name })).waitFor();
}

test('every reason is said in words, in the group that is its due, with its count', async () => {
  const page = await open('/my-day', pm);
  const stuck = group(page, 'HELD_UP').getByRole('listitem').filter({ hasText: 'Open the firewall' });
  await stuck.getByText(t('myDay.why.STUCK_own')).waitFor();
  await group(page, 'HELD_UP')
    .getByText(/Silent for \d+ working days, with open tasks/)
    .waitFor();
  await group(page, 'SOON').getByText(t('myDay.why.TASK_DUE_SOON_nobodys')).waitFor();
  const late = await group(page, 'LATE').getByRole('listitem').count();
  await page
    .getByRole('heading', { name: t('myDay.counted', { title: t('myDay.urgency.LATE'), count: late }) })
    .waitFor();
  await stuck.getByRole('link').click();
  await page.waitForURL(`**/tasks/${firewall}*`);
});

test('a mention comes by itself and goes when it was read on another device; a stuck task comes by itself', async () => {
  const colleague = await app.signIn(app.world.staff[1]!);
  const page = await open('/my-day', pm);
  await page.getByText(t('shell.live'), { exact: true }).waitFor();
  const task = midway(app).tasks.find(({ visibility, state }) => visibility === 'SHARED' && state === 'DONE')!;
  const input = {
    taskId: task.id,
    text: `For @[${app.world.pm.id}]`,
    audience: 'INTERNAL',
    idempotencyKey: randomUUID(),
  };
  await colleague.ask(
    `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } userErrors { code } } }`,
    { input },
  );
  const row = group(page, 'WAITING').getByRole('listitem').filter({ hasText: task.title });
  await row.getByText(t('myDay.why.MENTIONED', { name: app.world.staff[1]!.name })).waitFor();
  await pm.ask(`mutation ($input: InboxReadInput!) { inboxRead(input: $input) { mark } }`, {
    input: { taskId: task.id },
  });
  await row.waitFor({ state: 'detached' });

  const read = `query ($id: ID!) { task(id: $id) { revision } }`;
  const { task: now } = await colleague.ask(read, { id: ranking });
  await colleague.ask(
    `mutation ($id: ID!, $input: TaskFlagStuckInput!) { taskFlagStuck(id: $id, input: $input) { userErrors { code } } }`,
    { id: ranking, input: { revision: now.revision, side: 'CLIENT', reason: 'We need the order history first.' } },
  );
  const late = group(page, 'LATE').getByRole('listitem').filter({ hasText: 'Tune the ranking' });
  await late.getByText(t('myDay.why.STUCK', { name: app.world.staff[1]!.name })).waitFor();
});

test('a week that is over-full says so in words, and opens to its tasks; a PM sees their own weeks alone', async () => {
  const page = await open('/my-day', pm, true);
  await page.getByRole('link', { name: t('myDay.workload') }).click();
  await page.getByText(t('workload.stateOwn')).waitFor();
  const people = page.getByRole('list', { name: t('workload.people') });
  const week = people.getByRole('button', { name: new RegExp(`^${t('workload.thisWeek')}: .* over`) });
  await week.click();
  await page.getByRole('region').getByRole('link', { name: 'Write report 1' }).waitFor();
  expect(await people.getByText(app.world.staff[1]!.name).count()).toBe(0);
  expect(await week.getAttribute('aria-expanded')).toBe('true');
  // The address says what is open, so it can be sent.
  await page.reload();
  await page.getByRole('region').getByRole('link', { name: 'Write report 1' }).waitFor();
  await week.click();
  await page.getByRole('region').waitFor({ state: 'detached' });
});

test('a client finds nothing at either address', async () => {
  const client = await app.signIn(midway(app).people[0]!);
  for (const path of ['/my-day', '/workload']) {
    const page = await open(path, client);
    await page.getByRole('heading', { name: t('common.error.notFoundTitle') }).waitFor();
    expect(await page.getByRole('link', { name: t('shell.myDay') }).count()).toBe(0);
  }
});
