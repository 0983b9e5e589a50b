import { eq } from 'drizzle-orm';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { notes, tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  axeProblems,
  closeWindows,
  openVisitor,
  phone,
  startBrowser,
  type Visitor,
  type VisitorOptions,
} from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { enterNote, type NotePeer } from '../support/noteClient.ts';

let browser: Browser;
let app: TestApp;
/** The tasks of the first client that they share with staff: each test takes a note that no other has touched. */
let fresh: { id: string; noteId: string | null }[];
let room = '';
let path = '';
const visitors: Visitor[] = [];
const peers: NotePeer[] = [];

beforeAll(async () => {
  browser = await startBrowser();
});
beforeAll(async () => {
  app = await startTestApp();
  fresh = app.world.clients[0]!.tasks.filter((task) => task.visibility === 'SHARED' && task.noteId !== null);
});
afterAll(async () => {
  await closeWindows(browser);
  await app.close();
});

beforeEach(() => {
  const task = fresh.shift()!;
  room = `/notes/${task.noteId}.1`;
  path = `/tasks/${task.id}?tab=note`;
});
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close();
  await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
});

async function open(person: { id: string }, options: Partial<VisitorOptions> = {}): Promise<Visitor> {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(person), ...options });
  visitors.push(visitor);
  await visitor.page.goto(path);
  await paper(visitor.page).waitFor();
  return visitor;
}

async function enter(person: { id: string }): Promise<NotePeer> {
  const { cookie } = await app.signIn(person);
  const peer = enterNote({ url: app.url, cookie, room });
  peers.push(peer);
  await peer.synced();
  return peer;
}

const paper = (page: Page) => page.getByRole('textbox', { name: 'Text of the note' });
const statusOf = (page: Page) => page.getByRole('region', { name: 'Note' }).getByRole('status');

test('two people write in one note, see each other’s names, and read "Saved" only then', async () => {
  const { client, pm } = app.world;
  const [anna, paula] = [await open(client), await open(pm)];
  const reader = await enter(pm);
  await paper(anna.page).click();
  await anna.page.keyboard.press('Control+End');
  await anna.page.keyboard.type('\nFeed comes on Friday');
  await paper(paula.page).getByText('Feed comes on Friday').waitFor();
  await paper(paula.page).getByText(client.name, { exact: true }).waitFor();
  await statusOf(anna.page).getByText('Saved', { exact: true }).waitFor();
  await eventually(() => expect(reader.text().split('\n').at(-1)).toBe('Feed comes on Friday'));
  await paula.page.getByText(`Also here: ${client.name}`).waitFor();
  await paper(paula.page).click();
  await paper(anna.page).getByText(pm.name, { exact: true }).waitFor();
  for (const { cspViolations, problems } of [anna, paula])
    expect({ cspViolations, problems }).toEqual({ cspViolations: [], problems: [] });
});

test('opening a note writes nothing', async () => {
  const peer = await enter(app.world.pm);
  const before = Y.encodeStateAsUpdate(peer.doc);
  const { page } = await open(app.world.client);
  await statusOf(page).getByText('Saved', { exact: true }).waitFor();
  expect(Y.encodeStateAsUpdate(peer.doc)).toEqual(before);
});

test('when the server cannot store, the page says so until it can', async () => {
  const { page } = await open(app.world.client);
  await statusOf(page).getByText('Saved', { exact: true }).waitFor();
  await app.services.db.execute('alter table note_updates rename to away');
  await paper(page).click();
  await page.keyboard.type('x');
  await page.getByText('Not saved yet: 1 change.').waitFor();
  await app.services.db.execute('alter table away rename to note_updates');
  await statusOf(page).getByText('Saved', { exact: true }).waitFor();
});

test('without a connection the page tells how much is not saved, and saves it when it is back', async () => {
  const { client, pm } = app.world;
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(client) });
  visitors.push(visitor);
  const { page } = visitor;
  const lines: WebSocketRoute[] = [];
  let isCut = false;
  await page.routeWebSocket(/\/notes\//, (line) => {
    if (isCut) return void line.close({ code: 4000 });
    line.connectToServer();
    lines.push(line);
  });
  await page.goto(path);
  await paper(page).click();
  isCut = true;
  for (const line of lines) await line.close({ code: 4000 });
  await page.getByText('Offline. You can write on').waitFor();
  await page.keyboard.type('ab');
  await page.getByText('Offline. 2 changes are kept on this device.').waitFor();
  isCut = false;
  await statusOf(page).getByText('Saved', { exact: true }).waitFor();
  expect((await enter(pm)).text()).toContain('ab');
});

