import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerFrom } from '../../server/access/viewer.ts';
import { createSchema } from '../../server/schema.ts';
import { type CountedStatements, countStatements } from '../support/countedStatements.ts';
import { act, comment, say, startTalking, type Talking } from './talking.ts';

const api = createSchema();
let talk: Talking;
let counted: CountedStatements;
beforeAll(async () => {
  talk = await startTalking();
  counted = countStatements(talk.app.config.databaseUrl!);
});
afterAll(async () => {
  await counted.end();
  await talk.app.close();
});

const conversation = `query ($id: ID!) {
  task(id: $id) {
    commentCount unreadCount firstUnread { id } project { unreadCount tasks { unreadCount } } mentionable(audience: SHARED) { person { name } }
    comments(last: 20) { nodes { ${comment} replies(last: 5) { nodes { ${comment} } } } }
  }
}`;

async function count(): Promise<number> {
  const viewer = viewerFrom({ personId: talk.ids.pm, sessionId: '', role: 'PM', accountId: null });
  const contextValue = { ...talk.app.services, db: counted.db, viewer, loaders: new Map() };
  counted.statements.length = 0;
  const { errors } = await graphql({
    schema: api,
    source: conversation,
    variableValues: { id: talk.taskId },
    contextValue,
  });
  expect(errors).toBeUndefined();
  return counted.statements.length;
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
