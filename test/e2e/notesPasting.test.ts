import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
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
beforeEach(() => {
  task = fresh.shift()!;
});
afterEach(async () => {
  for (const visitor of visitors.splice(0)) {
    expect(visitor.cspViolations).toEqual([]);
    expect(visitor.problems).toEqual([]);
    expect(visitor.strayRequests).toEqual([]);
    await visitor.close();
  }
});
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const paper = (page: Page) => page.getByRole('textbox', { name: 'Text of the note' });

async function open(): Promise<Page> {
  const visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.client) });
  visitors.push(visitor);
  await visitor.page.goto(`/tasks/${task.id}?tab=note`);
  await paper(visitor.page).click();
  return visitor.page;
}

async function read(form: 'markdown' | 'html'): Promise<string> {
  const { node } = await pm.ask(`query ($id: ID!) { node(id: $id) { ... on Note { ${form} } } }`, { id: task.noteId });
  return node[form];
}

const paste = (page: Page, given: Record<string, string>) => pasteInto(paper(page), given);

const hostile = `
  <h1 onclick="window.hurt = 1">A plan</h1>
  <script>window.hurt = 1</script><style>body { display: none !important }</style>
  <img src="x" onerror="window.hurt = 1"><img src="https://evil.example/pixel.png">
  <svg onload="window.hurt = 1"><script>window.hurt = 1</script></svg>
  <iframe srcdoc="<script>parent.hurt = 1</script>"></iframe><object data="https://evil.example/x"></object>
  <form action="https://evil.example/"><input name="p" autofocus onfocus="window.hurt = 1"><button>Go</button></form>
  <link rel="stylesheet" href="https://evil.example/x.css"><meta http-equiv="refresh" content="0;url=https://evil.example/">
  <p style="position: fixed; inset: 0; background: url(https://evil.example/b.png)">first</p>
  <p><a href="javascript:window.hurt = 1">second</a> <a href=" JaVa&#09;script:window.hurt = 1">third</a>
  <a href="data:text/html,<script>window.hurt = 1</script>">fourth</a>
  <a href="https://shop.example/" target="_self" onmouseover="window.hurt = 1">fifth</a></p>
  <p data-file="../../etc/passwd">sixth</p><span data-type="mention" data-id="nobody" data-label="&lt;img onerror=1&gt;">@x</span>`;

test('hostile HTML that is pasted becomes words, and does nothing', async () => {
  const page = await open();
  await paste(page, { 'text/html': hostile, 'text/plain': 'A plan' });
  await paper(page).getByText('first').waitFor();
  await eventually(async () => expect(await read('markdown')).toContain('[fifth](https://shop.example/)'));
  for (const word of ['second', 'third', 'fourth', 'fifth']) {
    await paper(page).getByText(word).hover();
    await paper(page)
      .getByText(word)
      .click({ modifiers: ['Control'], trial: word === 'fifth' });
  }
  expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
  const left = await paper(page).evaluate((element) => {
    const all = [...element.querySelectorAll('*')];
    const names = all.flatMap((one) => one.getAttributeNames().map((name) => `${name}=${one.getAttribute(name)}`));
    return {
      elements: all.filter((one) => /^(script|style|iframe|object|form|input|link|meta)$/i.test(one.localName)).length,
      handlers: names.filter((name) => /^on|evil\.example|javascript:|data:text|position|passwd/i.test(name)),
      links: [...element.querySelectorAll('a')].map((link) => link.getAttribute('href')),
    };
  });
  expect(left).toEqual({ elements: 0, handlers: [], links: ['https://shop.example/'] });
  for (const said of [await read('markdown'), await read('html')]) {
    expect(said).not.toMatch(/javascript:|evil\.example|<script|onerror|hurt|display: none/i);
    expect(said).toContain('A plan');
  }
  // It is inert for whoever reads it later, too.
  await page.reload();
  await paper(page).getByText('first').waitFor();
  expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
});

test('Ctrl+Shift+V pastes what is on the clipboard as plain text', async () => {
  const page = await open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => {
    const parts = { 'text/html': '<h1>Big</h1><p><b>bold</b></p>', 'text/plain': '# Big **bold**' };
    const item = Object.entries(parts).map(([type, text]) => [type, new Blob([text], { type })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(item))]);
  });
  await page.keyboard.press('Control+Shift+V');
  await paper(page).getByText('# Big **bold**', { exact: true }).waitFor();
  expect(await paper(page).locator('h1, strong').count()).toBe(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+V');
  await paper(page).getByRole('heading', { name: 'Big' }).waitFor();
  await eventually(async () => expect(await read('markdown')).toContain('\\# Big'));
});

test('who is named in a note finds it in the inbox, once', async () => {
  const colleague = await openVisitor(browser, { url: app.url, session: pm });
  visitors.push(colleague);
  await colleague.page.goto('/inbox');
  const lines = colleague.page.getByRole('main').getByText('mentioned you in the note');
  await colleague.page.getByRole('heading', { level: 1 }).waitFor();
  const before = await lines.count();

  const page = await open();
  await page.keyboard.type(`Ask @${app.world.pm.name.slice(0, 3)}`);
  await page.getByRole('listbox').getByRole('option', { name: app.world.pm.name }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('about the feed');
  await eventually(async () => expect(await read('markdown')).toContain(`@[${app.world.pm.id}]`));
  // The note tells of it when its writer has gone.
  await page.goto('/');
  await expect.poll(() => lines.count(), { timeout: 20_000 }).toBe(before + 1);
  await lines.first().click();
  await colleague.page.waitForURL(new RegExp(`/tasks/${task.id}`));
  await paper(colleague.page).getByText('about the feed').waitFor();
});
