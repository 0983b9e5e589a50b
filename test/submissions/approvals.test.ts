import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvals, events } from '../../drizzle/schema/index.ts';
import type { Session } from '../support/session.ts';
import { anAddress, anApproval } from '../support/taskWithInputs.ts';
import { deliverUrl, type InputsWorld, key, revisionOf, startInputsWorld, taskText } from './inputsWorld.ts';

let w: InputsWorld;
beforeAll(async () => {
  w = await startInputsWorld();
});
afterAll(() => w.close());

const giveText = `mutation ($input: ApprovalGiveInput!) {
  approvalGive(input: $input) { submission { id version approval { decision reason isOutdated ofSubmission { version } } } task { state } userErrors { code field } position }
}`;

type Task = { id: string; inputs: { id: string }[] };

async function give(session: Session, task: Task, more: object = {}) {
  const revision = await revisionOf(session, task.id);
  const input = { inputId: task.inputs[0]!.id, idempotencyKey: key(), revision, decision: 'APPROVED', ...more };
  return session.gql(giveText, { input });
}

/** A task with something handed in, and one that approves it. */
async function pair() {
  const design = await w.task({ title: 'Theme preview', isReviewWanted: false }, anAddress);
  const approval = await w.task({}, anApproval(design.key));
  const { submission } = await deliverUrl(w.member, design.id, design.inputs[0]!.id);
  return { design, approval, version: submission.id as string };
}

const seen = async (session: Session, task: Task) => (await session.ask(taskText, { id: task.id })).task;

test('an approval holds who, when, why and exactly which version, and ends its task without a review', async () => {
  const { approval, version } = await pair();
  const { subject, viewerCan } = (await seen(w.sponsor, approval)).inputs[0];
  expect(subject).toMatchObject({ isOwnText: false, submission: { id: version, version: 1 } });
  expect(viewerCan.approve).toBe(true);
  const { data } = await give(w.sponsor, approval, { ofSubmissionId: version, reason: 'Looks like us.' });
  expect(data.approvalGive).toMatchObject({
    task: { state: 'DONE' },
    submission: {
      approval: { decision: 'APPROVED', reason: 'Looks like us.', isOutdated: false, ofSubmission: { version: 1 } },
    },
  });
  const [event] = (await w.app.services.db.select().from(events).where(eq(events.taskId, approval.id))).filter(
    (one) => one.kind === 'approval.given',
  );
  expect(event).toMatchObject({
    actorId: w.sponsor.personId,
    audience: 'SHARED',
    facts: { decision: 'APPROVED', ofSubmissionId: version },
  });
});

