import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeProblems } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { t } from '../support/words.ts';
import { ConversationOnScreen, item, log } from './onScreen.ts';
import { say } from './talking.ts';

const on = new ConversationOnScreen();
const field = (page: Page) => page.getByRole('textbox', { name: t('comments.composer.label') });
const choose = (page: Page, audience: string) =>
  page
    .getByRole('radiogroup', { name: t('comments.composer.audience') })
    .getByText(audience)
    .click();

type Answering = 'held' | 'answered' | 'refused';

/** Has the page wait for the people who can be named, until they are answered or refused. */
async function holdPeople(page: Page): Promise<(how: Answering) => void> {
  let is: Answering = 'held';
  await page.route('**/graphql', async (route) => {
    if (route.request().postDataJSON()?.operationName !== 'CommentReaders') return route.fallback();
    // The test lets it go; no other clock runs against that.
    await eventually(() => is !== 'held', 120_000);
    if (is === 'answered') return route.continue();
    return route.fulfill({ json: { errors: [{ message: 'Not now', extensions: { code: 'INTERNAL' } }] } });
  });
  return (how) => {
    is = how;
  };
}

describe('two people at one conversation', () => {
  test('a reply, a reaction and a settled thread arrive on the other screen', async () => {
    const root = await say(on.talk.client, on.talk.taskId, 'When do you need the feed?');
    const [jana, mk] = [await on.open('client'), await on.open('pm')];
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
    const settled = t('comments.resolve.by', { name: on.talk.app.world.pm.name });
    await log(jana).getByText(settled).first().waitFor();
    await item(jana, root.id).waitFor({ state: 'detached' });
  });

  test('who types is seen, and gone with the comment', async () => {
    const [jana, mk] = [await on.open('client'), await on.open('pm')];
    await field(mk).pressSequentially('I am just');
    const words = t('comments.typing', { count: 1, names: on.talk.app.world.pm.name });
    await jana.getByText(words).waitFor();
    await mk.keyboard.press('Control+Enter');
    await jana.getByText(words).waitFor({ state: 'detached' });
  });

  test('[Z8] a comment that is made internal again leaves the client’s screen', async () => {
    const added = await say(on.talk.pm, on.talk.taskId, 'A slip of the pen');
    const [jana, mk] = [await on.open('client'), await on.open('pm')];
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
    const added = await say(on.talk.pm, on.talk.taskId, 'Please read this');
    const mk = await on.open('pm');
    await item(mk, added.id).waitFor();
    await on.open('client');
    await item(mk, added.id).getByText(new RegExp(on.talk.app.world.client.name)).waitFor();
    await eventually(async () => {
      const { task } = await on.talk.client.ask('query ($id: ID!) { task(id: $id) { unreadCount } }', {
        id: on.talk.taskId,
      });
      return task.unreadCount === 0;
    });
  });
});

