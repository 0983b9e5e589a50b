import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { t } from '../support/words.ts';

let app: TestApp;
let browser: Browser;
const visitors: Visitor[] = [];

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
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

async function visit(person: { id: string }): Promise<Page> {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(person) });
  visitors.push(visitor);
  return visitor.page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const card = (page: Page, name: string) => page.locator('[data-touchpoint]').filter({ hasText: name });
const beside = (page: Page, name: string) => page.getByRole('complementary', { name });
const cellOf = (stage: string, department: string) => t('journeyMap.addIn', { stage, department });
const status = (page: Page) => page.getByText(t('journeyMap.status.saved'), { exact: true });

/** A journey with the stages that are suggested; answers with its address. */
async function begin(page: Page, name: string): Promise<string> {
  await page.goto('/journeys');
  await button(page, t('journeyMap.new')).press('Enter');
  const dialog = page.getByRole('dialog', { name: t('journeyMap.newTitle') });
  await dialog.getByLabel(t('journeyMap.name')).fill(name);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/journeys\/[0-9a-f-]{36}/);
  await button(page, t('journeyMap.useSuggested')).press('Enter');
  await page.getByText(t('journeyMap.suggested.review'), { exact: true }).first().waitFor();
  return page.url();
}

/** With its panel open. */
async function addTouchpoint(page: Page, stage: string, department: string, name: string): Promise<void> {
  await button(page, cellOf(stage, department)).press('Enter');
  const field = page.getByLabel(t('journeyMap.touchpoint.name'), { exact: true });
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await card(page, name).waitFor();
}

async function addFlow(page: Page, at: string, said: { department: string; kind: 'USE' | 'OUTPUT'; item: string }) {
  const panel = beside(page, at);
  await panel.getByRole('button', { name: t('journeyMap.flows.add'), exact: true }).press('Enter');
  await panel.getByLabel(t('journeyMap.flows.department'), { exact: true }).selectOption({ label: said.department });
  await panel.getByLabel(t('journeyMap.flows.kind'), { exact: true }).selectOption(said.kind);
  const items = panel.getByLabel(t('journeyMap.flows.item'), { exact: true });
  const names = await items.getByRole('option').allTextContents();
  if (names.includes(said.item)) await items.selectOption({ label: said.item });
  else {
    await items.selectOption({ label: t('journeyMap.flows.newItem') });
    await panel.getByLabel(t('journeyMap.flows.newItemName')).fill(said.item);
  }
  await panel.getByRole('button', { name: t('journeyMap.flows.add'), exact: true }).press('Enter');
  const sentence = { department: said.department, kind: t(`journeyMap.items.kinds.${said.kind}`), item: said.item };
  await panel.getByText(t('journeyMap.flows.said', sentence)).waitFor();
}

