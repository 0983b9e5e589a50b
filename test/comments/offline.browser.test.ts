import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { t } from '../support/words.ts';
import { ConversationOnScreen, log } from './onScreen.ts';

const on = new ConversationOnScreen();
const field = (page: Page) => page.getByRole('textbox', { name: t('comments.composer.label') });
const soon = { timeout: 20_000 };
const outgoing = (page: Page) => page.locator('[data-outgoing="failed"]');

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await page.keyboard.press('Control+Enter');
  await log(page).getByText(text).waitFor();
}

async function textsOf(from: 'client' | 'pm'): Promise<string[]> {
  const ask = 'query ($id: ID!) { task(id: $id) { comments(last: 50) { nodes { text } } } }';
  const { task } = await on.talk[from].ask(ask, { id: on.talk.taskId });
  return task.comments.nodes.map((comment: { text: string }) => comment.text);
}

/** The line to the server, cut for what is written; a browser that is told to be offline keeps its sockets. */
async function cut(page: Page): Promise<() => Promise<void>> {
  await page.route('**/graphql', (route) =>
    route.request().postDataJSON()?.operationName === 'CommentAdd' ? route.abort('connectionfailed') : route.fallback(),
  );
  return () => page.unroute('**/graphql');
}

test('[F10] comments written offline go out by themselves, once and in their order, also from a tab that was closed', async () => {
  const page = await on.open('client');
  const mend = await cut(page);
  for (const text of ['offline one', 'offline two', 'offline three']) await write(page, text);
  await expect.poll(() => outgoing(page).count(), soon).toBe(3);
  await outgoing(page).first().getByText(t('comments.outgoing.again')).waitFor();
  expect((await textsOf('pm')).filter((text) => text.startsWith('offline'))).toEqual([]);
  await mend();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(() => page.locator('[data-outgoing]').count(), soon).toBe(0);
  expect((await textsOf('pm')).filter((text) => text.startsWith('offline'))).toEqual([
    ...['offline one', 'offline two', 'offline three'],
  ]);

  const again = await cut(page);
  await write(page, 'offline four');
  await write(page, 'offline five');
  await expect.poll(() => outgoing(page).count(), soon).toBe(2);
  await page.goto('about:blank');
  await again();
  await page.goto(`/tasks/${on.talk.taskId}?tab=comments`);
  await eventually(async () =>
    expect((await textsOf('pm')).filter((text) => text.startsWith('offline')).slice(3)).toEqual([
      ...['offline four', 'offline five'],
    ]),
  );
  // What the browser itself says of a line that is cut, and nothing else.
  const [{ problems } = { problems: [] as string[] }] = on.visitors;
  expect(problems.filter((problem) => !problem.includes('ERR_CONNECTION_FAILED'))).toEqual([]);
  problems.splice(0);
});
