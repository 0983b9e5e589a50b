import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectStates, projects, taskInputs, taskStates } from '../../drizzle/schema/index.ts';

import { type Role, roles } from '../../server/access/viewer.ts';
import type { Ctx } from '../../server/platform/services.ts';
import type { ProjectState } from '../../server/projects/moves.ts';
import {
  taskCancel,
  taskComplete,
  taskFlagStuck,
  taskReopen,
  taskStart,
  taskUnstick,
  taskWaive,
} from '../../server/tasks/commands.ts';
import { asksForInput, canMove, type MoveKind, moves, type TaskState } from '../../server/tasks/states.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { as, put, rowOf, type TaskRow, tried, untie } from './taskRows.ts';

let app: TestApp;
let taskId: string;

beforeAll(async () => {
  app = await startTestApp();
  taskId = app.world.clients[0]!.tasks[0]!.id;
  await untie(app, taskId);
});
afterAll(() => app.close());

const reason = 'Because of the test';
const acts = {
  start: (ctx: Ctx, id: string, revision: number) => taskStart(ctx, id, { revision }),
  complete: (ctx: Ctx, id: string, revision: number) => taskComplete(ctx, id, { revision }),
  waive: (ctx: Ctx, id: string, revision: number) => taskWaive(ctx, id, { revision, reason }),
  cancel: (ctx: Ctx, id: string, revision: number) => taskCancel(ctx, id, { revision, reason }),
  reopen: (ctx: Ctx, id: string, revision: number) => taskReopen(ctx, id, { revision, reason }),
  flagStuck: (ctx: Ctx, id: string, revision: number) => taskFlagStuck(ctx, id, { revision, reason, side: 'COMPANY' }),
  unstick: (ctx: Ctx, id: string, revision: number) => taskUnstick(ctx, id, { revision }),
};
type ActName = keyof typeof acts;

/** Where each act leads from each state, or what it is refused with: said a second time, and whole by its type. */
const no = 'WRONG_STATE';
// biome-ignore format: a table is read by its columns
const table: { [S in TaskState]: { [A in ActName]: TaskState | typeof no } } = {
  //                  start                 complete          waive            cancel               reopen                 flagStuck                        unstick
  NOT_READY:         { start: no,            complete: no,     waive: 'WAIVED', cancel: 'CANCELLED', reopen: no,            flagStuck: no,                   unstick: 'NOT_READY' },
  READY:             { start: 'IN_PROGRESS', complete: 'DONE', waive: 'WAIVED', cancel: 'CANCELLED', reopen: no,            flagStuck: 'READY',              unstick: 'READY' },
  IN_PROGRESS:       { start: no,            complete: 'DONE', waive: 'WAIVED', cancel: 'CANCELLED', reopen: no,            flagStuck: 'IN_PROGRESS',        unstick: 'IN_PROGRESS' },
  SUBMITTED:         { start: no,            complete: no,     waive: 'WAIVED', cancel: 'CANCELLED', reopen: no,            flagStuck: 'SUBMITTED',          unstick: 'SUBMITTED' },
  IN_REVIEW:         { start: no,            complete: no,     waive: 'WAIVED', cancel: 'CANCELLED', reopen: no,            flagStuck: 'IN_REVIEW',          unstick: 'IN_REVIEW' },
  CHANGES_REQUESTED: { start: no,            complete: no,     waive: 'WAIVED', cancel: 'CANCELLED', reopen: no,            flagStuck: 'CHANGES_REQUESTED',  unstick: 'CHANGES_REQUESTED' },
  DONE:              { start: no,            complete: no,     waive: no,       cancel: no,          reopen: 'IN_PROGRESS', flagStuck: no,                   unstick: 'DONE' },
  WAIVED:            { start: no,            complete: no,     waive: no,       cancel: no,          reopen: 'READY',       flagStuck: no,                   unstick: 'WAIVED' },
  CANCELLED:         { start: no,            complete: no,     waive: no,       cancel: no,          reopen: 'READY',       flagStuck: no,                   unstick: 'CANCELLED' },
};

