import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { projects, tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let projectId: string;
let openId: string;
let doneId: string;
beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  projectId = app.world.project.id;
  openId = app.world.task({ projectId, state: 'IN_PROGRESS', visibility: 'SHARED' }).id;
  doneId = app.world.task({ projectId, state: 'DONE' }).id;
});
afterAll(() => app.close());

async function put(state: 'ACTIVE' | 'ON_HOLD' | 'CLOSED' | 'CANCELLED') {
  await app.services.db.update(projects).set({ state }).where(eq(projects.id, projectId));
}
beforeEach(async () => {
  const stuck = { dueOn: '2030-01-02', stuckSide: 'CLIENT' as const, stuckSince: app.clock.now() };
  await app.services.db.update(tasks).set(stuck).where(eq(tasks.id, openId));
  await app.services.db.update(tasks).set({ dueOn: '2020-01-02' }).where(eq(tasks.id, doneId));
});

const text = `query ($id: ID!, $done: ID!, $project: ID!) {
  task(id: $id) { dueOn dueInBusinessDays isOverdue stuck { side } isPredecessorOpen court }
  done: task(id: $done) { dueOn }
  project(id: $project) { nextDue { id } nextStep { id } waitingOnOthers { id } tasks { dueOn state stuck { side } } }
}`;
const seen = (session: Session) => session.ask(text, { id: openId, done: doneId, project: projectId });

test.each(['CLOSED', 'CANCELLED'] as const)('in a project that is %s nothing is due, next or stuck', async (state) => {
  await put(state);
  const client = await app.signIn(app.world.client);
  for (const session of [pm, client]) {
    const { task, project } = await seen(session);
    expect(task).toEqual({
      dueOn: null,
      dueInBusinessDays: null,
      isOverdue: false,
      stuck: null,
      isPredecessorOpen: false,
      court: 'NOBODY',
    });
    expect(project).toMatchObject({ nextDue: null, nextStep: null, waitingOnOthers: [] });
    type Seen = { state: string; dueOn: string | null; stuck: object | null };
    const left = (project.tasks as Seen[]).filter(({ state: at }) => !['DONE', 'WAIVED', 'CANCELLED'].includes(at));
    expect(left.every(({ dueOn, stuck }) => dueOn === null && stuck === null)).toBe(true);
  }
  // What was done keeps the day that it was due.
  expect((await seen(pm)).done).toEqual({ dueOn: '2020-01-02' });
});

test('on hold what is open keeps its day, what comes next, and that it is stuck', async () => {
  await put('ON_HOLD');
  const { task, project } = await seen(pm);
  expect(task).toMatchObject({ dueOn: '2030-01-02', stuck: { side: 'CLIENT' } });
  expect(project.nextDue).not.toBeNull();
});

test('the file of the overview names nothing as due next in a project that has ended', async () => {
  const row = async () => {
    const response = await pm.fetch('/exports/integrations.csv?cols=NEXT_DUE');
    expect(response.status).toBe(200);
    const line = (await response.text())
      .split('\r\n')
      .find((one) => one.startsWith(`"${app.world.clients[0]!.account.name}"`));
    return line?.split(',').slice(3) ?? [];
  };
  await put('ON_HOLD');
  const { project } = await seen(pm);
  const { title } = app.world.task({ id: project.nextDue.id });
  expect((await row()).join()).toContain(title.split(',')[0]);
  await put('CANCELLED');
  expect(await row()).toEqual(['', '']);
});
