import { drizzle } from 'drizzle-orm/postgres-js';
import { graphql } from 'graphql';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { createSchema } from '../../server/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { makeIntegration, makeStaff } from './make.ts';

const api = createSchema();
const statements: string[] = [];
let app: TestApp;
let sql: postgres.Sql;
let pm: string;

beforeAll(async () => {
  app = await startTestApp({ sample: false });
  sql = postgres(app.config.databaseUrl!, { max: 4, onnotice: () => {} });
  pm = await makeStaff(app.services, 'Anna', 'PM');
});
afterAll(async () => {
  await sql.end();
  await app.close();
});

const query = `{ overview { active atRisk offTrack medianDaysToLive revenueNotYetLive { amountMinor } cursor }
  integrations(first: 50, groupBy: HEALTH, sort: { by: PROGRESS, direction: ASCENDING }) {
    totalCount groups { count pm { name } }
    nodes { name account { name } pm { name } court courtSince progress { done total } phases { name progress { done } }
      nextDue { title isOverdue } unreadCount staff { lastClientActivityAt revenue { amountMinor } }
      health { state reasons { code task { title } } override { by { name } } viewerCanOverride } } } }`;

async function count(): Promise<number> {
  statements.length = 0;
  const db = drizzle(sql, { schema, logger: { logQuery: (text) => void statements.push(text) } });
  const viewer = viewerFrom({ personId: pm, sessionId: '', role: 'PM', accountId: null });
  const contextValue: Ctx = { ...app.services, db, viewer, loaders: new Map() };
  const { errors } = await graphql({ schema: api, source: query, contextValue });
  expect(errors).toBeUndefined();
  return statements.length;
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
  // Which loads meet in one batch is now and then a matter of a millisecond.
  expect(Math.abs((await count()) - settled - few)).toBeLessThanOrEqual(2);
  expect(few).toBeGreaterThan(0);
  expect(few).toBeLessThanOrEqual(16);
  expect(await count()).toBe(settled);
});