test('two people draw a map together, a gap appears, is planned and closed, and centralisation rises', async () => {
  const boss = app.world.staff.find(({ role }) => role === 'ADMIN')!;
  const [pm, admin] = [await visit(app.world.pm), await visit(boss)];
  const url = await begin(pm, 'From the feed to the shop');
  await admin.goto(url);
  await admin.getByRole('list', { name: t('journeyMap.here', { names: app.world.pm.name }) }).waitFor();
  const [files, review] = [t('journeyMap.suggested.files'), t('journeyMap.suggested.review')];

  await addTouchpoint(pm, files, 'Client', 'Send the feed');
  await card(admin, 'Send the feed').waitFor();
  await addTouchpoint(admin, review, 'Project managers', 'Read the feed');
  await card(pm, 'Read the feed').waitFor();
  await addFlow(admin, 'Read the feed', { department: 'Project managers', kind: 'USE', item: 'Markets of the feed' });

  // What nobody hands on is a gap, and both see it.
  const missing = '“Markets of the feed” is used by Project managers at “Read the feed”, but nobody hands it on.';
  for (const page of [pm, admin]) {
    await page
      .getByRole('button', { name: /\d+ gaps?$/ })
      .first()
      .click();
    await beside(page, t('journeyMap.panel.gaps')).getByText(missing).waitFor();
  }
  await button(pm, t('journeyMap.gaps.planOf', { sentence: missing })).press('Enter');
  await pm.getByLabel(t('journeyMap.gaps.owner')).selectOption({ label: boss.name });
  await pm.getByLabel(t('journeyMap.gaps.effect')).fill('No more letters back and forth.');
  await button(pm, t('journeyMap.gaps.save')).press('Enter');
  const planned = t('journeyMap.gaps.plannedOpen', {
    name: boss.name,
    effect: 'No more letters back and forth.',
  });
  await beside(admin, t('journeyMap.panel.gaps')).getByText(planned).waitFor();

  // Where it is handed on, the gap is closed; where it is at home in Slipway, the figure rises.
  await pm.getByText(t('journeyMap.figures.centralised', { share: 0 })).waitFor();
  await card(pm, 'Send the feed').click();
  await addFlow(pm, 'Send the feed', { department: 'Client', kind: 'OUTPUT', item: 'Markets of the feed' });
  const closed = beside(admin, t('journeyMap.panel.gaps'));
  await closed.getByRole('heading', { name: t('journeyMap.gaps.closed') }).waitFor();
  await closed.getByText(planned).waitFor();
  await button(admin, t('journeyMap.panel.items')).click();
  await admin.getByRole('button', { name: /^Markets of the feed/ }).click();
  await admin
    .getByRole('group', { name: t('journeyMap.items.homes') })
    .getByLabel('Slipway', { exact: true })
    .check();
  for (const page of [pm, admin]) await page.getByText(t('journeyMap.figures.centralised', { share: 100 })).waitFor();
  await button(admin, t('journeyMap.items.whereOf', { name: 'Markets of the feed' })).click();
  await admin.getByRole('listitem').filter({ hasText: 'Read the feed: Project managers uses it' }).first().waitFor();
}, 120_000);

test('by keyboard alone a map is drawn, moved about, taken back and left in order', async () => {
  const page = await visit(app.world.pm);
  const url = await begin(page, 'Drawn without a mouse');
  const [signed, kickoff] = [t('journeyMap.suggested.signed'), t('journeyMap.suggested.kickoff')];
  await addTouchpoint(page, signed, 'Sales', 'Say hello');
  await page.keyboard.press('Escape');
  const hello = card(page, 'Say hello');
  await expect.poll(() => hello.evaluate((one) => one === document.activeElement)).toBe(true);

  await page.keyboard.press('Alt+ArrowRight');
  await page
    .getByRole('list', { name: t('journeyMap.cell', { stage: kickoff, department: 'Sales' }) })
    .and(page.locator(':has([data-touchpoint])'))
    .waitFor();
  await page.keyboard.press('n');
  const field = page.getByLabel(t('journeyMap.touchpoint.name'), { exact: true });
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.type('Say what comes next');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => hello.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Delete');
  await hello.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+z');
  await hello.waitFor();
  await page.keyboard.press('Control+Shift+z');
  await hello.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+z');
  await hello.waitFor();
  await status(page).waitFor();
  await page.goto(`${url}?view=table`);
  await button(page, t('journeyMap.touchpoint.later', { name: 'Say hello' })).press('Enter');
  await expect
    .poll(() =>
      page
        .getByRole('rowheader')
        .getByRole('textbox')
        .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    )
    .toEqual(['Say what comes next', 'Say hello']);
}, 120_000);

test('what is drawn without a connection is kept and sent when it is back', async () => {
  const page = await visit(app.world.pm);
  const url = await begin(page, 'Drawn in a tunnel');
  await status(page).waitFor();
  await page.context().setOffline(true);
  await addTouchpoint(page, t('journeyMap.suggested.live'), 'Sales', 'Ring the bell');
  await page.getByText(t('journeyMap.status.offline')).waitFor();
  await page.context().setOffline(false);
  await status(page).waitFor();
  await page.goto(url);
  await card(page, 'Ring the bell').waitFor();
  visitors.at(-1)?.problems.splice(0);
}, 120_000);

