import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  axeProblems,
  desktop,
  openVisitor,
  phone,
  sidewaysScroll,
  startBrowser,
  type Visitor,
  type VisitorOptions,
} from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { t } from '../support/words.ts';
import { act, say, startTalking, type Talking } from './talking.ts';

let browser: Browser;
let talk: Talking;
const visitors: Visitor[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  talk = await startTalking();
});
afterAll(async () => {
  await browser.close();
  await talk.app.close();
});
afterEach(async () => {
  const complaints = visitors.flatMap(({ cspViolations, problems, strayRequests }) => [
    ...cspViolations,
    ...problems,
    ...strayRequests,
  ]);
  await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
  expect(complaints).toEqual([]);
});

type Who = keyof Talking['ids'];
async function open(who: Who, search = '', options: Partial<VisitorOptions> = {}): Promise<Page> {
  const visitor = await openVisitor(browser, { url: talk.app.url, session: talk[who], ...options });
  visitors.push(visitor);
  await visitor.page.goto(`/tasks/${talk.taskId}?tab=comments${search}`);
  await visitor.page.getByRole('log', { name: t('comments.thread') }).waitFor();
  return visitor.page;
}

const log = (page: Page) => page.getByRole('log', { name: t('comments.thread') });
const item = (page: Page, id: string) => page.locator(`[data-comment="${id}"]`);
const field = (page: Page) => page.getByRole('textbox', { name: t('comments.composer.label') });
const choose = (page: Page, audience: string) =>
  page
    .getByRole('radiogroup', { name: t('comments.composer.audience') })
    .getByText(audience)
    .click();

describe('two people at one conversation', () => {
  test('a reply, a reaction and a settled thread arrive on the other screen', async () => {
    const root = await say(talk.client, talk.taskId, 'When do you need the feed?');
    const [jana, mk] = [await open('client'), await open('pm')];
    await item(mk, root.id).focus();
    await mk.keyboard.press('r');
    await mk.getByRole('textbox', { name: t('comments.reply.label') }).fill('By Friday.');
    await mk.keyboard.press('Control+Enter');
    await item(jana, root.id).getByText('By Friday.').waitFor();
    await item(jana, root.id)
      .getByText(t('comments.reply.count', { count: 1 }))
      .waitFor();

    await item(jana, root.id).hover();
    await item(jana, root.id)
      .getByRole('button', { name: t('comments.reactions.act') })
      .first()
      .click();
    await jana.getByRole('button', { name: t('comments.reactions.THANKS'), exact: true }).click();
    await item(mk, root.id)
      .getByRole('button', { name: new RegExp(t('comments.reactions.THANKS')) })
      .waitFor();

    await item(mk, root.id)
      .getByRole('button', { name: t('comments.resolve.act') })
      .first()
      .click();
    const settled = t('comments.resolve.by', { name: talk.app.world.pm.name });
    await log(jana).getByText(settled).first().waitFor();
    await item(jana, root.id).waitFor({ state: 'detached' });
  });

  test('who types is seen, and gone with the comment', async () => {
    const [jana, mk] = [await open('client'), await open('pm')];
    await field(mk).pressSequentially('I am just');
    const words = t('comments.typing', { count: 1, names: talk.app.world.pm.name });
    await jana.getByText(words).waitFor();
    await mk.keyboard.press('Control+Enter');
    await jana.getByText(words).waitFor({ state: 'detached' });
  });

  test('[Z8] a comment that is made internal again leaves the client’s screen', async () => {
    const added = await say(talk.pm, talk.taskId, 'A slip of the pen');
    const [jana, mk] = [await open('client'), await open('pm')];
    await item(jana, added.id).waitFor();
    await item(mk, added.id).hover();
    await item(mk, added.id)
      .getByRole('button', { name: t('comments.audience.hide') })
      .click();
    await mk.getByRole('button', { name: t('comments.audience.hideConfirm') }).click();
    await item(jana, added.id).waitFor({ state: 'detached' });
    await item(mk, added.id)
      .getByRole('button', { name: t('comments.audience.share') })
      .click();
    await mk.getByRole('button', { name: t('comments.audience.shareConfirm') }).click();
    await item(jana, added.id).waitFor();
  });

  test('what is read moves the mark, and staff see the face of who read it', async () => {
    const added = await say(talk.pm, talk.taskId, 'Please read this');
    const mk = await open('pm');
    await item(mk, added.id).waitFor();
    await open('client');
    await item(mk, added.id).getByText(new RegExp(talk.app.world.client.name)).waitFor();
    await eventually(async () => {
      const { task } = await talk.client.ask('query ($id: ID!) { task(id: $id) { unreadCount } }', { id: talk.taskId });
      return task.unreadCount === 0;
    });
  });
});

