import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerFrom } from '../../server/access/viewer.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { createSchema } from '../../server/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CountedStatements, countStatements } from '../support/countedStatements.ts';
import { makeIntegration, makeStaff } from './make.ts';

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

const query = `{ overview { active atRisk offTrack medianDaysToLive questionsAvoided revenueNotYetLive { amountMinor } cursor }
  integrations(first: 50, groupBy: HEALTH, sort: { by: PROGRESS, direction: ASCENDING }) {
    totalCount groups { count pm { name } }
    nodes { name account { name } pm { name } court courtSince progress { done total } phases { name progress { done } }
      nextDue { title isOverdue } unreadCount staff { lastClientActivityAt revenue { amountMinor } }
      health { state reasons { code task { title } } override { by { name } } viewerCanOverride } } } }`;

async function count(): Promise<number> {
  counted.statements.length = 0;
  const viewer = viewerFrom({ personId: pm, sessionId: '', role: 'PM', accountId: null });
  const contextValue: Ctx = { ...app.services, db: counted.db, viewer, loaders: new Map() };
  const { errors } = await graphql({ schema: api, source: query, contextValue });
  expect(errors).toBeUndefined();
  return counted.statements.length;
}

async function add(howMany: number): Promise<void> {
  for (let i = 0; i < howMany; i++) {
    const late = { state: 'READY', dueOn: '2026-03-02', side: 'CLIENT' } as const;
    const road = [{ name: 'Kick-off', tasks: [late, { state: 'DONE' } as const] }];
    await makeIntegration(app.services, { account: `Shop ${i}`, pm, road });
  }
}

test('the whole overview takes as many statements for 3 integrations as for 30, and at most 20', async () => {
  await add(3);
  await count();
  const few = await count();
  await add(27);
  await count();
  expect(await count()).toBe(few);
  expect(few).toBeLessThanOrEqual(20);
});

test('how projects stand now is computed in as many statements for 3 of them as for 30, and once', async () => {
  await count();
  const settled = await count();
  await add(3);
  const few = (await count()) - settled;
  await add(30);
  expect((await count()) - settled).toBe(few);
  expect(few).toBeGreaterThan(0);
  expect(few).toBeLessThanOrEqual(16);
  expect(await count()).toBe(settled);
});
