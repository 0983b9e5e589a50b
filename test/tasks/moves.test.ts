import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { taskDependencies, tasks } from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { taskLock, taskMove } from '../../server/tasks/commands.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

const start = `mutation ($id: ID!, $revision: Int!) {
  taskStart(id: $id, input: { revision: $revision }) {
    task { state revision viewerCan { start submit } } userErrors { code message } position
  }
}`;
const assign = `mutation ($id: ID!, $revision: Int!, $assigneeId: ID) {
  taskAssign(id: $id, input: { revision: $revision, assigneeId: $assigneeId }) {
    task { revision assignee { id } } userErrors { code field }
  }
}`;

let app: TestApp;
let pm: Session;
let client: Session;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
});
afterAll(() => app.close());

function staffCtx(): Ctx {
  const viewer = viewerFrom({ personId: app.world.pm.id, sessionId: '', role: 'PM', accountId: null });
  return { ...app.services, viewer, loaders: new Map() };
}

async function row(id: string) {
  const [found] = await app.services.db.select().from(tasks).where(eq(tasks.id, id));
  return found!;
}

describe('starting', () => {
  test('a ready task is started once; the second start is told what became of it', async () => {
    const task = app.world.clients[0]!.tasks.find((each) => each.state === 'READY')!;
    const { revision } = await row(task.id);
    const { taskStart } = await client.ask(start, { id: task.id, revision });
    expect(taskStart).toMatchObject({ task: { state: 'IN_PROGRESS', revision: revision + 1 }, userErrors: [] });
    const stale = await pm.ask(start, { id: task.id, revision });
    expect(stale.taskStart).toMatchObject({ task: { state: 'IN_PROGRESS' }, userErrors: [{ code: 'CONFLICT' }] });
    const again = await pm.ask(start, { id: task.id, revision: revision + 1 });
    expect(again.taskStart.userErrors[0].code).toBe('WRONG_STATE');
  });

  test('of two people who start at once one does, and the other is told', async () => {
    const project = app.world.clients[1]!;
    const task = project.tasks.find((each) => each.state === 'NOT_READY')!;
    await app.services.db.update(tasks).set({ state: 'READY' }).where(eq(tasks.id, task.id));
    const { revision } = await row(task.id);
    const other = await app.signIn(project.people[0]!);
    const answers = await Promise.all([
      pm.ask(start, { id: task.id, revision }),
      other.ask(start, { id: task.id, revision }),
    ]);
    const codes = answers.map((answer) => answer.taskStart.userErrors[0]?.code ?? 'done').sort();
    expect(codes).toEqual(['CONFLICT', 'done']);
    expect((await row(task.id)).revision).toBe(revision + 1);
  });
});

describe('assigning', () => {
  test('staff give a task to a person of the account, and take it away', async () => {
    const { id } = app.world.clients[0]!.tasks.at(-1)!;
    const { revision } = await row(id);
    const given = await pm.ask(assign, { id, revision, assigneeId: app.world.client.id });
    expect(given.taskAssign.task).toEqual({ revision: revision + 1, assignee: { id: app.world.client.id } });
    const taken = await pm.ask(assign, { id, revision: revision + 1, assigneeId: null });
    expect(taken.taskAssign.task.assignee).toBeNull();
  });

  test('nobody of another account can be assigned, and a client assigns nobody', async () => {
    const { id } = app.world.clients[0]!.tasks.at(-1)!;
    const { revision } = await row(id);
    const foreign = await pm.ask(assign, { id, revision, assigneeId: app.world.otherClient.id });
    expect(foreign.taskAssign.userErrors).toEqual([{ code: 'NOT_ASSIGNABLE', field: 'assigneeId' }]);
    const byClient = await client.gql(assign, { id, revision, assigneeId: app.world.client.id });
    expect(byClient.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await row(id)).revision).toBe(revision);
  });
});

test('a task becomes ready when the last of two predecessors is done, also when both are done at once', async () => {
  const ctx = staffCtx();
  const project = app.world.clients.find((each) => each.tasks.some((task) => task.state === 'NOT_READY'))!;
  const [successor, first, second] = [
    project.tasks.find((task) => task.state === 'NOT_READY')!,
    ...project.tasks.filter((task) => task.state === 'DONE' || task.state === 'READY'),
  ];
  await app.services.db.delete(taskDependencies).where(eq(taskDependencies.taskId, successor!.id));
  for (const predecessor of [first!, second!]) {
    await app.services.db.insert(taskDependencies).values({ taskId: successor!.id, predecessorId: predecessor.id });
    await app.services.db.update(tasks).set({ state: 'IN_REVIEW' }).where(eq(tasks.id, predecessor.id));
  }
  const finish = (id: string) =>
    transaction(ctx, async (tx) => {
      const { task } = await taskLock(tx, ctx, id);
      return taskMove(tx, ctx, task, { to: 'DONE', kind: 'task.approved', submissionId: id });
    });
  await Promise.all([finish(first!.id), finish(second!.id)]);
  expect((await row(successor!.id)).state).toBe('READY');
});

test('a client neither starts nor delivers what the company owes', async () => {
  const task = app.world.clients[0]!.tasks.find((each) => each.side === 'COMPANY')!;
  await app.services.db.update(tasks).set({ state: 'READY' }).where(eq(tasks.id, task.id));
  const { revision } = await row(task.id);
  const started = await client.gql(start, { id: task.id, revision });
  expect(started.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  const create = `mutation ($input: SubmissionCreateInput!) { submissionCreate(input: $input) { submission { id } } }`;
  const input = { taskId: task.id, url: 'https://preview.example/', idempotencyKey: 'not-mine-to-deliver' };
  const delivered = await client.gql(create, { input });
  expect(delivered.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  const { task: seen } = await client.ask('query ($id: ID!) { task(id: $id) { viewerCan { start submit } } }', {
    id: task.id,
  });
  expect(seen.viewerCan).toEqual({ start: false, submit: false });
});

test('a task is overdue while its side owes it, and no longer once it is delivered', async () => {
  const { id } = app.world.clients[0]!.tasks.find((each) => each.side === 'CLIENT')!;
  const isOverdue = async (state: 'READY' | 'IN_REVIEW' | 'DONE', dueOn: string) => {
    await app.services.db.update(tasks).set({ state, dueOn }).where(eq(tasks.id, id));
    return (await client.ask('query ($id: ID!) { task(id: $id) { isOverdue } }', { id })).task.isOverdue;
  };
  expect(await isOverdue('READY', '2026-03-09')).toBe(true);
  expect(await isOverdue('READY', '2026-03-10')).toBe(false);
  expect(await isOverdue('IN_REVIEW', '2026-03-09')).toBe(false);
  expect(await isOverdue('DONE', '2026-03-09')).toBe(false);
});
