import { and, desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, taskDependencies, tasks } from '../../drizzle/schema/index.ts';
import { circleWith } from '../../server/tasks/circle.ts';
import { taskCancel, taskReopen, taskWaive } from '../../server/tasks/commands.ts';
import { taskDependencyAdd, taskDependencyRemove } from '../../server/tasks/dependencies.ts';
import { taskEdit } from '../../server/tasks/planning.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { as, put, rowOf, tried, untie } from './taskRows.ts';

let app: TestApp;
let ids: string[];
const reason = 'Because of the test';

beforeAll(async () => {
  app = await startTestApp();
  ids = app.world.clients[0]!.tasks.slice(0, 5).map((task) => task.id);
  for (const id of ids) await untie(app, id);
});
afterAll(() => app.close());

const pm = () => as(app, 'PM');
const revisionOf = async (id: string) => (await rowOf(app, id)).revision;
const link = async (taskId: string, predecessorId: string) =>
  taskDependencyAdd(pm(), taskId, { revision: await revisionOf(taskId), predecessorId });
const unlink = async (taskId: string, predecessorId: string) =>
  taskDependencyRemove(pm(), taskId, { revision: await revisionOf(taskId), predecessorId });
const stateOf = async (id: string) => (await rowOf(app, id)).state;
async function clear() {
  for (const id of ids) {
    await untie(app, id);
    await put(app, id, { state: 'READY' });
  }
}

describe('circles', () => {
  test.each([
    ['a task and itself', [], ['a', 'a'], ['a', 'a']],
    ['two', [['b', 'a']], ['a', 'b'], ['a', 'b', 'a']],
    [
      'three',
      [
        ['b', 'a'],
        ['c', 'b'],
      ],
      ['a', 'c'],
      ['a', 'c', 'b', 'a'],
    ],
    [
      'the shortest of two',
      [
        ['b', 'a'],
        ['c', 'b'],
        ['c', 'a'],
      ],
      ['a', 'c'],
      ['a', 'c', 'a'],
    ],
    [
      'none: a diamond',
      [
        ['b', 'a'],
        ['c', 'a'],
        ['d', 'b'],
      ],
      ['d', 'c'],
      null,
    ],
    ['none: said twice', [['b', 'a']], ['b', 'a'], null],
  ] as const)('%s', (_, links, [taskId, predecessorId], wanted) => {
    const known = links.map(([waiting, before]) => ({ taskId: waiting, predecessorId: before }));
    expect(circleWith(known, { taskId, predecessorId })).toEqual(wanted);
  });

  test('one is refused and named by its titles, and nothing is written', async () => {
    await clear();
    const [a, b, c] = ids as [string, string, string];
    const titles = await Promise.all([a, c, b, a].map(async (id) => (await rowOf(app, id)).title));
    await link(b, a);
    await link(c, b);
    const session = await app.signIn(app.world.pm);
    const mutation = `mutation ($id: ID!, $input: TaskDependencyAddInput!) {
      taskDependencyAdd(id: $id, input: $input) { task { id } userErrors { code field message } position } }`;
    const input = { revision: await revisionOf(a), predecessorId: c };
    const { taskDependencyAdd: refused } = await session.ask(mutation, { id: a, input });
    expect(refused).toMatchObject({ userErrors: [{ code: 'CIRCLE', field: 'predecessorId' }], position: null });
    expect(refused.userErrors[0].message).toContain(titles.join(' → '));
    const own = eq(taskDependencies.taskId, a);
    expect(await app.services.db.$count(taskDependencies, own)).toBe(0);
  });

  test('two people who tie the same two tasks from both ends at once make no circle', async () => {
    const [a, b] = ids as [string, string];
    for (let round = 0; round < 5; round++) {
      await clear();
      const outcomes = await Promise.all([tried(() => link(a, b)), tried(() => link(b, a))]);
      expect(outcomes.filter((one) => typeof one === 'string')).toEqual(['CIRCLE']);
    }
  });

  test('a task of another project, a foreign one and a client’s wish are refused', async () => {
    const [a, b] = ids as [string, string];
    const other = app.world.clients[1]!.tasks[0]!.id;
    expect(await tried(() => link(a, other))).toBe('OTHER_PROJECT');
    expect(await tried(() => link(a, '01a1ff99-08b0-79b5-9a19-d6a2a325eb60'))).toBe('NOT_FOUND');
    expect(await tried(() => link(a, 'nonsense'))).toBe('NOT_FOUND');
    const given = { revision: await revisionOf(a), predecessorId: b };
    expect(await tried(() => taskDependencyAdd(as(app, 'CLIENT_LEAD'), a, given))).toBe('FORBIDDEN');
    expect(await tried(() => taskDependencyAdd(as(app, 'CONTRIBUTOR'), a, given))).toBe('FORBIDDEN');
  });
});

