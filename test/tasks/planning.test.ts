import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  company,
  notes,
  people,
  projectPartners,
  projects,
  taskInputs,
  tasks,
  taskTypes,
} from '../../drizzle/schema/index.ts';
import { inputSpec } from '../../server/inputs.ts';
import { taskAssign, taskCreate, taskEdit } from '../../server/tasks/planning.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { as, put, rowOf, tried, untie } from './taskRows.ts';

let app: TestApp;
let pm: Session;
let client: Session;
let taskId: string;
let phaseId: string;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
  const [task] = app.world.clients[0]!.tasks;
  taskId = task!.id;
  phaseId = task!.phaseId;
  await untie(app, taskId);
});
afterAll(() => app.close());

const revision = async () => (await rowOf(app, taskId)).revision;
const wanted = (more: object = {}) => ({
  phaseId,
  title: 'Check the new banner',
  type: 'CHECK' as const,
  side: 'CLIENT' as const,
  visibility: 'SHARED' as const,
  idempotencyKey: uuidv7(),
  ...more,
});

describe('a task made by hand', () => {
  test('stands at the end of its phase, ready, with a note, and a repeat makes no second', async () => {
    const input = wanted({ dueOn: '2026-03-20', isGate: true });
    const { value: made } = await taskCreate(as(app, 'PM'), input);
    const { value: again } = await taskCreate(as(app, 'PM'), input);
    expect(again.id).toBe(made.id);
    expect(made).toMatchObject({
      state: 'READY',
      dueOn: '2026-03-20',
      isGate: true,
      isReviewWanted: true,
      revision: 1,
    });
    expect(await app.services.db.$count(notes, eq(notes.taskId, made.id))).toBe(1);
    const query = 'query ($id: ID!) { project(id: $id) { phases { tasks { id index } } tasks { id index } } }';
    const { project } = await client.ask(query, { id: app.world.project.id });
    const road = project.tasks.map((task: { index: number }) => task.index);
    expect(road).toEqual(road.map((_: number, i: number) => i));
    expect(project.phases.map((phase: { tasks: { id: string }[] }) => phase.tasks.at(-1)?.id)).toContain(made.id);
  });

  test.each(taskTypes)('of type %s, with an input that can be handed in where its type asks for one', async (type) => {
    const { value: made } = await taskCreate(as(app, 'PM'), wanted({ type }));
    const inputs = await app.services.db.select().from(taskInputs).where(eq(taskInputs.taskId, made.id));
    for (const input of inputs) expect(inputSpec.parse(input.spec)).toEqual(input.spec);
    expect(inputs.map((input) => input.kind)).toEqual(['DNS', 'CHECK', 'WORK'].includes(type) ? [] : [type]);
  });

  test('is a planner’s to make, in a phase that they can see', async () => {
    for (const role of ['CLIENT_LEAD', 'PARTNER', 'CONTRIBUTOR', 'DIRECTOR'] as const) {
      expect([role, await tried(() => taskCreate(as(app, role), wanted()))]).toEqual([role, 'FORBIDDEN']);
    }
    const foreign = app.world.clients[1]!.tasks[0]!.phaseId;
    expect(await tried(() => taskCreate(as(app, 'CLIENT_LEAD'), wanted({ phaseId: foreign })))).toBe('NOT_FOUND');
    expect(await tried(() => taskCreate(as(app, 'PM'), wanted({ phaseId: uuidv7() })))).toBe('NOT_FOUND');
    expect(await tried(() => taskCreate(as(app, 'PM'), wanted({ title: '  ' })))).toBe('EMPTY');
  });
});

