import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { events, projects, taskDependencies, tasks } from '../../drizzle/schema/index.ts';
import { makeClient, makeIntegration, makeStaff } from '../overview/make.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let [pm, client]: Session[] = [];
let [pmId, id]: string[] = [];
let ids: Record<'feed' | 'check' | 'live', string>;

/** The clock stands on Tuesday 10 March 2026. Feed, two days; then a check of three; then the gate, of one. */
beforeAll(async () => {
  app = await startTestApp({ sample: false });
  pmId = await makeStaff(app.services, 'Anna', 'PM');
  pm = await app.signIn({ id: pmId });
});
afterAll(() => app.close());

beforeEach(async () => {
  app.clock.set('2026-03-10T09:00:00.000Z');
  const { db } = app.services;
  const task = (over: object) => ({ state: 'NOT_READY' as const, dueOn: '2026-03-20', ...over });
  id = await makeIntegration(app.services, {
    account: `Alder ${Math.random()}`,
    pm: pmId!,
    targetOn: '2026-03-31',
    road: [
      {
        name: 'Data',
        tasks: [
          task({ durationDays: 2, state: 'READY', side: 'CLIENT' }),
          task({ durationDays: 3, visibility: 'INTERNAL', assigneeId: pmId }),
          task({ durationDays: 1, isGate: true }),
        ],
      },
    ],
  });
  const rows = await db.select().from(tasks).where(eq(tasks.projectId, id)).orderBy(tasks.index);
  const [feed, check, live] = rows.map((row) => row.id);
  ids = { feed: feed!, check: check!, live: live! };
  await db.insert(taskDependencies).values([
    { taskId: ids.check, predecessorId: ids.feed },
    { taskId: ids.live, predecessorId: ids.check },
  ]);
  client = await app.signIn({ id: await makeClient(app.services, id, 'Zoe') });
});

const rowOf = async (taskId: string) => {
  const [row] = await app.services.db.select().from(tasks).where(eq(tasks.id, taskId));
  return row!;
};
const dueDays = async () => {
  const rows = await Promise.all([rowOf(ids.feed), rowOf(ids.check), rowOf(ids.live)]);
  return rows.map((row) => row.dueOn);
};
const edit = async (taskId: string, input: object) =>
  (
    await pm!.ask(
      `mutation ($id: ID!, $input: TaskEditInput!) { taskEdit(id: $id, input: $input) {
        task { revision durationDays dueOn pin { edge on } } userErrors { code field } } }`,
      { id: taskId, input: { revision: (await rowOf(taskId)).revision, ...input } },
    )
  ).taskEdit;
const replan = (who: Session, input: object) =>
  who.gql(
    `mutation ($id: ID!, $input: ProjectReplanInput!) { projectReplan(id: $id, input: $input) {
      moved { from to task { id } } position userErrors { code message } } }`,
    { id, input },
  );
const move = async (step: string, reason: string | null = null) => {
  const [row] = await app.services.db.select().from(projects).where(eq(projects.id, id!));
  const { projectMove } = await pm!.ask(
    `mutation ($id: ID!, $input: ProjectMoveInput!) { projectMove(id: $id, input: $input) { userErrors { code } } }`,
    { id, input: { revision: row!.revision, move: step, reason } },
  );
  expect(projectMove.userErrors).toEqual([]);
};
const preview = (who: Session, change: object) =>
  who.gql(
    `query ($id: ID!, $change: PlanChangeInput!) { planPreview(projectId: $id, change: $change) {
      moves { fromOn toOn task { id } } before { p50On p80On } after { p50On p80On }
      conflicts { code on task { id } predecessor { id } path { id } } others { project { name } person { name } } } }`,
    { id, change },
  );
const codeOf = ({ errors }: Awaited<ReturnType<Session['gql']>>) => errors[0]?.extensions?.code;