/** Who may do each, on a shared task that the client owes. */
const yes = true;
// biome-ignore format: a table is read by its columns
const allowed: { [R in Role]: { [A in ActName]: boolean } } = {
  CLIENT_VIEWER:  { start: !yes, complete: !yes, waive: !yes, cancel: !yes, reopen: !yes, flagStuck: !yes, unstick: !yes },
  CLIENT_SPONSOR: { start: !yes, complete: !yes, waive: !yes, cancel: !yes, reopen: !yes, flagStuck: !yes, unstick: !yes },
  CLIENT_MEMBER:  { start: yes,  complete: yes,  waive: !yes, cancel: !yes, reopen: !yes, flagStuck: yes,  unstick: yes },
  CLIENT_LEAD:    { start: yes,  complete: yes,  waive: !yes, cancel: !yes, reopen: !yes, flagStuck: yes,  unstick: yes },
  PARTNER:        { start: yes,  complete: yes,  waive: !yes, cancel: !yes, reopen: !yes, flagStuck: yes,  unstick: yes },
  CONTRIBUTOR:    { start: yes,  complete: yes,  waive: !yes, cancel: !yes, reopen: !yes, flagStuck: yes,  unstick: yes },
  PM:             { start: yes,  complete: yes,  waive: yes,  cancel: yes,  reopen: yes,  flagStuck: yes,  unstick: yes },
  MANAGER:        { start: yes,  complete: yes,  waive: yes,  cancel: yes,  reopen: yes,  flagStuck: yes,  unstick: yes },
  DIRECTOR:       { start: !yes, complete: !yes, waive: !yes, cancel: !yes, reopen: !yes, flagStuck: !yes, unstick: !yes },
  ADMIN:          { start: yes,  complete: yes,  waive: yes,  cancel: yes,  reopen: yes,  flagStuck: yes,  unstick: yes },
};

const names = Object.keys(acts) as ActName[];
const cells = taskStates.flatMap((state) => names.map((act) => ({ state, act })));

test('every state, act and role has its cell', () => {
  expect(Object.keys(table).sort()).toEqual([...taskStates].sort());
  expect(Object.keys(allowed).sort()).toEqual([...roles].sort());
  for (const row of [...Object.values(table), ...Object.values(allowed)]) expect(Object.keys(row)).toEqual(names);
  expect(cells).toHaveLength(63);
});

test.each(cells)('$act of a task that is $state, by each of the ten roles', async ({ state, act }) => {
  const outcomes: Record<string, string> = {};
  const wanted: Record<string, string> = {};
  for (const role of roles) {
    const stuck = act === 'unstick' ? ({ stuckSide: 'CLIENT', stuckSince: app.clock.now() } as const) : {};
    const { revision } = await put(app, taskId, { state, ...stuck });
    const done = await tried(() => acts[act](as(app, role), taskId, revision));
    const now = await rowOf(app, taskId);
    wanted[role] = allowed[role][act] ? table[state][act] : 'FORBIDDEN';
    outcomes[role] = typeof done === 'string' ? done : now.state;
    if (typeof done === 'string') expect([role, now.revision]).toEqual([role, revision]);
    else expect([role, now.revision, now.state]).toEqual([role, revision + 1, done.state]);
  }
  expect(outcomes).toEqual(wanted);
});

/** Whether a task is worked on, by the state of its project: on hold its clocks stand still, and work may go on. */
const worked: { [S in ProjectState]: boolean } = {
  DRAFT: true,
  ACTIVE: true,
  ON_HOLD: true,
  LIVE: true,
  CLOSED: false,
  CANCELLED: false,
};

