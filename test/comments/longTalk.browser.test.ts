import { beforeAll, describe, expect, test } from 'vitest';
import { axeProblems, desktop, phone, sidewaysScroll } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { t } from '../support/words.ts';
import { ConversationOnScreen, item, log } from './onScreen.ts';
import { act, say } from './talking.ts';

const on = new ConversationOnScreen();

describe('a long conversation', () => {
  let first: string;
  let deepReply: string;
  beforeAll(async () => {
    const root = await say(on.talk.client, on.talk.taskId, 'The very first question of a long talk');
    first = root.id;
    deepReply = (await say(on.talk.pm, on.talk.taskId, 'The first of many replies', { parentId: root.id })).id;
    for (let i = 0; i < 8; i++)
      await say(i % 2 ? on.talk.pm : on.talk.client, on.talk.taskId, `Reply ${i}`, { parentId: root.id });
    for (let i = 0; i < 45; i++) {
      const audience = i % 9 === 4 ? 'INTERNAL' : 'SHARED';
      const by = audience === 'INTERNAL' || i % 2 ? on.talk.pm : on.talk.client;
      const added = await say(by, on.talk.taskId, `Message ${i} about the feed, its columns and its prices.`, {
        audience,
      });
      if (i % 6 === 0)
        await act(on.talk.pm, 'commentReact', { id: added.id, input: { reaction: 'AGREE', isOn: true } });
      if (i % 10 === 8) await act(by, 'commentResolve', { id: added.id, input: { isResolved: true } });
    }
  });

  test('a link to an old reply loads what is before it, and brings it into view', async () => {
    const jana = await on.open('client', `&comment=${deepReply}`);
    await item(jana, deepReply).waitFor();
    await eventually(() => item(jana, deepReply).evaluate((one) => document.activeElement === one));
    expect(await item(jana, first).isVisible()).toBe(true);
  });

  test('[Z7] a link to an internal comment opens the task as a link to nothing does', async () => {
    const internal = await say(on.talk.pm, on.talk.taskId, 'canary-linked-internal', { audience: 'INTERNAL' });
    const jana = await on.open('client', `&comment=${internal.id}`, { isRecorded: true });
    await jana.waitForLoadState('networkidle');
    expect(await item(jana, internal.id).count()).toBe(0);
    expect(await on.visitors[0]!.received()).not.toContain('canary-linked-internal');
  });

  test('J and K walk it, E edits, Escape leaves', async () => {
    const jana = await on.open('client');
    const own = await say(on.talk.client, on.talk.taskId, 'Mine, at the end');
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
    await say(on.talk[by], on.talk.taskId, `News on ${name}, see https://shop.example/feed.xml`);
    const mk = await on.open(reader, '', options);
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
