import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inboxItems, people, tasks } from '../../drizzle/schema/index.ts';
import { act, say, startTalking, type Talking } from '../comments/talking.ts';
import { tokenOf } from '../security/tokenActor.ts';
import type { Session, Subscription } from '../support/session.ts';
import { inboxOf, inboxQuery, inboxStream, positionOf, read, unread } from './receiving.ts';

let talk: Talking;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

type Message = {
  __typename: string;
  kind: string;
  position: number;
  subjectId: string;
  projectId: string | null;
  taskId: string | null;
  node: { id: string; readAt: string | null; excerpt: string | null } | null;
};
type Stream = Subscription<{ inboxChanges: Message }>;
const follow = (session: Session, after: number | null): Stream => session.subscribe(inboxStream, { after });
const next = async (stream: Stream) => (await stream.next()).inboxChanges;

type Figures = { unreadCount: number; project: { unreadCount: number } };
const figures = async (session: Session): Promise<Figures> =>
  (await session.ask('query ($id: ID!) { task(id: $id) { unreadCount project { unreadCount } } }', { id: talk.taskId }))
    .task;

/** Somebody new of the account or the company, whom a comment of the PM names so many times. */
async function told(times: number, role: 'CONTRIBUTOR' | 'CLIENT_MEMBER' = 'CONTRIBUTOR') {
  const accountId = role === 'CLIENT_MEMBER' ? talk.app.world.clients[0]!.account.id : null;
  const id = await talk.add(`Told ${role}`, role, accountId);
  for (let i = 1; i <= times; i++) await say(talk.pm, talk.taskId, `Number ${i} for @[${id}]`);
  return { id, session: await talk.app.signIn({ id }) };
}

describe('inboxChanges', () => {
  test('gives the rest, says so, and goes on live: each number once and in order, marks of reading too', async () => {
    const { id, session } = await told(2);
    const stream = follow(session, 0);
    expect(await next(stream)).toMatchObject({
      kind: 'inbox.added',
      position: 1,
      node: { excerpt: expect.stringContaining('Number 1') },
    });
    expect(await next(stream)).toMatchObject({ kind: 'inbox.added', position: 2 });
    expect(await next(stream)).toEqual({ __typename: 'CaughtUp', position: 2 });
    await say(talk.pm, talk.taskId, `Number 3 for @[${id}]`);
    const third = await next(stream);
    expect(third).toMatchObject({ kind: 'inbox.added', position: 3, projectId: null, taskId: null });
    await read(session, { ids: [third.node!.id] });
    expect(await next(stream)).toMatchObject({ kind: 'inbox.read', position: 4, subjectId: third.node!.id });
    stream.stop();
    const later = follow(session, 2);
    expect([await next(later), await next(later), await next(later)].map(({ position }) => position)).toEqual([
      3, 4, 4,
    ]);
    later.stop();
  });

  test('what is read on one device is read on the other, at once', async () => {
    const { id, session } = await told(2);
    const phone = await talk.app.signIn({ id });
    const stream = follow(phone, await positionOf(phone));
    expect((await next(stream)).__typename).toBe('CaughtUp');
    const { mark } = await read(session, { throughPosition: 2 });
    expect(await next(stream)).toMatchObject({ kind: 'inbox.read', position: mark, node: null });
    expect((await inboxOf(phone)).inboxUnreadCount).toBe(0);
    await unread(session, { mark });
    expect(await next(stream)).toMatchObject({ kind: 'inbox.unread', position: mark + 1 });
    expect((await inboxOf(phone)).inboxUnreadCount).toBe(2);
    stream.stop();
  });

  test('a conversation read on one device is counted as read on the other, also on one that was cut off', async () => {
    const { id, session } = await told(0);
    const phone = await talk.app.signIn({ id });
    const stream = follow(phone, await positionOf(phone));
    expect((await next(stream)).__typename).toBe('CaughtUp');
    const { id: throughId } = await say(talk.pm, talk.taskId, 'Something new.');
    const before = await positionOf(phone);
    const { project } = await figures(phone);
    const readOn = () => act(session, 'conversationRead', { input: { taskId: talk.taskId, throughId } });
    await readOn();
    const change = { kind: 'conversation.read', position: before + 1, projectId: null, taskId: null };
    const seen = await next(stream);
    expect(seen).toMatchObject({ ...change, node: { __typename: 'Task', id: talk.taskId, unreadCount: 0 } });
    expect(project.unreadCount).toBeGreaterThan(0);
    expect((seen.node as unknown as Figures).project.unreadCount).toBe((await figures(phone)).project.unreadCount);
    stream.stop();
    const later = follow(phone, before);
    expect(await next(later)).toMatchObject(change);
    later.stop();
    // Read as far already: nothing is told again.
    await readOn();
    expect(await positionOf(phone)).toBe(before + 1);
    // What it is about is loaded with the rights of now.
    const { db } = talk.app.services;
    const set = (visibility: 'INTERNAL' | 'SHARED') =>
      db.update(tasks).set({ visibility }).where(eq(tasks.id, talk.taskId));
    const { session: client } = await told(0, 'CLIENT_MEMBER');
    await act(client, 'conversationRead', { input: { taskId: talk.taskId, throughId } });
    await set('INTERNAL');
    const hidden = follow(client, 0);
    expect(await next(hidden)).toMatchObject({ kind: 'conversation.read', node: null, taskId: null });
    hidden.stop();
    await set('SHARED');
  });

  test('ten who write at once leave no hole and no number twice', async () => {
    const { id, session } = await told(0);
    const { pm, colleague, taskId } = talk;
    const writers = Array.from({ length: 5 }, () => [pm, colleague]).flat();
    const stream = follow(session, 0);
    await Promise.all(writers.map((writer, i) => say(writer, taskId, `${i} for @[${id}]`)));
    const seen: Message[] = [];
    while (seen.length < writers.length) {
      const message = await next(stream);
      if (message.__typename === 'Change') seen.push(message);
    }
    expect(seen.map(({ position }) => position)).toEqual(writers.map((_, i) => i + 1));
    expect(new Set(seen.map(({ subjectId }) => subjectId)).size).toBe(writers.length);
    stream.stop();
  });

  test("a reader whose number is beyond the inbox's is asked to load anew", async () => {
    const { session } = await told(1);
    const stream = follow(session, 99);
    expect(await next(stream)).toMatchObject({ __typename: 'Reload', reason: 'LOG_RESTORED', position: 1 });
    stream.stop();
  });
});

