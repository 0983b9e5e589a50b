import { mkdirSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { phases, projects } from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { projectCreate } from '../../server/templates/commands.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  axeProblems,
  closeWindows,
  desktop,
  drawn,
  loaded,
  openVisitor,
  phone,
  sidewaysScroll,
  startBrowser,
} from '../support/browser.ts';
import { t } from '../support/words.ts';

let app: TestApp;
let browser: Browser;
let emptyId: string;
beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser({ isForChecks: true });
  const viewer = viewerFrom({ personId: app.world.pm.id, sessionId: '', role: 'PM', accountId: null });
  const { value } = await projectCreate(
    { ...app.services, viewer, loaders: new Map() },
    {
      idempotencyKey: 'empty',
      account: { id: app.world.project.accountId },
      templateKeys: [],
      platform: 'VTEX',
      products: ['REVIEWS'],
      name: 'Reviews, by hand',
      pmId: null,
      signedOn: new Date().toISOString().slice(0, 10),
      targetOn: null,
      revenue: null,
      isDraft: false,
    },
  );
  emptyId = value.id;
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const company = 'Lumen Commerce';
const states = [
  ['ON_HOLD', 'client', 'The shop moves to a new warehouse; we go on in January.'],
  ['LIVE', 'client', null],
  ['LIVE', 'pm', null],
  ['CANCELLED', 'client', 'The shop was sold.'],
] as const;

test.each(states)('%s, as a %s sees it, is said plainly and accessible in both themes', async (state, who, reason) => {
  const { id } = app.world.project;
  const changed = { state, stateReason: reason, stateSince: new Date() };
  await app.services.db.update(projects).set(changed).where(eq(projects.id, id));
  const session = await app.signIn(who === 'pm' ? app.world.pm : app.world.client);
  const visitor = await openVisitor(browser, { url: app.url, session });
  const { page } = visitor;
  await page.goto(`/projects/${id}`);
  await page.locator('#state-title').waitFor();
  await loaded(page);
  if (reason) await page.getByText(reason).waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of [desktop, phone, { width: 320, height: 640 }]) {
      await page.setViewportSize(size);
      await drawn(page);
      expect(await sidewaysScroll(page), `${size.width}`).toBe(0);
    }
    await page.setViewportSize(colorScheme === 'light' ? desktop : phone);
    await drawn(page);
    expect(await axeProblems(page)).toEqual([]);
    await picture(`${state}-${who}-${colorScheme}`);
  }
  if (state !== 'LIVE') {
    // Who comes to a task by a link reads there why it asks for nothing: on a phone before its parts.
    const task = app.world.task({ projectId: id, visibility: 'SHARED', state: 'IN_PROGRESS' });
    await page.setViewportSize(phone);
    await page.goto(`/tasks/${task.id}`);
    await loaded(page);
    const [said, parts] = await Promise.all([
      page.getByRole('heading', { name: t(`taskActs.notice.project.${state}`) }).boundingBox(),
      page.getByRole('tablist', { name: t('task.part.label') }).boundingBox(),
    ]);
    expect(said!.y).toBeLessThan(parts!.y);
    expect(parts!.y).toBeLessThan(phone.height);
    await picture(`${state}-task-phone`);
    await page.goto(`/tasks/${task.id}?part=input`);
    const notice = page.getByRole('heading', { name: t(`taskActs.notice.project.${state}`) });
    await notice.waitFor();
    await page.getByText(t(`projectState.${state}.client`)).waitFor();
    if (state === 'CANCELLED') await page.getByText(t('submissions.state.ended')).waitFor();
    await drawn(page);
    expect(await axeProblems(page)).toEqual([]);
    await picture(`${state}-task`);
    await page.setViewportSize(desktop);
    await drawn(page);
    expect(await notice.count()).toBe(1);
    expect(await axeProblems(page)).toEqual([]);
    await picture(`${state}-task-desktop`);
  }
  await visitor.close();

  async function picture(name: string) {
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
  }
});

test('a project without a road says what brings it, and its road is built on the spot', async () => {
  if (process.env.PICTURES) mkdirSync(process.env.PICTURES, { recursive: true });
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  const { page } = visitor;
  await page.goto(`/projects/${emptyId}`);
  await page.getByText(t('project.road.emptyStaff')).waitFor();
  await page.getByRole('button', { name: t('project.road.edit') }).click();
  await page.getByLabel(t('project.road.addName')).fill('Kick-off');
  await page.getByLabel(t('project.road.addMilestone')).fill('We know each other');
  await page.getByRole('button', { name: t('project.road.add'), exact: true }).click();
  await page.getByRole('button', { name: t('project.road.remove', { name: 'Kick-off' }) }).waitFor();
  expect(await app.services.db.$count(phases, eq(phases.projectId, emptyId))).toBe(1);
  expect(await axeProblems(page)).toEqual([]);
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/road-editor.png` });
  await page.getByRole('button', { name: t('project.road.editDone') }).click();
  await page.getByRole('heading', { name: t('project.road.title') }).waitFor();

  await page.getByRole('button', { name: t('projectState.move.title') }).click();
  await page.getByRole('menuitem', { name: t('projectState.move.HOLD') }).click();
  await page.getByRole('textbox', { name: t('projectState.reasonLabel') }).fill('We wait for the contract.');
  expect(await axeProblems(page)).toEqual([]);
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/hold.png` });
  await page
    .getByRole('button', { name: t('projectState.do.HOLD') })
    .last()
    .click();
  await page.getByRole('heading', { name: t('projectState.ON_HOLD.title', { company }) }).waitFor();
  expect(visitor.problems).toEqual([]);
  await visitor.close();
});
