import { drizzle } from 'drizzle-orm/postgres-js';
import { graphql } from 'graphql';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { createSchema } from '../../server/schema.ts';
import { type MilestonesWorld, startMilestonesWorld } from './milestonesWorld.ts';

let w: MilestonesWorld;
let sql: postgres.Sql;
const api = createSchema();
beforeAll(async () => {
  w = await startMilestonesWorld();
  sql = postgres(w.app.config.databaseUrl!, { max: 4, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end();
  await w.close();
});

const source = `query ($id: ID!) { project(id: $id) { milestones {
  id phase { name } signOff { by { name } changes { task { title } currentVersion } }
  ratings { score by { name } task { title } } figures { average } viewerCan { signOff rate }
} } }`;

async function counted(): Promise<{ statements: number; ratings: number; changes: number }> {
  let statements = 0;
  const logger = {
    logQuery: () => {
      statements += 1;
    },
  };
  const viewer = viewerFrom({ personId: w.pm.personId!, sessionId: '', role: 'PM', accountId: null });
  const contextValue = { ...w.app.services, db: drizzle(sql, { schema, logger }), viewer, loaders: new Map() };
  const { data, errors } = await graphql({ schema: api, source, variableValues: { id: w.projectId }, contextValue });
  expect(errors ?? []).toEqual([]);
  type Shown = { ratings: unknown[]; signOff: { changes: unknown[] } | null };
  const { milestones } = (data as { project: { milestones: Shown[] } }).project;
  return {
    statements,
    ratings: milestones.flatMap(({ ratings }) => ratings).length,
    changes: milestones.flatMap(({ signOff }) => signOff?.changes ?? []).length,
  };
}

/** Which loads meet in one batch is now and then a matter of a millisecond between connections: the least of some asks. */
async function least(): Promise<Awaited<ReturnType<typeof counted>>> {
  const asked = [];
  for (let ask = 0; ask < 4; ask++) asked.push(await counted());
  return asked.sort((a, b) => a.statements - b.statements)[0]!;
}

test('milestones, their answers and what changed take as many statements for many as for one', async () => {
  const make = async () => {
    const { phaseId } = await w.reached();
    await w.rate(w.member, phaseId, 1, 'Slow.');
    await w.sign(w.lead, phaseId);
    await w.task({ phaseId, title: 'Came later' });
  };
  await make();
  const few = await least();
  for (let more = 0; more < 4; more++) await make();
  const many = await least();
  expect(many).toEqual({ statements: few.statements, ratings: few.ratings + 8, changes: few.changes + 4 });
  expect(few.statements).toBeLessThan(14);
});
