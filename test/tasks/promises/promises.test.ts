import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { events, taskPromises } from '../../../drizzle/schema/index.ts';
import type { Role } from '../../../server/access/viewer.ts';
import { transaction } from '../../../server/platform/database/transaction.ts';
import { taskMove } from '../../../server/tasks/commands.ts';
import { taskLock } from '../../../server/tasks/moving.ts';
import { taskPromise, taskPromiseWithdraw } from '../../../server/tasks/promises/commands.ts';
import { outcomeOf } from '../../../server/tasks/promises/outcome.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import type { Session } from '../../support/session.ts';
import { as, put, rowOf, tried, untie } from '../taskRows.ts';

let app: TestApp;
let client: Session;
let pm: Session;
let stranger: Session;
let id: string;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
  pm = await app.signIn(app.world.pm);
  stranger = await app.signIn(app.world.otherClient);
  id = app.world.clients[0]!.tasks[1]!.id;
  await untie(app, id);
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.services.db.delete(taskPromises).where(eq(taskPromises.taskId, id));
  await put(app, id, { state: 'READY', stateSince: app.clock.now() });
});

const daysOn = (days: number) => new Date(app.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
const rows = () =>
  app.services.db
    .select()
    .from(taskPromises)
    .where(eq(taskPromises.taskId, id))
    .orderBy(asc(taskPromises.at), asc(taskPromises.id));
const say = async (role: Role, on: string) =>
  taskPromise(as(app, role), id, { revision: (await rowOf(app, id)).revision, on });
const move = async (kind: 'task.submitted' | 'task.waived' | 'task.completed', to: never) =>
  transaction(as(app, 'PM'), async (tx) => {
    const { task } = await taskLock(tx, as(app, 'PM'), id);
    return taskMove(tx, as(app, 'PM'), task, { kind, to, submissionId: id } as never);
  });

const taskQuery = `query ($id: ID!) { task(id: $id) { revision promise { on side isMissed moves by { name } } viewerCan { promise }
  changes(last: 3) { nodes { kind facts { promisedOn dueOn from to stuckSide } } } } }`;
const look = async (session: Session) => (await session.ask(taskQuery, { id })).task;

describe("the client's own date", () => {
  test('is said, moved and taken back, and every day that was said stays', async () => {
    await say('CLIENT_MEMBER', daysOn(3));
    await say('CLIENT_MEMBER', daysOn(5));
    expect(await look(pm)).toMatchObject({
      promise: { on: daysOn(5), side: 'CLIENT', isMissed: false, moves: 1, by: { name: expect.any(String) } },
      viewerCan: { promise: false },
    });
    const seen = await look(client);
    expect(seen).toMatchObject({ promise: { on: daysOn(5), moves: 1 }, viewerCan: { promise: true } });
    expect(seen.changes.nodes.at(-1)).toEqual({
      kind: 'task.promised',
      facts: { promisedOn: daysOn(5), dueOn: null, from: null, to: null, stuckSide: null },
    });
    await taskPromiseWithdraw(as(app, 'CLIENT_MEMBER'), id, { revision: seen.revision });
    const after = await look(client);
    expect([after.promise, after.changes.nodes.at(-1)]).toMatchObject([
      null,
      { kind: 'task.promiseWithdrawn', facts: { promisedOn: daysOn(5) } },
    ]);
    expect((await rows()).map(({ promisedOn, endedBy, side }) => [promisedOn, endedBy, side])).toEqual([
      [daysOn(3), 'MOVED', 'CLIENT'],
      [daysOn(5), 'WITHDRAWN', 'CLIENT'],
    ]);
  });

  test('the event names days and no words', async () => {
    await say('CLIENT_MEMBER', daysOn(3));
    const [event] = await app.services.db.select().from(events).where(eq(events.kind, 'task.promised')).limit(1);
    expect(Object.keys(event!.facts).sort()).toEqual(['court', 'from', 'to']);
  });

  test.each([
    ['yesterday', -1],
    ['in two years', 730],
  ])('%s is no day to promise', async (_, days) => {
    expect(await tried(() => say('CLIENT_MEMBER', daysOn(days)))).toBe('PROMISE_DAY');
    expect(await rows()).toEqual([]);
  });

  test('whoever saw an older task is told so', async () => {
    const { revision } = await rowOf(app, id);
    await taskPromise(as(app, 'CLIENT_MEMBER'), id, { revision, on: daysOn(3) });
    const late = () => taskPromise(as(app, 'CLIENT_LEAD'), id, { revision, on: daysOn(4) });
    expect(await tried(late)).toBe('CONFLICT');
    const mutation = `mutation ($id: ID!, $input: TaskPromiseInput!) {
      taskPromise(id: $id, input: $input) { task { promise { on } } userErrors { code } position } }`;
    const { taskPromise: answer } = await client.ask(mutation, { id, input: { revision, on: daysOn(4) } });
    expect(answer).toEqual({
      task: { promise: { on: daysOn(3) } },
      userErrors: [{ code: 'CONFLICT' }],
      position: null,
    });
  });

  test('each side speaks for itself, and nobody for a side that has not the turn', async () => {
    expect(await tried(() => say('PM', daysOn(3)))).toBe('FORBIDDEN');
    expect(await tried(() => say('CLIENT_VIEWER', daysOn(3)))).toBe('FORBIDDEN');
    await put(app, id, { state: 'IN_REVIEW' });
    expect(await tried(() => say('CLIENT_MEMBER', daysOn(3)))).toBe('FORBIDDEN');
    await say('PM', daysOn(3));
    expect((await look(client)).promise).toMatchObject({ side: 'COMPANY', on: daysOn(3) });
    await put(app, id, { state: 'DONE' });
    expect(await tried(() => say('PM', daysOn(3)))).toBe('WRONG_STATE');
  });

  test('another account finds no such task', async () => {
    await say('CLIENT_MEMBER', daysOn(3));
    expect(await look(stranger)).toBeNull();
    const mutation = `mutation ($id: ID!, $input: TaskPromiseInput!) { taskPromise(id: $id, input: $input) { position } }`;
    const answer = await stranger.gql(mutation, { id, input: { revision: 1, on: daysOn(4) } });
    expect(answer.errors?.map((error) => error.extensions?.code)).toEqual(['NOT_FOUND']);
  });

  test('what staff promised among themselves does not show when the task is shared', async () => {
    await put(app, id, { state: 'READY', side: 'COMPANY', visibility: 'INTERNAL' });
    await say('PM', daysOn(3));
    await put(app, id, { state: 'READY', side: 'COMPANY', visibility: 'SHARED' });
    expect([(await look(client)).promise, (await look(pm)).promise?.on]).toEqual([null, daysOn(3)]);
  });
});

describe('what becomes of it', () => {
  test('delivered, it was kept; the next turn has no promise', async () => {
    await say('CLIENT_MEMBER', daysOn(3));
    await move('task.submitted', 'SUBMITTED' as never);
    expect((await rows()).map(({ endedBy }) => endedBy)).toEqual(['LEFT']);
    expect((await look(client)).promise).toBeNull();
  });

  test('what was waived was neither kept nor missed', async () => {
    await say('CLIENT_MEMBER', daysOn(3));
    await move('task.waived', 'WAIVED' as never);
    expect((await rows()).map(({ endedBy }) => endedBy)).toEqual(['DROPPED']);
  });

  const at = (day: string) => new Date(`2026-03-${day}T12:00:00Z`);
  const dayIn = (moment: Date) => moment.toISOString().slice(0, 10);
  test.each([
    ['stands on its day', null, null, '2026-03-12', 'STANDING'],
    ['is missed once the day is over', null, null, '2026-03-13', 'MISSED'],
    ['is kept on its day', 'LEFT', at('12'), '2026-03-20', 'KEPT'],
    ['is missed a day later', 'LEFT', at('13'), '2026-03-20', 'MISSED'],
    ['counts for nothing when it was moved in time', 'MOVED', at('12'), '2026-03-20', null],
    ['is missed when it was moved too late', 'MOVED', at('13'), '2026-03-20', 'MISSED'],
    ['counts for nothing when it was taken back in time', 'WITHDRAWN', at('11'), '2026-03-20', null],
    ['is missed when it was taken back too late', 'WITHDRAWN', at('13'), '2026-03-20', 'MISSED'],
    ['counts for nothing when the plan changed', 'DROPPED', at('11'), '2026-03-20', null],
  ] as const)('a promise %s', (_, endedBy, endedAt, today, outcome) => {
    expect(outcomeOf({ promisedOn: '2026-03-12', endedAt, endedBy }, today, dayIn)).toBe(outcome);
  });
});