test('what an interview tells is evidence of what hurts', async () => {
  const page = await visit(app.world.pm);
  await begin(page, 'Told by those who do it');
  await addTouchpoint(page, t('journeyMap.suggested.files'), 'Client', 'Send the feed');
  const panel = beside(page, 'Send the feed');
  await panel.getByLabel(t('journeyMap.painPoints.text')).fill('Nobody says why it was refused');
  await panel.getByRole('button', { name: t('journeyMap.painPoints.add') }).press('Enter');
  await panel.getByText(t('journeyResearch.noEvidence'), { exact: true }).waitFor();

  await button(page, t('journeyMap.panel.research')).click();
  const research = beside(page, t('journeyResearch.title'));
  await research.getByLabel(t('journeyResearch.newPersona')).fill('Shop owner');
  await page.keyboard.press('Enter');
  await research.getByLabel(t('journeyResearch.newInterview')).fill('Claire at the shop');
  await page.keyboard.press('Enter');
  await research.getByRole('button', { name: 'Claire at the shop' }).press('Enter');
  await research.getByLabel(t('journeyResearch.likeWhom'), { exact: true }).selectOption({ label: 'Shop owner' });
  await research.getByLabel(t('journeyResearch.heldOn')).fill('2026-11-05');
  await research.getByLabel(t('journeyResearch.notes')).fill('We sent it four times.');
  await research.getByLabel('Send the feed').check();
  await research.getByRole('button', { name: `Shop owner ${t('journeyResearch.asked', { count: 1 })}` }).waitFor();

  await card(page, 'Send the feed').click();
  const unproven = { said: t('journeyResearch.noEvidence'), name: 'Nobody says why it was refused' };
  await panel.getByRole('button', { name: t('journeyResearch.evidenceOf', unproven) }).press('Enter');
  await panel.getByLabel('Claire at the shop').check();
  await panel.getByText(t('journeyResearch.evidence', { count: 1 }), { exact: true }).waitFor();
  await status(page).waitFor();
  await page.reload();
  await panel.getByText(t('journeyResearch.evidence', { count: 1 }), { exact: true }).waitFor();
  await panel.getByText('We sent it four times.').waitFor();
  await button(page, t('journeyMap.panel.research')).click();
  await research.getByText(t('journeyResearch.proven', { proven: 1, count: 1 })).waitFor();
  await research.getByRole('button', { name: /^Claire at the shop .*5 Nov.* 2026$/ }).waitFor();
}, 120_000);

