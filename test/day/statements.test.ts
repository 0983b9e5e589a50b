import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  pm = await makeStaff(app.services, 'Anna', 'MANAGER');
});
afterAll(async () => {
  await counted.end();
  await app.close();
});

const day = `{ myDay { count cursor groups { urgency count items(first: 100) {
  key project { name account { name } } task { title project { name } }
  whys { kind on since isNobodys isOfNote days actor { name } comment { text } } } } } }`;
const workload = `{ workload { cursor weeks { from capacityMinutes }
  people { undatedCount person { name } weeks { plannedMinutes taskCount isOverFull } } } }`;

async function count(source: string): Promise<{ statements: number; answer: string }> {
  counted.statements.length = 0;
  const viewer = viewerFrom({ personId: pm, sessionId: '', role: 'MANAGER', accountId: null });
  const contextValue: Ctx = { ...app.services, db: counted.db, viewer, loaders: new Map() };
  const { errors, data } = await graphql({ schema: api, source, contextValue });
  expect(errors).toBeUndefined();
  return { statements: counted.statements.length, answer: JSON.stringify(data) };
}

/** Projects with something of every kind in them but words, each, and one more person with work. */
async function add(howMany: number): Promise<void> {
  for (let i = 0; i < howMany; i++) {
    const assigneeId = await makeStaff(app.services, `Ben ${i}`, 'CONTRIBUTOR');
    const stuck = { stuckSide: 'CLIENT', stuckSince: new Date('2026-03-01'), stuckBy: assigneeId } as const;
    const quiet = { side: 'CLIENT', stateSince: new Date('2026-02-01') } as const;
    const tasks = [{ dueOn: '2026-03-02' }, { dueOn: '2026-03-12', assigneeId }, { ...stuck }, quiet];
    await makeIntegration(app.services, { account: `Shop ${i}`, pm, road: [{ name: 'Data', tasks }] });
  }
}

test('a day and a workload take as many statements for thirty projects as for three', async () => {
  await add(3);
  const few = [await count(day), await count(workload)];
  await add(27);
  const many = [await count(day), await count(workload)];
  expect(many.map((one) => one.statements)).toEqual(few.map((one) => one.statements));
  expect(few.map((one) => one.statements)).toEqual([expect.any(Number), expect.any(Number)]);
  expect(few[0]!.statements).toBeLessThanOrEqual(14);
  expect(few[1]!.statements).toBeLessThanOrEqual(6);
  // There was something to read, and more of it.
  for (const kind of ['TASK_OVERDUE', 'STUCK', 'CLIENT_SILENT']) expect(many[0]!.answer.split(kind)).toHaveLength(31);
  expect(many[1]!.answer.split('"person"')).toHaveLength(33);
});