describe.each(projectStates)('in a project that is %s', (projectState) => {
  const ofTask =
    'query ($id: ID!) { task(id: $id) { viewerCan { start complete waive cancel reopen flagStuck unstick edit assign submit setVisibility comment } } }';
  beforeAll(() => inState(projectState));
  afterAll(() => inState('ACTIVE'));
  const inState = async (state: ProjectState) =>
    void (await app.services.db
      .update(projects)
      .set({ state })
      .where(eq(projects.id, app.world.clients[0]!.project.id)));

  test.each(cells)('$act of a task that is $state', async ({ state, act }) => {
    for (const role of ['PM', 'ADMIN', 'CONTRIBUTOR', 'CLIENT_LEAD', 'CLIENT_VIEWER'] as const) {
      const stuck = act === 'unstick' ? ({ stuckSide: 'CLIENT', stuckSince: app.clock.now() } as const) : {};
      const { revision } = await put(app, taskId, { state, ...stuck });
      const done = await tried(() => acts[act](as(app, role), taskId, revision));
      const allowedHere = worked[projectState] ? table[state][act] : 'PROJECT_OVER';
      const outcome = typeof done === 'string' ? done : (await rowOf(app, taskId)).state;
      expect([role, outcome]).toEqual([role, allowed[role][act] ? allowedHere : 'FORBIDDEN']);
    }
  });

  test('no button is offered that would be refused', async () => {
    await put(app, taskId, { state: 'READY' });
    const { task } = await (await app.signIn(app.world.pm)).ask(ofTask, { id: taskId });
    const { setVisibility, comment, ...work } = task.viewerCan;
    expect([setVisibility, comment]).toEqual([true, true]);
    const isAny = Object.values(work).some(Boolean);
    expect(isAny).toBe(worked[projectState]);
  });
});

