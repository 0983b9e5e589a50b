import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people as peopleRows, tasks } from '../../drizzle/schema/index.ts';
import { makeClient, makeIntegration, makeStaff } from '../overview/make.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let manager: Session;
let [pmId, workerId]: string[] = [];

type Task = Partial<typeof tasks.$inferInsert>;

/** The clock stands on Tuesday 10 March 2026, 9:00 UTC; the company works Monday to Friday, nine to five. */
const now = '2026-03-10T09:00:00.000Z';
const monday = '2026-03-09';

beforeAll(async () => {
  app = await startTestApp({ sample: false });
  manager = await app.signIn({ id: await makeStaff(app.services, 'Mo', 'MANAGER') });
  pmId = await makeStaff(app.services, 'Anna', 'PM');
});
afterAll(() => app.close());

beforeEach(async () => {
  app.clock.set(now);
  workerId = await makeStaff(app.services, `Ben ${randomUUID()}`, 'CONTRIBUTOR');
});

/** Tasks of the worker, an hour each unless it says otherwise; answers the project's id. */
function withTasks(given: Task[], over: Partial<Parameters<typeof makeIntegration>[1]> = {}): Promise<string> {
  const own = given.map((task) => ({ minutes: 60, durationDays: 1, assigneeId: workerId!, ...task }));
  return makeIntegration(app.services, {
    ...{ account: `Alder ${randomUUID()}`, pm: pmId! },
    ...{ road: [{ name: 'Data', tasks: own }], ...over },
  });
}

const source = `{ workload {
  weeks { from to workingDays capacityMinutes }
  people { person { id name } undatedCount weeks { from plannedMinutes taskCount isOverFull } }
} }`;
const tasksSource = `query ($personId: ID, $from: Date!, $first: Int, $after: String) {
  workloadTasks(personId: $personId, from: $from, first: $first, after: $after) {
    nodes { minutes startOn finishOn task { id title } } pageInfo { hasNextPage endCursor }
  }
}`;

const read = async (session = manager) => (await session.ask(source)).workload;
/** The worker's weeks as pairs of minutes and tasks, without empty ones at the end. */
async function weeksOf(personId = workerId!): Promise<[number, number][]> {
  const { people } = await read();
  const { weeks } = people.find(({ person }: { person: { id: string } | null }) => person?.id === personId);
  const pairs = weeks.map((week: { plannedMinutes: number; taskCount: number }) => [
    week.plannedMinutes,
    week.taskCount,
  ]);
  while (pairs.length > 0 && pairs.at(-1)[1] === 0) pairs.pop();
  return pairs;
}

describe('the weeks ahead', () => {
  test('are eight from this Monday on, of the days that are still to come', async () => {
    const { weeks } = await read();
    expect(weeks).toHaveLength(8);
    expect(weeks[0]).toEqual({ from: monday, to: '2026-03-15', workingDays: 4, capacityMinutes: 4 * 480 });
    expect(weeks[7]).toEqual({ from: '2026-04-27', to: '2026-05-03', workingDays: 5, capacityMinutes: 5 * 480 });
  });

  test('begin with tomorrow once business has closed', async () => {
    app.clock.set('2026-03-10T17:30:00.000Z');
    expect((await read()).weeks[0]).toMatchObject({ workingDays: 3 });
  });
});

