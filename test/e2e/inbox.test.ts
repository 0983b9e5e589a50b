import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inboxItems, inboxMarks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, phone, startBrowser, type Visitor } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let browser: Browser;
let pm: Session;
let lena: Session;
const visitors: Visitor[] = [];

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
  pm = await app.signIn(app.world.pm);
  lena = await app.signIn(midway(app).people[0]!);
  // The story of the sample is over for her.
  await lena.ask('mutation { inboxRead(input: { throughPosition: 100000 }) { mark } }');
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

const sharedTask = () => midway(app).tasks.find((task) => task.visibility === 'SHARED')!;

/** Each is a device of the same person, signed in by itself. */
async function device(path: string, isPhone = false): Promise<Page> {
  const session = await app.signIn(midway(app).people[0]!);
  const visitor = await openVisitor(browser, {
    url: app.url,
    session,
    ...(isPhone ? { isPhone, viewport: phone } : {}),
  });
  visitors.push(visitor);
  await visitor.page.goto(path);
  await visitor.page.getByRole('link', { name: t('shell.inbox') }).waitFor();
  return visitor.page;
}

async function say(text: string, audience = 'SHARED'): Promise<string> {
  const { commentAdd } = await pm.ask(
    `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } userErrors { code } } }`,
    { input: { taskId: sharedTask().id, text, audience, idempotencyKey: randomUUID() } },
  );
  return commentAdd.comment.id;
}
const told = () =>
  app.services.db
    .select()
    .from(inboxItems)
    .where(eq(inboxItems.personId, midway(app).people[0]!.id));
const named = (words: string) => `${words} @[${midway(app).people[0]!.id}]`;

async function unreadOn(page: Page): Promise<{ title: number; icon: boolean; figure: number }> {
  const [title, icon] = await page.evaluate(
    () =>
      [
        Number(/^\((\d+)\) /.exec(document.title)?.[1] ?? 0),
        document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href.endsWith('/icon-unread.svg') === true,
      ] as const,
  );
  // All at once: what was there to be counted may be gone when it is asked for its words.
  const [figure = '0'] = await page
    .getByRole('link', { name: t('shell.inbox') })
    .getByRole('img')
    .allTextContents();
  return { title, icon, figure: Number(figure) };
}
const shows = (page: Page, count: number) =>
  eventually(async () => expect(await unreadOn(page)).toEqual({ title: count, icon: count > 0, figure: count }));
const rows = (page: Page) => page.getByRole('list', { name: t('inbox.list') }).getByRole('listitem');

test('what is read on one device of a person is read on the other: in the list, the title and the icon', async () => {
  const [desk, hand] = [await device('/inbox'), await device('/inbox', true)];
  await say(named('Could you look at this?'));
  await say(named('And at that?'));
  await Promise.all([desk, hand].map((page) => rows(page).filter({ hasText: 'And at that?' }).waitFor()));
  await Promise.all([shows(desk, 2), shows(hand, 2)]);

  const row = rows(desk).filter({ hasText: 'Could you look at this?' });
  await row.getByRole('button', { name: t('inbox.markRead') }).click();
  await Promise.all([shows(desk, 1), shows(hand, 1)]);

  await hand.getByRole('button', { name: t('inbox.readAll') }).click();
  await Promise.all([shows(desk, 0), shows(hand, 0)]);
  await hand.getByRole('button', { name: t('undo.undo') }).click();
  await Promise.all([shows(desk, 1), shows(hand, 1)]);
}, 120_000);

test('a row leads to the very comment, and who looks at a task has read what is told of it, on every device', async () => {
  const [desk, hand] = [await device('/inbox'), await device('/settings/profile', true)];
  const before = (await unreadOn(desk)).title;
  const id = await say(named('The third question.'));
  await shows(hand, before + 1);
  await rows(desk).filter({ hasText: 'The third question.' }).getByRole('link').click();
  await desk.waitForURL(
    (url) => url.pathname === `/tasks/${sharedTask().id}` && url.searchParams.get('comment') === id,
  );
  await desk.getByText('The third question.').first().waitFor();
  await Promise.all([shows(desk, 0), shows(hand, 0)]);
  // And what comes while they look at it.
  const items = (await told()).length;
  await say(named('A fourth one.'));
  await desk.getByText('A fourth one.').first().waitFor();
  await eventually(async () => {
    const all = await told();
    expect([all.length, all.filter((item) => item.readAt === null)]).toEqual([items + 1, []]);
  });
  await shows(hand, 0);
}, 120_000);