describe('readiness', () => {
  test('tying a ready task to an open one takes it back, untying readies it, and both are told', async () => {
    await clear();
    const [a, b] = ids as [string, string];
    await link(b, a);
    expect(await stateOf(b)).toBe('NOT_READY');
    await unlink(b, a);
    expect(await stateOf(b)).toBe('READY');
    const told = await app.services.db
      .select({ kind: events.kind, actorId: events.actorId })
      .from(events)
      .where(and(eq(events.taskId, b)))
      .orderBy(desc(events.seq))
      .limit(4);
    const by = app.world.pm.id;
    expect(told.reverse()).toEqual([
      { kind: 'task.dependencyAdded', actorId: by },
      { kind: 'task.notReady', actorId: null },
      { kind: 'task.dependencyRemoved', actorId: by },
      { kind: 'task.ready', actorId: null },
    ]);
  });

  test('a waived predecessor readies what waits, a cancelled one does not', async () => {
    await clear();
    const [a, b, c] = ids as [string, string, string];
    await link(b, a);
    await link(b, c);
    await taskCancel(pm(), c, { revision: await revisionOf(c), reason });
    await taskWaive(pm(), a, { revision: await revisionOf(a), reason });
    expect(await stateOf(b)).toBe('NOT_READY');
    await taskReopen(pm(), c, { revision: await revisionOf(c), reason });
    await taskWaive(pm(), c, { revision: await revisionOf(c), reason });
    expect(await stateOf(b)).toBe('READY');
  });

  test('a reopened predecessor takes back what was not begun, and marks what was', async () => {
    await clear();
    const [a, ready, begun] = ids as [string, string, string];
    await link(ready, a);
    await link(begun, a);
    await taskWaive(pm(), a, { revision: await revisionOf(a), reason });
    await put(app, begun, { state: 'IN_PROGRESS' });
    const session = await app.signIn(app.world.client);
    const mark = async () =>
      (await session.ask('query ($id: ID!) { task(id: $id) { isPredecessorOpen } }', { id: begun })).task
        .isPredecessorOpen;
    expect(await mark()).toBe(false);
    const { value } = await taskReopen(pm(), a, { revision: await revisionOf(a), reason });
    expect(value.state).toBe('READY');
    expect([await stateOf(ready), await stateOf(begun)]).toEqual(['NOT_READY', 'IN_PROGRESS']);
    expect(await mark()).toBe(true);
  });

  test('a task reopened under an open predecessor is not ready', async () => {
    await clear();
    const [a, b] = ids as [string, string];
    await link(b, a);
    await taskWaive(pm(), b, { revision: await revisionOf(b), reason });
    const { value } = await taskReopen(pm(), b, { revision: await revisionOf(b), reason });
    expect(value.state).toBe('NOT_READY');
  });

  test('a task with a start day is ready when that day begins in the project’s zone, and not before', async () => {
    await clear();
    const [a] = ids as [string];
    app.clock.set('2026-03-10T09:00:00Z');
    const { timeZone } = app.world.project;
    expect(timeZone).toMatch(/^Europe/);
    await taskEdit(pm(), a, { revision: await revisionOf(a), startsOn: '2026-03-12' });
    expect(await stateOf(a)).toBe('NOT_READY');
    app.clock.set('2026-03-11T21:00:00Z');
    await app.services.jobs.runDue();
    expect(await stateOf(a)).toBe('NOT_READY');
    app.clock.set('2026-03-11T23:00:00Z');
    await app.services.jobs.runDue();
    expect(await stateOf(a)).toBe('READY');
    await taskEdit(pm(), a, { revision: await revisionOf(a), startsOn: '2026-04-01' });
    expect(await stateOf(a)).toBe('NOT_READY');
    const early = taskEdit(pm(), a, { revision: await revisionOf(a), dueOn: '2026-03-31' });
    await expect(early).rejects.toMatchObject({ code: 'BEFORE_START' });
    await taskEdit(pm(), a, { revision: await revisionOf(a), dueOn: '2026-04-01' });
    await taskEdit(pm(), a, { revision: await revisionOf(a), startsOn: null });
    expect(await stateOf(a)).toBe('READY');
  });

  test('whatever is done at once, a road of tasks ends as its predecessors say', async () => {
    await clear();
    const [a, b, c, d] = ids as [string, string, string, string];
    for (const before of [a, b, c]) await link(d, before);
    const waive = async (id: string) => taskWaive(pm(), id, { revision: await revisionOf(id), reason });
    await Promise.all([a, b, c].map(waive));
    expect(await stateOf(d)).toBe('READY');
    const reopen = async (id: string) => taskReopen(pm(), id, { revision: await revisionOf(id), reason });
    await Promise.all([a, b].map(reopen));
    expect(await stateOf(d)).toBe('NOT_READY');
    const rows = await app.services.db.select({ state: tasks.state }).from(tasks).where(eq(tasks.id, c));
    expect(rows).toEqual([{ state: 'WAIVED' }]);
  });
});
