import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, files, submissions, tasks } from '../../drizzle/schema/index.ts';
import type { Viewer } from '../../server/access/viewer.ts';
import { submissionCreate, submissionFinish } from '../../server/submissions/commands.ts';
import { fileExpire } from '../../server/submissions/jobs.ts';
import {
  latestSubmissionLoader,
  pendingUploadLoader,
  submissionLoader,
  submissionsPage,
} from '../../server/submissions/queries.ts';
import { type Delivering, offsetOf, patch, startDelivering, tus } from '../files/delivering.ts';

let d: Delivering;
beforeAll(async () => {
  d = await startDelivering();
});
afterAll(() => d.close());

type Task = Awaited<ReturnType<Delivering['task']>>;

async function upload(viewer: Viewer, task: Task, bytes = 'id,name\n1,x\n') {
  const begun = await d.begin(viewer, task, bytes.length);
  await patch(await d.session(viewer), begun.fileId, 0, bytes);
  return begun;
}

const taskNow = async (task: Task) => (await d.services.db.select().from(tasks).where(eq(tasks.id, task.id)))[0]!;
const kindsOf = async (task: Task) => {
  const rows = await d.services.db.select().from(events).where(eq(events.taskId, task.id)).orderBy(events.seq);
  return rows.map((row) => row.kind);
};

test('a finished submission is version 1 and the task goes to review in the same breath', async () => {
  const task = await d.task();
  const { id } = await upload(d.client, task);
  const { value, positions } = await submissionFinish(d.as(d.client), id, { revision: 1 });
  expect(value.submission).toMatchObject({ version: 1, state: 'RECEIVED', isOnBehalf: false });
  expect(value.task).toMatchObject({ state: 'IN_REVIEW', revision: 3 });
  expect(await kindsOf(task)).toEqual([
    'submission.created',
    'submission.finished',
    'task.submitted',
    'task.reviewStarted',
  ]);
  expect(positions.get(task.projectId)?.position).toBeGreaterThan(0);
});

test('where no review is wanted the task is done at once', async () => {
  const task = await d.task({ isReviewWanted: false, type: 'URL', state: 'IN_PROGRESS' });
  const input = { taskId: task.id, idempotencyKey: uuidv7(), url: 'https://shop.example/feed.xml' };
  const { value: begun } = await submissionCreate(d.as(d.client), input);
  const { value } = await submissionFinish(d.as(d.client), begun.id, { revision: 1 });
  expect(value.task.state).toBe('DONE');
  expect(value.submission).toMatchObject({ kind: 'URL', url: 'https://shop.example/feed.xml', fileId: null });
  expect((await kindsOf(task)).at(-1)).toBe('task.accepted');
});

test('version 2 supersedes version 1', async () => {
  const task = await d.task();
  const first = await upload(d.client, task);
  await submissionFinish(d.as(d.client), first.id, { revision: 1 });
  await d.services.db.update(tasks).set({ state: 'CHANGES_REQUESTED' }).where(eq(tasks.id, task.id));
  const second = await upload(d.client, task);
  const { value } = await submissionFinish(d.as(d.client), second.id, { revision: 3 });
  expect(value.submission.version).toBe(2);
  const page = await submissionsPage(d.as(d.pm), task, 20, null);
  expect(page.nodes.map((node) => [node.version, node.state])).toEqual([
    [2, 'RECEIVED'],
    [1, 'SUPERSEDED'],
  ]);
  expect((await latestSubmissionLoader(d.as(d.pm)).load(task.id))?.version).toBe(2);
  const older = await submissionsPage(d.as(d.pm), task, 1, page.edges[0]!.cursor);
  expect(older.nodes.map((node) => node.version)).toEqual([1]);
});

test('finishing again answers the same and changes nothing', async () => {
  const task = await d.task();
  const { id } = await upload(d.client, task);
  await submissionFinish(d.as(d.client), id, { revision: 1 });
  const kinds = await kindsOf(task);
  const { value } = await submissionFinish(d.as(d.client), id, { revision: 1 });
  expect(value.submission.version).toBe(1);
  expect(await kindsOf(task)).toEqual(kinds);
});

test('ten finishes at once make one version', async () => {
  const task = await d.task();
  const { id } = await upload(d.client, task);
  await Promise.all(Array.from({ length: 10 }, () => submissionFinish(d.as(d.client), id, { revision: 1 })));
  expect((await submissionsPage(d.as(d.client), task, 20, null)).nodes.map((node) => node.version)).toEqual([1]);
  expect((await kindsOf(task)).filter((kind) => kind === 'submission.finished')).toHaveLength(1);
});

