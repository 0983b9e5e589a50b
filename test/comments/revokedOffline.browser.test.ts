import { eq } from 'drizzle-orm';
import type { Page, WebSocketRoute } from 'playwright-core';
import { expect, test } from 'vitest';
import { notes, tasks } from '../../drizzle/schema/index.ts';
import { noteText } from '../../server/notes/queries.ts';
import { eventually } from '../support/eventually.ts';
import { enterNote } from '../support/noteClient.ts';
import { t } from '../support/words.ts';
import { ConversationOnScreen, log } from './onScreen.ts';
import { say } from './talking.ts';

const on = new ConversationOnScreen();
const soon = { timeout: 20_000 };
const theirs = 'words of the others in the note';
const afterwards = 'canary-after-the-revocation';
const mine = ['first comment of mine', 'second comment of mine'];
const mineInNote = 'my words in the note';

/** The line of a page to the server, which can be cut for what is written and for everything that is followed. */
async function lineOf(page: Page) {
  const sockets: WebSocketRoute[] = [];
  let isCut = false;
  const heard: string[] = [];
  await page.routeWebSocket(/\/(graphql|notes\/)/, (line) => {
    if (isCut) return void line.close({ code: 4000 });
    const server = line.connectToServer();
    server.onMessage((message) => {
      heard.push(message.toString('latin1'));
      line.send(message);
    });
    sockets.push(line);
  });
  await page.route('**/graphql', (route) => (isCut ? route.abort('connectionfailed') : route.fallback()));
  page.on(
    'response',
    (response) =>
      void response.text().then(
        (text) => heard.push(text),
        () => {},
      ),
  );
  return {
    heard,
    async cut() {
      isCut = true;
      for (const socket of sockets.splice(0)) await socket.close({ code: 4000 });
    },
    mend: () => {
      isCut = false;
    },
  };
}

/** Everything that this browser keeps, as text: what stands in its stores, and the names of its databases. */
const stores = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    return JSON.stringify([names, { ...localStorage }, { ...sessionStorage }]);
  });

const note = async () =>
  (await on.talk.app.services.db.select().from(notes).where(eq(notes.taskId, on.talk.taskId)))[0]!;
const share = (visibility: 'INTERNAL' | 'SHARED') =>
  on.talk.app.services.db.update(tasks).set({ visibility }).where(eq(tasks.id, on.talk.taskId));

/** The client writes comments and in the note without a connection; then the task is taken from their sight. */
async function writtenAndRevoked(page: Page, cut: () => Promise<void>): Promise<void> {
  const { pm, taskId, app } = on.talk;
  const { id } = await note();
  const peer = enterNote({ url: app.url, cookie: pm.cookie, room: `/notes/${id}.1` });
  await peer.synced();
  peer.addParagraph(theirs);
  await peer.saved();
  await page.goto(`/tasks/${taskId}?tab=note`);
  const paper = page.getByRole('textbox', { name: 'Text of the note' });
  await paper.getByText(theirs).first().waitFor();
  await page.goto(`/tasks/${taskId}?tab=comments`);
  await log(page).waitFor();
  await page.getByRole('tab', { name: 'Note' }).first().click();
  await paper.getByText(theirs).first().waitFor();
  await cut();
  await paper.click();
  await page.keyboard.type(mineInNote);
  await page.getByText(/kept on this device/).waitFor(soon);
  await page.getByRole('tab', { name: 'Comments' }).first().click();
  for (const text of mine) {
    await page.getByRole('textbox', { name: t('comments.composer.label') }).fill(text);
    await page.keyboard.press('Control+Enter');
    await log(page).getByText(text).waitFor();
  }
  await expect.poll(() => page.locator('[data-outgoing="failed"]').count(), soon).toBe(2);
  expect(await stores(page)).toContain(id);
  await share('INTERNAL');
  app.services.connections.recheck(on.talk.ids.client);
  await say(pm, taskId, afterwards, { audience: 'INTERNAL' });
  peer.addParagraph(afterwards);
  await peer.saved();
  peer.close();
}

/** What the person wrote is shown and told to be unsent; nothing of it arrived, and nothing else stayed or came. */
async function nothingLeaks(page: Page, heard: readonly string[]): Promise<void> {
  const { id } = await note();
  const unsent = page.getByRole('region', { name: t('unsent.title') });
  await unsent.waitFor(soon);
  expect(await page.locator('[data-unsent]').allTextContents()).toEqual(mine);
  await unsent.getByRole('alert').getByText(t('unsent.reason')).waitFor();
  await eventually(async () => expect(await stores(page)).not.toContain(id));
  const kept = await stores(page);
  for (const words of [theirs, mineInNote, afterwards]) expect(kept).not.toContain(words);
  expect(heard.join('\n')).not.toContain(afterwards);
  const { services } = on.talk.app;
  const said = await services.db.query.comments.findMany({ where: (row, { eq }) => eq(row.taskId, on.talk.taskId) });
  expect(said.map(({ text }) => text).filter((text) => mine.includes(text))).toEqual([]);
  expect(await noteText(services, { noteId: id, epoch: 1 })).not.toContain(mineInNote);
  await unsent.getByRole('button', { name: t('unsent.discard') }).click();
  await unsent.waitFor({ state: 'detached' });
  expect(await stores(page)).not.toContain(mine[0]);
}

/** What the browser itself says of a line that is cut or refused is no complaint. */
function forgive(): void {
  const [{ problems } = { problems: [] as string[] }] = on.visitors;
  expect(problems.filter((problem) => !/ERR_CONNECTION_FAILED|WebSocket/.test(problem))).toEqual([]);
  problems.splice(0);
}

test('[F11] whoever lost the right while the tab was closed finds what they wrote, and nothing else, on this device', async () => {
  const page = await on.open('client');
  const line = await lineOf(page);
  await writtenAndRevoked(page, line.cut);
  await page.goto('about:blank');
  line.mend();
  line.heard.length = 0;
  await page.goto(`/tasks/${on.talk.taskId}`);
  await nothingLeaks(page, line.heard);
  forgive();
  await share('SHARED');
});

test('[F11] whoever lost the right while the tab was open, without a connection, is told so once it is back', async () => {
  const page = await on.open('client');
  const line = await lineOf(page);
  await writtenAndRevoked(page, line.cut);
  line.heard.length = 0;
  line.mend();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await nothingLeaks(page, line.heard);
  forgive();
  await share('SHARED');
});