describe('editing', () => {
  const mutation = `mutation ($id: ID!, $input: TaskEditInput!) {
    taskEdit(id: $id, input: $input) { task { revision title dueOn dueInBusinessDays phase { id } } userErrors { code field } position } }`;

  test('changes what is given, clears a date with null, and leaves the rest', async () => {
    await put(app, taskId, { state: 'READY', dueOn: '2026-03-20' });
    const before = await rowOf(app, taskId);
    const { taskEdit: renamed } = await pm.ask(mutation, {
      id: taskId,
      input: { revision: before.revision, title: '  A new title ' },
    });
    expect(renamed.task).toMatchObject({ title: 'A new title', dueOn: '2026-03-20', revision: before.revision + 1 });
    const { taskEdit: undated } = await pm.ask(mutation, {
      id: taskId,
      input: { revision: before.revision + 1, dueOn: null },
    });
    expect(undated.task).toMatchObject({ title: 'A new title', dueOn: null, dueInBusinessDays: null });
    const same = { revision: before.revision + 2, title: 'A new title' };
    const { taskEdit: nothing } = await pm.ask(mutation, { id: taskId, input: same });
    expect(nothing).toMatchObject({ task: { revision: before.revision + 2 }, userErrors: [], position: null });
    const { taskEdit: stale } = await pm.ask(mutation, { id: taskId, input: { ...same, revision: 1 } });
    expect(stale).toMatchObject({ userErrors: [{ code: 'CONFLICT' }], task: { title: 'A new title' } });
  });

  test('moves a task to the end of another phase of its project, and of no other', async () => {
    const other = app.world.clients[0]!.tasks.find((task) => task.phaseId !== phaseId)!.phaseId;
    const { value } = await taskEdit(as(app, 'PM'), taskId, { revision: await revision(), phaseId: other });
    expect(value.phaseId).toBe(other);
    const foreign = app.world.clients[1]!.tasks[0]!.phaseId;
    const given = { revision: await revision(), phaseId: foreign };
    expect(await tried(() => taskEdit(as(app, 'PM'), taskId, given))).toBe('OTHER_PROJECT');
    await taskEdit(as(app, 'PM'), taskId, { revision: await revision(), phaseId });
  });

  test.each([
    [{ title: '' }, 'EMPTY'],
    [{ title: 'x'.repeat(201) }, 'TOO_LONG'],
    [{ purpose: 'x'.repeat(501) }, 'TOO_LONG'],
    [{ minutes: 0 }, 'OUT_OF_RANGE'],
  ])('%j is refused: %s', async (input, code) => {
    expect(await tried(async () => taskEdit(as(app, 'PM'), taskId, { revision: await revision(), ...input }))).toBe(
      code,
    );
  });

  test('the words as they are written are for whoever may edit them', async () => {
    const query = 'query ($id: ID!) { task(id: $id) { documentationSource viewerCan { edit } } }';
    expect((await client.ask(query, { id: taskId })).task).toEqual({
      documentationSource: null,
      viewerCan: { edit: false },
    });
    expect((await pm.ask(query, { id: taskId })).task.viewerCan.edit).toBe(true);
  });
});

describe('assigning', () => {
  test('to the client lead, whoever that is, and to a person again', async () => {
    await put(app, taskId, { state: 'READY' });
    const given = await taskAssign(as(app, 'PM'), taskId, {
      revision: await revision(),
      assigneeId: app.world.pm.id,
      isForLead: true,
    });
    expect(given.value).toMatchObject({ assigneeId: null, isForLead: true });
    const { value } = await taskAssign(as(app, 'PM'), taskId, {
      revision: await revision(),
      assigneeId: app.world.client.id,
    });
    expect(value).toMatchObject({ assigneeId: app.world.client.id, isForLead: false });
  });

  test('a lead gives their account’s work to their account’s people and nobody else', async () => {
    const lead = as(app, 'CLIENT_LEAD');
    const give = async (assigneeId: string) =>
      tried(async () => taskAssign(lead, taskId, { revision: await revision(), assigneeId }));
    expect(await give(app.world.client.id)).toMatchObject({ assigneeId: app.world.client.id });
    expect(await give(app.world.pm.id)).toBe('NOT_ASSIGNABLE');
    expect(await give(app.world.otherClient.id)).toBe('NOT_ASSIGNABLE');
    await put(app, taskId, { side: 'COMPANY', state: 'READY' });
    expect(await give(app.world.client.id)).toBe('FORBIDDEN');
  });

  test('a partner only where they are attached', async () => {
    await put(app, taskId, { state: 'READY' });
    const [somebody] = await app.services.db.select().from(people).where(eq(people.id, app.world.client.id));
    const partner = {
      ...somebody!,
      id: uuidv7(),
      email: 'dev@agency.example',
      role: 'PARTNER' as const,
      accountId: null,
    };
    await app.services.db.insert(people).values(partner);
    const give = async () =>
      tried(async () => taskAssign(as(app, 'PM'), taskId, { revision: await revision(), assigneeId: partner.id }));
    expect(await give()).toBe('NOT_ASSIGNABLE');
    const attached = { projectId: app.world.project.id, personId: partner.id, createdAt: app.clock.now() };
    await app.services.db.insert(projectPartners).values(attached);
    expect(await give()).toMatchObject({ assigneeId: partner.id });
    const { task } = await pm.ask('query ($id: ID!) { task(id: $id) { assignable { id } } }', { id: taskId });
    expect(task.assignable.map((one: { id: string }) => one.id)).toContain(partner.id);
  });
});

