import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projects, submissions, taskInputs, taskPromises, tasks } from '../../drizzle/schema/index.ts';
import { makeClient, makeIntegration, makeStaff } from '../overview/make.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let [pm, worker, client]: Session[] = [];
let [pmId, workerId, clientId, id]: string[] = [];

type Task = Partial<typeof tasks.$inferInsert>;

/** The clock stands on Tuesday 10 March 2026, 9:00 UTC; the company works to 17:00 there, and so do all projects. */
const today = '2026-03-10';
const now = '2026-03-10T09:00:00.000Z';

beforeAll(async () => {
  app = await startTestApp({ sample: false });
});
afterAll(() => app.close());

beforeEach(async () => {
  app.clock.set(now);
  pmId = await makeStaff(app.services, 'Anna', 'PM');
  workerId = await makeStaff(app.services, 'Ben', 'CONTRIBUTOR');
  pm = await app.signIn({ id: pmId });
  worker = await app.signIn({ id: workerId });
});

/** A project of the PM, whose client was just active, with these tasks; answers their ids. */
async function withTasks(given: Task[], over: Partial<Parameters<typeof makeIntegration>[1]> = {}): Promise<string[]> {
  const road = [{ name: 'Data', tasks: given }];
  const made = { account: `Alder ${randomUUID()}`, pm: pmId!, clientActiveAt: new Date(now), road, ...over };
  id = await makeIntegration(app.services, made);
  clientId = await makeClient(app.services, id, 'Zoe');
  client = await app.signIn({ id: clientId });
  const rows = await app.services.db.select().from(tasks).where(eq(tasks.projectId, id)).orderBy(tasks.index);
  return rows.map((row) => row.id);
}

const source = `query ($first: Int! = 10) { myDay {
  count cursor
  groups { urgency count items(first: $first) {
    key project { id } task { id }
    whys { kind on since isNobodys isOfNote days actor { id } comment { id } }
  } }
} }`;
type Item = { key: string; whys: { kind: string; [field: string]: unknown }[] };
type Group = { urgency: string; count: number; items: Item[] };

async function dayOf(session: Session, first = 10): Promise<Group[]> {
  return (await session.ask(source, { first })).myDay.groups;
}
/** Each thing with its reasons, under how urgent it is. */
async function toldTo(session: Session) {
  const groups = await dayOf(session);
  return Object.fromEntries(
    groups.map(({ urgency, items }) => [
      urgency,
      items.map(({ key, whys }) => [key, ...whys.map(({ kind }) => kind)] as string[]),
    ]),
  );
}

describe('a task that is due', () => {
  test.each<[dueOn: string, urgency: string | null, kind: string | null]>([
    ['2026-03-06', 'LATE', 'TASK_OVERDUE'],
    ['2026-03-09', 'LATE', 'TASK_OVERDUE'],
    [today, 'TODAY', 'TASK_DUE_TODAY'],
    ['2026-03-11', 'SOON', 'TASK_DUE_SOON'],
    ['2026-03-17', 'SOON', 'TASK_DUE_SOON'],
    ['2026-03-18', null, null],
  ])('on %s is %s', async (dueOn, urgency, kind) => {
    const [task] = await withTasks([{ dueOn, assigneeId: workerId }]);
    expect(await toldTo(worker!)).toEqual(urgency ? { [urgency]: [[task, kind]] } : {});
  });

  test('today is late once business has closed', async () => {
    await withTasks([{ dueOn: today, assigneeId: workerId }]);
    app.clock.set('2026-03-10T17:00:01.000Z');
    expect(Object.keys(await toldTo(worker!))).toEqual(['LATE']);
  });

  test('on a day off is due on the next working day, and not late on it', async () => {
    await withTasks([{ dueOn: '2026-03-07', assigneeId: workerId }]);
    app.clock.set('2026-03-09T09:00:00.000Z');
    expect(Object.keys(await toldTo(worker!))).toEqual(['TODAY']);
  });

  test.each<[string, Task]>([
    ['is somebody else’s', { assigneeId: undefined }],
    ['waits for others', { state: 'NOT_READY' }],
    ['was handed in', { state: 'SUBMITTED' }],
    ['is done', { state: 'DONE' }],
  ])('is left out when it %s', async (_, over) => {
    const other = await makeStaff(app.services, 'Cara', 'CONTRIBUTOR');
    await withTasks([{ dueOn: today, assigneeId: 'assigneeId' in over ? other : workerId, ...dropUndefined(over) }]);
    expect(await toldTo(worker!)).toEqual({});
  });

  test.each(['ON_HOLD', 'CLOSED', 'DRAFT'] as const)('is left out while its project is %s', async (state) => {
    await withTasks([{ dueOn: today, assigneeId: workerId }], { state });
    expect(await toldTo(worker!)).toEqual({});
  });

  test('and is nobody’s is the project manager’s, and says so; a client’s is not', async () => {
    const [task] = await withTasks([{ dueOn: today }, { dueOn: today, side: 'CLIENT' }]);
    const [group] = await dayOf(pm!);
    expect(group).toMatchObject({ urgency: 'TODAY', count: 1, items: [{ key: task, whys: [{ isNobodys: true }] }] });
    expect(await dayOf(worker!)).toEqual([]);
  });
});

