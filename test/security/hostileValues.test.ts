import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cursorOf } from '../../server/platform/graphql/connection.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let client: Session;
let taskId: string;
beforeAll(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
  taskId = app.world.clients[0]!.tasks[0]!.id;
});
afterAll(() => app.close());

const commentAdd = 'mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } } }';
const comment = (more: Record<string, string>) => ({
  input: { taskId, text: 'Hello', audience: 'SHARED', idempotencyKey: crypto.randomUUID(), ...more },
});

describe('[I1] what the database cannot hold is refused as the caller’s, never as our failure', () => {
  test.each([
    ['a NUL in a comment', { text: 'a\0b' }],
    ['half a character in a comment', { text: 'a\ud800b' }],
    ['a NUL in an idempotency key', { idempotencyKey: 'a\0b' }],
  ])('%s', async (_, more) => {
    const { errors } = await client.gql(commentAdd, comment(more));
    expect(errors.map((error) => error.extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });

  test.each([
    ['submissions(after: $cursor) { nodes { id } }', cursorOf(1.5)],
    ['submissions(after: $cursor) { nodes { id } }', cursorOf(1e30)],
    ['changes(before: $cursor) { nodes { kind } }', cursorOf(1.5)],
    ['comments(before: $cursor) { nodes { id } }', cursorOf('a\0')],
  ])('[I3] a cursor that we never gave: %s', async (field, cursor) => {
    const query = `query ($id: ID!, $cursor: String) { task(id: $id) { ${field} } }`;
    const { errors } = await client.gql(query, { id: taskId, cursor });
    expect(errors.map((error) => error.extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('a request that means nothing is told so', () => {
  test('[G8] a variable of the wrong type over graphql-ws', async () => {
    const stream = client.subscribe('query ($id: ID!) { project(id: $id) { id } }', { id: { not: 'an id' } });
    await expect(stream.next()).rejects.toThrow('BAD_USER_INPUT');
  });

  test('a subscription over HTTP', async () => {
    const subscription = 'subscription ($id: ID!) { changes(projectId: $id) { __typename } }';
    const { status, errors } = await client.gql(subscription, { id: app.world.project.id });
    expect([status, errors[0]?.extensions?.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  test.each(['/files/%E0%A4%A', '/uploads/%E0%A4%A', '/auth/%E0%A4%A', '/%E0%A4%A'])('the path %s', async (path) => {
    expect((await client.fetch(path)).status).toBe(404);
  });
});
