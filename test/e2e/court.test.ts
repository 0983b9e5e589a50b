import type { Browser } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { taskPromises } from '../../drizzle/schema/index.ts';
import { dayOf } from '../../server/calendar.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, loaded, openVisitor, sidewaysScroll, startBrowser } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { midway, taskNamed } from './screenList.ts';

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

test('both sides read the same of whose turn it has been, by keyboard, on a narrow phone and in both themes', async () => {
  const people = [midway(app).people[0]!, app.world.staff.find((one) => one.id === midway(app).project.pmId)!];
  const told: string[][] = [];
  await promiseTwelve(people[0]!.id);
  for (const person of people) {
    const { page, close } = await openVisitor(browser, { url: app.url, session: await app.signIn(person) });
    await page.goto(`/projects/${midway(app).project.id}`);
    const show = page.getByRole('button', { name: t('court.show') });
    // It comes when somebody comes near it.
    await page.getByText(t('activity.title')).first().scrollIntoViewIfNeeded();
    await show.waitFor();
    await loaded(page);
    await show.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: t('court.title') });
    const table = dialog.getByRole('region', { name: t('court.details.table') });
    await table.getByRole('row').nth(4).waitFor();
    const record = dialog.getByRole('region', { name: t('court.promises.title') });
    await record.getByRole('row').nth(10).waitFor();
    // What was said before the ten newest comes when it is asked for.
    await dialog.getByRole('button', { name: t('court.promises.more') }).press('Enter');
    await record.getByRole('row').nth(12).waitFor();
    const lines = await record.getByRole('row').allTextContents();
    expect(lines[1]).toContain(t('court.promises.openOver', { count: 2 }));
    expect(lines[12]).toContain(t('court.promises.MISSED', { count: 1 }));
    expect(
      lines.slice(2, 12).filter((line) => line.includes(t('court.promises.KEPT', { day: '' }).trim())),
    ).toHaveLength(10);
    told.push([...(await table.getByRole('cell').allTextContents()), ...lines.slice(1).map(inSidesWords)]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeProblems(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await show.evaluate((button) => button === document.activeElement)).toBe(true);
    await close();
  }
  expect(told[0]!.length).toBeGreaterThan(12);
  expect(told[1]).toEqual(told[0]);
}, 120_000);

/** One that is over and open, ten that were kept, and the oldest missed by a day. */
async function promiseTwelve(personId: string): Promise<void> {
  const task = taskNamed(app, 'feed');
  const { timeZone } = midway(app).project;
  const of = {
    projectId: midway(app).project.id,
    taskId: task.id,
    personId,
    side: 'CLIENT',
    audience: 'SHARED',
  } as const;
  const at = (days: number) => new Date(Date.now() + days * 86_400_000);
  const dayOn = (days: number) => dayOf(at(days), timeZone);
  const said = Array.from({ length: 12 }, (_, i) => {
    const isOpen = i === 0;
    const end = isOpen ? null : at(-3 - i);
    const on = isOpen ? dayOn(-2) : dayOn(i === 11 ? -4 - i : -2 - i);
    return { id: uuidv7(), ...of, at: at(-5 - i), promisedOn: on, endedAt: end, endedBy: end && ('LEFT' as const) };
  });
  await app.services.db.insert(taskPromises).values(said);
}

/** The client is "you" to itself, and its name to the company. */
function inSidesWords(line: string): string {
  const { account } = midway(app);
  return line.replace(account.name, t('court.you'));
}

test('a client says by when, the PM reads it at once, and it can be taken back', async () => {
  const id = taskNamed(app, 'orders').id;
  const client = await openVisitor(browser, { url: app.url, session: await app.signIn(midway(app).people[0]!) });
  const pm = await openVisitor(browser, {
    url: app.url,
    session: await app.signIn(app.world.staff.find((one) => one.id === midway(app).project.pmId)!),
  });
  for (const { page } of [client, pm]) {
    await page.goto(`/tasks/${id}`);
    await page.getByText(t('shell.live'), { exact: true }).waitFor();
  }
  const say = client.page.getByRole('button', { name: t('court.promise.say') });
  await say.waitFor();
  await loaded(client.page);
  await say.press('Enter');
  const dialog = client.page.getByRole('dialog');
  await dialog.getByRole('button', { name: t('taskActs.due.in', { count: 3 }) }).waitFor();
  expect(await axeProblems(client.page)).toEqual([]);
  await dialog.getByRole('button', { name: t('taskActs.due.in', { count: 3 }) }).press('Enter');
  const mine = client.page.getByRole('button', { name: t('court.promise.mine', { day: '' }).trim() });
  await mine.waitFor();
  const said = t('court.promise.theirs', { name: midway(app).people[0]!.name, day: '' }).trim();
  await pm.page.getByText(said).first().waitFor();
  // Nobody but the client's side names their day.
  expect(await pm.page.getByRole('button', { name: said }).count()).toBe(0);
  await mine.click();
  await client.page.getByRole('button', { name: t('court.promise.withdraw') }).click();
  await say.waitFor();
  await pm.page.getByText(said).first().waitFor({ state: 'hidden' });
  await client.close();
  await pm.close();
}, 120_000);
