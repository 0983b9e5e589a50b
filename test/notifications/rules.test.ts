import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../drizzle/schema/index.ts';
import { act, say, startTalking, type Talking } from '../comments/talking.ts';
import { tokenOf } from '../security/tokenActor.ts';
import type { Session } from '../support/session.ts';
import { inboxOf, positionOf, reasonsSince } from './receiving.ts';

let talk: Talking;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

const named = (id: string) => `Please look, @[${id}]`;
/** What each of these is told by an act. */
async function told<Name extends string>(sessions: Record<Name, Session>, doing: () => Promise<unknown>) {
  const entries = Object.entries<Session>(sessions);
  const before = await Promise.all(entries.map(([, session]) => positionOf(session)));
  await doing();
  const found = await Promise.all(entries.map(([, session], i) => reasonsSince(session, before[i]!)));
  return Object.fromEntries(entries.map(([name], i) => [name, found[i]])) as Record<Name, string[]>;
}

describe('a comment', () => {
  test('tells whom it names, and those who take part, each once and for the nearest reason; not who wrote it', async () => {
    const { client, pm, colleague, sponsor, otherClient, taskId, ids } = talk;
    await say(client, taskId, 'I begin.');
    const all = { client, pm, colleague, sponsor, otherClient };
    expect(await told(all, () => say(pm, taskId, named(ids.colleague)))).toEqual({
      client: ['COMMENTED'],
      pm: [],
      colleague: ['MENTIONED'],
      sponsor: [],
      otherClient: [],
    });
    const { client: both } = await told(all, () => say(pm, taskId, named(ids.client)));
    expect(both).toEqual(['MENTIONED']);
  });

  test('that is internal tells staff alone, in a conversation of both', async () => {
    const { client, pm, colleague, taskId, ids } = talk;
    await say(client, taskId, 'A question.');
    const answer = () => say(pm, taskId, `canary-inner ${named(ids.colleague)}`, { audience: 'INTERNAL' });
    expect(await told({ client, colleague }, answer)).toEqual({ client: [], colleague: ['MENTIONED'] });
  });

  test('that is changed tells whom it names only then, and nobody twice', async () => {
    const { pm, colleague, sponsor, taskId, ids } = talk;
    const added = await say(pm, taskId, named(ids.colleague));
    const text = `${named(ids.colleague)} ${named(ids.sponsor)}`;
    const edit = (revision: number) => act(pm, 'commentEdit', { id: added.id, input: { revision, text } });
    expect(await told({ colleague, sponsor }, () => edit(1))).toEqual({ colleague: [], sponsor: ['MENTIONED'] });
    expect(await told({ colleague, sponsor }, () => edit(2))).toEqual({ colleague: [], sponsor: [] });
  });

  test('that is shared later tells the client then, and disappears when it is hidden again', async () => {
    const { client, pm, taskId } = talk;
    await say(client, taskId, 'Hello?');
    const added = await say(pm, taskId, 'First for us.', { audience: 'INTERNAL' });
    const set = (revision: number, audience: string) =>
      act(pm, 'commentSetAudience', { id: added.id, input: { revision, audience } });
    const unreadBefore = (await inboxOf(client)).inboxUnreadCount;
    expect(await told({ client }, () => set(1, 'SHARED'))).toEqual({ client: ['COMMENTED'] });
    const shown = await inboxOf(client);
    expect(shown.inboxUnreadCount).toBe(unreadBefore + 1);
    expect(shown.inbox.nodes[0]).toMatchObject({ excerpt: 'First for us.', comment: { id: added.id } });
    await set(2, 'INTERNAL');
    const hidden = await inboxOf(client);
    expect(hidden.inboxUnreadCount).toBe(unreadBefore);
    expect(hidden.inbox.nodes.some((node) => node.comment?.id === added.id)).toBe(false);
    // Shared once more it is there again, and is not told as another one.
    expect(await told({ client }, () => set(3, 'SHARED'))).toEqual({ client: [] });
    expect((await inboxOf(client)).inboxUnreadCount).toBe(unreadBefore + 1);
  });

  test('that is taken back is in no inbox any more', async () => {
    const { client, pm, taskId } = talk;
    await say(client, taskId, 'Hm.');
    const added = await say(pm, taskId, 'Wrong window, sorry.');
    const before = await inboxOf(client);
    expect(before.inbox.nodes[0]?.comment?.id).toBe(added.id);
    await act(pm, 'commentDelete', { id: added.id, input: { revision: 1 } });
    const after = await inboxOf(client);
    expect(after.inboxUnreadCount).toBe(before.inboxUnreadCount - 1);
    expect(after.inbox.nodes.some((node) => node.id === before.inbox.nodes[0]?.id)).toBe(false);
  });

  test('shows names in place of ids, on one line', async () => {
    const { pm, colleague, taskId, ids } = talk;
    await say(pm, taskId, `Line one\n\nfor @[${ids.colleague}]`);
    expect((await inboxOf(colleague)).inbox.nodes[0]?.excerpt).toBe('Line one for @Colleague Kolar');
  });

  test('tells nobody who left', async () => {
    const { app, pm, taskId } = talk;
    const id = await talk.add('Leaving Lenka', 'CONTRIBUTOR');
    const leaving = await app.signIn({ id });
    await say(leaving, taskId, 'Bye.', { audience: 'INTERNAL' });
    await app.services.db.update(people).set({ removedAt: app.clock.now() }).where(eq(people.id, id));
    await say(pm, taskId, 'Who has seen Lenka?', { audience: 'INTERNAL' });
    const rows = await app.services.db.query.inboxItems.findMany({ where: (row, on) => on.eq(row.personId, id) });
    expect(rows).toEqual([]);
  });
});