function dropUndefined(over: Task): Task {
  return Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined));
}

describe('what was handed in', () => {
  /** Handed in by somebody for a task of the client's side that is in review. */
  async function handedIn(by: string, over: { isOnBehalf?: boolean } = {}, of: Partial<Task> = {}): Promise<string> {
    const [taskId] = await withTasks([{ side: 'CLIENT', state: 'IN_REVIEW', isReviewWanted: true, ...of }]);
    const at = new Date(now);
    const stamps = { createdAt: at, finishedAt: at };
    await app.services.db.insert(submissions).values({
      ...{ id: uuidv7(), projectId: id!, taskId: taskId!, inputId: await inputOf(taskId!), version: 1, kind: 'URL' },
      ...{ url: 'https://x.example', state: 'ACCEPTED', submittedBy: by, isOnBehalf: over.isOnBehalf ?? false },
      ...stamps,
    });
    return taskId!;
  }
  async function inputOf(taskId: string): Promise<string> {
    const [row] = await app.services.db
      .insert(taskInputs)
      .values({
        ...{ id: uuidv7(), taskId, index: 0, key: 'url', kind: 'URL', label: 'Address', isRequired: true },
        spec: { kind: 'URL' } as never,
      })
      .returning({ id: taskInputs.id });
    return row!.id;
  }

  test('waits for whoever manages the project, by whom it came', async () => {
    const someone = await makeStaff(app.services, 'Zed', 'CLIENT_MEMBER');
    const taskId = await handedIn(someone);
    const [group] = await dayOf(pm!);
    expect(group).toMatchObject({ urgency: 'WAITING', items: [{ key: taskId }] });
    expect(group!.items[0]!.whys).toMatchObject([{ kind: 'REVIEW_WAITS', actor: { id: someone }, since: now }]);
  });

  test('waits for those of the role that is to look at it, and for nobody else', async () => {
    const someone = await makeStaff(app.services, 'Zed', 'CLIENT_MEMBER');
    const manager = await app.signIn({ id: await makeStaff(app.services, 'Eva', 'MANAGER') });
    const asked = await handedIn(someone, {}, { reviewerRole: 'MANAGER' });
    expect([await toldTo(pm!), await toldTo(worker!)]).toEqual([{}, {}]);
    expect(await toldTo(manager)).toEqual({ WAITING: [[asked, 'REVIEW_WAITS']] });
    const theirs = await handedIn(someone, {}, { reviewerRole: 'PM' });
    expect(await toldTo(pm!)).toEqual({ WAITING: [[theirs, 'REVIEW_WAITS']] });
    expect(await toldTo(manager)).toEqual({ WAITING: [[asked, 'REVIEW_WAITS']] });
  });

  test('by themselves waits for somebody else, unless it was in the client’s place', async () => {
    await handedIn(pmId!);
    expect(await dayOf(pm!)).toEqual([]);
    const taskId = await handedIn(pmId!, { isOnBehalf: true });
    expect(await toldTo(pm!)).toEqual({ WAITING: [[taskId, 'REVIEW_WAITS']] });
  });
});

