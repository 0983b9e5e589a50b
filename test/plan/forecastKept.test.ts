import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectStandings, tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let projectId: string;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  projectId = app.world.project.id;
  await overview();
});
afterAll(() => app.close());

const overview = () => pm.ask('{ overview { active } integrations(first: 50) { nodes { id forecastOn } } }');
const row = async () =>
  (await app.services.db.select().from(projectStandings).where(eq(projectStandings.projectId, projectId)))[0]!;
const comment = (body: string) =>
  pm.ask(
    `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } userErrors { code } position } }`,
    {
      input: {
        taskId: app.world.clients.find((one) => one.project.id === projectId)!.tasks[0]!.id,
        text: body,
        audience: 'INTERNAL',
        idempotencyKey: body,
      },
    },
  );

test('what moves nothing of the plan leaves the forecast as it was simulated', async () => {
  // A day that no simulation gives tells that none was made.
  await app.services.db
    .update(projectStandings)
    .set({ p80On: '2099-01-01' })
    .where(eq(projectStandings.projectId, projectId));
  const before = await row();
  await comment('nothing of the plan');
  await overview();
  const after = await row();
  expect(after.position).toBeGreaterThan(before.position);
  expect([after.p80On, after.planHash]).toEqual(['2099-01-01', before.planHash]);
});

test('and what moves something of it has it simulated anew', async () => {
  const open = await app.services.db.select().from(tasks).where(eq(tasks.projectId, projectId));
  const task = open.find(({ state, durationDays }) => state === 'NOT_READY' && durationDays > 0)!;
  const input = { revision: task.revision, durationDays: task.durationDays + 40 };
  const { taskEdit } = await pm.ask(
    'mutation ($id: ID!, $input: TaskEditInput!) { taskEdit(id: $id, input: $input) { userErrors { code } position } }',
    { id: task.id, input },
  );
  expect(taskEdit.userErrors).toEqual([]);
  const before = await row();
  await overview();
  const after = await row();
  expect(after.planHash).not.toBe(before.planHash);
  expect(after.p80On! < '2099-01-01').toBe(true);
  expect(after.p50On! <= after.p80On!).toBe(true);
});