test('a note tells whom it names, once, however often it is written on', async () => {
  const { pm, colleague, client, taskId, ids } = talk;
  const { task } = await pm.ask('query ($id: ID!) { task(id: $id) { note { id } } }', { id: taskId });
  const document = `mutation ($id: ID!, $input: NoteWriteInput!) { noteWrite(id: $id, input: $input) { userErrors { code } } }`;
  const write = (words: string) => async () => {
    const input = { markdown: `${words} for @[${ids.colleague}]`, mode: 'REPLACE', idempotencyKey: words.slice(0, 20) };
    expect((await pm.ask(document, { id: task.note.id, input })).noteWrite.userErrors).toEqual([]);
  };
  expect(await told({ pm, colleague, client }, write('A plan'))).toEqual({
    pm: [],
    colleague: ['MENTIONED'],
    client: [],
  });
  const shown = async () => (await inboxOf(colleague)).inbox.nodes[0];
  const line = 'A plan for @Colleague Kolar';
  expect(await shown()).toMatchObject({ isOfNote: true, excerpt: line, comment: null });
  expect(await told({ colleague }, write('Another plan'))).toEqual({ colleague: [] });
  // A program that may read what is said in comments, and no notes, is told nothing of them.
  const token = await tokenOf(colleague, ['TASKS_READ', 'COMMENTS_READ', 'PROJECTS_READ', 'PEOPLE_READ']);
  expect((await inboxOf(token)).inbox.nodes[0]).toMatchObject({ isOfNote: true, excerpt: null });
  // Of a note only the line that names them, begun near the name; and what it says now.
  await write(`Not for the inbox.\n\n- ${'long words '.repeat(60)}\u202e`)();
  const { excerpt } = (await shown())!;
  expect(excerpt).toMatch(/^…(?:\s*\w+)+ for @Colleague Kolar$/);
  expect(excerpt!.length).toBeLessThanOrEqual(200);
  const input = { markdown: 'Nobody is named.', mode: 'REPLACE', idempotencyKey: 'nobody' };
  await pm.ask(document, { id: task.note.id, input });
  expect((await shown())?.excerpt).toBeNull();
});

describe('work', () => {
  const taskOf = (id: string) =>
    talk.pm.ask('query ($id: ID!) { task(id: $id) { revision state side } }', { id }).then(({ task }) => task);
  const move = (session: Session, act: string, type: string, id: string, input: Record<string, unknown>) =>
    session
      .ask(`mutation ($id: ID!, $input: ${type}!) { ${act}(id: $id, input: $input) { userErrors { code } } }`, {
        id,
        input,
      })
      .then((data) => expect(data[act].userErrors).toEqual([]));

  test('that is given to somebody tells them, unless they took it', async () => {
    const { pm, colleague, taskId, ids } = talk;
    const assign = async (session: Session, assigneeId: string | null) => {
      const { revision } = await taskOf(taskId);
      await move(session, 'taskAssign', 'TaskAssignInput', taskId, { revision, assigneeId });
    };
    expect(await told({ pm, colleague }, () => assign(pm, ids.colleague))).toEqual({ pm: [], colleague: ['ASSIGNED'] });
    expect(await told({ pm }, () => assign(colleague, ids.pm))).toEqual({ pm: ['ASSIGNED'] });
    expect(await told({ colleague }, () => assign(colleague, ids.colleague))).toEqual({ colleague: [] });
  });

  test('that is stuck tells the project manager and who has it', async () => {
    const { app, client, pm, colleague, otherClient } = talk;
    const stuckable = app.world.clients[0]!.tasks.find(
      (task) => task.visibility === 'SHARED' && ['READY', 'IN_PROGRESS'].includes(task.state),
    )!;
    const { revision } = await taskOf(stuckable.id);
    const input = { revision, reason: 'No login yet', side: 'COMPANY' };
    const flag = () => move(client, 'taskFlagStuck', 'TaskFlagStuckInput', stuckable.id, input);
    expect(await told({ client, pm, colleague, otherClient }, flag)).toEqual({
      client: [],
      pm: ['STUCK'],
      colleague: [],
      otherClient: [],
    });
  });
});
