import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readMarks, tasks } from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { conversationRead } from '../../server/comments/reading/commands.ts';
import type { Ctx } from '../../server/platform/services.ts';
import type { Session } from '../support/session.ts';
import { act, nodeOf, refusal, say, startTalking, type Talking, thread } from './talking.ts';

let talk: Talking;
let client: string;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

const counts = `query ($id: ID!) {
  task(id: $id) { unreadCount firstUnread { id } project { unreadCount tasks { unreadCount } } }
}`;
async function unread(session: Session) {
  const { task } = await session.ask(counts, { id: talk.taskId });
  return { task: task.unreadCount, project: task.project.unreadCount, first: task.firstUnread?.id ?? null };
}
const read = (session: Session, throughId: string) =>
  act(session, 'conversationRead', { input: { taskId: talk.taskId, throughId } });

// Everybody begins with nothing unread on this task.
beforeEach(async () => {
  const last = await say(talk.pm, talk.taskId, 'So far');
  for (const session of [talk.pm, talk.client, talk.sponsor, talk.colleague, talk.viewer]) await read(session, last.id);
  client = talk.app.world.client.name;
});

describe('what is unread', () => {
  test('counts the words of others since one was here, replies too, and none of one’s own', async () => {
    const { pm, client, taskId } = talk;
    expect((await unread(client)).task).toBe(0);
    const first = await say(pm, taskId, 'One');
    await say(pm, taskId, 'Two', { parentId: first.id });
    await say(client, talk.otherTaskId, 'My own elsewhere');
    const now = await unread(client);
    expect(now).toMatchObject({ task: 2, first: first.id });
    expect((await unread(pm)).task).toBe(0);
    const { task } = await client.ask(counts, { id: taskId });
    const sum = task.project.tasks.reduce((all: number, one: { unreadCount: number }) => all + one.unreadCount, 0);
    expect(task.project.unreadCount).toBe(sum);
  });

  test('goes down as far as one has read, and a mark never goes back', async () => {
    const { pm, client, taskId } = talk;
    const [one, two] = [await say(pm, taskId, 'One'), await say(pm, taskId, 'Two')];
    expect((await read(client, one.id)).task.unreadCount).toBe(1);
    expect((await client.ask(nodeOf, { id: one.id })).node.isUnread).toBe(false);
    expect((await client.ask(nodeOf, { id: two.id })).node.isUnread).toBe(true);
    expect((await read(client, two.id)).task.unreadCount).toBe(0);
    expect((await read(client, one.id)).task.unreadCount).toBe(0);
  });

  test('is over with what one writes: whoever answers has read what stands above', async () => {
    const { pm, client, taskId } = talk;
    await say(pm, taskId, 'A question');
    await say(client, taskId, 'The answer');
    expect((await unread(client)).task).toBe(0);
  });

  test('[Z7] does not count for a client what is internal, nor in the sum of the project', async () => {
    const { app, pm, client, colleague, taskId } = talk;
    const [before, staffBefore] = [await unread(client), await unread(colleague)];
    await say(pm, taskId, 'Among us', { audience: 'INTERNAL' });
    const hidden = app.world.clients[0]!.tasks.at(-1)!.id;
    await say(pm, hidden, 'On a task that is then made internal');
    await app.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, hidden));
    expect(await unread(client)).toEqual(before);
    const staffNow = await unread(colleague);
    expect([staffNow.task - staffBefore.task, staffNow.project - staffBefore.project]).toEqual([1, 2]);
  });

  test('holds a comment that was shared later, also for whoever had read beyond its place', async () => {
    const { pm, client, taskId } = talk;
    const early = await say(pm, taskId, 'Internal at first', { audience: 'INTERNAL' });
    const later = await say(pm, taskId, 'For all');
    await read(client, later.id);
    expect((await unread(client)).task).toBe(0);
    await act(pm, 'commentSetAudience', { id: early.id, input: { revision: 1, audience: 'SHARED' } });
    expect(await unread(client)).toMatchObject({ task: 1, first: early.id });
  });

  test('begins with one’s coming: what was said before is not news to somebody new', async () => {
    const { app, taskId, pm } = talk;
    app.clock.advance(60_000);
    const id = await talk.add('Late Lukas', 'CLIENT_MEMBER', app.world.clients[0]!.account.id);
    const late = await app.signIn({ id });
    expect((await unread(late)).project).toBe(0);
    await say(pm, taskId, 'Welcome');
    expect((await unread(late)).task).toBe(1);
  });

  test('goes down for those who only read, too', async () => {
    const { pm, viewer, taskId } = talk;
    const added = await say(pm, taskId, 'For everybody');
    expect((await unread(viewer)).task).toBe(1);
    expect((await read(viewer, added.id)).task.unreadCount).toBe(0);
  });

  test('[Z18] does not move under "view as", nor for a program', async () => {
    const { app, pm, client, taskId } = talk;
    const added = await say(pm, taskId, 'Nobody has read this');
    const { id, accountId } = app.world.client;
    const eyes = viewerFrom({ personId: id, sessionId: '', role: 'CLIENT_LEAD', accountId });
    const token = {
      id: added.id,
      scopes: ['comments:write', 'tasks:read', 'projects:read'],
      accountIds: null,
      projectIds: null,
    };
    const before = await app.services.db.select().from(readMarks);
    for (const viewer of [
      { ...eyes, viewedBy: talk.ids.pm },
      { ...eyes, token },
    ]) {
      const ctx = { ...app.services, viewer, loaders: new Map() } as Ctx;
      await conversationRead(ctx, taskId, added.id);
    }
    expect(await app.services.db.select().from(readMarks)).toEqual(before);
    expect((await unread(client)).task).toBe(1);
  });

  test('a mark is set on comments that one may read, of that task, and on nothing else', async () => {
    const { app, pm, client, taskId, otherTaskId } = talk;
    const internal = await say(pm, taskId, 'Among us', { audience: 'INTERNAL' });
    const elsewhere = await say(pm, otherTaskId, 'Elsewhere');
    const before = await app.services.db.select().from(readMarks);
    for (const throughId of [internal.id, elsewhere.id, '01a1ff99-08b0-79b5-9a19-d6a2a325eb60', 'x'])
      expect(await refusal(client, 'conversationRead', { input: { taskId, throughId } })).toBe('NOT_FOUND');
    expect(await app.services.db.select().from(readMarks)).toEqual(before);
  });

  test('two tabs that read at once leave one mark', async () => {
    const { app, pm, client, taskId } = talk;
    const added = await say(pm, taskId, 'Twice before their eyes');
    await Promise.all(Array.from({ length: 5 }, () => read(client, added.id)));
    const marks = await app.services.db.select().from(readMarks).where(eq(readMarks.throughId, added.id));
    expect(marks.filter((mark) => mark.personId === talk.ids.client)).toHaveLength(1);
  });
});