test('an approval of the company waits for its approver, and for nobody who may not give it', async () => {
  const [theirs, nobodys] = await withTasks([
    { type: 'APPROVAL', assigneeId: workerId, dueOn: '2026-06-01' },
    { type: 'APPROVAL', dueOn: '2026-06-01' },
  ]);
  expect(await toldTo(pm!)).toEqual({ WAITING: [[nobodys, 'APPROVAL_WAITS']] });
  expect(await toldTo(worker!)).toEqual({});
  expect(theirs).not.toBe(nobodys);
});

describe('what is held up', () => {
  test('is a stuck task, for its assignee and the project manager, by whoever said so', async () => {
    const stuckSince = new Date('2026-03-09T08:00:00.000Z');
    const [task] = await withTasks([{ stuckSide: 'CLIENT', stuckSince, stuckBy: workerId, assigneeId: workerId }]);
    for (const session of [pm!, worker!]) {
      const [group] = await dayOf(session);
      expect(group).toMatchObject({ urgency: 'HELD_UP', items: [{ key: task, whys: [{ kind: 'STUCK' }] }] });
      expect(group!.items[0]!.whys[0]).toMatchObject({ actor: { id: workerId }, since: stuckSince.toISOString() });
    }
  });

  test.each<[active: string | null, owedSince: string, days: number | null]>([
    ['2026-02-27T10:00:00Z', '2026-02-20T10:00:00Z', 7],
    ['2026-03-02T10:00:00Z', '2026-02-20T10:00:00Z', null],
    [null, '2026-02-26T10:00:00Z', 8],
    ['2026-01-01T10:00:00Z', '2026-03-02T10:00:00Z', null],
  ])('a client active at %s who owes since %s is silent for %s working days', async (active, since, days) => {
    const owed: Task = { side: 'CLIENT', stateSince: new Date(since) };
    await withTasks([owed], { clientActiveAt: active === null ? null : new Date(active) });
    const groups = await dayOf(pm!);
    const told = groups.flatMap(({ items }) => items.flatMap(({ key, whys }) => whys.map((one) => [key, one.days])));
    expect(told).toEqual(days === null ? [] : [[id, days]]);
  });

  test('a silent client is as silent as health says', async () => {
    await withTasks([{ side: 'CLIENT', stateSince: new Date('2026-02-20T10:00:00Z') }], {
      clientActiveAt: new Date('2026-02-24T23:30:00Z'),
    });
    const { project } = await pm!.ask(`query ($id: ID!) { project(id: $id) { health { reasons { code days } } } }`, {
      id,
    });
    const [group] = await dayOf(pm!);
    const silent = project.health.reasons.find(({ code }: { code: string }) => code === 'CLIENT_SILENT');
    expect(group!.items[0]!.whys).toMatchObject([{ kind: 'CLIENT_SILENT', days: silent.days }]);
  });

  test('nothing is silent whose client owes nothing, or that is somebody else’s', async () => {
    await withTasks([{ side: 'COMPANY', dueOn: '2026-06-01' }], { clientActiveAt: null });
    expect(await dayOf(pm!)).toEqual([]);
    const other = await makeStaff(app.services, 'Cara', 'PM');
    const owed: Task = { side: 'CLIENT', stateSince: new Date('2026-01-20T10:00:00Z') };
    await withTasks([owed], { clientActiveAt: null, pm: other });
    expect(await dayOf(pm!)).toEqual([]);
  });
});

