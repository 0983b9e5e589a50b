import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { makeIntegration, makeStaff } from './make.ts';

let app: TestApp;
let anna: Session;

beforeAll(async () => {
  app = await startTestApp();
  const pm = await makeStaff(app.services, 'Anna', 'PM');
  anna = await app.signIn({ id: pm });
  for (let i = 0; i < 12; i++) {
    const road = [
      { name: 'Kick-off', tasks: [{ state: 'DONE' as const }] },
      {
        name: 'Data',
        tasks: [
          { state: 'READY' as const, durationDays: 3 },
          { state: 'READY' as const, durationDays: 10 },
        ],
      },
      { name: 'Empty', tasks: [] },
    ];
    await makeIntegration(app.services, { account: `Row ${String(i).padStart(2, '0')}`, pm, road });
  }
}, 60_000);
afterAll(() => app.close());

const list = `query ($first: Int!, $after: String, $offset: Int, $filter: IntegrationFilterInput) {
  integrations(first: $first, after: $after, offset: $offset, filter: $filter, sort: { by: CLIENT, direction: ASCENDING }) {
    nodes { account { name } } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } }`;
const filter = { text: 'row' };
type Named = { account: { name: string } };
const namesOf = (nodes: Named[]) => nodes.map(({ account }) => account.name);

test('a page from a place on holds what stands there, and goes on by cursor', async () => {
  const { integrations: whole } = await anna.ask(list, { first: 50, filter });
  const { integrations: middle } = await anna.ask(list, { first: 4, offset: 5, filter });
  expect(namesOf(middle.nodes)).toEqual(namesOf(whole.nodes).slice(5, 9));
  expect(middle.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  const { integrations: next } = await anna.ask(list, { first: 4, after: middle.pageInfo.endCursor, filter });
  expect(namesOf(next.nodes)).toEqual(
    namesOf(whole.nodes)
      .slice(9, 12 + 1)
      .slice(0, 4),
  );
  const { integrations: beyond } = await anna.ask(list, { first: 4, offset: 1_000, filter });
  expect(beyond).toMatchObject({ nodes: [], totalCount: 12, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
});

test('a place before the beginning, or beyond any list, is refused', async () => {
  for (const offset of [-1, 1_000_001]) {
    const { errors } = await anna.gql(list, { first: 4, offset, filter });
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  }
});

const days = 'phases { name days { startOn finishOn } }';

test('a phase has the days of its tasks in the plan, and none where nothing is to do', async () => {
  const { integrations } = await anna.ask(
    `query ($filter: IntegrationFilterInput) { integrations(first: 1, filter: $filter) { nodes { id ${days} } } }`,
    { filter },
  );
  const [{ id, phases }] = integrations.nodes;
  const [kickOff, data, empty] = phases;
  expect(empty.days).toBeNull();
  expect(kickOff.days.finishOn <= data.days.startOn).toBe(true);
  const { project } = await anna.ask(
    'query ($id: ID!) { project(id: $id) { tasks { phase { name } schedule { startOn finishOn } } } }',
    { id },
  );
  type Planned = { phase: { name: string }; schedule: { startOn: string; finishOn: string } };
  const own = (project.tasks as Planned[]).filter(({ phase }) => phase.name === 'Data').map(({ schedule }) => schedule);
  expect(data.days).toEqual({
    startOn: own.map(({ startOn }) => startOn).sort()[0],
    finishOn: own
      .map(({ finishOn }) => finishOn)
      .sort()
      .at(-1),
  });
});

test('what is remembered of the days moves with the plan', async () => {
  const query = `query ($filter: IntegrationFilterInput) {
    integrations(first: 1, filter: $filter) { nodes { ${days} tasks { id revision phase { name } durationDays } } } }`;
  const before = (await anna.ask(query, { filter })).integrations.nodes[0];
  const longest = before.tasks.find((task: { durationDays: number }) => task.durationDays === 10);
  await anna.ask(
    'mutation ($id: ID!, $input: TaskEditInput!) { taskEdit(id: $id, input: $input) { userErrors { code } } }',
    { id: longest.id, input: { revision: longest.revision, durationDays: 20 } },
  );
  const after = (await anna.ask(query, { filter })).integrations.nodes[0];
  expect(after.phases[1].days.finishOn > before.phases[1].days.finishOn).toBe(true);
  expect(after.phases[1].days.startOn).toBe(before.phases[1].days.startOn);
});

test('to a client the days of phases are nothing', async () => {
  const client = app.world.clients[0]!;
  const lead = await app.signIn(client.people[0]!);
  const { project } = await lead.ask(`query ($id: ID!) { project(id: $id) { ${days} } }`, { id: client.project.id });
  expect(project.phases.length).toBeGreaterThan(0);
  for (const phase of project.phases) expect(phase.days).toBeNull();
});
