import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { delegations, events, people, projects, tasks } from '../../drizzle/schema/index.ts';
import { makeStaff } from '../overview/make.ts';
import { deliverUrl, type InputsWorld, key, revisionOf, startInputsWorld } from '../submissions/inputsWorld.ts';
import { mailTo } from '../support/mails.ts';
import type { Session } from '../support/session.ts';
import { anAddress, anApproval } from '../support/taskWithInputs.ts';

let w: InputsWorld;
beforeAll(async () => {
  w = await startInputsWorld();
});
afterAll(() => w.close());
afterEach(async () => {
  await w.app.services.db.update(delegations).set({ endedAt: w.app.clock.now() });
});

const delegate = `mutation ($input: ApprovalDelegateInput!) { approvalDelegate(input: $input) {
  delegation { id startsAt endsAt from { id } to { id } task { id } } userErrors { code field } position } }`;
const endText = 'mutation ($id: ID!) { delegationEnd(id: $id) { delegation { id endedAt } userErrors { code } } }';
const giveText = `mutation ($input: ApprovalGiveInput!) { approvalGive(input: $input) {
  submission { submittedBy { id } approval { decision inPlaceOf { id name } } } task { state } userErrors { code } } }`;
const approveText = `mutation ($id: ID!, $input: TaskApproveInput!) { taskApprove(id: $id, input: $input) {
  task { state latestSubmission { review { by { id } inPlaceOf { id } } } } userErrors { code } } }`;
const inboxText = '{ viewer { inbox(first: 50) { nodes { reason task { id } } } } }';

const day = (inDays: number) => new Date(w.app.clock.now().getTime() + inDays * 86_400_000).toISOString().slice(0, 10);
type Asked = { to: Session; taskId?: string; from?: string; until?: string; idempotencyKey?: string };
async function give(session: Session, { to, ...rest }: Asked) {
  const { data, errors } = await session.gql(delegate, {
    input: { toId: to.personId, idempotencyKey: key(), ...rest },
  });
  return {
    ...data?.approvalDelegate,
    code: errors?.[0]?.extensions?.code ?? data?.approvalDelegate.userErrors[0]?.code,
  };
}
const end = (session: Session, id: string) => session.gql(endText, { id });

type Task = { id: string; inputs: { id: string }[] };
async function approve(session: Session, task: Task) {
  const revision = await revisionOf(session, task.id);
  const input = { inputId: task.inputs[0]!.id, idempotencyKey: key(), revision, decision: 'APPROVED' };
  const { data, errors } = await session.gql(giveText, { input });
  return { ...data?.approvalGive, code: errors?.[0]?.extensions?.code };
}
const canText = `query ($id: ID!) { task(id: $id) { viewerCan { delegate } delegation { id from { name } to { name } }
  inputs { viewerCan { approve } } } }`;
const seen = async (session: Session, task: Task) => (await session.ask(canText, { id: task.id })).task;
const told = async (session: Session, taskId: string) =>
  (await session.ask(inboxText)).viewer.inbox.nodes
    .filter((one: { task: { id: string } | null }) => one.task?.id === taskId)
    .map((one: { reason: string }) => one.reason);
const kindsOf = async (taskId: string) =>
  (await w.app.services.db.select().from(events).where(eq(events.taskId, taskId)))
    .filter(({ kind }) => kind.startsWith('approval.'))
    .map(({ kind, audience }) => [kind, audience]);