describe('the composer', () => {
  test('@ opens the list, the keyboard chooses, and the name stands in the comment', async () => {
    const mk = await open('pm');
    await field(mk).pressSequentially('Ask @spon');
    await mk.getByRole('option', { name: /Sponsor Sedlak/ }).waitFor();
    await mk.keyboard.press('Enter');
    expect(await field(mk).inputValue()).toBe('Ask @Sponsor Sedlak ');
    await mk.keyboard.press('Control+Enter');
    await log(mk).getByText('@Sponsor Sedlak', { exact: true }).waitFor();
  });

  test('asks before somebody is brought in, and before an internal draft is shared', async () => {
    const mk = await open('pm');
    await field(mk).fill('Hello @Director Dvorak');
    await mk.keyboard.press('Control+Enter');
    await mk.getByText(t('comments.ask.mention', { count: 1, names: 'Director Dvorak' })).waitFor();
    await mk.getByRole('button', { name: t('comments.ask.mentionKeep') }).click();
    await field(mk).fill('');
    await choose(mk, t('comments.composer.internal'));
    await field(mk).fill('They are late again');
    await choose(mk, t('comments.composer.shared'));
    await mk.getByRole('button', { name: t('comments.composer.useDraft') }).click();
    await mk.getByRole('button', { name: t('comments.ask.bringKeep') }).waitFor();
    expect(await field(mk).inputValue()).toBe('');
    await choose(mk, t('comments.composer.internal'));
    await mk.reload();
    expect(await field(mk).inputValue()).toBe('They are late again');
    expect(await mk.getByRole('button', { name: t('comments.composer.sendInternal') }).isVisible()).toBe(true);
    await field(mk).fill('');
  });

  test('says to nobody that the client reads along once the task is internal, and keeps the shared draft', async () => {
    const mk = await open('pm');
    const id = talk.taskId;
    const hidden = `mutation ($id: ID!, $input: TaskSetVisibilityInput!) {
      taskSetVisibility(id: $id, input: $input) { userErrors { code } }
    }`;
    const put = async (visibility: string) => {
      const { task } = await talk.pm.ask('query ($id: ID!) { task(id: $id) { revision } }', { id });
      const done = await talk.pm.ask(hidden, { id, input: { revision: task.revision, visibility } });
      expect(done.taskSetVisibility.userErrors).toEqual([]);
    };
    const onlyStaff = mk.getByText(t('comments.internalReaders', { company: 'Lumen Commerce' })).last();
    await choose(mk, t('comments.composer.shared'));
    await field(mk).fill('Dear all');
    await put('INTERNAL');
    await mk.getByRole('button', { name: t('comments.composer.sendInternal') }).waitFor();
    await onlyStaff.waitFor();
    expect(await mk.getByText(/will read this$/).count()).toBe(0);
    expect(await field(mk).inputValue()).toBe('');
    await mk.getByText(t('comments.composer.draftShared')).waitFor();
    await put('SHARED');
    await mk.getByText(/will read this$/).waitFor();
    expect(await field(mk).inputValue()).toBe('Dear all');
    await field(mk).fill('');
  });

  test('sends files along and shows pictures', async () => {
    const jana = await open('client');
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
      'base64',
    );
    const chooser = jana.waitForEvent('filechooser');
    await jana.getByRole('button', { name: t('comments.files.add') }).click();
    await (await chooser).setFiles([
      { name: 'shop.png', mimeType: 'image/png', buffer: png },
      { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('the plan') },
    ]);
    await jana.getByRole('button', { name: t('comments.files.remove', { name: 'plan.txt' }) }).waitFor();
    await jana.waitForFunction(() => document.querySelector('progress') === null);
    await jana.getByRole('button', { name: t('comments.composer.send'), exact: true }).click();
    await log(jana).getByRole('img', { name: 'shop.png' }).waitFor();
    const download = jana.waitForEvent('download');
    await log(jana)
      .getByRole('button', { name: t('comments.files.download', { name: 'plan.txt' }) })
      .click();
    expect((await download).suggestedFilename()).toBe('plan.txt');
  });
});