test('two deliveries for one task at once: one counts, the other is told that the task changed', async () => {
  const task = await d.task();
  const [mine, theirs] = [await upload(d.client, task), await upload(d.colleague, task)];
  const outcomes = await Promise.allSettled([
    submissionFinish(d.as(d.client), mine.id, { revision: 1 }),
    submissionFinish(d.as(d.colleague), theirs.id, { revision: 1 }),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({ code: 'CONFLICT' });
});

test('an upload of which bytes are missing cannot be finished', async () => {
  const task = await d.task();
  const { id, fileId } = await d.begin(d.client, task, 10);
  await patch(await d.session(d.client), fileId, 0, '12345');
  await expect(submissionFinish(d.as(d.client), id, { revision: 1 })).rejects.toMatchObject({
    code: 'UPLOAD_INCOMPLETE',
  });
  expect(await taskNow(task)).toMatchObject({ state: 'READY', revision: 1 });
});

test('a stale revision is a conflict, and what was uploaded is kept', async () => {
  const task = await d.task();
  const { id } = await upload(d.client, task);
  await d.services.db.update(tasks).set({ revision: 7 }).where(eq(tasks.id, task.id));
  await expect(submissionFinish(d.as(d.client), id, { revision: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect((await submissionFinish(d.as(d.client), id, { revision: 7 })).value.submission.version).toBe(1);
});

test.each(['NOT_READY', 'SUBMITTED', 'IN_REVIEW', 'DONE', 'WAIVED', 'CANCELLED'] as const)(
  'nothing can be delivered for a task that is %s',
  async (state) => {
    const task = await d.task({ state });
    await expect(d.begin(d.client, task, 10)).rejects.toMatchObject({ code: 'WRONG_STATE', params: { state } });
  },
);

test('a foreign or internal task is missing for a client, and so is an unfinished submission of somebody else', async () => {
  const task = await d.task();
  const { id } = await d.begin(d.client, task, 10);
  const internal = await d.task({ visibility: 'INTERNAL' });
  const missing = { extensions: { code: 'NOT_FOUND' } };
  await expect(d.begin(d.otherClient, task, 10)).rejects.toMatchObject(missing);
  await expect(d.begin(d.client, internal, 10)).rejects.toMatchObject(missing);
  await expect(submissionFinish(d.as(d.otherClient), id, { revision: 1 })).rejects.toMatchObject(missing);
  await expect(submissionFinish(d.as(d.colleague), id, { revision: 1 })).rejects.toMatchObject(missing);
  await expect(submissionFinish(d.as(d.client), 'x', { revision: 1 })).rejects.toMatchObject(missing);
  await expect(submissionFinish(d.as(d.pm), id, { revision: 1 })).rejects.toMatchObject({
    extensions: { code: 'FORBIDDEN' },
  });
  expect(await submissionLoader(d.as(d.colleague)).load(id)).toBeNull();
  expect(await submissionLoader(d.as(d.client)).load(id)).toMatchObject({ id });
  expect((await submissionsPage(d.as(d.pm), task, 20, null)).nodes).toEqual([]);
});

test('what staff deliver for a client is on record as on behalf', async () => {
  const task = await d.task();
  const { id } = await upload(d.pm, task);
  expect((await submissionFinish(d.as(d.pm), id, { revision: 1 })).value.submission.isOnBehalf).toBe(true);
  const own = await d.task({ side: 'COMPANY' });
  const ownBegun = await upload(d.pm, own);
  expect((await submissionFinish(d.as(d.pm), ownBegun.id, { revision: 1 })).value.submission.isOnBehalf).toBe(false);
});

test('the same idempotency key begins one submission, and is refused with another file', async () => {
  const task = await d.task();
  const input = { taskId: task.id, idempotencyKey: uuidv7(), file: { name: 'a.csv', sizeBytes: 10 } };
  const made = await Promise.all(Array.from({ length: 5 }, () => submissionCreate(d.as(d.client), input)));
  expect(new Set(made.map((one) => one.value.id)).size).toBe(1);
  expect(await d.services.db.select().from(submissions).where(eq(submissions.taskId, task.id))).toHaveLength(1);
  await expect(
    submissionCreate(d.as(d.client), { ...input, file: { name: 'b.csv', sizeBytes: 10 } }),
  ).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
});

test('an unfinished upload is there to be resumed for a day, for its own person only, and then its bytes are gone', async () => {
  const task = await d.task();
  const session = await d.session(d.client);
  const { id, fileId } = await d.begin(d.client, task, 10);
  await patch(session, fileId, 0, '12345');
  expect(await pendingUploadLoader(d.as(d.client)).load(task.id)).toMatchObject({ id });
  expect(await pendingUploadLoader(d.as(d.colleague)).load(task.id)).toBeNull();

  await fileExpire(d.services, fileId);
  expect(await offsetOf(session, fileId)).toBe(5);
  d.services.clock.advance(24 * 3_600_000);
  expect(await pendingUploadLoader(d.as(d.client)).load(task.id)).toBeNull();
  await fileExpire(d.services, fileId);
  await fileExpire(d.services, fileId);
  expect(await d.services.db.select().from(files).where(eq(files.id, fileId))).toEqual([]);
  expect((await kindsOf(task)).filter((kind) => kind === 'submission.expired')).toHaveLength(1);
  expect(await offsetOf(session, fileId)).toBeNaN();
  await expect(submissionFinish(d.as(d.client), id, { revision: 1 })).rejects.toMatchObject({
    code: 'UPLOAD_INCOMPLETE',
  });
});

test('a cancelled upload is gone at once, and a delivered file never expires', async () => {
  const task = await d.task();
  const session = await d.session(d.client);
  const cancelled = await d.begin(d.client, task, 10);
  await patch(session, cancelled.fileId, 0, '12345');
  const response = await session.fetch(`/uploads/${cancelled.fileId}`, { method: 'DELETE', headers: tus });
  expect(response.status).toBe(204);
  expect(await pendingUploadLoader(d.as(d.client)).load(task.id)).toBeNull();
  expect(await offsetOf(session, cancelled.fileId)).toBeNaN();

  const delivered = await upload(d.client, task);
  await submissionFinish(d.as(d.client), delivered.id, { revision: 1 });
  d.services.clock.advance(365 * 24 * 3_600_000);
  await fileExpire(d.services, delivered.fileId);
  expect(await d.services.db.select().from(files).where(eq(files.id, delivered.fileId))).toHaveLength(1);
});