describe('one task', () => {
  test('whoever was named approves it, and it is recorded in whose place', async () => {
    const task = await w.task({}, anApproval());
    expect((await approve(w.member, task)).code).toBe('FORBIDDEN');
    const made = await give(w.lead, { to: w.member, taskId: task.id });
    expect(made).toMatchObject({
      userErrors: [],
      position: null,
      delegation: { endsAt: null, from: { id: w.lead.personId }, to: { id: w.member.personId }, task: { id: task.id } },
    });
    expect(await told(w.member, task.id)).toContain('DELEGATED');
    expect((await seen(w.member, task)).inputs[0].viewerCan.approve).toBe(true);
    const other = await w.task({}, anApproval());
    expect((await approve(w.member, other)).code).toBe('FORBIDDEN');
    expect(await approve(w.member, task)).toMatchObject({
      task: { state: 'DONE' },
      submission: {
        submittedBy: { id: w.member.personId },
        approval: { decision: 'APPROVED', inPlaceOf: { id: w.lead.personId, name: 'Of CLIENT_LEAD' } },
      },
    });
    expect(await kindsOf(task.id)).toEqual([
      ['approval.delegated', 'SHARED'],
      ['approval.given', 'SHARED'],
    ]);
    // Done, it is over by itself.
    expect((await w.lead.ask('{ delegationsGiven { id } }')).delegationsGiven).toEqual([]);
  });

  test('taken back, it is theirs no more at once, and the other is asked again', async () => {
    const task = await w.task({}, anApproval());
    const { delegation } = await give(w.sponsor, { to: w.viewer, taskId: task.id });
    expect((await seen(w.viewer, task)).inputs[0].viewerCan.approve).toBe(true);
    expect((await end(w.stranger, delegation.id)).errors[0]?.extensions?.code).toBe('NOT_FOUND');
    expect((await end(w.lead, delegation.id)).errors[0]?.extensions?.code).toBe('NOT_FOUND');
    expect((await end(w.viewer, delegation.id)).data.delegationEnd.userErrors).toEqual([]);
    expect((await approve(w.viewer, task)).code).toBe('FORBIDDEN');
    expect(await told(w.sponsor, task.id)).toContain('RETURNED');
    // Once more says the same.
    expect((await end(w.viewer, delegation.id)).data.delegationEnd.userErrors).toEqual([]);
  });

  test('only its own side learns of it, and staff', async () => {
    const task = await w.task({}, anApproval());
    await give(w.lead, { to: w.member, taskId: task.id });
    const known = { from: { name: 'Of CLIENT_LEAD' }, to: { name: 'Of CLIENT_MEMBER' } };
    for (const session of [w.lead, w.viewer, w.pm]) expect((await seen(session, task)).delegation).toMatchObject(known);
    expect((await seen(w.partner, task)).delegation).toBeNull();
    expect(await seen(w.stranger, task)).toBeNull();
    const ours = await w.task({ side: 'COMPANY' }, anApproval());
    const worker = await w.app.signIn({ id: await makeStaff(w.app.services, 'Colleague', 'CONTRIBUTOR') });
    expect((await give(w.pm, { to: worker, taskId: ours.id })).code).toBeUndefined();
    expect((await seen(w.lead, ours)).delegation).toBeNull();
    expect(await kindsOf(ours.id)).toEqual([['approval.delegated', 'INTERNAL']]);
    expect(await approve(worker, ours)).toMatchObject({
      submission: { approval: { inPlaceOf: { id: w.pm.personId } } },
    });
    expect(
      (
        await w.lead.ask(
          'query ($id: ID!) { task(id: $id) { inputs { submissions { nodes { approval { inPlaceOf { name } } } } } } }',
          { id: ours.id },
        )
      ).task.inputs[0].submissions.nodes[0].approval.inPlaceOf.name,
    ).toBe('Of PM');
  });

  test('nobody of another side or account, nobody without approvals of their own, and nothing twice', async () => {
    const task = await w.task({}, anApproval());
    const taskId = task.id;
    expect((await give(w.lead, { to: w.stranger, taskId })).code).toBe('NOT_FOUND');
    expect((await give(w.lead, { to: w.partner, taskId })).code).toBe('NOT_A_DELEGATE');
    expect((await give(w.lead, { to: w.pm, taskId })).code).toBe('NOT_A_DELEGATE');
    expect((await give(w.lead, { to: w.lead, taskId })).code).toBe('NOT_A_DELEGATE');
    expect((await give(w.pm, { to: w.director, taskId })).code).toBe('NOT_A_DELEGATE');
    expect((await give(w.pm, { to: w.lead, taskId })).code).toBe('NOT_A_DELEGATE');
    for (const session of [w.member, w.viewer, w.partner, w.director]) {
      expect((await give(session, { to: w.lead, taskId })).code).toBe('FORBIDDEN');
      expect((await session.ask('{ delegationCandidates { id } }')).delegationCandidates).toEqual([]);
    }
    expect((await give(w.stranger, { to: w.stranger, taskId })).code).not.toBeUndefined();
    const internal = await w.task({ visibility: 'INTERNAL', side: 'COMPANY' }, anApproval());
    expect((await give(w.lead, { to: w.member, taskId: internal.id })).code).toBe('NOT_FOUND');
    const feed = await w.task({}, anAddress);
    expect((await give(w.lead, { to: w.member, taskId: feed.id })).code).toBe('NOTHING_TO_DELEGATE');
    const idempotencyKey = key();
    const first = await give(w.lead, { to: w.member, taskId, idempotencyKey });
    expect((await give(w.lead, { to: w.member, taskId, idempotencyKey })).delegation.id).toBe(first.delegation.id);
    expect((await give(w.lead, { to: w.viewer, taskId })).code).toBe('DELEGATED_ALREADY');
    // Whoever stands in for somebody gives nothing on.
    expect((await give(w.member, { to: w.viewer, taskId })).code).toBe('FORBIDDEN');
  });

  test('candidates are one’s own account, or who works for the company', async () => {
    const names = async (session: Session) =>
      (await session.ask('{ delegationCandidates { id accountName } }')).delegationCandidates;
    const ofClient = await names(w.lead);
    expect(ofClient.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining([w.member.personId, w.sponsor.personId]),
    );
    const accounts = new Set(ofClient.map(({ accountName }: { accountName: string | null }) => accountName));
    expect([...accounts]).toEqual([expect.any(String)]);
    const ofStaff = (await names(w.pm)).map(({ id }: { id: string }) => id);
    expect(ofStaff).not.toContain(w.director.personId);
    expect(ofStaff).not.toContain(w.pm.personId);
  });
});