describe('the forecast', () => {
  const ask = (who: Session) =>
    who.ask(
      `query ($id: ID!) { project(id: $id) { forecastOn forecast { p50On p80On } schedule { goLiveOn conflicts { code on } }
        tasks { schedule { startOn finishOn slackDays isCritical } } } }`,
      { id },
    );

  test('tells staff days, slack and the path, and a client one day', async () => {
    const { project } = await ask(pm!);
    expect(project.schedule).toEqual({ goLiveOn: '2026-03-17', conflicts: [] });
    expect(project.forecast.p80On >= project.forecast.p50On).toBe(true);
    expect(project.forecastOn).toBe(project.forecast.p80On);
    expect(project.tasks.map((task: { schedule: object }) => task.schedule)).toEqual([
      { startOn: '2026-03-10', finishOn: '2026-03-11', slackDays: 0, isCritical: true },
      { startOn: '2026-03-12', finishOn: '2026-03-16', slackDays: 0, isCritical: true },
      { startOn: '2026-03-17', finishOn: '2026-03-17', slackDays: 0, isCritical: true },
    ]);
    const seen = (await ask(client!)).project;
    expect(seen.forecastOn).toBe(project.forecastOn);
    expect([seen.forecast, seen.schedule]).toEqual([null, null]);
    expect(seen.tasks.map((task: { schedule: object | null }) => task.schedule)).toEqual([null, null]);
  });

  test('follows the target into health, from both sides', async () => {
    const state = async () =>
      (await pm!.ask(`query ($id: ID!) { project(id: $id) { health { state reasons { code on } } } }`, { id })).project
        .health;
    expect(await state()).toEqual({ state: 'ON_TRACK', reasons: [] });
    const { p50On, p80On } = (await ask(pm!)).project.forecast;
    await app.services.db.update(projects).set({ targetOn: '2026-03-11' }).where(eq(projects.id, id!));
    expect(await state()).toMatchObject({
      state: 'OFF_TRACK',
      reasons: [{ code: 'FORECAST_AFTER_TARGET', on: p50On }],
    });
    expect(p80On > p50On).toBe(true);
    await app.services.db.update(projects).set({ targetOn: p50On }).where(eq(projects.id, id!));
    expect(await state()).toMatchObject({ state: 'AT_RISK', reasons: [{ code: 'FORECAST_NEAR_TARGET', on: p80On }] });
  });

  test('goes on from what was begun, and comes again as what it was when that is taken back', async () => {
    const before = (await ask(pm!)).project.schedule.goLiveOn;
    app.clock.set('2026-03-12T09:00:00.000Z');
    expect((await ask(pm!)).project.schedule.goLiveOn).toBe('2026-03-19');
    const { taskStart } = await client!.ask(
      `mutation ($id: ID!) { taskStart(id: $id, input: { revision: 1 }) { task { state } userErrors { code } } }`,
      { id: ids.feed },
    );
    expect(taskStart.userErrors).toEqual([]);
    expect((await rowOf(ids.feed)).startedAt).toEqual(new Date('2026-03-12T09:00:00.000Z'));
    expect(before).toBe('2026-03-17');
  });
});

describe('planning a task', () => {
  test('a due day by hand is held by the plan, is told as one event, and goes with its day', async () => {
    expect((await edit(ids.check, { dueOn: '2026-03-25' })).task).toMatchObject({
      dueOn: '2026-03-25',
      pin: { edge: 'FINISH', on: '2026-03-25' },
    });
    const kinds = await app.services.db.select().from(events).where(eq(events.taskId, ids.check));
    expect(kinds.map((event) => event.kind)).toEqual(['task.dueMoved']);
    expect((await edit(ids.check, { dueOn: null })).task.pin).toBeNull();
    expect((await edit(ids.check, { dueOn: '2026-03-25', pin: null })).task.pin).toBeNull();
    expect((await edit(ids.check, { pin: { edge: 'START', on: '2026-03-18' } })).task.pin).toEqual({
      edge: 'START',
      on: '2026-03-18',
    });
  });

  test.each([-1, 401])('%i working days are refused', async (durationDays) => {
    expect((await edit(ids.feed, { durationDays })).userErrors).toEqual([
      { code: 'OUT_OF_RANGE', field: 'durationDays' },
    ]);
  });

  test('a link by which both are worked on holds nobody up; its kind and lag can be changed', async () => {
    const link = async (input: object) =>
      (
        await pm!.ask(
          `mutation ($id: ID!, $input: TaskDependencyAddInput!) { taskDependencyAdd(id: $id, input: $input) {
            task { state links { kind lagDays predecessor { id } } } userErrors { code field } } }`,
          { id: ids.check, input: { revision: (await rowOf(ids.check)).revision, predecessorId: ids.feed, ...input } },
        )
      ).taskDependencyAdd;
    expect((await link({ lagDays: 201 })).userErrors).toEqual([{ code: 'OUT_OF_RANGE', field: 'lagDays' }]);
    expect((await link({ kind: 'START_TO_START', lagDays: 1 })).task).toEqual({
      state: 'READY',
      links: [{ kind: 'START_TO_START', lagDays: 1, predecessor: { id: ids.feed } }],
    });
    expect((await link({ lagDays: 0 })).task).toMatchObject({ state: 'NOT_READY' });
    expect((await link({ lagDays: -1 })).task).toMatchObject({ state: 'READY' });
  });
});

