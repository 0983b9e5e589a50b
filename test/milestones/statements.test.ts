import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerFrom } from '../../server/access/viewer.ts';
import { createSchema } from '../../server/schema.ts';
import { type CountedStatements, countStatements } from '../support/countedStatements.ts';
import { type MilestonesWorld, startMilestonesWorld } from './milestonesWorld.ts';

let w: MilestonesWorld;
let counted: CountedStatements;
const api = createSchema();
beforeAll(async () => {
  w = await startMilestonesWorld();
  counted = countStatements(w.app.config.databaseUrl!);
});
afterAll(async () => {
  await counted.end();
  await w.close();
});

const source = `query ($id: ID!) { project(id: $id) { milestones {
  id phase { name } signOff { by { name } changes { task { title } currentVersion } }
  ratings { score by { name } task { title } } figures { average } viewerCan { signOff rate }
} } }`;

async function asked(): Promise<{ statements: number; ratings: number; changes: number }> {
  counted.statements.length = 0;
  const viewer = viewerFrom({ personId: w.pm.personId!, sessionId: '', role: 'PM', accountId: null });
  const contextValue = { ...w.app.services, db: counted.db, viewer, loaders: new Map() };
  const { data, errors } = await graphql({ schema: api, source, variableValues: { id: w.projectId }, contextValue });
  expect(errors ?? []).toEqual([]);
  type Shown = { ratings: unknown[]; signOff: { changes: unknown[] } | null };
  const { milestones } = (data as { project: { milestones: Shown[] } }).project;
  return {
    statements: counted.statements.length,
    ratings: milestones.flatMap(({ ratings }) => ratings).length,
    changes: milestones.flatMap(({ signOff }) => signOff?.changes ?? []).length,
  };
}

test('milestones, their answers and what changed take as many statements for many as for one', async () => {
  const make = async () => {
    const { phaseId } = await w.reached();
    await w.rate(w.member, phaseId, 1, 'Slow.');
    await w.sign(w.lead, phaseId);
    await w.task({ phaseId, title: 'Came later' });
  };
  await make();
  const few = await asked();
  for (let more = 0; more < 4; more++) await make();
  const many = await asked();
  expect(many).toEqual({ statements: few.statements, ratings: few.ratings + 8, changes: few.changes + 4 });
  expect(few.statements).toBeLessThan(14);
});