describe('the composer', () => {
  test('@ opens the list, the keyboard chooses, and the name stands in the comment', async () => {
    const mk = await on.open('pm');
    await field(mk).pressSequentially('Ask @spon');
    await mk.getByRole('option', { name: /Sponsor Sedlak/ }).waitFor();
    await mk.keyboard.press('Enter');
    expect(await field(mk).inputValue()).toBe('Ask @Sponsor Sedlak ');
    await mk.keyboard.press('Control+Enter');
    await log(mk).getByText('@Sponsor Sedlak', { exact: true }).waitFor();
  });

  test('asks before somebody is brought in, and before an internal draft is shared', async () => {
    const mk = await on.open('pm');
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

  test('a name sent before it is known who can be named waits for that, is asked about, and is told', async () => {
    const mk = await on.open('pm');
    const peopleAre = await holdPeople(mk);
    await mk.reload();
    await field(mk).fill('Hello @Director Dvorak');
    await mk.keyboard.press('Control+Enter');
    await mk.getByText(t('comments.mentions.looking')).waitFor();
    peopleAre('answered');
    await mk.getByText(t('comments.ask.mention', { count: 1, names: 'Director Dvorak' })).waitFor();
    await mk.getByRole('button', { name: t('comments.ask.mentionKeep') }).click();

    peopleAre('held');
    await field(mk).fill('Welcome here, @Sponsor Sedlak');
    await mk.reload();
    await mk.getByRole('button', { name: t('comments.composer.send'), exact: true }).click();
    await mk.getByText(t('comments.mentions.looking')).waitFor();
    expect(await log(mk).getByText('Welcome here').count()).toBe(0);
    peopleAre('answered');
    await log(mk).getByText('Welcome here, @Sponsor Sedlak').getByText('@Sponsor Sedlak', { exact: true }).waitFor();
  });

  test('a name that cannot be looked up keeps its text, and is looked up again with the next try', async () => {
    const mk = await on.open('pm');
    const peopleAre = await holdPeople(mk);
    await mk.reload();
    await field(mk).fill('Once more, @Sponsor Sedlak');
    await mk.keyboard.press('Control+Enter');
    peopleAre('refused');
    await mk.getByText(t('comments.mentions.unknown')).waitFor();
    expect(await field(mk).inputValue()).toBe('Once more, @Sponsor Sedlak');
    peopleAre('answered');
    await mk.keyboard.press('Control+Enter');
    await log(mk).getByText('Once more, @Sponsor Sedlak').getByText('@Sponsor Sedlak', { exact: true }).waitFor();
  });

  test('a list of names that never comes lets go of the text, and is asked for anew with the next try', async () => {
    const mk = await on.open('pm');
    const peopleAre = await holdPeople(mk);
    await mk.clock.install();
    await mk.reload();
    await field(mk).fill('Are you there, @Sponsor Sedlak');
    await mk.keyboard.press('Control+Enter');
    await mk.getByText(t('comments.mentions.looking')).waitFor();
    await mk.clock.fastForward(20_000);
    await mk.getByText(t('comments.mentions.unknown')).waitFor();
    await field(mk).pressSequentially('?');
    expect(await field(mk).inputValue()).toBe('Are you there, @Sponsor Sedlak?');
    const asked = mk.waitForRequest((request) => request.postDataJSON()?.operationName === 'CommentReaders');
    await mk.keyboard.press('Control+Enter');
    await asked;
    peopleAre('answered');
    await log(mk).getByText('Are you there, @Sponsor Sedlak?').getByText('@Sponsor Sedlak', { exact: true }).waitFor();
  });

  test('says to nobody that the client reads along once the task is internal, and keeps the shared draft', async () => {
    const mk = await on.open('pm');
    const id = on.talk.taskId;
    const hidden = `mutation ($id: ID!, $input: TaskSetVisibilityInput!) {
      taskSetVisibility(id: $id, input: $input) { userErrors { code } }
    }`;
    const put = async (visibility: string) => {
      const { task } = await on.talk.pm.ask('query ($id: ID!) { task(id: $id) { revision } }', { id });
      const done = await on.talk.pm.ask(hidden, { id, input: { revision: task.revision, visibility } });
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
    const jana = await on.open('client');
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

describe('a page that stayed open while another version of Slipway came', () => {
  /** The parts that were not loaded yet are gone, and the page itself names others. */
  async function deploy(page: Page): Promise<() => Promise<void>> {
    const gone = (url: URL) => url.pathname.startsWith('/assets/');
    const start = (url: URL) => url.pathname === '/';
    await page.route(gone, (route) => route.fulfill({ status: 404, body: '' }));
    await page.route(start, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/index-other.js"></script>' }),
    );
    return async () => {
      await page.unroute(gone);
      await page.unroute(start);
    };
  }

  test.each(['a part of the screen', 'the note'])(
    'where %s is missing, it says so; loaded again, the draft is there',
    async (what) => {
      const page = await on.open('pm');
      const loads: string[] = [];
      page.on('framenavigated', (frame) => loads.push(frame.url()));
      await field(page).fill('A thought that was not sent yet');
      const arrive = await deploy(page);
      if (what === 'the note') await page.getByRole('tab', { name: t('task.conversation.note'), exact: true }).click();
      else {
        await page.getByRole('button', { name: t('taskActs.menu.label') }).click();
        await page.getByRole('menuitem', { name: t('taskActs.menu.edit') }).click();
      }
      const notice = page.getByRole('alert').filter({ hasText: t('common.error.newVersionTitle') });
      await notice.waitFor();
      expect(await axeProblems(page)).toEqual([]);
      // It does not load by itself: that would take away what somebody writes, and could go on for ever.
      expect(loads.filter((url) => !url.includes('tab=note'))).toEqual([]);
      await arrive();
      await notice.getByRole('button', { name: t('common.error.reload') }).click();
      await notice.waitFor({ state: 'detached' });
      await page.getByRole('tab', { name: t('task.conversation.comments'), exact: false }).click();
      await expect.poll(() => field(page).inputValue()).toBe('A thought that was not sent yet');
      await field(page).fill('');
      // What was missing was complained of, as it should be.
      for (const visitor of on.visitors.splice(0)) await visitor.close();
    },
  );
});