test('[Z7] what is said internally moves nothing on a client’s screen', async () => {
  const desk = await device('/inbox');
  await say('canary-inbox-internal', 'INTERNAL');
  await say(named('For all of us.'));
  await rows(desk).filter({ hasText: 'For all of us.' }).waitFor();
  await shows(desk, 1);
  expect(await desk.getByText('canary-inbox-internal').count()).toBe(0);
}, 120_000);

test('the keys move through the list and mark', async () => {
  const desk = await device('/inbox');
  await rows(desk).first().waitFor();
  await shows(desk, 1);
  await desk.keyboard.press('j');
  await desk.keyboard.press('e');
  await shows(desk, 0);
  await desk.keyboard.press('e');
  await shows(desk, 1);
  await desk.keyboard.press('j');
  const at = () => desk.evaluate(() => [...document.querySelectorAll('[data-item]')].indexOf(document.activeElement!));
  expect(await at()).toBe(1);
  await desk.keyboard.press('k');
  expect(await at()).toBe(0);
}, 120_000);

test('the keys work after a choice of what is shown, and the whole row is marked as the place where one is', async () => {
  const desk = await device('/inbox');
  await rows(desk).first().waitFor();
  await desk.getByText(t('inbox.onlyUnread'), { exact: true }).click();
  await desk.waitForURL((url) => url.searchParams.has('unread'));
  await desk.getByText(t('inbox.all'), { exact: true }).click();
  await desk.waitForURL((url) => !url.searchParams.has('unread'));
  await desk.keyboard.press('j');
  const ring = await rows(desk)
    .first()
    .evaluate((row) => {
      const link = row.querySelector('[data-item]')!;
      const after = getComputedStyle(link, '::after');
      const isHere = link === document.activeElement;
      return { isHere, style: after.outlineStyle, isWhole: parseFloat(after.height) >= row.clientHeight - 1 };
    });
  expect(ring).toEqual({ isHere: true, style: 'solid', isWhole: true });
}, 120_000);

test('without a connection the inbox says so, and a mark that failed is no longer told of when it is back', async () => {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(midway(app).people[0]!) });
  const { page } = visitor;
  await page.goto('/inbox');
  await page.getByText(t('shell.live'), { exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByText(/^Offline since/).waitFor({ timeout: 4_000 });
  await rows(page).first().getByRole('button').click();
  const failed = page.getByText(t('inbox.failed'), { exact: true });
  await failed.waitFor();
  await page.context().setOffline(false);
  await page.getByText(t('shell.live'), { exact: true }).waitFor({ timeout: 8_000 });
  await failed.waitFor({ state: 'detached' });
  await visitor.close();
}, 120_000);

test('an inbox in which nothing ever was offers nothing to choose, by whatever address', async () => {
  const { otherClient } = app.world;
  await app.services.db.delete(inboxMarks);
  await app.services.db.delete(inboxItems).where(eq(inboxItems.personId, otherClient.id));
  const fresh = await openVisitor(browser, { url: app.url, session: await app.signIn(otherClient) });
  visitors.push(fresh);
  await fresh.page.goto('/inbox?unread=true');
  await fresh.page.getByText(t('inbox.empty'), { exact: true }).waitFor();
  expect(await fresh.page.getByRole('button', { name: t('inbox.showAll') }).count()).toBe(0);
  expect(await fresh.page.getByRole('radio', { name: t('inbox.onlyUnread') }).count()).toBe(0);
}, 120_000);

test('an excerpt holds nothing that would turn its line around', async () => {
  const desk = await device('/inbox');
  await say(named('turned \u202Eand on'));
  const row = rows(desk).filter({ hasText: 'turned and on' });
  await row.waitFor();
  expect(await row.textContent()).not.toMatch(/[\u202a-\u202e]/);
}, 120_000);
