import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, revisions, submissions } from '../../drizzle/schema/index.ts';
import { anAddress } from '../support/taskWithInputs.ts';
import {
  createText,
  deliverUrl,
  type InputsWorld,
  key,
  revisionOf,
  startInputsWorld,
  taskText,
} from './inputsWorld.ts';

let w: InputsWorld;
beforeAll(async () => {
  w = await startInputsWorld();
});
afterAll(() => w.close());

const second = { ...anAddress, key: 'feed', label: 'Address of your feed' };
const optional = { ...anAddress, key: 'extra', label: 'Anything else', isRequired: false };
const reviewText = `mutation ($id: ID!, $input: TaskRequestChangesInput!) {
  taskRequestChanges(id: $id, input: $input) { task { state inputs { id isRedoWanted } } userErrors { code field } }
}`;

test('the first of two required inputs begins the task, the second hands it in, an optional one is not waited for', async () => {
  const task = await w.task({}, anAddress, second, optional);
  const [one, two] = task.inputs;
  expect((await deliverUrl(w.member, task.id, one!.id)).task.state).toBe('IN_PROGRESS');
  expect((await deliverUrl(w.partner, task.id, two!.id)).task.state).toBe('IN_REVIEW');
  const seen = (await w.pm.ask(taskText, { id: task.id })).task;
  expect(seen.inputs.map((input: { current: object | null }) => input.current?.['version' as never] ?? null)).toEqual([
    1,
    1,
    null,
  ]);
});

test('an optional input alone begins the task and does not hand it in', async () => {
  const task = await w.task({}, anAddress, optional);
  expect((await deliverUrl(w.member, task.id, task.inputs[1]!.id)).task.state).toBe('IN_PROGRESS');
});

test('each input has its own versions', async () => {
  const task = await w.task({}, anAddress, second);
  const [one, two] = task.inputs;
  await deliverUrl(w.member, task.id, one!.id, 'https://shop.example/1');
  const again = await deliverUrl(w.member, task.id, one!.id, 'https://shop.example/2');
  expect(again.submission.version).toBe(2);
  expect((await deliverUrl(w.member, task.id, two!.id)).submission.version).toBe(1);
  const { inputs } = (await w.member.ask(taskText, { id: task.id })).task;
  expect(inputs[0].submissions.nodes.map((node: { version: number }) => node.version)).toEqual([2, 1]);
});

test('a request for changes names the inputs to redo, and one new version of those is enough', async () => {
  const task = await w.task({}, anAddress, second);
  const [one, two] = task.inputs;
  await deliverUrl(w.member, task.id, one!.id);
  await deliverUrl(w.member, task.id, two!.id);
  const input = { revision: await revisionOf(w.pm, task.id), reason: 'This one is empty.', inputIds: [two!.id] };
  const { taskRequestChanges } = await w.pm.ask(reviewText, { id: task.id, input });
  expect(taskRequestChanges.task).toEqual({
    state: 'CHANGES_REQUESTED',
    inputs: [
      { id: one!.id, isRedoWanted: false },
      { id: two!.id, isRedoWanted: true },
    ],
  });
  const rows = await w.app.services.db.select().from(submissions).where(eq(submissions.taskId, task.id));
  expect(rows.map((row) => [row.inputId === two!.id, row.reviewReason])).toEqual(
    expect.arrayContaining([
      [true, 'This one is empty.'],
      [false, null],
    ]),
  );
  const [reviewed] = await w.app.services.db
    .select({ after: revisions.after })
    .from(events)
    .innerJoin(revisions, eq(revisions.eventId, events.id))
    .where(and(eq(events.kind, 'submission.reviewed'), eq(events.taskId, task.id)));
  expect(reviewed!.after).toEqual({ reviewOutcome: 'CHANGES_REQUESTED', reviewReason: 'This one is empty.' });
  expect((await deliverUrl(w.member, task.id, two!.id)).task.state).toBe('IN_REVIEW');
});

test('without names, all that was handed in is to be redone, and the task waits for all of it', async () => {
  const task = await w.task({}, anAddress, second);
  const [one, two] = task.inputs;
  await deliverUrl(w.member, task.id, one!.id);
  await deliverUrl(w.member, task.id, two!.id);
  await w.pm.ask(reviewText, { id: task.id, input: { revision: await revisionOf(w.pm, task.id), reason: 'Both.' } });
  expect((await deliverUrl(w.member, task.id, one!.id)).task.state).toBe('CHANGES_REQUESTED');
  expect((await deliverUrl(w.member, task.id, two!.id)).task.state).toBe('IN_REVIEW');
});

test('an input of another task, an empty list and an input without a delivery are refused whole', async () => {
  const task = await w.task({}, anAddress, optional);
  const other = await w.task({}, anAddress);
  await deliverUrl(w.member, task.id, task.inputs[0]!.id);
  const ask = async (inputIds: string[]) =>
    w.pm.gql(reviewText, {
      id: task.id,
      input: { revision: await revisionOf(w.pm, task.id), reason: 'No.', inputIds },
    });
  expect((await ask([other.inputs[0]!.id])).errors[0]?.extensions?.code).toBe('NOT_FOUND');
  expect((await ask([task.inputs[1]!.id])).errors[0]?.extensions?.code).toBe('NOT_FOUND');
  expect((await ask([])).data).toMatchObject({
    taskRequestChanges: { userErrors: [{ code: 'EMPTY', field: 'inputIds' }] },
  });
  expect((await w.taskNow(task.id)).state).toBe('IN_REVIEW');
  const foreign = {
    taskId: task.id,
    inputId: other.inputs[0]!.id,
    idempotencyKey: key(),
    url: 'https://shop.example/x',
  };
  expect((await w.member.gql(createText, { input: foreign })).errors[0]?.extensions?.code).toBe('NOT_FOUND');
});

test('what a task asks for is missing for another client, and for everybody of the client when the task is internal', async () => {
  const task = await w.task({}, anAddress);
  const hidden = await w.task({ visibility: 'INTERNAL' }, anAddress);
  const nodeText = 'query ($id: ID!) { node(id: $id) { id } }';
  expect((await w.stranger.ask(nodeText, { id: task.inputs[0]!.id })).node).toBeNull();
  expect((await w.member.ask(nodeText, { id: task.inputs[0]!.id })).node).not.toBeNull();
  expect((await w.lead.ask(nodeText, { id: hidden.inputs[0]!.id })).node).toBeNull();
  expect((await w.pm.ask(nodeText, { id: hidden.inputs[0]!.id })).node).not.toBeNull();
});

test('whoever only reads hands nothing in', async () => {
  const task = await w.task({}, anAddress);
  const input = { taskId: task.id, inputId: task.inputs[0]!.id, idempotencyKey: key(), url: 'https://shop.example/x' };
  for (const session of [w.viewer, w.sponsor, w.director]) {
    expect((await session.gql(createText, { input })).errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await session.ask(taskText, { id: task.id })).task.inputs[0].viewerCan.submit).toBe(false);
  }
});
