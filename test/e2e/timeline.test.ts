import type { Browser, Page } from 'playwright-core';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillProjects } from '../bench/listing/fill.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, phone, sidewaysScroll, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

const many = 150;

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
  const sql = postgres(app.config.databaseUrl!, { max: 1, onnotice: () => {} });
  await fillProjects(sql, 0, many);
  await sql.end();
}, 180_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

async function open(path: string, options: { viewport?: typeof phone; isPhone?: boolean } = {}): Promise<Page> {
  const pm = app.world.staff.find((person) => person.role === 'ADMIN') ?? app.world.pm;
  const { page } = await openVisitor(browser, { url: app.url, session: await app.signIn(pm), ...options });
  await page.goto(path);
  await page.locator('a[data-row]').first().waitFor();
  return page;
}
const rows = (page: Page) => page.locator('a[data-row]');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.closest('tr')?.ariaRowIndex);
const lastRow = (page: Page) => page.evaluate(() => Number(document.querySelector('table')?.ariaRowCount));

test('the timeline is a press away; how close it is looked at stands in the address and in a saved view', async () => {
  const page = await open('/overview');
  await page.getByText(t('overview.layout.TIMELINE'), { exact: true }).click();
  await page.waitForURL('**/overview?*as=TIMELINE*');
  await page.getByRole('region', { name: t('overview.timeline.label') }).waitFor();
  await page.getByText(t('overview.timeline.QUARTER'), { exact: true }).click();
  await page.waitForURL('**/overview?*zoom=QUARTER*');
  await page.getByText('Q1 2027', { exact: true }).waitFor();
  await page.getByRole('button', { name: t('overview.view.all') }).click();
  await page.getByRole('menuitem', { name: t('overview.view.saveAs') }).click();
  await page.getByLabel(t('overview.view.name')).fill('Quarters');
  await page.getByRole('button', { name: t('overview.view.save'), exact: true }).click();
  await page.waitForURL(/view=[0-9a-f-]{36}$/);
  await page.reload();
  await page.getByText('Q1 2027', { exact: true }).waitFor();
  await page.getByRole('button', { name: t('overview.view.open', { name: 'Quarters' }) }).waitFor();
});

test('each line says as a table what it draws: its phases with their days, its target and its likely day', async () => {
  const page = await open('/overview?as=TIMELINE&q=lavande');
  expect(await axeProblems(page)).toEqual([]);
  const line = page.getByRole('row').filter({ hasText: midway(app).account.name });
  const cells = await line.getByRole('cell').allInnerTexts();
  expect(cells).toHaveLength(3);
  const { phases } = await (await app.signIn(app.world.pm))
    .ask('query ($id: ID!) { project(id: $id) { phases { name progress { done total } } } }', {
      id: midway(app).project.id,
    })
    .then(({ project }) => project);
  for (const { name, progress } of phases) {
    expect(cells[0]).toMatch(new RegExp(`${name} .*, ${progress.done} of ${progress.total} done`));
  }
  expect(cells[1]).toMatch(/^target /);
  expect(cells[2]).toMatch(/^likely live /);
  await line.getByRole('link').press('Enter');
  await page.waitForURL(`**/projects/${midway(app).project.id}`);
});

test.each(['/overview?as=TIMELINE', '/overview?as=TIMELINE&group=HEALTH', '/overview?', '/overview?group=PM'])(
  'of a long list only the lines in view are there, and the keyboard walks on beyond its first page: %s',
  async (path) => {
    const page = await open(path);
    expect(await lastRow(page)).toBeGreaterThan(many);
    expect(await rows(page).count()).toBeLessThan(70);
    await rows(page).first().focus();
    const before = Number(await focused(page));
    for (let i = 1; i <= 3; i++) {
      await page.keyboard.press('ArrowDown');
      await eventually(async () => expect(Number(await focused(page))).toBeGreaterThan(before + i - 1));
    }
    const held = await focused(page);
    // Scrolled away by the wheel, the focus stays with its line, and goes on from there.
    await page.locator('table').hover({ position: { x: 60, y: 120 } });
    await eventually(async () => {
      await page.mouse.wheel(0, 4_000);
      const seen = page.locator(`tr[aria-rowindex="${await lastRow(page)}"]`);
      expect(await seen.locator('a[data-row]').isVisible()).toBe(true);
    }, 20_000);
    expect(await focused(page)).toBe(held);
    expect(await rows(page).count()).toBeLessThan(90);
    await page.keyboard.press('k');
    await eventually(async () => expect(Number(await focused(page))).toBeLessThan(Number(held)));
    await page.context().close();
  },
);

test('a change far down the list is seen where it stands', async () => {
  const page = await open('/overview?as=TIMELINE&sort=CLIENT&dir=DESCENDING');
  const pm = await app.signIn(app.world.pm);
  const last = page.locator(`tr[aria-rowindex="${many}"]`);
  await page.locator('table').hover({ position: { x: 60, y: 120 } });
  await eventually(async () => {
    await page.mouse.wheel(0, 2_000);
    expect(await last.locator('a[data-row]').isVisible()).toBe(true);
  }, 20_000);
  const name = (await last.getByRole('link').innerText()).split('\n').at(-1);
  const { integrations } = await pm.ask(
    `query ($filter: IntegrationFilterInput) { integrations(first: 1, filter: $filter) { nodes { id revision } } }`,
    { filter: { text: name } },
  );
  const [{ id, revision }] = integrations.nodes;
  await pm.ask(
    'mutation ($id: ID!, $input: ProjectEditInput!) { projectEdit(id: $id, input: $input) { userErrors { code } } }',
    { id, input: { revision, targetOn: '2031-05-06' } },
  );
  await eventually(async () => expect(await last.getByRole('cell').nth(1).innerText()).toContain('6 May 2031'), 10_000);
});

test('on a phone it scrolls within itself, and the page does not', async () => {
  const page = await open('/overview?as=TIMELINE', { viewport: phone, isPhone: true });
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
});