describe('reading', () => {
  test('marks a task, some, or all up to a number; what came after stays unread, and one mark is taken back whole', async () => {
    const { id, session } = await told(3);
    await say(talk.pm, talk.otherTaskId, `Elsewhere, @[${id}]`);
    const [newest] = (await inboxOf(session)).inbox.nodes;
    expect(await read(session, { taskId: talk.otherTaskId })).toMatchObject({ unreadCount: 3, userErrors: [] });
    const { mark } = await read(session, { throughPosition: 2 });
    expect(
      (await inboxOf(session, { first: 9, onlyUnread: true })).inbox.nodes.map(({ position }) => position),
    ).toEqual([3]);
    expect(await unread(session, { mark })).toMatchObject({ unreadCount: 3 });
    expect(await unread(session, { ids: [newest!.id] })).toMatchObject({ unreadCount: 4 });
  });

  test('again, or of nothing, moves nothing', async () => {
    const { session } = await told(1);
    await read(session, { throughPosition: 1 });
    const before = await positionOf(session);
    expect(await read(session, { throughPosition: 1 })).toMatchObject({ mark: null, position: before, unreadCount: 0 });
    expect(await read(session, { taskId: 'nonsense' })).toMatchObject({ mark: null });
    expect(await positionOf(session)).toBe(before);
  });

  test("of another person's items moves nothing", async () => {
    const { session: mine } = await told(1);
    const { session: theirs } = await told(1);
    const [item] = (await inboxOf(theirs)).inbox.nodes;
    expect(await read(mine, { ids: [item!.id] })).toMatchObject({ mark: null, unreadCount: 1 });
    expect((await inboxOf(theirs)).inboxUnreadCount).toBe(1);
    const { node } = await mine.ask('query ($id: ID!) { node(id: $id) { id } }', { id: item!.id });
    expect(node).toBeNull();
  });

  test.each([[{}], [{ ids: [], throughPosition: 1 }], [{ ids: Array.from({ length: 101 }, (_, i) => `${i}`) }]])(
    'refuses %j',
    async (input) => {
      const document = 'mutation ($input: InboxReadInput!) { inboxRead(input: $input) { mark } }';
      const { errors } = await talk.pm.gql(document, { input });
      expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    },
  );

  test('goes page by page, newest first, each item once', async () => {
    const { session } = await told(5);
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const { inbox }: Awaited<ReturnType<typeof inboxOf>> = await inboxOf(session, { first: 2, after });
      seen.push(...inbox.nodes.map(({ position }) => position));
      after = inbox.pageInfo.hasNextPage ? inbox.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });
});

