import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, refusal, say, startTalking, type Talking } from '../comments/talking.ts';
import type { Session } from '../support/session.ts';

const talkDocument = `subscription ($taskId: ID!) {
  talk(taskId: $taskId) { readAt typing { audience person { name } } }
}`;

let talk: Talking;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

const typing = (session: Session, audience = 'SHARED', isTyping = true) =>
  act(session, 'commentTyping', { input: { taskId: talk.taskId, audience, isTyping } });
async function listen(session: Session) {
  const heard = session.subscribe(talkDocument, { taskId: talk.taskId });
  expect((await heard.next()).talk).toEqual({ readAt: null, typing: [] });
  return heard;
}

describe('who is typing', () => {
  test('is heard by the other side, and over when the comment is sent', async () => {
    const { client, pm, taskId } = talk;
    const heard = await listen(client);
    await typing(pm);
    expect((await heard.next()).talk.typing).toEqual([
      { audience: 'SHARED', person: { name: talk.app.world.pm.name } },
    ]);
    await say(pm, taskId, 'Sent');
    expect((await heard.next()).talk.typing).toEqual([]);
    heard.stop();
  });

  test('is over when they leave off, or six seconds after they were last heard of', async () => {
    const heard = await listen(talk.client);
    await typing(talk.pm);
    await heard.next();
    await typing(talk.pm, 'SHARED', false);
    expect((await heard.next()).talk.typing).toEqual([]);
    const from = performance.now();
    await typing(talk.pm);
    await heard.next();
    expect((await heard.next(10_000)).talk.typing).toEqual([]);
    expect(performance.now() - from).toBeGreaterThan(5_500);
    heard.stop();
  });

  test('is not told to oneself', async () => {
    const heard = await listen(talk.pm);
    await typing(talk.pm);
    await typing(talk.client);
    expect((await heard.next()).talk.typing).toEqual([
      { audience: 'SHARED', person: { name: talk.app.world.client.name } },
    ]);
    heard.stop();
  });

  test('[Z7] of an internal comment is heard by staff, and not a message of it reaches a client', async () => {
    const { client, pm, colleague } = talk;
    const [staff, outside] = [await listen(colleague), await listen(client)];
    await typing(pm, 'INTERNAL');
    expect((await staff.next()).talk.typing).toMatchObject([{ audience: 'INTERNAL' }]);
    await typing(pm, 'INTERNAL', false);
    await staff.next();
    await typing(pm, 'SHARED');
    expect((await outside.next()).talk.typing).toMatchObject([{ audience: 'SHARED' }]);
    expect(outside.waiting()).toBe(0);
    staff.stop();
    outside.stop();
  });

  test('is for those who may write, on a task that they may see', async () => {
    const { client, viewer, director, otherClient, taskId } = talk;
    const input = (audience: string) => ({ input: { taskId, audience, isTyping: true } });
    expect(await refusal(client, 'commentTyping', input('INTERNAL'))).toBe('FORBIDDEN');
    expect(await refusal(viewer, 'commentTyping', input('SHARED'))).toBe('FORBIDDEN');
    expect(await refusal(director, 'commentTyping', input('SHARED'))).toBe('FORBIDDEN');
    expect(await refusal(otherClient, 'commentTyping', input('SHARED'))).toBe('NOT_FOUND');
    await expect(otherClient.subscribe(talkDocument, { taskId }).next()).rejects.toThrow('NOT_FOUND');
  });
});

test('[Z7] staff hear that somebody of the client has read on; clients hear of nobody’s reading', async () => {
  const { client, sponsor, pm, colleague, taskId } = talk;
  const [staff, outside] = [await listen(pm), await listen(client)];
  const added = await say(pm, taskId, 'Read this');
  const through = { input: { taskId, throughId: added.id } };
  await act(colleague, 'conversationRead', through);
  await act(sponsor, 'conversationRead', through);
  expect((await staff.next()).talk.readAt).toBe(talk.app.clock.now().toISOString());
  expect(staff.waiting()).toBe(0);
  await typing(pm);
  expect((await outside.next()).talk).toMatchObject({ readAt: null, typing: [{ audience: 'SHARED' }] });
  staff.stop();
  outside.stop();
});