describe('planning a project anew', () => {
  test('moves every due day to the plan with an event each; the days before bring them back', async () => {
    const { data, errors } = await replan(pm!, { direction: 'FORWARD' });
    expect(errors).toEqual([]);
    expect(await dueDays()).toEqual(['2026-03-11', '2026-03-16', '2026-03-17']);
    const told = await app.services.db
      .select()
      .from(events)
      .where(and(eq(events.projectId, id!), eq(events.kind, 'task.dueMoved')));
    expect(told.map(({ audience }) => audience).sort()).toEqual(['INTERNAL', 'SHARED', 'SHARED']);
    const { moved } = data.projectReplan;
    expect(moved).toHaveLength(3);
    await replan(pm!, {
      days: moved.map((one: { from: string; task: { id: string } }) => ({ taskId: one.task.id, dueOn: one.from })),
    });
    expect(await dueDays()).toEqual(['2026-03-20', '2026-03-20', '2026-03-20']);
  });

  test('backward ends on the target, and is refused with the earliest day when it cannot', async () => {
    await replan(pm!, { direction: 'BACKWARD' });
    expect(await dueDays()).toEqual(['2026-03-25', '2026-03-30', '2026-03-31']);
    await app.services.db.update(projects).set({ targetOn: '2026-03-13' }).where(eq(projects.id, id!));
    const { data } = await replan(pm!, { direction: 'BACKWARD' });
    expect(data.projectReplan.userErrors).toMatchObject([{ code: 'TARGET_TOO_EARLY' }]);
    expect(data.projectReplan.userErrors[0].message).toContain('2026-03-17');
    expect(await dueDays()).toEqual(['2026-03-25', '2026-03-30', '2026-03-31']);
  });

  test('is not for clients, nor for the tasks of another project, nor for both ways at once', async () => {
    expect(codeOf(await replan(client!, { direction: 'FORWARD' }))).toBe('FORBIDDEN');
    expect(codeOf(await replan(pm!, {}))).toBe('BAD_USER_INPUT');
    expect(codeOf(await replan(pm!, { direction: 'FORWARD', days: [] }))).toBe('BAD_USER_INPUT');
    const other = await makeIntegration(app.services, {
      account: 'Birch',
      pm: pmId!,
      road: [{ name: 'a', tasks: [{}] }],
    });
    const [row] = await app.services.db.select().from(tasks).where(eq(tasks.projectId, other));
    const { data } = await replan(pm!, { days: [{ taskId: row!.id, dueOn: '2026-03-30' }] });
    expect(data.projectReplan.userErrors).toMatchObject([{ code: 'OTHER_PROJECT' }]);
  });
});

test('what a hold put off is due as many working days later; the target and the baseline stay', async () => {
  await app.services.db.update(tasks).set({ baselineOn: '2026-03-20' }).where(eq(tasks.id, ids.feed));
  await app.services.db
    .update(tasks)
    .set({ pinEdge: 'FINISH', pinOn: '2026-03-20', startsOn: '2026-03-02' })
    .where(eq(tasks.id, ids.check));
  await move('HOLD', 'Their shop moves');
  app.clock.set('2026-03-17T09:00:00.000Z');
  await move('RESUME');
  expect(await dueDays()).toEqual(['2026-03-27', '2026-03-27', '2026-03-27']);
  expect(await rowOf(ids.check)).toMatchObject({ pinOn: '2026-03-27', startsOn: '2026-03-02' });
  expect((await rowOf(ids.feed)).baselineOn).toBe('2026-03-20');
  const [project] = await app.services.db.select().from(projects).where(eq(projects.id, id!));
  expect(project!.targetOn).toBe('2026-03-31');
});

