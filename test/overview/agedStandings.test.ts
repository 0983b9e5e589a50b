import { eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectPositions, projectStandings } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { makeIntegration, makeStaff } from './make.ts';

/*
 * After an upgrade what was remembered of thousands of projects is of another formula. Readers do not wait until all of
 * it is computed again: they read what there is, what happened since, and their own page as it is.
 */
let app: TestApp;
let pm: Session;
const ids: string[] = [];
const many = 60;

beforeAll(async () => {
  app = await startTestApp({ sample: false });
  const pmId = await makeStaff(app.services, 'Anna', 'PM');
  pm = await app.signIn({ id: pmId });
  for (let i = 0; i < many; i++) {
    const road = [{ name: 'Data', tasks: [{ side: 'CLIENT' as const }] }];
    ids.push(await makeIntegration(app.services, { account: `Aged ${i}`, pm: pmId, road }));
  }
  await app.services.jobs.runDue();
  await counts();
});
afterAll(() => app.close());

const standings = () => app.services.db.select().from(projectStandings).where(inArray(projectStandings.projectId, ids));
const text = `query ($filter: IntegrationFilterInput) { integrations(first: 100, filter: $filter) {
  totalCount nodes { id court health { state } } } }`;
const counts = async (filter: object | null = null) => (await pm.ask(text, { filter })).integrations;

/** As another version of Slipway would have left it. */
async function age() {
  await app.services.db.update(projectStandings).set({ basis: 'of another version', court: 'THIRD_PARTY' });
}

test('readers are told what is remembered, and each line as it is; the job computes the rest', async () => {
  expect((await counts({ courts: ['CLIENT'] })).totalCount).toBe(many);
  await age();
  const aged = await counts({ courts: ['THIRD_PARTY'] });
  expect(aged.totalCount).toBe(many);
  expect(new Set(aged.nodes.map((one: { court: string }) => one.court))).toEqual(new Set(['CLIENT']));
  expect((await standings()).every(({ basis }) => basis === 'of another version')).toBe(true);
  await app.services.jobs.runDue();
  expect((await standings()).some(({ basis }) => basis === 'of another version')).toBe(false);
  expect((await counts({ courts: ['CLIENT'] })).totalCount).toBe(many);
});

test('a project in which something happened since is computed for its reader', async () => {
  await age();
  const [first = ''] = ids;
  await app.services.db
    .update(projectPositions)
    .set({ position: sql`${projectPositions.position} + 1` })
    .where(eq(projectPositions.projectId, first));
  const now = await counts({ courts: ['CLIENT'] });
  expect(now.nodes.map(({ id }: { id: string }) => id)).toEqual([first]);
  await app.services.jobs.runDue();
  expect((await counts({ courts: ['CLIENT'] })).totalCount).toBe(many);
});

test('few are computed at once, without the job', async () => {
  const some = ids.slice(0, many - 20);
  await app.services.db
    .update(projectStandings)
    .set({ basis: 'of another version', court: 'THIRD_PARTY' })
    .where(inArray(projectStandings.projectId, some));
  expect((await counts({ courts: ['CLIENT'] })).totalCount).toBe(many);
});