describe('what nobody may see', () => {
  test('[Z7] a task that was made internal is in no inbox of the client: not shown, not counted, not told by the stream', async () => {
    const { id, session } = await told(1, 'CLIENT_MEMBER');
    const { db } = talk.app.services;
    const before = await inboxOf(session);
    expect(before.inboxUnreadCount).toBe(1);
    const set = (visibility: 'INTERNAL' | 'SHARED') =>
      db.update(tasks).set({ visibility }).where(eq(tasks.id, talk.taskId));
    await set('INTERNAL');
    const hidden = await inboxOf(session);
    expect([hidden.inboxUnreadCount, hidden.inbox.nodes]).toEqual([0, []]);
    for (const input of [{ taskId: talk.taskId }, { throughPosition: 9 }, { ids: [before.inbox.nodes[0]!.id] }]) {
      expect(await read(session, input)).toMatchObject({ mark: null, position: 1 });
    }
    const stream = follow(session, 0);
    expect(await next(stream)).toMatchObject({ position: 1, node: null, projectId: null, taskId: null, actor: null });
    stream.stop();
    const { node } = await session.ask('query ($id: ID!) { node(id: $id) { id } }', { id: before.inbox.nodes[0]!.id });
    expect(node).toBeNull();
    // Named there while it is internal, they are refused as who does not read it; nothing was written for them.
    expect(await db.$count(inboxItems, eq(inboxItems.personId, id))).toBe(1);
    await set('SHARED');
    expect((await inboxOf(session)).inboxUnreadCount).toBe(1);
  });

  test('[Z7] internal words reach no client by it, in answers and streams', async () => {
    const { pm, client, colleague, taskId, ids } = talk;
    await say(client, taskId, 'How is it going?');
    const stream = follow(client, 0);
    await say(colleague, taskId, 'canary-internal-7431 behind their back', { audience: 'INTERNAL' });
    await say(pm, taskId, `Well, @[${ids.client}]`);
    let last = await next(stream);
    const head = await positionOf(client);
    while (last.position < head) last = await next(stream);
    await inboxOf(client);
    stream.stop();
    expect(client.bytesSeen().includes('canary-internal-7431')).toBe(false);
    const rows = await talk.app.services.db
      .select()
      .from(inboxItems)
      .where(and(eq(inboxItems.personId, ids.client), eq(inboxItems.audience, 'INTERNAL')));
    expect(rows).toEqual([]);
  });

  test('another client has nothing of it', async () => {
    const before = await positionOf(talk.otherClient);
    await told(1);
    expect(await positionOf(talk.otherClient)).toBe(before);
  });

  test('somebody who was removed is not followed any further', async () => {
    const { id, session } = await told(1);
    const stream = follow(session, 1);
    expect((await next(stream)).__typename).toBe('CaughtUp');
    await talk.app.services.db.update(people).set({ removedAt: talk.app.clock.now() }).where(eq(people.id, id));
    talk.app.services.bus.ring(`inbox:${id}`);
    await expect(stream.next()).rejects.toThrow();
  });

  test('a token reads it by its scopes, and never marks anything', async () => {
    const { session } = await told(1);
    const without = await tokenOf(session, ['PROJECTS_READ', 'COMMENTS_READ']);
    const { errors } = await without.gql(inboxQuery, { first: 9 });
    expect(new Set(errors.map(({ extensions }) => extensions?.code))).toEqual(new Set(['FORBIDDEN']));
    await expect(without.subscribe(inboxStream, { after: 0 }).next()).rejects.toThrow();
    const withScope = await tokenOf(session, ['PROJECTS_READ', 'TASKS_WRITE', 'COMMENTS_READ', 'PEOPLE_READ']);
    expect((await inboxOf(withScope)).inboxUnreadCount).toBe(1);
    expect(await read(withScope, { throughPosition: 9 })).toMatchObject({ mark: null, unreadCount: 1 });
  });
});
