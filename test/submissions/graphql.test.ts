import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { taskInputs, tasks } from '../../drizzle/schema/index.ts';
import { patch } from '../files/delivering.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let client: Session;
let pm: Session;
let stranger: Session;
beforeAll(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
  pm = await app.signIn(app.world.pm);
  stranger = await app.signIn(app.world.otherClient);
});
afterAll(() => app.close());

/** A shared file task of the first client, made ready; nothing but a person looks at its file. */
async function readyTask(): Promise<string> {
  const found = app.world.clients[0]!.tasks.find(
    (task) => task.type === 'FILE' && task.side === 'CLIENT' && task.isReviewWanted && task.state === 'NOT_READY',
  )!;
  found.state = 'READY';
  await app.services.db.update(tasks).set({ state: 'READY', acceptedExtensions: [] }).where(eq(tasks.id, found.id));
  const unchecked = sql`${taskInputs.spec} - 'check'`;
  await app.services.db.update(taskInputs).set({ spec: unchecked }).where(eq(taskInputs.taskId, found.id));
  return found.id;
}

const createText = `mutation ($input: SubmissionCreateInput!) {
  submissionCreate(input: $input) { submission { id version uploadUrl file { id name downloadUrl } } userErrors { code field message } position }
}`;
const finishText = `mutation ($id: ID!, $revision: Int!) {
  submissionFinish(id: $id, input: { revision: $revision }) {
    submission { id version uploadUrl } task { state revision viewerCan { submit approve } } userErrors { code field } position
  }
}`;
const taskText = `query ($id: ID!) {
  task(id: $id) {
    revision state viewerCan { submit approve requestChanges } pendingUpload { id uploadUrl }
    latestSubmission { version submittedBy { name } review { outcome reason by { name } } }
    submissions { nodes { version state file { id name sizeBytes sha256 downloadUrl } } pageInfo { hasNextPage } }
  }
}`;

async function begin(session: Session, taskId: string, name = 'feed.csv', sizeBytes = 5) {
  const input = { taskId, idempotencyKey: crypto.randomUUID(), file: { name, sizeBytes } };
  return (await session.ask(createText, { input })).submissionCreate;
}

test('a delivery goes its whole way over the API, each side with its own rights', async () => {
  const taskId = await readyTask();
  const { submission, position } = await begin(client, taskId);
  expect(submission).toMatchObject({ version: null, uploadUrl: `/uploads/${submission.file.id}` });
  expect(position).toBeGreaterThan(0);
  expect((await client.ask(taskText, { id: taskId })).task.pendingUpload).toMatchObject({ id: submission.id });
  expect((await pm.ask(taskText, { id: taskId })).task).toMatchObject({ pendingUpload: null, latestSubmission: null });

  const early = await client.ask(finishText, { id: submission.id, revision: 1 });
  expect(early.submissionFinish).toMatchObject({
    task: { state: 'READY' },
    userErrors: [{ code: 'UPLOAD_INCOMPLETE' }],
  });
  expect((await patch(client, submission.file.id, 0, 'a,b\n1')).status).toBe(204);
  const { revision } = (await client.ask(taskText, { id: taskId })).task;
  const stale = await client.ask(finishText, { id: submission.id, revision: revision + 1 });
  expect(stale.submissionFinish).toMatchObject({
    task: { revision },
    position: null,
    userErrors: [{ code: 'CONFLICT', field: 'revision' }],
  });
  const { submissionFinish: finished } = await client.ask(finishText, { id: submission.id, revision });
  expect(finished).toMatchObject({
    submission: { version: 1, uploadUrl: null },
    task: { state: 'IN_REVIEW', viewerCan: { submit: false, approve: false } },
    userErrors: [],
  });

  const seen = (await pm.ask(taskText, { id: taskId })).task;
  expect(seen.viewerCan).toEqual({ submit: false, approve: true, requestChanges: true });
  const [{ file }] = seen.submissions.nodes;
  expect(file).toMatchObject({ name: 'feed.csv', sizeBytes: 5 });
  const download = await pm.fetch(file.downloadUrl);
  expect([download.status, await download.text()]).toEqual([200, 'a,b\n1']);

  const asked = await pm.ask(
    `mutation ($id: ID!, $revision: Int!) { taskRequestChanges(id: $id, input: { revision: $revision, reason: "One row is not enough." }) { task { state } userErrors { code } } }`,
    { id: taskId, revision: seen.revision },
  );
  expect(asked.taskRequestChanges).toEqual({ task: { state: 'CHANGES_REQUESTED' }, userErrors: [] });
  const told = (await client.ask(taskText, { id: taskId })).task;
  expect(told.viewerCan.submit).toBe(true);
  expect(told.latestSubmission.review).toEqual({
    outcome: 'CHANGES_REQUESTED',
    reason: 'One row is not enough.',
    by: { name: app.world.pm.name },
  });
});

test('what cannot be taken is told with its limit, and nothing is begun', async () => {
  const taskId = await readyTask();
  const empty = await begin(client, taskId, 'feed.csv', 0);
  expect(empty).toMatchObject({
    submission: null,
    position: null,
    userErrors: [{ code: 'EMPTY', field: 'file.sizeBytes' }],
  });
  const large = await begin(client, taskId, 'feed.csv', 10_000_000_001);
  expect(large.userErrors).toMatchObject([{ code: 'FILE_TOO_LARGE' }]);
  expect(large.userErrors[0].message).toContain('10000000000');
  expect((await client.ask(taskText, { id: taskId })).task.pendingUpload).toBeNull();
});

test('[Z1] a submission, its file and its upload are missing for another client', async () => {
  const taskId = await readyTask();
  const { submission } = await begin(client, taskId);
  for (const id of [submission.id, submission.file.id]) {
    expect((await stranger.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
  }
  const finished = await stranger.gql(finishText, { id: submission.id, revision: 1 });
  expect(finished.errors[0]?.extensions?.code).toBe('NOT_FOUND');
  const input = { taskId, idempotencyKey: 'k', url: 'https://shop.example' };
  const created = await stranger.gql(createText, { input });
  expect(created.errors[0]?.extensions?.code).toBe('NOT_FOUND');
  expect((await patch(stranger, submission.file.id, 0, '12345')).status).toBe(404);
});

test('an upload that nobody finished is cleared away after a day by its due moment', async () => {
  const taskId = await readyTask();
  const { submission } = await begin(client, taskId);
  await patch(client, submission.file.id, 0, '123');
  app.clock.advance(24 * 3_600_000 + 1);
  await app.services.jobs.runDue();
  const { node } = await client.ask(
    'query ($id: ID!) { node(id: $id) { ... on Submission { file { id } uploadUrl } } }',
    {
      id: submission.id,
    },
  );
  expect(node).toEqual({ file: null, uploadUrl: null });
  expect((await client.ask(taskText, { id: taskId })).task.pendingUpload).toBeNull();
});