describe('the calendar of the side that owes', () => {
  const ask = async () =>
    (
      await client.ask(
        'query ($id: ID!) { task(id: $id) { isOverdue dueInBusinessDays nextBusinessDays(first: 3) } }',
        {
          id: taskId,
        },
      )
    ).task;

  test('a task is late after the close of business of its side, not of the day', async () => {
    await app.services.db
      .update(company)
      .set({ timeZone: 'America/New_York', closesAt: '18:00', holidays: ['2026-03-11'] });
    await app.services.db.update(projects).set({ timeZone: 'Europe/Berlin' });
    const late = async (side: 'CLIENT' | 'COMPANY', at: string) => {
      app.clock.set(at);
      await put(app, taskId, { state: 'READY', side, dueOn: '2026-03-10' });
      return (await ask()).isOverdue;
    };
    expect(await late('CLIENT', '2026-03-10T16:59:00Z')).toBe(false);
    expect(await late('CLIENT', '2026-03-10T17:00:00Z')).toBe(true);
    expect(await late('COMPANY', '2026-03-10T17:00:00Z')).toBe(false);
    expect(await late('COMPANY', '2026-03-10T22:00:00Z')).toBe(true);
  });

  test('the company’s days off are its own', async () => {
    app.clock.set('2026-03-10T09:00:00Z');
    await put(app, taskId, { state: 'READY', side: 'COMPANY', dueOn: '2026-03-13' });
    expect(await ask()).toMatchObject({
      dueInBusinessDays: 2,
      nextBusinessDays: ['2026-03-12', '2026-03-13', '2026-03-16'],
    });
    await put(app, taskId, { state: 'READY', side: 'CLIENT', dueOn: '2026-03-13' });
    expect(await ask()).toMatchObject({
      dueInBusinessDays: 3,
      nextBusinessDays: ['2026-03-11', '2026-03-12', '2026-03-13'],
    });
  });

  test('a project is nobody’s turn by the clock while that side is not at work, and on hold altogether', async () => {
    const query =
      'query ($id: ID!) { project(id: $id) { court courtNow nextStep { id } tasks { id court isOverdue } } }';
    const id = app.world.project.id;
    app.clock.set('2026-03-10T10:00:00Z');
    await app.services.db.update(tasks).set({ dueOn: '2026-12-01' }).where(eq(tasks.projectId, id));
    await put(app, taskId, { state: 'READY', side: 'CLIENT', dueOn: '2026-03-13' });
    expect((await client.ask(query, { id })).project).toMatchObject({ court: 'CLIENT', courtNow: 'CLIENT' });
    app.clock.set('2026-03-10T20:00:00Z');
    expect((await client.ask(query, { id })).project).toMatchObject({ court: 'CLIENT', courtNow: 'NOBODY' });
    await put(app, taskId, { state: 'READY', side: 'CLIENT', dueOn: '2026-03-09' });
    expect((await client.ask(query, { id })).project.tasks).toContainEqual(
      expect.objectContaining({ id: taskId, isOverdue: true }),
    );
    await app.services.db.update(projects).set({ state: 'ON_HOLD' }).where(eq(projects.id, id));
    const { project } = await client.ask(query, { id });
    expect(project).toMatchObject({ court: 'NOBODY', courtNow: 'NOBODY', nextStep: null });
    for (const task of project.tasks) expect(task).toMatchObject({ court: 'NOBODY', isOverdue: false });
    await app.services.db.update(projects).set({ state: 'ACTIVE' }).where(eq(projects.id, id));
  });
});
