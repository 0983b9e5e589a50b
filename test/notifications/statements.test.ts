import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerFrom } from '../../server/access/viewer.ts';
import { inboxWrite } from '../../server/notifications/commands.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import { createSchema } from '../../server/schema.ts';
import { say, startTalking, type Talking } from '../comments/talking.ts';
import { type CountedStatements, countStatements } from '../support/countedStatements.ts';
import { inboxQuery } from './receiving.ts';

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

async function countReading(): Promise<number> {
  const viewer = viewerFrom({ personId: talk.ids.colleague, sessionId: '', role: 'CONTRIBUTOR', accountId: null });
  const contextValue = { ...talk.app.services, db: counted.db, viewer, loaders: new Map() };
  counted.statements.length = 0;
  const { errors } = await graphql({
    schema: api,
    source: inboxQuery,
    variableValues: { first: 100, onlyUnread: false },
    contextValue,
  });
  expect(errors).toBeUndefined();
  return counted.statements.length;
}

async function tell(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const taskId = i % 2 === 0 ? talk.taskId : talk.otherTaskId;
    await say(i % 3 === 0 ? talk.client : talk.pm, taskId, `Number ${i} for @[${talk.ids.colleague}]`);
  }
}

test('an inbox is read in as many statements for twelve items as for four', async () => {
  // The client may name who has to do with it: the colleague has spoken there.
  for (const taskId of [talk.taskId, talk.otherTaskId]) await say(talk.colleague, taskId, 'Hello.');
  await tell(4);
  const few = await countReading();
  await tell(8);
  expect(await countReading()).toBe(few);
  expect(few).toBeLessThanOrEqual(10);
});

test('the lines of notes that name somebody are read together', async () => {
  const named = async (taskId: string) => {
    const { task } = await talk.pm.ask('query ($id: ID!) { task(id: $id) { note { id } } }', { id: taskId });
    const document = `mutation ($id: ID!, $input: NoteWriteInput!) { noteWrite(id: $id, input: $input) { userErrors { code } } }`;
    const input = { markdown: `For @[${talk.ids.colleague}]`, mode: 'REPLACE', idempotencyKey: taskId };
    await talk.pm.ask(document, { id: task.note.id, input });
  };
  await named(talk.taskId);
  const one = await countReading();
  await named(talk.otherTaskId);
  expect(await countReading()).toBe(one);
  const { viewer } = await talk.colleague.ask(inboxQuery, { first: 100, onlyUnread: false });
  const lines = viewer.inbox.nodes.filter((node: { isOfNote: boolean }) => node.isOfNote);
  expect(lines.map(({ excerpt }: { excerpt: string }) => excerpt)).toEqual(Array(2).fill('For @Colleague Kolar'));
});

test('an event that concerns nobody costs no statement, and many cost as many as one', async () => {
  const { id, projectId, taskId } = (await talk.app.services.db.query.comments.findFirst())!;
  const event = (kind: 'comment.added' | 'comment.reacted') =>
    ({ kind, audience: 'SHARED', actorId: talk.ids.pm, subjectId: id, projectId, taskId, facts: {} }) as never;
  const count = async (kind: 'comment.added' | 'comment.reacted', times: number) => {
    const services = { ...talk.app.services, db: counted.db, beforeCommit: undefined } as never;
    counted.statements.length = 0;
    await transaction(services, (tx) =>
      inboxWrite(
        tx,
        talk.app.services,
        Array.from({ length: times }, () => event(kind)),
        talk.app.clock.now(),
      ),
    );
    return counted.statements.length;
  };
  const idle = await count('comment.reacted', 3);
  expect(await count('comment.reacted', 30)).toBe(idle);
  const one = await count('comment.added', 1);
  expect(await count('comment.added', 20)).toBe(one);
  expect(one - idle).toBeLessThanOrEqual(6);
});
