import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, revisions, submissions, taskDependencies, tasks } from '../../drizzle/schema/index.ts';
import type { Viewer } from '../../server/access/viewer.ts';
import {
  submissionCreate,
  submissionFinish,
  taskApprove,
  taskRequestChanges,
} from '../../server/submissions/commands.ts';
import { type Delivering, startDelivering } from '../files/delivering.ts';

let d: Delivering;
beforeAll(async () => {
  d = await startDelivering();
});
afterAll(() => d.close());

type Task = Awaited<ReturnType<Delivering['task']>>;

/** A task in review, revision 3, with one address delivered by this person. */
async function inReview(by: Viewer, values: Partial<Task> = {}): Promise<Task> {
  const task = await d.task({ type: 'URL', ...values });
  const input = { taskId: task.id, idempotencyKey: uuidv7(), url: 'https://shop.example/feed.xml' };
  const { value } = await submissionCreate(d.as(by), input);
  await submissionFinish(d.as(by), value.id, { revision: 1 });
  return task;
}

const taskNow = async (task: Task) => (await d.services.db.select().from(tasks).where(eq(tasks.id, task.id)))[0]!;
const reviewOf = async (task: Task) => {
  const [row] = await d.services.db.select().from(submissions).where(eq(submissions.taskId, task.id));
  return row!;
};

test('an approval ends the task and readies what waited for it', async () => {
  const task = await inReview(d.client);
  const next = await d.task({ state: 'NOT_READY' });
  await d.services.db.insert(taskDependencies).values({ taskId: next.id, predecessorId: task.id });
  const { value } = await taskApprove(d.as(d.pm), task.id, { revision: 3 });
  expect(value).toMatchObject({ state: 'DONE', revision: 4 });
  expect(await taskNow(next)).toMatchObject({ state: 'READY' });
  expect(await reviewOf(task)).toMatchObject({
    reviewedBy: d.pm.personId,
    reviewOutcome: 'APPROVED',
    reviewReason: null,
  });
  const [approved] = await d.services.db
    .select()
    .from(events)
    .where(eq(events.taskId, task.id))
    .orderBy(events.seq)
    .offset(5);
  expect(approved).toMatchObject({ kind: 'task.approved', facts: { from: 'IN_REVIEW', to: 'DONE' } });
  const kept = await d.services.db.select().from(revisions).where(eq(revisions.eventId, approved!.id));
  expect(kept).toMatchObject([{ before: { state: 'IN_REVIEW' }, after: { state: 'DONE' } }]);
});

test('a request for changes says what should change and gives the task back', async () => {
  const task = await inReview(d.client);
  const reason = 'The prices of 318 products use a comma.';
  const { value } = await taskRequestChanges(d.as(d.pm), task.id, { revision: 3, reason: `  ${reason} ` });
  expect(value.state).toBe('CHANGES_REQUESTED');
  expect(await reviewOf(task)).toMatchObject({ reviewOutcome: 'CHANGES_REQUESTED', reviewReason: reason });
});

test.each([
  ['', 'REASON_MISSING'],
  ['   \n', 'REASON_MISSING'],
  ['x'.repeat(5_001), 'TOO_LONG'],
])('a reason that cannot be used is refused (%#)', async (reason, code) => {
  const task = await inReview(d.client);
  await expect(taskRequestChanges(d.as(d.pm), task.id, { revision: 3, reason })).rejects.toMatchObject({
    code,
    field: 'reason',
  });
  expect(await taskNow(task)).toMatchObject({ state: 'IN_REVIEW', revision: 3 });
});

test('a second approval is told that the task is done', async () => {
  const task = await inReview(d.client);
  await taskApprove(d.as(d.pm), task.id, { revision: 3 });
  const second = taskApprove(d.as(d.otherPm), task.id, { revision: 3 });
  await expect(second).rejects.toMatchObject({ code: 'WRONG_STATE', params: { state: 'DONE' } });
  const third = taskRequestChanges(d.as(d.pm), task.id, { revision: 4, reason: 'no' });
  await expect(third).rejects.toMatchObject({ code: 'WRONG_STATE' });
});

test('approval and refusal at the same moment: one is done, the other is told', async () => {
  const task = await inReview(d.client);
  const outcomes = await Promise.allSettled([
    taskApprove(d.as(d.pm), task.id, { revision: 3 }),
    taskRequestChanges(d.as(d.otherPm), task.id, { revision: 3, reason: 'no' }),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await taskNow(task)).revision).toBe(4);
});

test('a review of what has changed since it was seen is a conflict', async () => {
  const task = await inReview(d.client);
  await expect(taskApprove(d.as(d.pm), task.id, { revision: 2 })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('clients do not review, and for a stranger there is nothing to review', async () => {
  const task = await inReview(d.client);
  const forbidden = { extensions: { code: 'FORBIDDEN' } };
  const missing = { extensions: { code: 'NOT_FOUND' } };
  await expect(taskApprove(d.as(d.client), task.id, { revision: 3 })).rejects.toMatchObject(forbidden);
  await expect(taskApprove(d.as(d.otherClient), task.id, { revision: 3 })).rejects.toMatchObject(missing);
  await expect(taskApprove(d.as(d.pm), uuidv7(), { revision: 3 })).rejects.toMatchObject(missing);
});

test('nobody reviews their own delivery, unless they delivered in the place of the client', async () => {
  const own = await inReview(d.pm, { side: 'COMPANY' });
  const forbidden = { extensions: { code: 'FORBIDDEN' } };
  await expect(taskApprove(d.as(d.pm), own.id, { revision: 3 })).rejects.toMatchObject(forbidden);
  expect((await taskApprove(d.as(d.otherPm), own.id, { revision: 3 })).value.state).toBe('DONE');
  const onBehalf = await inReview(d.pm, { side: 'CLIENT' });
  expect((await taskApprove(d.as(d.pm), onBehalf.id, { revision: 3 })).value.state).toBe('DONE');
});
