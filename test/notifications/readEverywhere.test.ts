import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, say, startTalking, type Talking, thread } from '../comments/talking.ts';

const document = `subscription ($taskId: ID!) {
  talk(taskId: $taskId) { readAt readOnAt typing { audience } }
}`;

let talk: Talking;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

const listen = async (session: Talking['pm']) => {
  const heard = session.subscribe(document, { taskId: talk.taskId });
  await heard.next();
  return heard;
};

test.each(['client', 'pm'] as const)(
  'what the %s reads of a conversation on one device is read on the other, which is told of it',
  async (who) => {
    const other = who === 'pm' ? talk.client : talk.pm;
    const [desk, hand] = [talk[who], await talk.app.signIn({ id: talk.ids[who] })];
    const newest = await say(other, talk.taskId, 'News for you.');
    const heard = await listen(hand);
    expect((await hand.ask(thread, { id: talk.taskId })).task).toMatchObject({ firstUnread: { id: newest.id } });
    await act(desk, 'conversationRead', { input: { taskId: talk.taskId, throughId: newest.id } });
    expect((await heard.next()).talk.readOnAt).toBe(talk.app.clock.now().toISOString());
    expect((await hand.ask(thread, { id: talk.taskId })).task).toMatchObject({ unreadCount: 0, firstUnread: null });
    heard.stop();
  },
);

test('nobody is told of the reading of staff, and no client of anybody’s but their own', async () => {
  const { client, sponsor, pm, colleague, taskId } = talk;
  const newest = await say(colleague, taskId, 'Once more.');
  const [ofClient, ofStaff] = [await listen(client), await listen(colleague)];
  for (const reader of [pm, sponsor]) {
    await act(reader, 'conversationRead', { input: { taskId, throughId: newest.id } });
  }
  // The first that each hears: staff of the sponsor alone, the client of neither.
  expect((await ofStaff.next()).talk).toMatchObject({ readAt: expect.any(String), readOnAt: null });
  await act(pm, 'commentTyping', { input: { taskId, audience: 'SHARED', isTyping: true } });
  expect((await ofClient.next()).talk).toEqual({ readAt: null, readOnAt: null, typing: [{ audience: 'SHARED' }] });
  expect(ofClient.waiting()).toBe(0);
  ofClient.stop();
  ofStaff.stop();
});
