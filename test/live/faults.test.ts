import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';

/** What may go wrong between two people and a task, and what must not come of it. */
let app: TestApp;
let client: Session;
let pm: Session;
let taskId: string;
beforeAll(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
  pm = await app.signIn(app.world.pm);
  taskId = app.world.task({ projectId: app.world.project.id, visibility: 'SHARED' }).id;
});
afterAll(() => app.close());

const query = `mutation ($input: CommentAddInput!) {
  commentAdd(input: $input) { comment { id } userErrors { code } position }
}`;
const inputOf = (text: string, idempotencyKey: string = randomUUID()) => ({
  input: { taskId, text, audience: 'SHARED', idempotencyKey },
});
const textsOf = async (session: Session): Promise<string[]> => {
  const ask = 'query ($id: ID!) { task(id: $id) { comments(last: 50) { nodes { text } } } }';
  const { task } = await session.ask(ask, { id: taskId });
  return task.comments.nodes.map((comment: { text: string }) => comment.text);
};
const positionOf = async (session: Session): Promise<number> =>
  (await session.ask('query ($id: ID!) { project(id: $id) { position } }', { id: app.world.project.id })).project
    .position;
const stream = `subscription ($projectId: ID!, $after: Int) {
  changes(projectId: $projectId, after: $after) { __typename ... on Change { position } ... on CaughtUp { position } }
}`;

test('[F9] what happened is replayed whole after 5 seconds, 11 minutes and 3 days', async () => {
  for (const awayMs of [5_000, 11 * 60_000, 3 * 24 * 3_600_000]) {
    const before = await positionOf(client);
    for (let i = 0; i < 3; i++) await pm.ask(query, inputOf(`while away ${awayMs} ${i}`));
    app.clock.advance(awayMs);
    const changes = client.subscribe(stream, { projectId: app.world.project.id, after: before });
    const heard = [];
    for (let i = 0; i < 4; i++) heard.push((await changes.next()).changes);
    changes.stop();
    expect(heard).toEqual([
      ...[1, 2, 3].map((step) => ({ __typename: 'Change', position: before + step })),
      { __typename: 'CaughtUp', position: before + 3 },
    ]);
  }
});

test('[F12] ten equal writes at once under one key make one comment and ten equal answers', async () => {
  const variables = inputOf('once and only once');
  const answers = await Promise.all(Array.from({ length: 10 }, () => client.ask(query, variables)));
  const [first] = answers;
  expect(first.commentAdd.userErrors).toEqual([]);
  expect(answers.map((answer) => answer.commentAdd.comment.id)).toEqual(answers.map(() => first.commentAdd.comment.id));
  expect((await textsOf(pm)).filter((text) => text === 'once and only once')).toHaveLength(1);
  const other = await client.gql(query, inputOf('other words', variables.input.idempotencyKey));
  expect(other.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  expect(await textsOf(pm)).not.toContain('other words');
});

test('[F13] when the answer is lost after the commit, a second try gets the first answer', async () => {
  const variables = inputOf('the answer was lost');
  const body = JSON.stringify({ query, variables });
  const headers = { ...client.headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const sent = request(new URL('/graphql', app.url), { method: 'POST', headers });
  sent.on('error', () => {});
  sent.end(body);
  // The caller goes away as soon as the comment is there, whatever was answered by then.
  await eventually(async () => (await textsOf(pm)).includes('the answer was lost'));
  sent.destroy();
  const again = await client.ask(query, variables);
  expect(again.commentAdd.userErrors).toEqual([]);
  expect((await textsOf(pm)).filter((text) => text === 'the answer was lost')).toHaveLength(1);
  const third = await client.ask(query, variables);
  expect(third.commentAdd.comment.id).toBe(again.commentAdd.comment.id);
});

test('[F14] rings that come twice, late or for nothing tell a reader of nothing twice', async () => {
  const before = await positionOf(client);
  const topic = `project:${app.world.project.id}` as const;
  const changes = client.subscribe(stream, { projectId: app.world.project.id, after: before });
  expect((await changes.next()).changes.__typename).toBe('CaughtUp');
  for (let i = 0; i < 5; i++) {
    app.services.bus.ring(topic);
    await pm.ask(query, inputOf(`rung about ${i}`));
    for (let k = 0; k < 3; k++) app.services.bus.ring(topic);
  }
  const heard: number[] = [];
  while (heard.length < 5) heard.push((await changes.next()).changes.position);
  expect(heard).toEqual([1, 2, 3, 4, 5].map((step) => before + step));
  for (let k = 0; k < 5; k++) app.services.bus.ring(topic);
  await pm.ask(query, inputOf('the last one'));
  expect((await changes.next()).changes.position).toBe(before + 6);
  changes.stop();
});