test('what is asked on a touchpoint is read by the other at once, settled, and stays through a reload; the map is agreed', async () => {
  const { pm } = app.world;
  const page = await visit(pm);
  const address = await begin(page, 'A map to agree on');
  await addTouchpoint(
    page,
    t('journeyMap.suggested.kickoff'),
    t('journeyMap.suggestedDepartments.pm'),
    'Kick-off call',
  );
  const other = await visit(app.world.staff.find(({ id }) => id !== pm.id)!);
  await other.goto(`${address.split('?')[0]}?panel=comments`);
  await beside(other, t('journeyMap.panel.comments')).getByText(t('journeySaying.none')).waitFor();

  const field = page.getByLabel(t('journeySaying.addTo', { name: 'Kick-off call' }));
  await field.fill('Who calls');
  await page.reload();
  await expect.poll(() => field.inputValue()).toBe('Who calls');
  await field.fill('Who calls whom?');
  await field.press('Control+Enter');
  const panel = beside(other, t('journeyMap.panel.comments'));
  await panel.getByText('Who calls whom?').waitFor();
  await expect.poll(() => field.inputValue()).toBe('');
  await card(page, 'Kick-off call')
    .getByLabel(t('journeySaying.count', { count: 1 }))
    .waitFor();

  await panel.getByRole('button', { name: t('journeySaying.resolveOf', { text: 'Who calls whom?' }) }).press('Enter');
  await page.getByRole('button', { name: t('journeySaying.showSettled', { count: 1 }) }).press('Enter');
  await page.getByText(t('journeySaying.settledBy', { name: '' }).trim()).waitFor();
  await page.getByRole('button', { name: t('journeySaying.removeOf', { text: 'Who calls whom?' }) }).press('Enter');
  await panel.getByText(t('journeySaying.none')).waitFor();
  const offer = page.getByRole('status').filter({ hasText: t('journeySaying.removed') });
  await offer.getByRole('button', { name: t('undo.undo') }).press('Enter');
  await panel.getByRole('button', { name: t('journeySaying.showSettled', { count: 1 }) }).waitFor();

  await page.getByText(t('journeySaying.notAgreed', { count: 1 })).waitFor();
  await button(page, t('journeyMap.panel.agreement')).press('Enter');
  const name = t('journeyMap.suggestedDepartments.pm');
  await page.getByLabel(t('journeySaying.speaks', { name })).selectOption({ label: pm.name });
  await button(page, t('journeySaying.signOf', { name })).press('Enter');
  await page.getByText(t('journeySaying.agreed'), { exact: true }).waitFor();
  await other.getByText(t('journeySaying.agreed'), { exact: true }).waitFor();

  await addTouchpoint(page, t('journeyMap.suggested.live'), t('journeyMap.suggestedDepartments.pm'), 'Going live');
  await other.getByText(t('journeySaying.notAgreed', { count: 1 })).waitFor();
});

test('a map is compared with what it was itself, and what is kept in Slipway is seen to rise', async () => {
  const page = await visit(app.world.pm);
  await page.goto('/journeys');
  await page.getByRole('link', { name: 'Integration with Slipway' }).press('Enter');
  await button(page, t('journeyMap.panel.compare')).press('Enter');
  const panel = beside(page, t('journeyMap.panel.compare'));
  const rows = panel.getByRole('table').getByRole('row');
  await panel.getByRole('heading', { name: t('journeyMap.history.title') }).waitFor();
  const shares = (await rows.getByRole('cell').filter({ hasText: '%' }).allInnerTexts()).map((text) =>
    Number.parseInt(text, 10),
  );
  // Its own three days, and those on which what the whole company has was drawn on other maps.
  expect(shares.length).toBeGreaterThanOrEqual(3);
  expect(shares).toEqual([...shares].sort((one, other) => other - one));
  expect(shares[0]).toBeGreaterThan(shares.at(-1) ?? 100);
  const choice = panel.getByLabel(t('journeyMap.compare.with'));
  const day = await choice
    .locator(`optgroup[label="${t('journeyMap.history.group')}"] option`)
    .last()
    .innerText();
  await choice.selectOption({ label: day });
  const kept = panel.getByRole('row', { name: t('journeyMap.compare.centralised') }).first();
  await expect.poll(() => kept.getByRole('cell').allInnerTexts()).toEqual([`${shares[0]} %`, `${shares.at(-1)} %`]);
});

test('a new journey begins with what a template asks of its clients', async () => {
  const page = await visit(app.world.pm);
  await page.goto('/journeys');
  await button(page, t('journeyMap.new')).press('Enter');
  const dialog = page.getByRole('dialog', { name: t('journeyMap.newTitle') });
  await dialog.getByLabel(t('journeyMap.name')).fill('As the template has it');
  const choice = dialog.getByLabel(t('journeyMap.startsFrom'));
  const ofTemplates = choice.locator(`optgroup[label="${t('journeyMap.templates')}"] option`);
  await ofTemplates.first().waitFor({ state: 'attached' });
  await choice.selectOption({ label: await ofTemplates.first().innerText() });
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/journeys\/[0-9a-f-]{36}/);
  await page.locator('[data-touchpoint]').first().waitFor();
  expect(await page.locator('[data-touchpoint]').count()).toBeGreaterThan(5);
  await page.getByText(t('journeyMap.figures.centralised', { share: 100 })).waitFor();
});