test('the days that a project is activated with are kept', async () => {
  await app.services.db.update(projects).set({ state: 'DRAFT', activatedAt: null }).where(eq(projects.id, id!));
  await move('ACTIVATE');
  expect((await rowOf(ids.live)).baselineOn).toBe('2026-03-20');
  const [project] = await app.services.db.select().from(projects).where(eq(projects.id, id!));
  expect(project!.baselineTargetOn).toBe('2026-03-31');
});

describe('the preview of a change', () => {
  const movesOf = async (change: object) => {
    const { data, errors } = await preview(pm!, change);
    expect(errors).toEqual([]);
    const names = Object.fromEntries(Object.entries(ids).map(([name, taskId]) => [taskId, name]));
    return data.planPreview.moves.map(
      (one: { fromOn: string; toOn: string; task: { id: string } }) =>
        `${names[one.task.id]} ${one.fromOn} ${one.toOn}`,
    );
  };

  test.each([
    [
      'a later due day',
      () => ({ taskId: ids.feed, due: { dueOn: '2026-03-18' } }),
      ['feed 2026-03-11 2026-03-18', 'check 2026-03-16 2026-03-23', 'live 2026-03-17 2026-03-24'],
    ],
    [
      'a longer task',
      () => ({ taskId: ids.check, durationDays: 5 }),
      ['check 2026-03-16 2026-03-18', 'live 2026-03-17 2026-03-19'],
    ],
    ['a waiver', () => ({ taskId: ids.check, isWaived: true }), ['live 2026-03-17 2026-03-11']],
    [
      'a link that goes',
      () => ({ taskId: ids.check, link: { predecessorId: ids.feed, isRemoved: true } }),
      ['check 2026-03-16 2026-03-12', 'live 2026-03-17 2026-03-13'],
    ],
    [
      'a pin',
      () => ({ taskId: ids.live, pin: { pin: { edge: 'START', on: '2026-03-23' } } }),
      ['live 2026-03-17 2026-03-23'],
    ],
    ['nothing new', () => ({ taskId: ids.check, durationDays: 3 }), []],
  ])('%s moves what waits for it, and saves nothing', async (_, change, moves) => {
    expect(await movesOf(change())).toEqual(moves);
    expect(await dueDays()).toEqual(['2026-03-20', '2026-03-20', '2026-03-20']);
  });

  test('names the circle that a link would close, and the forecast that a later day brings', async () => {
    const circle = await preview(pm!, { taskId: ids.feed, link: { predecessorId: ids.live } });
    const [{ code, path }] = circle.data.planPreview.conflicts;
    expect(code).toBe('CYCLE');
    expect(path.map((task: { id: string }) => task.id)).toHaveLength(4);
    expect(circle.data.planPreview.after).toBeNull();
    const later = await preview(pm!, { taskId: ids.feed, due: { dueOn: '2026-03-18' } });
    expect(later.data.planPreview.after.p50On > later.data.planPreview.before.p50On).toBe(true);
  });

  test('names other projects of whoever has the moved work', async () => {
    await makeIntegration(app.services, {
      account: 'Cedar',
      pm: pmId!,
      road: [
        {
          name: 'a',
          tasks: [
            { assigneeId: pmId, dueOn: '2026-03-17' },
            { assigneeId: pmId, dueOn: '2026-05-17' },
          ],
        },
      ],
    });
    const { data } = await preview(pm!, { taskId: ids.check, durationDays: 5 });
    expect(data.planPreview.others).toContainEqual({ project: { name: 'Cedar search' }, person: { name: 'Anna' } });
  });

  test('does not exist for a client; a change is one, of a task of the project', async () => {
    expect(codeOf(await preview(client!, { taskId: ids.feed, durationDays: 3 }))).toBe('NOT_FOUND');
    expect(codeOf(await preview(pm!, { taskId: ids.feed }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await preview(pm!, { taskId: ids.feed, durationDays: 3, isWaived: true }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await preview(pm!, { taskId: pmId, durationDays: 3 }))).toBe('NOT_FOUND');
  });
});
