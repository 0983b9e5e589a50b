import { afterAll, beforeAll, expect, test } from 'vitest';
import { processFitLoader } from '../../server/journeys/reality/queries.ts';
import { taskComplete, taskReopen } from '../../server/tasks/commands.ts';
import { taskCreate } from '../../server/tasks/planning.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { countStatements } from '../support/countedStatements.ts';
import type { Session } from '../support/session.ts';
import { as, put, rowOf, untie } from '../tasks/taskRows.ts';

let app: TestApp;
let pm: Session;
let projectId: string;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  projectId = app.world.project.id;
});
afterAll(() => app.close());

type Step = { kind: string; title: string; at: string | null; task: { id: string } | null };
type Fit = { fitness: number; isFinished: boolean; steps: Step[] };
const query = `query ($id: ID!) { project(id: $id) { processFit {
  fitness isFinished steps { kind title at task { id } } } } }`;
const fitOf = async (session = pm): Promise<Fit> => (await session.ask(query, { id: projectId })).project.processFit;
const told = ({ steps }: Fit, id: string) => steps.filter(({ task }) => task?.id === id).map(({ kind }) => kind);
const complete = async (id: string) => taskComplete(as(app, 'PM'), id, { revision: (await rowOf(app, id)).revision });

test.each([0, 1, 2])('of the sample, every task that is done is a step as its playbook has it (%i)', async (at) => {
  const { project, tasks } = app.world.clients[at]!;
  const fit = (await pm.ask(query, { id: project.id })).project.processFit as Fit;
  const states = await Promise.all(tasks.map((task) => rowOf(app, task.id)));
  const done = states.filter(({ state }) => state === 'DONE').map(({ id }) => id);
  expect(done.length).toBeGreaterThan(0);
  expect(fit.steps.map(({ task }) => task?.id).sort()).toEqual(done.sort());
  expect(new Set(fit.steps.map(({ kind }) => kind))).toEqual(new Set(['AS_PLANNED']));
  expect(fit).toMatchObject({ fitness: 1, isFinished: false });
});

test('a task that was added, one that was done again and those that were passed over are told, each by its name', async () => {
  const before = await fitOf();
  const phases = await pm.ask('query ($id: ID!) { project(id: $id) { phases { id } } }', { id: projectId });
  const added = await taskCreate(as(app, 'PM'), {
    phaseId: phases.project.phases[0].id,
    title: 'Call the agency',
    type: 'WORK',
    side: 'COMPANY',
    visibility: 'INTERNAL',
    dueOn: '2027-01-04',
    idempotencyKey: 'added',
  });
  await complete(added.value.id);
  expect(told(await fitOf(), added.value.id)).toEqual(['INSERTED']);

  const first = before.steps[0]!.task!.id;
  const { revision } = await rowOf(app, first);
  await taskReopen(as(app, 'PM'), first, { revision, reason: 'Something was missing' });
  await untie(app, first);
  await put(app, first, { state: 'READY' });
  await complete(first);
  expect(told(await fitOf(), first).sort()).toEqual(['AS_PLANNED', 'REPEATED']);
  expect((await fitOf()).steps.filter(({ kind }) => kind === 'SKIPPED')).toEqual([]);

  // The last of the road: what should have come before it did not.
  const last = app.world.clients[0]!.tasks.at(-1)!.id;
  await untie(app, last);
  await put(app, last, { state: 'READY' });
  await complete(last);
  const after = await fitOf();
  const skipped = after.steps.filter(({ kind }) => kind === 'SKIPPED');
  expect(skipped.length).toBeGreaterThan(0);
  expect(skipped.every(({ at, task }) => at === null && task !== null)).toBe(true);
  expect(after.steps.at(-1)).toMatchObject({ kind: 'AS_PLANNED', task: { id: last } });
  // 2 that stand on one side, and as many as were passed over.
  const required = after.steps.filter(({ kind }) => kind === 'AS_PLANNED' || kind === 'SKIPPED').length;
  const events = after.steps.filter(({ at }) => at !== null).length;
  expect(after.fitness).toBeCloseTo(1 - (2 + skipped.length) / (events + required), 10);
});

test('nobody but staff learns how a project goes against its templates', async () => {
  expect(await fitOf(await app.signIn(app.world.client))).toBeNull();
  const other = await app.signIn(app.world.clients[1]!.people[0]!);
  expect((await other.ask(query, { id: projectId })).project).toBeNull();
});

test('as many statements for all projects as for one', async () => {
  const counted = countStatements(app.config.databaseUrl!);
  const statementsFor = async (first: number) => {
    counted.statements.length = 0;
    const ctx = { ...as(app, 'PM'), db: counted.db };
    const ids = app.world.clients.slice(0, first).map(({ project }) => project.id);
    const fits = await processFitLoader(ctx).loadMany(ids);
    expect(fits.every((fit) => fit !== null && 'fitness' in fit)).toBe(true);
    return counted.statements.length;
  };
  const one = await statementsFor(1);
  expect(await statementsFor(app.world.clients.length)).toBe(one);
  await counted.end();
});
