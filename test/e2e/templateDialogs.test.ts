import { and, eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { templates, templateVersions } from '../../drizzle/schema/index.ts';
import type { Playbook } from '../../server/templates/document.ts';
import { readPlaybook } from '../../server/templates/playbooks.ts';
import { writeTemplateFile } from '../../server/templates/templateFile.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { holdsInTheme, holdsNarrow, themes } from './holds.ts';
import { midway } from './screenList.ts';

/** A file that says many times what is wrong with it. */
function brokenFile(): string {
  const { phases, ...head } = readPlaybook('emailShopify');
  const bad = phases.map((phase) => ({ ...phase, tasks: phase.tasks.map((task) => ({ ...task, minutes: 0 })) }));
  return writeTemplateFile({ ...head, phases: bad });
}

/** Publishes a version of the template that search on Shopify begins from, with something of every kind changed. */
async function newerVersion({ services: { db, clock } }: TestApp): Promise<void> {
  const [found] = await db
    .select({ row: templateVersions })
    .from(templateVersions)
    .innerJoin(templates, eq(templates.id, templateVersions.templateId))
    .where(and(eq(templates.key, 'searchShopify'), eq(templateVersions.state, 'PUBLISHED')));
  if (!found) throw new Error('The sample has no such template');
  const before = found.row.document as Playbook;
  const phases = before.phases.map((phase, at) => ({
    ...phase,
    tasks: phase.tasks.flatMap((task, place) => {
      if (at === before.phases.length - 1 && place === phase.tasks.length - 1) return [];
      const other = { ...task, title: `${task.title}, in short`, minutes: task.minutes + 5 };
      const added = { ...task, key: `${task.key}Again`, title: 'Name who answers for it', after: [task.key] };
      return place === 0 ? (at < 2 ? [other] : [other, added]) : [task];
    }),
  }));
  const number = found.row.number + 1;
  await db.update(templateVersions).set({ state: 'RETIRED' }).where(eq(templateVersions.id, found.row.id));
  const row = { ...found.row, id: uuidv7(), number, document: { ...before, version: number, phases } };
  await db.insert(templateVersions).values({ ...row, state: 'PUBLISHED', publishedAt: clock.now() });
}

let app: TestApp;
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser({ isForChecks: true });
  const { pmId } = midway(app).project;
  const session = await app.signIn(app.world.staff.find((person) => person.id === pmId)!);
  visitor = await openVisitor(browser, { url: app.url, session });
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

/** Whatever is open: accessible in both themes, and within a narrow phone. */
async function holds(name: string): Promise<void> {
  const { page } = visitor;
  for (const theme of themes) {
    await holdsInTheme(page, theme);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${theme}.png` });
  }
  await holdsNarrow(page);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-narrow.png` });
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('a template goes out as a file and comes in as a draft; a file that is not right says where', async () => {
  const { page } = visitor;
  await page.goto('/templates');
  await page.getByRole('link', { name: 'Site search on Shopify' }).click();
  await page.getByRole('button', { name: t('templates.screen.more') }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: t('templates.screen.export') }).click();
  const saved = await (await download).createReadStream();
  const file = Buffer.concat(await saved.toArray());
  await page.goto('/templates');
  await page.getByRole('button', { name: t('templates.import.open') }).click();
  const input = page.locator('dialog input[type=file]');
  const named = (buffer: Buffer) => ({ name: 'search.template.json', mimeType: 'application/json', buffer });
  await input.setInputFiles(named(Buffer.from(brokenFile())));
  await page
    .getByText(/minutes/)
    .first()
    .waitFor();
  await holds('template-refused');
  await input.setInputFiles(named(file));
  await page.getByRole('button', { name: t('templates.screen.publish') }).waitFor();
  await page.getByRole('heading', { name: 'Site search on Shopify', level: 1 }).waitFor();
});

test('a newer version is reviewed in a project: what is ticked is taken, what is done stays', async () => {
  const { page } = visitor;
  await newerVersion(app);
  await page.goto(`/projects/${midway(app).project.id}`);
  await page.getByRole('button', { name: t('templateUpdate.open') }).click();
  await page.getByRole('heading', { name: t('templateUpdate.can') }).waitFor();
  await page.getByRole('heading', { name: t('templateUpdate.stays') }).waitFor();
  await holds('template-update');
  const dialog = page.getByRole('dialog');
  const ticks = dialog.getByRole('checkbox');
  const count = await ticks.count();
  expect(count).toBeGreaterThan(2);
  for (let at = 0; at < count; at++) await ticks.nth(at).setChecked(false);
  const added = dialog.getByRole('checkbox', { name: /Name who answers for it/ }).first();
  await added.focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: t('templateUpdate.submit', { count: 1 }) }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Name who answers for it').first().waitFor();
  await page.getByRole('button', { name: t('templateUpdate.open') }).waitFor({ state: 'detached' });

  // Who took it over stands there with the way back, and afterwards it is offered again.
  await page.getByRole('button', { name: /^Go back to version/ }).press('Enter');
  await page.getByRole('button', { name: t('templateUpdate.open') }).waitFor();
  await page.getByRole('button', { name: /^Go back to version/ }).waitFor({ state: 'detached' });
  // What it brought is waived: somebody may have seen it.
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Name who answers for it' })
    .getByText(t('names.taskState.WAIVED'))
    .first()
    .waitFor();
  expect(visitor.problems).toEqual([]);
});