describe('the table of moves', () => {
  /** Every move from every state, said a second time as the letters of the states that it leads from. */
  const from: { [K in MoveKind]: readonly TaskState[] } = {
    'task.ready': ['NOT_READY'],
    'task.notReady': ['READY'],
    'task.started': ['READY'],
    'task.submitted': ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED'],
    'task.reviewStarted': ['SUBMITTED'],
    'task.accepted': ['SUBMITTED'],
    'task.rejected': ['SUBMITTED'],
    'task.approved': ['IN_REVIEW'],
    'task.changesRequested': ['IN_REVIEW'],
    'task.completed': ['READY', 'IN_PROGRESS'],
    'task.waived': ['NOT_READY', 'READY', 'IN_PROGRESS', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED'],
    'task.cancelled': ['NOT_READY', 'READY', 'IN_PROGRESS', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED'],
    'task.reopened': ['DONE', 'WAIVED', 'CANCELLED'],
    'task.broke': ['DONE'],
  };

  test.each(Object.keys(moves) as MoveKind[])('%s', (kind) => {
    expect(taskStates.filter((state) => canMove({ state }, kind)).sort()).toEqual([...from[kind]].sort());
  });
});

describe('what the table cannot say', () => {
  const pm = () => as(app, 'PM');
  const at = async (change: Partial<TaskRow>) => (await put(app, taskId, change)).revision;

  /** The task asks for a file, which must be handed in or may be. */
  const asks = async (isRequired: boolean) => {
    await untie(app, taskId);
    const input = { kind: 'FILE', label: 'A file', isRequired } as const;
    const spec = { kind: 'FILE' as const, acceptedExtensions: ['.csv'] };
    const key = `file${isRequired}`;
    const row = { id: uuidv7(), taskId, index: 9, key, ...input, spec };
    await app.services.db
      .insert(taskInputs)
      .values(row)
      .onConflictDoUpdate({
        target: [taskInputs.taskId, taskInputs.key],
        set: { isRequired },
      });
  };

  test.each([
    ['FILE', [], true],
    ['URL', [], true],
    ['FORM', [], true],
    ['CREDENTIALS', [], true],
    ['APPROVAL', [], true],
    ['MEETING', [], false],
    ['DNS', [], false],
    ['CHECK', [], false],
    ['WORK', [], false],
    ['CHECK', [{ kind: 'FILE', isRequired: true }], true],
    ['FILE', [{ kind: 'FILE', isRequired: false }], false],
  ] as const)('a %s with %j asks for input: %s', (type, inputs, wanted) => {
    expect(asksForInput({ type }, inputs)).toBe(wanted);
  });

  test('what must be handed in is not done by saying so, and what may be is', async () => {
    await asks(true);
    const revision = await at({ state: 'READY' });
    expect(await tried(() => taskComplete(pm(), taskId, { revision }))).toBe('INPUT_NEEDED');
    await asks(false);
    expect(await tried(() => taskComplete(pm(), taskId, { revision }))).toMatchObject({ state: 'DONE' });
  });

  test('a third party’s task is completed by planners alone, whatever it asks for', async () => {
    const revision = await at({ type: 'FILE', side: 'THIRD_PARTY', state: 'READY' });
    expect(await tried(() => taskComplete(as(app, 'CONTRIBUTOR'), taskId, { revision }))).toBe('FORBIDDEN');
    expect(await tried(() => taskComplete(as(app, 'CLIENT_LEAD'), taskId, { revision }))).toBe('FORBIDDEN');
    expect(await tried(() => taskComplete(pm(), taskId, { revision }))).toMatchObject({ state: 'DONE' });
  });

  test('what was done and asks for input goes on where changes are wanted, and the rest in progress', async () => {
    await asks(true);
    const file = await at({ type: 'FILE', state: 'DONE' });
    expect(await tried(() => taskReopen(pm(), taskId, { revision: file, reason }))).toMatchObject({
      state: 'CHANGES_REQUESTED',
    });
    await untie(app, taskId);
    const check = await at({ type: 'CHECK', state: 'DONE' });
    expect(await tried(() => taskReopen(pm(), taskId, { revision: check, reason }))).toMatchObject({
      state: 'IN_PROGRESS',
    });
  });

  test.each(['waive', 'cancel', 'reopen', 'flagStuck'] as const)('%s without a reason is refused', async (act) => {
    const revision = await at({ state: act === 'reopen' ? 'DONE' : 'READY' });
    const given = { revision, reason: '  \n', side: 'COMPANY' as const };
    const command = { waive: taskWaive, cancel: taskCancel, reopen: taskReopen, flagStuck: taskFlagStuck }[act];
    expect(await tried(() => command(pm(), taskId, given))).toBe('REASON_MISSING');
    expect(await tried(() => command(pm(), taskId, { ...given, reason: 'x'.repeat(2001) }))).toBe('TOO_LONG');
    expect((await rowOf(app, taskId)).revision).toBe(revision);
  });

  test('a stale revision is a conflict, also where the state would refuse', async () => {
    const revision = await at({ state: 'DONE' });
    for (const act of names) expect(await tried(() => acts[act](pm(), taskId, revision - 1))).toBe('CONFLICT');
  });

  test('of two who waive and complete at once, one is done and the other is told', async () => {
    const revision = await at({ state: 'READY' });
    const outcomes = await Promise.all([
      tried(() => taskComplete(as(app, 'CLIENT_MEMBER'), taskId, { revision })),
      tried(() => taskWaive(pm(), taskId, { revision, reason })),
    ]);
    expect(outcomes.filter((one) => one === 'CONFLICT')).toHaveLength(1);
    expect((await rowOf(app, taskId)).revision).toBe(revision + 1);
  });

  test('being stuck ends with delivery and with the task', async () => {
    const stuck = { stuckSide: 'COMPANY', stuckBy: app.world.pm.id, stuckSince: app.clock.now() } as const;
    const revision = await at({ state: 'READY', ...stuck });
    await taskStart(pm(), taskId, { revision });
    expect(await rowOf(app, taskId)).toMatchObject({ state: 'IN_PROGRESS', stuckSide: 'COMPANY' });
    await taskWaive(pm(), taskId, { revision: revision + 1, reason });
    expect(await rowOf(app, taskId)).toMatchObject({ stuckSide: null, stuckBy: null, stuckSince: null });
    expect(await tried(() => taskUnstick(pm(), taskId, { revision: revision + 2 }))).toBe('NOT_STUCK');
  });
});
