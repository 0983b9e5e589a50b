import { eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, projectPartners, projects, taskInputs, tasks } from '../../drizzle/schema/index.ts';
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
import type { Session } from '../support/session.ts';
import { someCredentials, taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let browser: Browser;
let partner: Session;
let projectId: string;
let taskId: string;
const names = 'Camille Durand or Théo Martin';

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser({ isForChecks: true });
  const { db, clock } = app.services;
  const { account, project } = midway(app);
  projectId = project.id;
  const now = clock.now();
  const times = { timeZone: 'Europe/Paris', isSample: true, createdAt: now, updatedAt: now };
  // Two who may give them, and nobody else.
  await db.update(people).set({ role: 'CLIENT_VIEWER' }).where(eq(people.accountId, account.id));
  const somebody = (name: string, role: 'CLIENT_LEAD' | 'CLIENT_MEMBER' | 'PARTNER') => ({
    ...times,
    id: uuidv7(),
    name,
    role,
    email: `${uuidv7()}@example.com`,
    accountId: role === 'PARTNER' ? null : account.id,
  });
  const [, , ola] = await db
    .insert(people)
    .values([
      somebody('Camille Durand', 'CLIENT_LEAD'),
      somebody('Théo Martin', 'CLIENT_MEMBER'),
      somebody('Ola Berg', 'PARTNER'),
    ])
    .returning();
  await db.insert(projectPartners).values({ projectId, personId: ola!.id, createdAt: now });
  partner = await app.signIn(ola!);
  await db.update(tasks).set({ state: 'DONE' }).where(eq(tasks.projectId, projectId));
  taskId = (await taskWithInputs(app.services, projectId, { isReviewWanted: true }, [someCredentials])).id;
  await db
    .update(tasks)
    .set({ type: 'CREDENTIALS', state: 'READY', title: 'Give us access to your shop' })
    .where(eq(tasks.id, taskId));
  expect(await db.$count(taskInputs, eq(taskInputs.taskId, taskId))).toBe(1);
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

async function picture(page: Page, name: string) {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

test('a partner is told whose step the credentials are, and is nowhere asked for them', async () => {
  const { page } = await openVisitor(browser, { url: app.url, session: partner });
  for (const [size, name] of [
    [desktop, 'desktop'],
    [phone, 'phone'],
  ] as const) {
    await page.setViewportSize(size);
    await page.goto(`/projects/${projectId}`);
    await page.getByRole('heading', { name: t('project.waiting.onPeople', { names }) }).waitFor();
    await page.getByText(t('project.next.noneColleagues', { names })).waitFor();
    expect(await page.getByRole('link', { name: t('project.next.open.CREDENTIALS') }).count()).toBe(0);
    await drawn(page);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axeProblems(page)).toEqual([]);
    await picture(page, `waiting-project-${name}`);

    await page.goto(`/tasks/${taskId}?part=input`);
    await page.getByText(`Waiting for ${names} to hand these in`, { exact: false }).waitFor();
    await loaded(page);
    expect(await page.getByRole('button', { name: t('task.start') }).count()).toBe(0);
    expect(await page.getByText(t('task.part.toDo')).count()).toBe(0);
    await picture(page, `waiting-task-${name}`);
  }
});

test('whoever may give them has them as their next step', async () => {
  const [camille] = await app.services.db.select().from(people).where(eq(people.name, 'Camille Durand'));
  const { page } = await openVisitor(browser, { url: app.url, session: await app.signIn(camille!) });
  await page.goto(`/projects/${projectId}`);
  await page.getByRole('link', { name: t('project.next.open.CREDENTIALS') }).waitFor();
});

test('a project that was cancelled says no day on which it goes live', async () => {
  await app.services.db.update(projects).set({ state: 'CANCELLED' }).where(eq(projects.id, projectId));
  const { page } = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  await page.goto(`/projects/${projectId}`);
  await page.getByRole('heading', { name: t('project.target.cancelled') }).waitFor();
  await page.getByText(t('project.internal.revenueOff')).waitFor();
  expect(await page.getByText(t('project.internal.revenue'), { exact: true }).count()).toBe(0);
  await loaded(page);
  await picture(page, 'cancelled-desktop');
  await page.setViewportSize(phone);
  await drawn(page);
  await picture(page, 'cancelled-phone');
  await page.setViewportSize(desktop);
  await page.goto('/');
  await page.getByText(t('overview.notLive')).first().waitFor();
  await picture(page, 'overview-desktop');
});

test('a project that was closed says when it went live, not when it was to', async () => {
  const { project } = app.world.clients.find((one) => one.project.id !== projectId && one.project.state === 'ACTIVE')!;
  await app.services.db.update(tasks).set({ state: 'DONE' }).where(eq(tasks.projectId, project.id));
  const pm = await app.signIn(app.world.pm);
  const ask = 'query ($id: ID!) { project(id: $id) { revision wentLiveAt } }';
  expect((await pm.ask(ask, { id: project.id })).project.wentLiveAt).toBeNull();
  for (const move of ['GO_LIVE', 'CLOSE']) {
    const { revision } = (await pm.ask(ask, { id: project.id })).project;
    const text = `mutation ($id: ID!, $input: ProjectMoveInput!) {
      projectMove(id: $id, input: $input) { userErrors { code } }
    }`;
    const done = await pm.ask(text, { id: project.id, input: { move, revision } });
    expect(done.projectMove.userErrors).toEqual([]);
  }
  expect((await pm.ask(ask, { id: project.id })).project.wentLiveAt).not.toBeNull();
  const { page } = await openVisitor(browser, { url: app.url, session: pm });
  await page.goto(`/projects/${project.id}`);
  await page.getByRole('heading', { name: t('project.target.wentLive') }).waitFor();
  await loaded(page);
  await picture(page, 'closed-desktop');
  await page.goto('/');
  await page.getByText(t('overview.live')).first().waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  await picture(page, 'overview-closed');
  await page.setViewportSize(phone);
  await drawn(page);
  await picture(page, 'overview-closed-phone');
});
