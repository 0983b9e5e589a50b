import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  closeWindows,
  openVisitor,
  phone,
  startBrowser,
  type Visitor,
  type VisitorOptions,
} from '../support/browser.ts';
import { pasteInto } from '../support/pasting.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let browser: Browser;
let pm: Session;
/** Tasks of the client that have a note: each test takes one. */
let fresh: { id: string; noteId: string | null }[];
let task: { id: string; noteId: string | null };
const visitors: Visitor[] = [];

beforeAll(async () => {
  app = await startTestApp();
  browser = await startBrowser();
  pm = await app.signIn(app.world.pm);
  fresh = app.world.clients[0]!.tasks.filter(({ visibility, noteId }) => visibility === 'SHARED' && noteId !== null);
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

const paper = (page: Page) => page.getByRole('textbox', { name: 'Text of the note' });
const topAndTable = 'Top\n\n| a | b |\n| --- | --- |\n| c | d |';

async function write(markdown: string): Promise<void> {
  const document = `mutation ($id: ID!, $input: NoteWriteInput!) {
    noteWrite(id: $id, input: $input) { userErrors { code } }
  }`;
  const input = { markdown, mode: 'REPLACE', idempotencyKey: crypto.randomUUID() };
  await pm.ask(document, { id: task.noteId, input });
}
/** A note that says this, open in the client's browser. */
async function open(markdown: string, options: Partial<VisitorOptions> = {}): Promise<Page> {
  task = fresh.shift()!;
  await write(markdown);
  return enter(await app.signIn(app.world.client), options);
}
async function enter(session: Session, options: Partial<VisitorOptions> = {}): Promise<Page> {
  const visitor = await openVisitor(browser, { url: app.url, session, ...options });
  visitors.push(visitor);
  await visitor.page.goto(`/tasks/${task.id}?tab=note`);
  await paper(visitor.page).waitFor();
  return visitor.page;
}
async function read(): Promise<string> {
  const { node } = await pm.ask('query ($id: ID!) { node(id: $id) { ... on Note { markdown } } }', { id: task.noteId });
  return node.markdown;
}
const says = (markdown: string) => expect.poll(() => read(), { timeout: 20_000 }).toBe(markdown);
const paste = (page: Page, given: Record<string, string>) => pasteInto(paper(page), given);
const cell = (page: Page, text: string) => paper(page).getByRole('cell', { name: text, exact: true });
/** The caret is in the table once its tools are there. */
const stands = (page: Page) => page.getByRole('button', { name: 'Add row' }).waitFor();

test('below a table that ends a note one comes by Ctrl+End, by the arrow, and by a click', async () => {
  const page = await open(topAndTable);
  await paper(page).getByText('Top').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('below');
  await says(`${topAndTable}\n\nbelow`);
  // It is there once: nothing is added where there is a line already.
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('!');
  await says(`${topAndTable}\n\nbelow!`);
  expect(await paper(page).locator(':scope > *').count()).toBe(3);

  await write(topAndTable);
  await paper(page).getByText('below').waitFor({ state: 'detached' });
  await cell(page, 'c').click();
  await stands(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('by arrow');
  await says(`${topAndTable}\n\nby arrow`);

  await write(topAndTable);
  await paper(page).getByText('by arrow').waitFor({ state: 'detached' });
  const { x, y, height } = (await paper(page).boundingBox())!;
  await page.mouse.click(x + 100, y + height - 20);
  await page.keyboard.type('by mouse');
  await says(`${topAndTable}\n\nby mouse`);
});

test('what is typed after a table from the slash menu comes below it', async () => {
  const page = await open('Top');
  await paper(page).getByText('Top').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/table');
  await page.getByRole('listbox').getByRole('option', { name: 'Table' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('head');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('next line');
  await says('Top\n\n| head |  |  |\n| --- | --- | --- |\n|  |  |  |\n|  |  |  |\n\nnext line');
});

test('opening a note that ends with a table, and walking in it, writes nothing', async () => {
  await open(topAndTable);
  const versions = () =>
    app.services.db.query.noteUpdates.findMany({ where: (row, { eq }) => eq(row.noteId, task.noteId!) });
  const before = (await versions()).length;
  const pages = [await enter(await app.signIn(app.world.client)), await enter(pm)];
  for (const page of pages) {
    await cell(page, 'c').click();
    await stands(page);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
  }
  for (const page of pages) expect(await paper(page).locator(':scope > *').count()).toBe(2);
  await says(topAndTable);
  expect((await versions()).length).toBe(before);
});

test('a caret in a table moves no line of the note', async () => {
  for (const options of [{}, { viewport: phone, isPhone: true }]) {
    const page = await open(topAndTable, options);
    const places = () =>
      paper(page).evaluate((element) =>
        [...element.querySelectorAll('p')].map((line) => Math.round(line.getBoundingClientRect().top)),
      );
    const before = await places();
    await cell(page, 'c').click();
    await stands(page);
    expect(await places()).toEqual(before);
    await paper(page).getByText('Top').click();
    await page.getByRole('button', { name: 'Add row' }).waitFor({ state: 'hidden' });
    expect(await places()).toEqual(before);
  }
});

test('what no cell can hold becomes lines of the cell, and the table stays whole', async () => {
  const page = await open(topAndTable);
  await cell(page, 'c').click();
  await stands(page);
  await page.keyboard.press('End');
  const inner = '<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>';
  const html = `<h2>Sizes</h2>${inner}<ul><li>one</li><li><b>two</b></li></ul>`;
  await paste(page, { 'text/html': html, 'text/plain': 'Sizes' });
  const pasted = 'cSizes<br>1 · 2<br>3 · 4<br>one<br>**two**';
  await says(`Top\n\n| a | b |\n| --- | --- |\n| ${pasted} | d |`);
  await cell(page, 'd').click();
  await page.keyboard.press('End');
  await paste(page, { 'text/plain': '| x | y |\n| --- | --- |\n| z | w |' });
  await says(`Top\n\n| a | b |\n| --- | --- |\n| ${pasted} | dx · y<br>z · w |`);
  expect(await paper(page).locator('table').count()).toBe(1);
});

test('a table alone is laid over the cells, from that with the caret on', async () => {
  const page = await open(topAndTable);
  await cell(page, 'c').click();
  await stands(page);
  const html = '<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>';
  await paste(page, { 'text/html': html, 'text/plain': '1 2' });
  await says('Top\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |');
});