describe('seen by the client', () => {
  test('staff see who has read a comment, and when they did, also after they have read on', async () => {
    const { app, pm, client: jana, taskId } = talk;
    const one = await say(pm, taskId, 'One');
    app.clock.advance(60_000);
    const at = app.clock.now().toISOString();
    await read(jana, one.id);
    app.clock.advance(3_600_000);
    const two = await say(pm, taskId, 'Two');
    await read(jana, two.id);
    const { node } = await pm.ask(nodeOf, { id: one.id });
    expect(node.seenBy).toEqual([{ at, person: { name: client } }]);
  });

  test('does not tell of staff, of an internal comment, nor of its author', async () => {
    const { pm, colleague, client: jana, taskId } = talk;
    const own = await say(jana, taskId, 'My own');
    await read(colleague, own.id);
    expect((await pm.ask(nodeOf, { id: own.id })).node.seenBy).toEqual([]);
    const internal = await say(pm, taskId, 'Among us', { audience: 'INTERNAL' });
    const later = await say(pm, taskId, 'For all');
    await read(jana, later.id);
    expect((await pm.ask(nodeOf, { id: internal.id })).node.seenBy).toEqual([]);
  });

  test('[Z7] is nothing for a client: neither what colleagues nor what staff have read', async () => {
    const { pm, client: jana, sponsor, taskId } = talk;
    const added = await say(pm, taskId, 'Read by some');
    await read(sponsor, added.id);
    expect((await jana.ask(nodeOf, { id: added.id })).node.seenBy).toBeNull();
    const { task } = await jana.ask(thread, { id: taskId });
    const all = task.comments.nodes.flatMap((one: { seenBy: unknown; replies: { nodes: { seenBy: unknown }[] } }) => [
      one.seenBy,
      ...one.replies.nodes.map((reply) => reply.seenBy),
    ]);
    expect(new Set(all)).toEqual(new Set([null]));
  });
});