describe('a span of days', () => {
  test('begins and ends by itself, and what waits goes there and comes back', async () => {
    const task = await w.task({}, anApproval());
    const made = await give(w.sponsor, { to: w.member, from: day(2), until: day(4) });
    expect(made.code).toBeUndefined();
    expect((await approve(w.member, task)).code).toBe('FORBIDDEN');
    expect(await told(w.member, task.id)).toEqual([]);
    w.app.clock.advance(2.5 * 86_400_000);
    await w.app.services.jobs.runDue();
    expect(await told(w.member, task.id)).toContain('DELEGATED');
    expect((await seen(w.member, task)).inputs[0].viewerCan.approve).toBe(true);
    expect((await w.member.ask('{ delegationsReceived { from { id } } }')).delegationsReceived).toEqual([
      { from: { id: w.sponsor.personId } },
    ]);
    w.app.clock.advance(3 * 86_400_000);
    // The right ends by the clock, whether or not the end was written down.
    expect((await seen(w.member, task)).inputs[0].viewerCan.approve).toBe(false);
    expect((await approve(w.member, task)).code).toBe('FORBIDDEN');
    await w.app.services.jobs.runDue();
    expect(await told(w.sponsor, task.id)).toContain('RETURNED');
    const [row] = await w.app.services.db.select().from(delegations).where(eq(delegations.id, made.delegation.id));
    expect(row).toMatchObject({ endedBy: 'LAPSED' });
  });

  test('what is asked for while somebody is away is asked of whoever stands in, also on their day', async () => {
    const worker = await w.app.signIn({ id: await makeStaff(w.app.services, 'Standing In', 'CONTRIBUTOR') });
    const boss = await w.app.signIn({ id: await makeStaff(w.app.services, 'Away', 'PM') });
    await w.app.services.db.update(projects).set({ pmId: boss.personId! }).where(eq(projects.id, w.projectId));
    const feed = await w.task({ isReviewWanted: true }, anAddress);
    await give(boss, { to: worker, until: day(3) });
    await deliverUrl(w.member, feed.id, feed.inputs[0]!.id);
    expect(await told(worker, feed.id)).toContain('REVIEW_WANTED');
    expect(await told(boss, feed.id)).toEqual([]);
    const dayText = '{ myDay { groups { items(first: 100) { task { id } whys { kind inPlaceOf { id } } } } } }';
    const onDay = async (session: Session) =>
      (await session.ask(dayText)).myDay.groups
        .flatMap(({ items }: { items: object[] }) => items)
        .find((one: { task: { id: string } | null }) => one.task?.id === feed.id);
    expect(await onDay(worker)).toMatchObject({ whys: [{ kind: 'REVIEW_WAITS', inPlaceOf: { id: boss.personId } }] });
    expect(await onDay(boss)).toBeUndefined();
    const { task } = await worker.ask('query ($id: ID!) { task(id: $id) { revision } }', { id: feed.id });
    const approved = await worker.ask(approveText, { id: feed.id, input: { revision: task.revision } });
    expect(approved.taskApprove).toMatchObject({
      userErrors: [],
      task: {
        state: 'DONE',
        latestSubmission: { review: { by: { id: worker.personId }, inPlaceOf: { id: boss.personId } } },
      },
    });
  });

  test('it waits for whoever stands in, and not for who is away', async () => {
    const task = await w.task({}, anApproval());
    const waits = async () =>
      (await w.viewer.ask('query ($id: ID!) { task(id: $id) { awaited { name } } }', { id: task.id })).task.awaited.map(
        ({ name }: { name: string }) => name,
      );
    expect(await waits()).toEqual(expect.arrayContaining(['Of CLIENT_LEAD', 'Of CLIENT_SPONSOR']));
    await give(w.lead, { to: w.member, until: day(3) });
    const now = await waits();
    expect(now).toContain('Of CLIENT_MEMBER');
    expect(now).not.toContain('Of CLIENT_LEAD');
  });

  test('days that are past, upside down or too far, and whoever is away too, are refused', async () => {
    for (const span of [
      {},
      { until: day(-1) },
      { from: day(3), until: day(2) },
      { until: day(400) },
      { from: day(-2), until: day(2) },
    ]) {
      expect((await give(w.lead, { to: w.member, ...span })).code).toBe('DAYS_OUT_OF_RANGE');
    }
    expect((await give(w.lead, { to: w.sponsor, until: day(5) })).code).toBeUndefined();
    expect((await give(w.lead, { to: w.member, from: day(2), until: day(9) })).code).toBe('DELEGATED_ALREADY');
    expect((await give(w.sponsor, { to: w.lead, until: day(2) })).code).toBe('DELEGATE_AWAY');
  });
});