describe('a day that a side named', () => {
  const promised = (taskId: string, promisedOn: string, over: object = {}) =>
    app.services.db.insert(taskPromises).values({
      ...{ id: uuidv7(), projectId: id!, taskId, side: 'CLIENT', audience: 'SHARED', promisedOn, personId: clientId! },
      ...{ at: new Date('2026-03-05T09:00:00Z'), ...over },
    });

  test.each<[on: string, urgency: string | null, kind: string | null]>([
    ['2026-03-09', 'LATE', 'PROMISE_BROKEN'],
    [today, 'TODAY', 'PROMISE_DUE'],
    ['2026-03-11', null, null],
  ])('%s is %s', async (on, urgency, kind) => {
    const [task] = await withTasks([{ side: 'CLIENT' }]);
    await promised(task!, on);
    expect(await toldTo(pm!)).toEqual(urgency ? { [urgency]: [[task, kind]] } : {});
  });

  test('counts to its end where whoever named it is', async () => {
    const [task] = await withTasks([{ side: 'CLIENT' }]);
    await app.services.db.update(projects).set({ timeZone: 'America/New_York' }).where(eq(projects.id, id!));
    await promised(task!, today);
    // There it is still Tuesday.
    app.clock.set('2026-03-11T03:00:00.000Z');
    expect(await toldTo(pm!)).toEqual({ TODAY: [[task, 'PROMISE_DUE']] });
    app.clock.set('2026-03-11T05:00:00.000Z');
    expect(await toldTo(pm!)).toEqual({ LATE: [[task, 'PROMISE_BROKEN']] });
  });

  test('that has ended is nobody’s concern', async () => {
    const [task] = await withTasks([{ side: 'CLIENT' }]);
    await promised(task!, '2026-03-09', { endedAt: new Date(now), endedBy: 'MOVED' });
    expect(await dayOf(pm!)).toEqual([]);
  });
});

test('a mention stands there until it is read, and leads to its comment; of several the newest', async () => {
  const [taskId] = await withTasks([{ dueOn: '2026-06-01' }]);
  const say = (text: string) =>
    pm!.ask(
      `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } userErrors { code } } }`,
      { input: { taskId, text, audience: 'INTERNAL', idempotencyKey: randomUUID() } },
    );
  await say(`For @[${workerId}]`);
  const { commentAdd } = await say(`Again for @[${workerId}]`);
  const [group] = await dayOf(worker!);
  expect(group).toMatchObject({ urgency: 'WAITING', count: 1, items: [{ key: taskId }] });
  expect(group!.items[0]!.whys).toMatchObject([
    { kind: 'MENTIONED', actor: { id: pmId }, comment: { id: commentAdd.comment.id }, isOfNote: false },
  ]);
  await worker!.ask(`mutation { inboxRead(input: { throughPosition: 100000 }) { mark } }`);
  expect(await dayOf(worker!)).toEqual([]);
});

test('a task stands in a day once, with all its reasons, where the gravest puts it', async () => {
  const [first, second] = await withTasks([
    { dueOn: today, assigneeId: workerId, stuckSide: 'CLIENT', stuckSince: new Date(now), stuckBy: workerId },
    { dueOn: '2026-03-09', assigneeId: workerId },
  ]);
  expect(await toldTo(worker!)).toEqual({
    LATE: [[second, 'TASK_OVERDUE']],
    TODAY: [[first, 'TASK_DUE_TODAY', 'STUCK']],
  });
});

test('a group is counted beyond what is shown of it, the earliest first', async () => {
  const dues = ['2026-03-09', '2026-03-04', '2026-03-06'];
  const made = await withTasks(dues.map((dueOn) => ({ dueOn, assigneeId: workerId })));
  const [group] = await dayOf(worker!, 2);
  expect(group).toMatchObject({ urgency: 'LATE', count: 3 });
  expect(group!.items.map(({ key }) => key)).toEqual([made[1], made[2]]);
});

test('to a client there is no such day, and a contributor lands on theirs', async () => {
  await withTasks([{ dueOn: today }]);
  expect((await client!.ask('{ myDay { count } viewer { landsOn } }')).myDay).toBeNull();
  expect((await worker!.ask('{ viewer { landsOn } }')).viewer.landsOn).toBe('/my-day');
  expect((await pm!.ask('{ viewer { landsOn } }')).viewer.landsOn).toBe('/overview');
});