test('only the client’s lead or sponsor says yes for the client, and staff only for the company', async () => {
  const { approval, version } = await pair();
  for (const session of [w.member, w.partner, w.viewer, w.pm, w.director]) {
    expect((await give(session, approval, { ofSubmissionId: version })).errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await seen(session, approval)).inputs[0].viewerCan.approve).toBe(false);
  }
  const input = { inputId: approval.inputs[0]!.id, idempotencyKey: key(), revision: 1, decision: 'APPROVED' };
  expect((await w.stranger.gql(giveText, { input })).errors[0]?.extensions?.code).toBe('NOT_FOUND');
  const ours = await w.task({ side: 'COMPANY' }, anApproval());
  expect((await give(w.sponsor, ours)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  expect((await give(w.pm, ours)).data.approvalGive.task.state).toBe('DONE');
});

test('a version that came while somebody was looking is not approved with the one they saw', async () => {
  const design = await w.task({}, anAddress);
  const approval = await w.task({}, anApproval(design.key));
  const none = await give(w.sponsor, approval);
  expect(none.data.approvalGive.userErrors).toEqual([{ code: 'NOTHING_TO_APPROVE', field: null }]);
  const first = await deliverUrl(w.member, design.id, design.inputs[0]!.id);
  w.app.clock.advance(60_000);
  const revision = await revisionOf(w.pm, design.id);
  await w.pm.ask(
    'mutation ($id: ID!, $input: TaskRequestChangesInput!) { taskRequestChanges(id: $id, input: $input) { userErrors { code } } }',
    { id: design.id, input: { revision, reason: 'Once more.' } },
  );
  await deliverUrl(w.member, design.id, design.inputs[0]!.id);
  const { data } = await give(w.sponsor, approval, { ofSubmissionId: first.submission.id });
  expect(data.approvalGive).toMatchObject({
    submission: null,
    userErrors: [{ code: 'CONFLICT', field: 'ofSubmissionId' }],
  });
  expect(
    await w.app.services.db.select().from(approvals).where(eq(approvals.ofSubmissionId, first.submission.id)),
  ).toEqual([]);
});

test('when a newer version comes after it, an approval says so and can be given anew, also when its task is done', async () => {
  const design = await w.task({}, anAddress);
  const approval = await w.task({}, anApproval(design.key));
  const first = await deliverUrl(w.member, design.id, design.inputs[0]!.id);
  await give(w.lead, approval, { ofSubmissionId: first.submission.id });
  expect((await seen(w.lead, approval)).inputs[0].viewerCan.approve).toBe(false);
  expect(
    (await give(w.lead, approval, { ofSubmissionId: first.submission.id })).data.approvalGive.userErrors[0].code,
  ).toBe('WRONG_STATE');

  w.app.clock.advance(60_000);
  await w.pm.ask(
    'mutation ($id: ID!, $input: TaskRequestChangesInput!) { taskRequestChanges(id: $id, input: $input) { userErrors { code } } }',
    { id: design.id, input: { revision: await revisionOf(w.pm, design.id), reason: 'Once more.' } },
  );
  const second = await deliverUrl(w.member, design.id, design.inputs[0]!.id);
  const [input] = (await seen(w.lead, approval)).inputs;
  expect(input.submissions.nodes[0].approval).toMatchObject({ isOutdated: true, ofSubmission: { version: 1 } });
  expect(input.viewerCan.approve).toBe(true);
  const { data } = await give(w.lead, approval, { ofSubmissionId: second.submission.id });
  expect(data.approvalGive).toMatchObject({ submission: { version: 2 }, task: { state: 'DONE' } });
});

test('when its task is taken up again, the approval is asked for again and ends it once more', async () => {
  const approval = await w.task({}, anApproval());
  await give(w.lead, approval);
  expect((await seen(w.lead, approval)).inputs[0].viewerCan.approve).toBe(false);
  w.app.clock.advance(60_000);
  await w.pm.ask(
    'mutation ($id: ID!, $input: TaskReopenInput!) { taskReopen(id: $id, input: $input) { userErrors { code } } }',
    { id: approval.id, input: { revision: await revisionOf(w.pm, approval.id), reason: 'The annex has changed.' } },
  );
  expect((await seen(w.lead, approval)).state).toBe('CHANGES_REQUESTED');
  expect((await seen(w.lead, approval)).inputs[0].viewerCan.approve).toBe(true);
  expect((await seen(w.member, approval)).inputs[0].viewerCan.approve).toBe(false);
  const { data } = await give(w.lead, approval);
  expect(data.approvalGive).toMatchObject({ submission: { version: 2 }, task: { state: 'DONE' } });
  expect((await seen(w.lead, approval)).inputs[0].viewerCan.approve).toBe(false);
});

test('a refusal gives a reason, is told, and leaves the approval open', async () => {
  const { approval, version } = await pair();
  const silent = await give(w.sponsor, approval, { ofSubmissionId: version, decision: 'REFUSED', reason: '  ' });
  expect(silent.data.approvalGive.userErrors).toEqual([{ code: 'REASON_MISSING', field: 'reason' }]);
  const { data } = await give(w.sponsor, approval, {
    ofSubmissionId: version,
    decision: 'REFUSED',
    reason: 'Wrong logo.',
  });
  expect(data.approvalGive).toMatchObject({
    task: { state: 'IN_PROGRESS' },
    submission: { approval: { decision: 'REFUSED' } },
  });
  expect((await seen(w.sponsor, approval)).inputs[0].viewerCan.approve).toBe(true);
  const again = await give(w.lead, approval, { ofSubmissionId: version });
  expect(again.data.approvalGive).toMatchObject({ submission: { version: 2 }, task: { state: 'DONE' } });
});

test('the same key gives one approval', async () => {
  const { approval, version } = await pair();
  const more = { ofSubmissionId: version, idempotencyKey: key(), revision: 1 };
  const answers = await Promise.all([1, 2, 3].map(() => give(w.lead, approval, more)));
  expect(new Set(answers.map((answer) => answer.data.approvalGive.submission.id)).size).toBe(1);
});

test('what a hidden task holds cannot be approved, nor does an approval tell of it', async () => {
  const secret = await w.task({ visibility: 'INTERNAL', isReviewWanted: false }, anAddress);
  const approval = await w.task({}, anApproval(secret.key));
  const { submission } = await deliverUrl(w.pm, secret.id, secret.inputs[0]!.id, 'https://canary-heron.example/');
  expect((await seen(w.sponsor, approval)).inputs[0].subject).toMatchObject({ task: null, submission: null });
  const refused = await give(w.sponsor, approval, { ofSubmissionId: submission.id });
  expect(refused.errors[0]?.extensions?.code).toBe('NOT_FOUND');
  expect(w.sponsor.bytesSeen()).not.toContain('canary-heron');
});