describe('a task', () => {
  test.each<[what: string, task: Task, weeks: [number, number][]]>([
    ['due this week lies in it', { dueOn: '2026-03-12' }, [[60, 1]]],
    ['that is late lies in this week, all of it', { dueOn: '2026-02-12', durationDays: 5 }, [[60, 1]]],
    [
      'due on a day off lies on the day after',
      { dueOn: '2026-03-14' },
      [
        [0, 0],
        [60, 1],
      ],
    ],
    // Thursday and Friday, then Monday to Wednesday.
    [
      'over two weeks is parted by its days',
      { dueOn: '2026-03-18', durationDays: 5 },
      [
        [24, 1],
        [36, 1],
      ],
    ],
    ['is not spread over days that have passed', { dueOn: '2026-03-12', durationDays: 20 }, [[60, 1]]],
    [
      'without a duration lies on its due day',
      { dueOn: '2026-03-16', durationDays: 0 },
      [
        [0, 0],
        [60, 1],
      ],
    ],
    ['that waits for others is planned as well', { dueOn: '2026-03-12', state: 'NOT_READY' }, [[60, 1]]],
    [
      'due after the weeks counts where it begins before',
      { dueOn: '2026-05-05', durationDays: 3, minutes: 90 },
      [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [30, 1],
      ],
    ],
    ['due long after them does not', { dueOn: '2026-05-20' }, []],
    ['that was handed in is no work any more', { dueOn: '2026-03-12', state: 'IN_REVIEW' }, []],
    ['that is done is none', { dueOn: '2026-03-12', state: 'DONE' }, []],
    ['of the client is none', { dueOn: '2026-03-12', side: 'CLIENT' }, []],
    ['without a due day lies in no week', { dueOn: null }, []],
  ])('%s', async (_, task, weeks) => {
    await withTasks([task]);
    expect(await weeksOf()).toEqual(weeks);
  });

  test.each(['ON_HOLD', 'CLOSED'] as const)('of a project that is %s is no work', async (state) => {
    await withTasks([{ dueOn: '2026-03-12' }], { state });
    expect(await weeksOf()).toEqual([]);
  });

  test('without a due day is counted beside the weeks', async () => {
    await withTasks([{ dueOn: null }, { dueOn: null }]);
    const { people } = await read();
    const own = people.find(({ person }: { person: { id: string } | null }) => person?.id === workerId);
    expect(own.undatedCount).toBe(2);
  });
});

test('a week is over-full when more lies in it than its days hold', async () => {
  const full = Array.from({ length: 4 }, () => ({ dueOn: '2026-03-12', minutes: 480 }));
  await withTasks(full);
  const own = async () => {
    const { people } = await read();
    return people.find(({ person }: { person: { id: string } | null }) => person?.id === workerId).weeks[0];
  };
  expect(await own()).toEqual({ from: monday, plannedMinutes: 1920, taskCount: 4, isOverFull: false });
  await withTasks([{ dueOn: '2026-03-13', minutes: 5 }]);
  expect(await own()).toMatchObject({ plannedMinutes: 1925, isOverFull: true });
});

