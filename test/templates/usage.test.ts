import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { projects, projectTemplates, tasks } from '../../drizzle/schema/index.ts';
import { medianOf } from '../../server/templates/usage/queries.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

test.each<[what: string, cases: number[], median: number | null]>([
  ['nothing', [], null],
  ['four cases tell of single projects', [1, 2, 3, 4], null],
  ['five', [9, 1, 3, 2, 4], 3],
  ['six: between the two in the middle', [1, 2, 3, 4, 5, 90], 3.5],
])('the median of %s', (_, cases, median) => expect(medianOf(cases)).toBe(median));

let app: TestApp;
let pm: Session;
let client: Session;
beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
});
afterAll(() => app.close());

type Usage = { version: number; runningCount: number; finishedCount: number };
type Duration = { taskKey: string; medianDays: number | null; caseCount: number };
type Template = { key: string; usage: Usage[]; durations: Duration[] };
const read = async (by = pm) => {
  const { templates } = await by.ask<{ templates: { nodes: Template[] } }>(
    `{ templates(first: 50) { nodes { key usage { version runningCount finishedCount }
       durations { taskKey medianDays caseCount } } } }`,
  );
  return templates.nodes;
};
const create = async (number: number) => {
  const { projectCreate } = await pm.ask<{ projectCreate: { project: { id: string } } }>(
    `mutation ($input: ProjectCreateInput!) { projectCreate(input: $input) { project { id } userErrors { message } } }`,
    {
      input: {
        newAccount: { name: `Shop ${number}`, website: 'https://shop.example', timeZone: 'UTC' },
        templateKeys: ['recommendationsCustom'],
        platform: 'CUSTOM',
        products: ['RECOMMENDATIONS'],
        signedOn: '2026-03-02',
        idempotencyKey: `usage ${number}`,
      },
    },
  );
  return projectCreate.project.id;
};

it('counts projects by the version they are on, and measures what was done five times', async () => {
  const before = (await read()).find(({ key }) => key === 'recommendationsCustom');
  const ids: string[] = [];
  for (let number = 0; number < 5; number++) ids.push(await create(number));
  const { db } = app.services;
  const [row] = await db.select().from(tasks).where(eq(tasks.projectId, ids[0]!)).orderBy(tasks.index);
  const start = app.services.clock.now().getTime();
  const finish = async (id: string, weeks: number) => {
    const stateSince = new Date(start + weeks * 7 * 86_400_000);
    const [first] = await db.select().from(tasks).where(eq(tasks.projectId, id)).orderBy(tasks.index);
    await db.update(tasks).set({ state: 'DONE', stateSince }).where(eq(tasks.id, first!.id));
  };
  for (const [at, id] of ids.slice(0, 4).entries()) await finish(id, at + 1);
  const duration = async () =>
    (await read())
      .find(({ key }) => key === 'recommendationsCustom')
      ?.durations.find(({ taskKey }) => taskKey === row?.key);
  const counted = before?.durations.find(({ taskKey }) => taskKey === row?.key)?.caseCount ?? 0;
  expect(counted).toBe(0);
  expect(await duration()).toEqual({ taskKey: row?.key, medianDays: null, caseCount: 4 });
  await finish(ids[4]!, 10);
  expect(await duration()).toEqual({ taskKey: row?.key, medianDays: 15, caseCount: 5 });

  await db.update(projects).set({ state: 'LIVE' }).where(eq(projects.id, ids[0]!));
  await db.update(projects).set({ state: 'CANCELLED' }).where(eq(projects.id, ids[1]!));
  await db.update(projectTemplates).set({ version: 1 }).where(eq(projectTemplates.projectId, ids[2]!));
  const { usage } = (await read()).find(({ key }) => key === 'recommendationsCustom')!;
  const sum = (name: 'runningCount' | 'finishedCount', of: Usage[] = []) =>
    of.reduce((total, one) => total + one[name], 0);
  expect(sum('runningCount', usage) - sum('runningCount', before?.usage)).toBe(3);
  expect(sum('finishedCount', usage) - sum('finishedCount', before?.usage)).toBe(1);
  expect(usage.find(({ version }) => version === 1)?.runningCount).toBe(1);
  expect(usage.map(({ version }) => version)).toEqual(usage.map(({ version }) => version).toSorted((a, b) => b - a));
});

it('is nothing for clients', async () => {
  expect(await read(client)).toEqual([]);
});
