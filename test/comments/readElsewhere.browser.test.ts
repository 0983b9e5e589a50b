import { expect, test } from 'vitest';
import { openVisitor } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { ConversationOnScreen } from './onScreen.ts';
import { act, say } from './talking.ts';

const on = new ConversationOnScreen();
const soon = { timeout: 20_000 };

test('what is read on one device is unread no longer in the lists of another, and nothing is fetched for it', async () => {
  const { app, client, pm, taskId } = on.talk;
  const first = await say(pm, taskId, 'Before it is opened.');
  const read = (throughId: string) => act(client, 'conversationRead', { input: { taskId, throughId } });
  await read(first.id);
  const phone = await app.signIn({ id: on.talk.ids.client });
  const visitor = await openVisitor(on.browser, { url: app.url, session: phone });
  on.visitors.push(visitor);
  const { page } = visitor;
  await page.goto(`/projects/${app.world.project.id}`);
  const title = app.world.clients[0]!.tasks.find((task) => task.id === taskId)!.title;
  const figure = page
    .getByRole('link', { name: title })
    .getByRole('img', { name: t('comments.unread', { count: 1 }) })
    .first();
  const { id } = await say(pm, taskId, 'While it is open.');
  await figure.waitFor(soon);
  await page.waitForLoadState('networkidle');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql')) asked.push(request.postDataJSON().operationName);
  });
  await read(id);
  await figure.waitFor({ state: 'detached', ...soon });
  expect(asked).toEqual([]);
});