test('whoever loses the right to a note is told so, and keeps what they wrote to copy', async () => {
  const leaver = app.world.otherClient;
  const task = app.world.clients[1]!.tasks.find((one) => one.visibility === 'SHARED')!;
  path = `/tasks/${task.id}?tab=note`;
  const { page } = await open(leaver);
  await paper(page).click();
  await page.keyboard.type('mine');
  await statusOf(page).getByText('Saved', { exact: true }).waitFor();
  // The note with its task, as when it is hidden, but without a word: what tells the page makes it ask for the task.
  await app.services.db.update(notes).set({ audience: 'INTERNAL' }).where(eq(notes.id, task.noteId!));
  await app.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, task.id));
  app.services.connections.recheck(leaver.id);
  await page.getByText('You can no longer open this note').waitFor();
  await paper(page).and(page.locator('[contenteditable="false"]')).waitFor();
  await paper(page).getByText('mine').waitFor();
  // It stands on the screen, and nowhere else on this device.
  const kept = async () => (await page.evaluate(() => indexedDB.databases())).map(({ name }) => name ?? '');
  await eventually(async () => expect((await kept()).filter((name) => name.includes(task.noteId!))).toEqual([]));
});

test('what could not be saved before a task was hidden is shown where the task was', async () => {
  const task = app.world.clients[0]!.tasks.find(({ id }) => path.includes(id))!;
  const { page } = await open(app.world.client);
  await paper(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('Kept by the server. ');
  await statusOf(page).getByText('Saved', { exact: true }).waitFor();
  await app.services.db.execute('alter table note_updates rename to away');
  try {
    await page.keyboard.type('Only here');
    await page.getByText('Not saved yet').waitFor();
    const { revision } = (await app.services.db.select().from(tasks).where(eq(tasks.id, task.id)))[0]!;
    const hide = `mutation ($id: ID!, $input: TaskSetVisibilityInput!) { taskSetVisibility(id: $id, input: $input) { userErrors { code } } }`;
    const input = { revision, visibility: 'INTERNAL' };
    const { taskSetVisibility } = await (await app.signIn(app.world.pm)).ask(hide, { id: task.id, input });
    expect(taskSetVisibility.userErrors).toEqual([]);
    await page.getByRole('heading', { name: 'What you wrote here was not sent' }).waitFor();
    expect(await page.locator('[data-unsent]').allInnerTexts()).toEqual(['Only here']);
  } finally {
    await app.services.db.execute('alter table away rename to note_updates');
  }
});

test('[I6] a link and an element that a hostile peer sent by Yjs do nothing', async () => {
  const peer = await enter(app.world.pm);
  const { page, cspViolations, problems } = await open(app.world.client);
  peer.doc.transact(() => {
    const text = new Y.XmlText();
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [text]);
    const image = new Y.XmlElement('image');
    image.setAttribute('src', 'x');
    image.setAttribute('onerror', 'window.hacked = true');
    peer.doc.getXmlFragment('default').push([paragraph, image]);
    text.insert(0, 'bad', { link: { href: 'javascript:window.hacked=true', onclick: 'window.hacked = true' } });
    text.insert(3, 'good', { link: { href: 'https://example.org/', rel: 'opener', target: '_self' } });
  });
  await paper(page).getByText('bad').click();
  await paper(page)
    .getByText('bad')
    .click({ modifiers: ['Control'] });
  expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
  expect(
    await paper(page)
      .locator('a')
      .evaluateAll((all) => all.map((a) => a.outerHTML)),
  ).toEqual(['<a href="https://example.org/" target="_blank" rel="noopener noreferrer nofollow">good</a>']);
  expect(await paper(page).locator('img').count()).toBe(0);
  expect({ cspViolations, problems }).toEqual({ cspViolations: [], problems: [] });
});

test('every tool is reached by keyboard, and the page with a note is clean for axe in both themes', async () => {
  const { page } = await open(app.world.client);
  const peer = await enter(app.world.pm);
  await paper(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('# Plan\n- one\n\n\n[ ] todo\n\n\nsee ');
  await page.getByRole('button', { name: 'Bold' }).focus();
  const names: string[] = [];
  for (let i = 0; i < 13; i++) {
    names.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''));
    await page.keyboard.press('ArrowRight');
  }
  expect(names).toEqual(
    'Bold,Italic,Heading,Bullet list,Numbered list,Checklist,Quote,Link,Code block,Table,Image or file,Undo,Redo'.split(
      ',',
    ),
  );
  await page.getByRole('button', { name: 'Link' }).click();
  await page.keyboard.type('example.org');
  await page.keyboard.press('Enter');
  await eventually(() => expect(peer.doc.getXmlFragment('default').toString()).toContain('https://example.org/'));
  expect(await axeProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeProblems(page)).toEqual([]);
});

test('on a phone the note fits', async () => {
  const { page } = await open(app.world.client, { viewport: { ...phone, width: 320 }, isPhone: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});
