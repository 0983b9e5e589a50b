import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events } from '../../drizzle/schema/index.ts';
import { act, nodeOf, refusal, say, startTalking, type Talking } from './talking.ts';

let talk: Talking;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

const react = (id: string, reaction: string, isOn = true) => ({ id, input: { reaction, isOn } });

test('people react, join in and leave; each way stands once, with who', async () => {
  const { app, pm, client, taskId } = talk;
  const added = await say(pm, taskId, 'The feed is in.');
  await act(pm, 'commentReact', react(added.id, 'CELEBRATE'));
  app.clock.advance(1_000);
  await act(client, 'commentReact', react(added.id, 'THANKS'));
  const { comment } = await act(client, 'commentReact', react(added.id, 'CELEBRATE'));
  const [jana, mk] = [{ name: app.world.client.name }, { name: app.world.pm.name }];
  expect(comment.reactions).toHaveLength(2);
  expect(comment.reactions[0]).toMatchObject({ reaction: 'CELEBRATE', count: 2, isMine: true });
  expect(comment.reactions[0].people).toEqual([mk, jana]);
  const left = await act(client, 'commentReact', react(added.id, 'CELEBRATE', false));
  expect(left.comment.reactions).toEqual([
    { reaction: 'CELEBRATE', count: 1, isMine: false, people: [mk] },
    { reaction: 'THANKS', count: 1, isMine: true, people: [jana] },
  ]);
});

test('the same reaction ten times at once is given once, with one event', async () => {
  const { app, client, taskId } = talk;
  const added = await say(client, taskId, 'Me ten times');
  await Promise.all(Array.from({ length: 10 }, () => act(client, 'commentReact', react(added.id, 'DONE'))));
  expect((await client.ask(nodeOf, { id: added.id })).node.reactions).toMatchObject([{ reaction: 'DONE', count: 1 }]);
  const told = await app.services.db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, added.id), eq(events.kind, 'comment.reacted')));
  expect(told.map((event) => event.facts)).toEqual([{ reaction: 'DONE', isOn: true }]);
});

test('only the few ways there are, and none to a comment that was taken back', async () => {
  const { client, taskId } = talk;
  const added = await say(client, taskId, 'Soon gone');
  expect(await refusal(client, 'commentReact', react(added.id, '<img src=x>'))).toBe('BAD_USER_INPUT');
  await act(client, 'commentReact', react(added.id, 'AGREE'));
  const gone = await act(client, 'commentDelete', { id: added.id, input: { revision: 1 } });
  expect(gone.comment.reactions).toEqual([]);
  expect(await refusal(client, 'commentReact', react(added.id, 'AGREE'))).toBe('CONFLICT');
});

test('those who only read do not react, nor does another account', async () => {
  const { client, viewer, director, otherClient, sponsor, taskId } = talk;
  const added = await say(client, taskId, 'Who may?');
  expect(await refusal(viewer, 'commentReact', react(added.id, 'AGREE'))).toBe('FORBIDDEN');
  expect(await refusal(director, 'commentReact', react(added.id, 'AGREE'))).toBe('FORBIDDEN');
  expect(await refusal(otherClient, 'commentReact', react(added.id, 'AGREE'))).toBe('NOT_FOUND');
  expect(await refusal(sponsor, 'commentReact', react(added.id, 'AGREE'))).toBeNull();
});

test('[Z7] a reaction to an internal comment is internal: no event of it counts for a client', async () => {
  const { app, pm, client, taskId } = talk;
  const position = 'query ($id: ID!) { project(id: $id) { position changes(last: 5) { nodes { kind } } } }';
  const added = await say(pm, taskId, 'Among us', { audience: 'INTERNAL' });
  const before = await client.ask(position, { id: app.world.project.id });
  await act(pm, 'commentReact', react(added.id, 'AGREE'));
  await act(pm, 'commentResolve', { id: added.id, input: { isResolved: true } });
  expect(await client.ask(position, { id: app.world.project.id })).toEqual(before);
  expect(await refusal(client, 'commentReact', react(added.id, 'AGREE'))).toBe('NOT_FOUND');
});
