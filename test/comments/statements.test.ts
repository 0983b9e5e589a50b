import { drizzle } from 'drizzle-orm/postgres-js';
import { graphql } from 'graphql';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { createSchema } from '../../server/schema.ts';
import { act, comment, say, startTalking, type Talking } from './talking.ts';

const api = createSchema();
const statements: string[] = [];
let talk: Talking;
let sql: postgres.Sql;
beforeAll(async () => {
  talk = await startTalking();
  sql = postgres(talk.app.config.databaseUrl!, { max: 4, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end();
  await talk.app.close();
});

const conversation = `query ($id: ID!) {
  task(id: $id) {
    commentCount unreadCount firstUnread { id } project { unreadCount tasks { unreadCount } } mentionable(audience: SHARED) { person { name } }
    comments(last: 20) { nodes { ${comment} replies(last: 5) { nodes { ${comment} } } } }
  }
}`;

async function count(): Promise<number> {
  const db = drizzle(sql, { schema, logger: { logQuery: (query) => void statements.push(query) } });
  const viewer = viewerFrom({ personId: talk.ids.pm, sessionId: '', role: 'PM', accountId: null });
  const contextValue = { ...talk.app.services, db, viewer, loaders: new Map() };
  statements.length = 0;
  const { errors } = await graphql({
    schema: api,
    source: conversation,
    variableValues: { id: talk.taskId },
    contextValue,
  });
  expect(errors).toBeUndefined();
  return statements.length;
}

async function threadWithEverything(): Promise<void> {
  const { client, pm, taskId, ids } = talk;
  const root = await say(client, taskId, `A question to @[${ids.pm}]`);
  for (let i = 0; i < 3; i++) {
    const reply = await say(pm, taskId, `Reply ${i} for @[${ids.client}]`, { parentId: root.id });
    await act(client, 'commentReact', { id: reply.id, input: { reaction: 'THANKS', isOn: true } });
  }
  await act(pm, 'commentReact', { id: root.id, input: { reaction: 'AGREE', isOn: true } });
}

test('a conversation with replies, reactions, mentions and marks takes as many statements for 8 threads as for 2', async () => {
  for (let i = 0; i < 2; i++) await threadWithEverything();
  const few = await count();
  for (let i = 0; i < 6; i++) await threadWithEverything();
  expect(await count()).toBe(few);
  expect(few).toBeLessThanOrEqual(30);
});