describe('who loses access', () => {
  test('approves nothing any more; the other has it again, and is told by mail and in the inbox', async () => {
    const { db, clock } = w.app.services;
    const [own] = await db.select().from(people).where(eq(people.id, w.member.personId!));
    const id = uuidv7();
    await db
      .insert(people)
      .values({ ...own!, id, email: 'leaving@inputs.example', name: 'Leaving', createdAt: clock.now() });
    const leaving = await w.app.signIn({ id });
    const task = await w.task({}, anApproval());
    await give(w.lead, { to: leaving, until: day(6) });
    expect((await seen(leaving, task)).inputs[0].viewerCan.approve).toBe(true);
    await w.pm.ask('mutation ($id: ID!) { personRemove(id: $id) { userErrors { code } } }', { id });
    expect(await told(w.lead, task.id)).toContain('RETURNED');
    expect((await w.lead.ask('{ delegationsGiven { id } }')).delegationsGiven).toEqual([]);
    const mail = await mailTo(w.app, 'client_lead@inputs.example');
    expect(mail.subject).toBe('Leaving no longer approves in your place');
    const [row] = await db.select().from(delegations).where(eq(delegations.toId, id));
    expect(row).toMatchObject({ endedBy: 'ACCESS_LOST' });
    expect((await db.select().from(tasks).where(eq(tasks.id, task.id)))[0]!.state).toBe('READY');
  });

  test('whose own right to approve ended gives none', async () => {
    const { db, clock } = w.app.services;
    const [own] = await db.select().from(people).where(eq(people.id, w.lead.personId!));
    const id = uuidv7();
    await db
      .insert(people)
      .values({ ...own!, id, email: 'second@inputs.example', name: 'Second lead', createdAt: clock.now() });
    const second = await w.app.signIn({ id });
    const task = await w.task({}, anApproval());
    await give(second, { to: w.member, until: day(6) });
    expect((await seen(w.member, task)).inputs[0].viewerCan.approve).toBe(true);
    const change =
      'mutation ($id: ID!, $input: PersonChangeRoleInput!) { personChangeRole(id: $id, input: $input) { userErrors { code } } }';
    await w.pm.ask(change, { id, input: { role: 'CLIENT_MEMBER' } });
    expect((await seen(w.member, task)).inputs[0].viewerCan.approve).toBe(false);
  });
});
