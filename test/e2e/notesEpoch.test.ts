import { eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notes } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, openVisitor, phone, sidewaysScroll, startBrowser } from '../support/browser.ts';

let app: TestApp;
let browser: Browser;
let task: { id: string; noteId: string | null };

beforeAll(async () => {
  app = await startTestApp();
  browser = await startBrowser();
  task = app.world.clients[0]!.tasks.find(({ visibility, noteId }) => visibility === 'SHARED' && noteId !== null)!;
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const paper = (page: Page) => page.getByRole('textbox', { name: 'Text of the note' });
const isSaved = (page: Page) =>
  page.getByRole('region', { name: 'Note' }).getByRole('status').getByText('Saved', { exact: true }).waitFor();

/** Somebody at the note, and a switch for the line of their notes alone. */
async function enter(person: { id: string }, isPhone = false) {
  const size = isPhone ? { isPhone, viewport: phone } : {};
  const { page } = await openVisitor(browser, { url: app.url, session: await app.signIn(person), ...size });
  const line = { isCut: false, cut: async () => {} };
  await page.routeWebSocket(/\/notes\//, (socket) => {
    if (line.isCut) return void socket.close({ code: 4000 });
    socket.connectToServer();
    line.cut = async () => {
      line.isCut = true;
      await socket.close({ code: 4000 });
    };
  });
  // Without live news the page learns of the new room only by being told; with them it may go there by itself.
  await page.routeWebSocket(/\/graphql/, (socket) => void socket.close({ code: 4000 }));
  await page.goto(`/tasks/${task.id}?tab=note`);
  await isSaved(page);
  return { page, line };
}

async function write(page: Page, text: string): Promise<void> {
  await paper(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(`\n${text}`);
}

test('a note that was started anew says so to whoever writes in it, and what could not be saved is there to be copied', async () => {
  const offline = await enter(app.world.client, true);
  await write(offline.page, 'saved before');
  await isSaved(offline.page);
  const online = await enter(app.world.pm);
  await offline.line.cut();
  await write(offline.page, 'typed offline');
  await offline.page.getByText(/kept on this device/).waitFor();

  const noteId = task.noteId!;
  await app.services.db.update(notes).set({ epoch: 2 }).where(eq(notes.id, noteId));
  for (const { id } of [app.world.client, app.world.pm]) app.services.connections.recheck(id);
  // Who had saved everything is only told to open it again.
  const told = online.page.getByRole('alert').filter({ hasText: 'This note was started anew' });
  await told.waitFor();
  expect(await told.innerText()).not.toMatch(/not saved/);
  expect(await paper(online.page).getAttribute('contenteditable')).toBe('false');
  await told.getByRole('button', { name: 'Open it again' }).click();
  await isSaved(online.page);
  expect(await online.page.getByRole('alert').count()).toBe(0);
  await write(online.page, 'of the new one');
  await isSaved(online.page);

  // Who comes back sees on the screen what was typed, and reads where it stays.
  offline.line.isCut = false;
  const ended = offline.page.getByRole('alert').filter({ hasText: 'This note was started anew' });
  await ended.getByText(/were not saved. They are kept on this device|was not saved. It is kept/).waitFor();
  await paper(offline.page).getByText('typed offline').waitFor();
  expect(await axeProblems(offline.page)).toEqual([]);
  await ended.getByRole('button', { name: 'Open it again' }).click();
  for (let visit = 0; visit < 2; visit++) {
    await isSaved(offline.page);
    const left = offline.page.getByRole('region', { name: 'The note as it stood on this device' });
    await left.getByText('typed offline').waitFor();
    expect(await left.innerText()).toContain('saved before');
    await paper(offline.page).getByText('of the new one').waitFor();
    expect(await paper(offline.page).getByText('typed offline').count()).toBe(0);
    expect(await axeProblems(offline.page)).toEqual([]);
    expect(await sidewaysScroll(offline.page)).toBe(0);
    if (visit === 0) await offline.page.reload();
  }
  await write(offline.page, 'typed offline');
  await isSaved(offline.page);
  await offline.page.getByRole('button', { name: 'Drop it' }).click();
  await offline.page.reload();
  await isSaved(offline.page);
  await paper(offline.page).getByText('typed offline').waitFor();
  expect(await offline.page.getByRole('alert').count()).toBe(0);
}, 120_000);