describe('the tasks of a week', () => {
  const ask = async (variables: object, session = manager) =>
    (await session.ask(tasksSource, { personId: workerId, from: monday, ...variables })).workloadTasks;

  test('stand by due day, each with what of it lies there, and sum up to the week', async () => {
    await withTasks([{ dueOn: '2026-03-18', durationDays: 5 }, { dueOn: '2026-03-11' }, { dueOn: '2026-03-25' }]);
    const { nodes } = await ask({});
    expect(nodes).toMatchObject([
      { minutes: 60, startOn: '2026-03-11', finishOn: '2026-03-11', task: { title: 'Task 0-1' } },
      { minutes: 24, startOn: '2026-03-12', finishOn: '2026-03-18', task: { title: 'Task 0-0' } },
    ]);
    expect(await weeksOf()).toEqual([
      [84, 2],
      [36, 1],
      [60, 1],
    ]);
  });

  test('come page by page', async () => {
    await withTasks(['2026-03-13', '2026-03-11', '2026-03-12'].map((dueOn) => ({ dueOn })));
    const first = await ask({ first: 2 });
    const second = await ask({ first: 2, after: first.pageInfo.endCursor });
    const titles = [...first.nodes, ...second.nodes].map(({ task }: { task: { title: string } }) => task.title);
    expect(titles).toEqual(['Task 0-1', 'Task 0-2', 'Task 0-0']);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  test('are none for a day that begins no week, and for somebody who is not there', async () => {
    expect(await ask({ from: '2026-03-10' })).toBeNull();
    expect(await ask({ personId: randomUUID() })).toBeNull();
    expect(await ask({ personId: 'nobody' })).toBeNull();
  });
});

describe('who may ask', () => {
  test.each(['MANAGER', 'DIRECTOR', 'ADMIN'] as const)('a %s is told of everybody', async (role) => {
    const session = await app.signIn({ id: await makeStaff(app.services, 'Di', role) });
    const ids = (await read(session)).people.map(({ person }: { person: { id: string } | null }) => person?.id);
    expect(ids).toEqual(expect.arrayContaining([pmId, workerId]));
  });

  test.each(['PM', 'CONTRIBUTOR'] as const)('a %s is told of their own weeks, and of nobody else’s', async (role) => {
    const ownId = await makeStaff(app.services, 'Own', role);
    await withTasks([{ dueOn: '2026-03-12' }]);
    const session = await app.signIn({ id: ownId });
    expect((await read(session)).people).toMatchObject([{ person: { id: ownId } }]);
    const asked = { personId: workerId, from: monday };
    expect((await session.ask(tasksSource, asked)).workloadTasks).toBeNull();
    expect((await session.ask(tasksSource, { ...asked, personId: ownId })).workloadTasks.nodes).toEqual([]);
  });

  test('to a client there is no workload, not even of somebody whom they know', async () => {
    const id = await withTasks([{ dueOn: '2026-03-12' }]);
    const clientId = await makeClient(app.services, id, 'Zoe');
    const session = await app.signIn({ id: clientId });
    expect(await read(session)).toBeNull();
    for (const personId of [workerId, clientId, randomUUID()]) {
      expect((await session.ask(tasksSource, { personId, from: monday })).workloadTasks).toBeNull();
    }
  });
});

describe('what nobody has yet', () => {
  const nobodys = async (session = manager) =>
    (await read(session)).people.find(({ person }: { person: unknown }) => person === null);

  test('stands behind the people, is never over-full, and opens to its tasks', async () => {
    expect(await nobodys()).toBeUndefined();
    const nobody = { assigneeId: null };
    const id = await withTasks([
      { ...nobody, dueOn: '2026-03-12', minutes: 5_000 },
      { ...nobody, dueOn: null },
    ]);
    const { people } = await read();
    expect(people.at(-1)).toMatchObject({ person: null, undatedCount: 1 });
    expect(people.at(-1).weeks[0]).toEqual({ from: monday, plannedMinutes: 5_000, taskCount: 1, isOverFull: false });
    const { workloadTasks } = await manager.ask(tasksSource, { from: monday });
    expect(workloadTasks.nodes).toMatchObject([{ minutes: 5_000, task: { title: 'Task 0-0' } }]);
    await app.services.db.update(tasks).set({ state: 'DONE' }).where(eq(tasks.projectId, id));
  });

  test('is told to those alone who see everybody', async () => {
    const id = await withTasks([{ dueOn: '2026-03-12', assigneeId: null }]);
    for (const role of ['PM', 'CONTRIBUTOR'] as const) {
      const session = await app.signIn({ id: await makeStaff(app.services, 'Own', role) });
      expect(await nobodys(session)).toBeUndefined();
      expect((await session.ask(tasksSource, { from: monday })).workloadTasks).toBeNull();
    }
    const client = await app.signIn({ id: await makeClient(app.services, id, 'Zoe') });
    expect((await client.ask(tasksSource, { from: monday })).workloadTasks).toBeNull();
    await app.services.db.update(tasks).set({ state: 'DONE' }).where(eq(tasks.projectId, id));
  });
});

test('people who left have no weeks', async () => {
  const { people: before } = await read();
  await app.services.db
    .update(peopleRows)
    .set({ removedAt: new Date(now) })
    .where(eq(peopleRows.id, workerId!));
  expect((await read()).people).toHaveLength(before.length - 1);
});
