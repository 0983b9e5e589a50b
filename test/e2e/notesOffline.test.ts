import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { freePort } from '../support/postgres.ts';
import { type ServerProcess, sampleSignIn, startServer } from '../support/serverProcess.ts';
import { Session } from '../support/session.ts';

let browser: Browser;
let server: ServerProcess;
let env: Record<string, string>;
const visitors: Visitor[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  env = { DATA_DIR: mkdtempSync(join(inject('runFolder'), 'd-')), PORT: String(await freePort()) };
  server = await startServer(env);
}, 180_000);
afterAll(async () => {
  await Promise.all(visitors.map((visitor) => visitor.close()));
  await closeWindows(browser);
  server?.signal('SIGTERM');
  await server?.ended;
});

const paper = (page: Page) => page.getByRole('textbox', { name: 'Text of the note' });
const status = (page: Page) => page.getByRole('region', { name: 'Note' }).getByRole('status');
const kept = (page: Page) =>
  page.evaluate(
    async () => (await indexedDB.databases()).filter(({ name }) => name?.startsWith('slipway-note')).length,
  );

/** The lines of the note that this test wrote, without the names at carets. */
const written = (page: Page) =>
  paper(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('[aria-hidden]')) caret.remove();
    const lines = [...copy.children].map((line) => line.textContent?.replace(/\u2060/g, '') ?? '');
    return lines.filter((line) => line.startsWith('written')).sort();
  });

/** Somebody's browser, and a switch for the line of its notes alone. */
async function enter(role: 'PM' | 'CLIENT_MEMBER', path: string) {
  const session = new Session(server.url, await sampleSignIn(server.url, role), null);
  const visitor = await openVisitor(browser, { url: server.url, session });
  visitors.push(visitor);
  const { page } = visitor;
  const line = { isCut: false, cut: async () => {} };
  await page.routeWebSocket(/\/notes\//, (socket) => {
    if (line.isCut) return void socket.close({ code: 4000 });
    socket.connectToServer();
    line.cut = async () => {
      line.isCut = true;
      await socket.close({ code: 4000 });
    };
  });
  await page.goto(path);
  await paper(page).waitFor();
  await status(page).getByText('Saved', { exact: true }).waitFor();
  return { page, line, session };
}

async function writeAtEnd(page: Page, text: string): Promise<void> {
  await paper(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(`\n${text}`);
}

test('what is written offline, beside what another writes, over a restart of the server: all of it is there, once', async () => {
  const staff = new Session(server.url, await sampleSignIn(server.url, 'PM'), null);
  const { integrations } = await staff.ask(
    '{ integrations(first: 5) { nodes { tasks { id visibility note { id } } } } }',
  );
  const client = new Session(server.url, await sampleSignIn(server.url, 'CLIENT_MEMBER'), null);
  type Task = { id: string; visibility: string; note: { id: string } | null };
  const tasks: Task[] = integrations.nodes.flatMap((one: { tasks: Task[] }) => one.tasks);
  let task: Task | null = null;
  for (const one of tasks.filter(({ visibility, note }) => visibility === 'SHARED' && note !== null)) {
    const { data } = await client.gql('query ($id: ID!) { node(id: $id) { id } }', { id: one.id });
    if (data?.node) task ??= one;
    if (task) break;
  }
  const path = `/tasks/${task!.id}?tab=note`;

  const anna = await enter('CLIENT_MEMBER', path);
  const paula = await enter('PM', path);
  await anna.line.cut();
  await anna.page.getByText('Offline. You can write on').waitFor();
  await writeAtEnd(anna.page, 'written offline');
  await anna.page.getByText(/Offline\. \d+ changes are kept on this device\./).waitFor();
  expect(await kept(anna.page)).toBe(1);
  await writeAtEnd(paula.page, 'written meanwhile');
  await status(paula.page).getByText('Saved', { exact: true }).waitFor();

  server.signal('SIGTERM');
  await server.ended;
  server = await startServer(env);
  // Anna has closed the page meanwhile, and comes back to it: it stands on her device.
  await anna.page.goto('about:blank');
  anna.line.isCut = false;
  await anna.page.goto(path);
  for (const { page } of [anna, paula]) {
    await expect.poll(() => written(page), { timeout: 30_000 }).toEqual(['written meanwhile', 'written offline']);
    await status(page).getByText('Saved', { exact: true }).waitFor();
  }
  const { node } = await staff.ask('query ($id: ID!) { node(id: $id) { ... on Note { markdown } } }', {
    id: task!.note!.id,
  });
  expect(node.markdown.match(/written offline/g)).toHaveLength(1);

  // Signing out leaves nothing of it here.
  await anna.line.cut();
  await writeAtEnd(anna.page, 'never sent');
  await anna.page.getByText(/kept on this device/).waitFor();
  await anna.page.getByRole('button', { name: /^You, / }).click();
  await anna.page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await expect.poll(() => anna.page.url()).toMatch(/sign-in/);
  await expect.poll(() => kept(anna.page), { timeout: 15_000 }).toBe(0);
}, 240_000);