describe('a long conversation', () => {
  let first: string;
  let deepReply: string;
  beforeAll(async () => {
    const root = await say(talk.client, talk.taskId, 'The very first question of a long talk');
    first = root.id;
    deepReply = (await say(talk.pm, talk.taskId, 'The first of many replies', { parentId: root.id })).id;
    for (let i = 0; i < 8; i++)
      await say(i % 2 ? talk.pm : talk.client, talk.taskId, `Reply ${i}`, { parentId: root.id });
    for (let i = 0; i < 45; i++) {
      const audience = i % 9 === 4 ? 'INTERNAL' : 'SHARED';
      const by = audience === 'INTERNAL' || i % 2 ? talk.pm : talk.client;
      const added = await say(by, talk.taskId, `Message ${i} about the feed, its columns and its prices.`, {
        audience,
      });
      if (i % 6 === 0) await act(talk.pm, 'commentReact', { id: added.id, input: { reaction: 'AGREE', isOn: true } });
      if (i % 10 === 8) await act(by, 'commentResolve', { id: added.id, input: { isResolved: true } });
    }
  });

  test('a link to an old reply loads what is before it, and brings it into view', async () => {
    const jana = await open('client', `&comment=${deepReply}`);
    await item(jana, deepReply).waitFor();
    await eventually(() => item(jana, deepReply).evaluate((one) => document.activeElement === one));
    expect(await item(jana, first).isVisible()).toBe(true);
  });

  test('[Z7] a link to an internal comment opens the task as a link to nothing does', async () => {
    const internal = await say(talk.pm, talk.taskId, 'canary-linked-internal', { audience: 'INTERNAL' });
    const jana = await open('client', `&comment=${internal.id}`);
    await jana.waitForLoadState('networkidle');
    expect(await item(jana, internal.id).count()).toBe(0);
    expect(await visitors[0]!.received()).not.toContain('canary-linked-internal');
  });

  test('J and K walk it, E edits, Escape leaves', async () => {
    const jana = await open('client');
    const own = await say(talk.client, talk.taskId, 'Mine, at the end');
    await item(jana, own.id).waitFor();
    await log(jana).focus();
    await jana.keyboard.press('j');
    await jana.keyboard.press('k');
    await jana.keyboard.press('j');
    await eventually(() => item(jana, own.id).evaluate((one) => document.activeElement === one));
    await jana.keyboard.press('e');
    await jana.getByRole('textbox', { name: t('comments.editor.label') }).waitFor();
    await jana.keyboard.press('Escape');
    await jana.getByRole('textbox', { name: t('comments.editor.label') }).waitFor({ state: 'detached' });
  });

  test.each([
    ['desktop', { viewport: desktop, isPhone: false }],
    ['desktop, dark', { viewport: desktop, isPhone: false, colorScheme: 'dark' as const }],
    ['phone', { viewport: phone, isPhone: true }],
    ['narrow phone', { viewport: { width: 320, height: 700 }, isPhone: true, colorScheme: 'dark' as const }],
  ])('%s: whole, accessible, and no wider than the screen', async (name, options) => {
    const [by, reader] = options.isPhone ? (['pm', 'client'] as const) : (['client', 'pm'] as const);
    await say(talk[by], talk.taskId, `News on ${name}, see https://shop.example/feed.xml`);
    const mk = await open(reader, '', options);
    await mk.waitForLoadState('networkidle');
    const folder = process.env.SHOTS;
    if (folder) await mk.screenshot({ path: `${folder}/${name.replaceAll(/\W+/g, '-')}-first.png` });
    if (options.isPhone)
      await mk
        .getByRole('button', { name: t('comments.actions') })
        .last()
        .click();
    else await mk.locator('[data-comment]').last().hover();
    expect(await sidewaysScroll(mk)).toBe(0);
    expect(await axeProblems(mk)).toEqual([]);
    if (folder) await mk.screenshot({ path: `${folder}/${name.replaceAll(/\W+/g, '-')}.png` });
  });
});
