import { graphql } from 'graphql';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { delegations } from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { createSchema } from '../../server/schema.ts';
import { makeIntegration, makeStaff } from '../overview/make.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CountedStatements, countStatements } from '../support/countedStatements.ts';

const api = createSchema();
let app: TestApp;
let counted: CountedStatements;
let pm: string;

beforeAll(async () => {
  app = await startTestApp({ sample: false });
  counted = countStatements(app.config.databaseUrl!);
  pm = await makeStaff(app.services, 'Anna', 'PM');
});
afterAll(async () => {
  await counted.end();
  await app.close();
});

/** Colleagues, each with a task of the PM's to approve, and the PM with one of theirs. */
async function add(howMany: number): Promise<void> {
  const startsAt = app.clock.now();
  for (let i = 0; i < howMany; i++) {
    const other = await makeStaff(app.services, `Ben ${i}`, 'PM');
    await makeIntegration(app.services, { account: `Shop ${i}`, pm, road: [{ name: 'Data', tasks: [{}] }] });
    const [task] = await app.services.db.query.tasks.findMany({
      orderBy: (table, { desc }) => desc(table.id),
      limit: 1,
    });
    const row = { startsAt, endsAt: null, createdAt: startsAt, taskId: task!.id };
    await app.services.db.insert(delegations).values([
      { ...row, id: uuidv7(), fromId: pm, toId: other },
      { ...row, id: uuidv7(), fromId: other, toId: pm },
    ]);
  }
}

async function ask(source: string): Promise<{ statements: number; length: number }> {
  counted.statements.length = 0;
  const viewer = viewerFrom({ personId: pm, sessionId: '', role: 'PM', accountId: null });
  const contextValue: Ctx = { ...app.services, db: counted.db, viewer, loaders: new Map() };
  const { errors, data } = await graphql({ schema: api, source, contextValue });
  expect(errors).toBeUndefined();
  return { statements: counted.statements.length, length: (Object.values(data!)[0] as unknown[]).length };
}

test('who decides for whom takes as many statements for many as for one', async () => {
  const all =
    'id startsAt endsAt endedAt from { id name } to { id name } task { id title delegation { id } viewerCan { delegate } }';
  const texts = [
    `{ delegationsGiven { ${all} } }`,
    `{ delegationsReceived { ${all} } }`,
    '{ delegationCandidates { id name role } }',
  ];
  await add(1);
  const few = [];
  for (const text of texts) few.push(await ask(text));
  await add(5);
  for (const [at, text] of texts.entries()) {
    const many = await ask(text);
    expect(many.length, text).toBe((few[at]?.length ?? 0) + 5);
    expect(many.statements, text).toBe(few[at]?.statements);
  }
});
