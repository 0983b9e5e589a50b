import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comments, events } from '../../drizzle/schema/index.ts';
import { act, refusal, said, say, startTalking, type Talking, thread } from './talking.ts';

let talk: Talking;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

async function threadOf(id: string, session = talk.client) {
  const { task } = await session.ask(thread, { id: talk.taskId });
  return task.comments.nodes.find((node: { id: string }) => node.id === id) ?? null;
}
const kindsOf = async (subjectId: string) =>
  (await talk.app.services.db.select().from(events).where(eq(events.subjectId, subjectId)).orderBy(events.seq)).map(
    (event) => event.kind,
  );

describe('replies', () => {
  test('stand under the comment that they answer, in order, and are counted with the comments', async () => {
    const { client, pm, taskId } = talk;
    const before = (await client.ask(thread, { id: taskId })).task.commentCount;
    const root = await say(client, taskId, 'Which column is the price?');
    await say(pm, taskId, 'The third.', { parentId: root.id });
    const last = await say(client, taskId, 'Thank you.', { parentId: root.id });
    expect(last.parent).toEqual({ id: root.id });
    const found = await threadOf(root.id);
    expect(found.replies.nodes.map((node: { text: string }) => node.text)).toEqual(['The third.', 'Thank you.']);
    expect(found.replyCount).toBe(2);
    const { task } = await client.ask(thread, { id: taskId });
    expect(task.commentCount).toBe(before + 3);
    expect(task.comments.nodes.map((node: { id: string }) => node.id)).not.toContain(last.id);
  });

  test('have one level: a reply to a reply, and to a comment of another task, is refused as one to nothing', async () => {
    const { client, taskId, otherTaskId } = talk;
    const root = await say(client, taskId, 'A question');
    const reply = await say(client, taskId, 'More of it', { parentId: root.id });
    for (const [task, parentId] of [
      [taskId, reply.id],
      [otherTaskId, root.id],
      [taskId, '01a1ff99-08b0-79b5-9a19-d6a2a325eb60'],
      [taskId, 'nothing'],
    ])
      expect(await refusal(client, 'commentAdd', said(task!, 'Hello', { parentId }))).toBe('NOT_FOUND');
  });

  test('inherit their readers: no shared reply in an internal thread, no internal one in a shared thread', async () => {
    const { client, pm, taskId } = talk;
    const internal = await say(pm, taskId, 'Among us', { audience: 'INTERNAL' });
    const shared = await say(pm, taskId, 'For all');
    const wrong = (parentId: string, audience: string) =>
      refusal(pm, 'commentAdd', said(taskId, 'Hm', { parentId, audience }));
    expect(await wrong(internal.id, 'SHARED')).toBe('IN_THREAD');
    expect(await wrong(shared.id, 'INTERNAL')).toBe('IN_THREAD');
    expect(await refusal(client, 'commentAdd', said(taskId, 'Hm', { parentId: internal.id }))).toBe('NOT_FOUND');
  });

  test('are deleted without their thread, and a deleted first comment keeps its replies', async () => {
    const { client, pm, taskId } = talk;
    const root = await say(client, taskId, 'To be taken back');
    const reply = await say(pm, taskId, 'Too late', { parentId: root.id });
    await act(client, 'commentDelete', { id: root.id, input: { revision: 1 } });
    expect(await threadOf(root.id)).toMatchObject({ isDeleted: true, replyCount: 1 });
    await act(pm, 'commentDelete', { id: reply.id, input: { revision: 1 } });
    expect(await threadOf(root.id)).toMatchObject({ replyCount: 0 });
  });

  test('twenty at once are all there, and a repeated key adds one', async () => {
    const { client, pm, taskId } = talk;
    const root = await say(client, taskId, 'A busy thread');
    const same = said(taskId, 'said once', { parentId: root.id });
    await Promise.all([
      ...Array.from({ length: 20 }, (_, i) => say(i % 2 ? client : pm, taskId, `at once ${i}`, { parentId: root.id })),
      ...Array.from({ length: 5 }, () => act(client, 'commentAdd', same)),
    ]);
    const rows = await talk.app.services.db.select().from(comments).where(eq(comments.parentId, root.id));
    expect(rows).toHaveLength(21);
  });
});

describe('settling a thread', () => {
  test('is done by any reply of it, seen by both sides, told once, and undone', async () => {
    const { client, pm, taskId } = talk;
    const root = await say(client, taskId, 'Can this be settled?');
    const reply = await say(pm, taskId, 'It can.', { parentId: root.id });
    const settled = await act(pm, 'commentResolve', { id: reply.id, input: { isResolved: true } });
    expect(settled.comment).toMatchObject({ id: root.id, resolvedBy: { name: talk.app.world.pm.name } });
    const again = await act(client, 'commentResolve', { id: root.id, input: { isResolved: true } });
    expect(again.position).toBeNull();
    expect((await threadOf(root.id)).resolvedAt).not.toBeNull();
    const open = await client.ask(thread, { id: taskId, isOpen: true });
    expect(open.task.comments.nodes.map((node: { id: string }) => node.id)).not.toContain(root.id);
    await act(client, 'commentResolve', { id: root.id, input: { isResolved: false } });
    expect(await threadOf(root.id)).toMatchObject({ resolvedAt: null, resolvedBy: null });
    expect(await kindsOf(root.id)).toEqual(['comment.added', 'comment.resolved', 'comment.reopened']);
  });

  test('ends with a new reply: what is said there must not stay folded away', async () => {
    const { client, pm, taskId } = talk;
    const root = await say(client, taskId, 'Done?');
    await act(client, 'commentResolve', { id: root.id, input: { isResolved: true } });
    await say(pm, taskId, 'Not quite.', { parentId: root.id });
    expect((await threadOf(root.id)).resolvedAt).toBeNull();
    expect(await kindsOf(root.id)).toContain('comment.reopened');
  });

  test('two who settle at once settle it once', async () => {
    const { client, pm, taskId } = talk;
    const root = await say(client, taskId, 'Both of us');
    await Promise.all(
      [client, pm].map((one) => act(one, 'commentResolve', { id: root.id, input: { isResolved: true } })),
    );
    expect((await kindsOf(root.id)).filter((kind) => kind === 'comment.resolved')).toHaveLength(1);
  });

  test('is not for those who only read', async () => {
    const { client, viewer, director, taskId } = talk;
    const root = await say(client, taskId, 'Hands off');
    for (const one of [viewer, director]) {
      expect(await refusal(one, 'commentResolve', { id: root.id, input: { isResolved: true } })).toBe('FORBIDDEN');
      expect(await refusal(one, 'commentAdd', said(taskId, 'Me too', { parentId: root.id }))).toBe('FORBIDDEN');
      expect(await threadOf(root.id, one)).toMatchObject({
        viewerCan: { edit: false, delete: false, reply: false, react: false, resolve: false, setAudience: false },
      });
    }
  });
});
