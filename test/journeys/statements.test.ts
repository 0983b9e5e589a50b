import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerFrom } from '../../server/access/viewer.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { createSchema } from '../../server/schema.ts';
import { makeIntegration } from '../overview/make.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CountedStatements, countStatements } from '../support/countedStatements.ts';

const api = createSchema();
const source = `{ journeyMeasures {
  waits { name workingDays projectCount } rework { name rounds projectCount } } }`;
let app: TestApp;
let counted: CountedStatements;

beforeAll(async () => {
  app = await startTestApp({ sample: true });
  counted = countStatements(app.config.databaseUrl!);
}, 120_000);
afterAll(async () => {
  await counted.end();
  await app.close();
});

async function count() {
  counted.statements.length = 0;
  const viewer = viewerFrom({ personId: app.world.pm.id, sessionId: '', role: 'MANAGER', accountId: null });
  const contextValue: Ctx = { ...app.services, db: counted.db, viewer, loaders: new Map() };
  const { errors, data } = await graphql({ schema: api, source, contextValue });
  expect(errors).toBeUndefined();
  const { waits, rework } = (data as { journeyMeasures: { waits: object[]; rework: object[] } }).journeyMeasures;
  return { statements: counted.statements.length, waits: waits.length, rework: rework.length };
}

test('what was measured takes as many statements of thirty projects more', async () => {
  const few = await count();
  expect(few.waits).toBeGreaterThan(0);
  expect(few.rework).toBeGreaterThan(0);
  expect(few.statements).toBeLessThanOrEqual(14);
  const tasks = [{ dueOn: '2026-03-02' }, { side: 'CLIENT' as const }];
  for (let i = 0; i < 30; i++) {
    const road = [{ name: 'Data', tasks }];
    await makeIntegration(app.services, { account: `Shop ${i}`, pm: app.world.pm.id, road });
  }
  expect(await count()).toEqual(few);
});
