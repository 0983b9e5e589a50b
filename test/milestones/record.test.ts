import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvals, projects, tasks } from '../../drizzle/schema/index.ts';
import { recordPolicy } from '../../server/milestones/record/page.ts';
import { deliverUrl, revisionOf } from '../submissions/inputsWorld.ts';
import { anAddress, anApproval } from '../support/taskWithInputs.ts';
import { type MilestonesWorld, startMilestonesWorld } from './milestonesWorld.ts';

let w: MilestonesWorld;
beforeAll(async () => {
  w = await startMilestonesWorld();
});
afterAll(() => w.close());

const giveText = `mutation ($input: ApprovalGiveInput!) {
  approvalGive(input: $input) { submission { id } userErrors { code } }
}`;

async function approve(reason: string) {
  const design = await w.task({ title: 'Theme preview', isReviewWanted: false }, anAddress);
  const approval = await w.task({ title: 'Agree to the theme' }, anApproval(design.key));
  const { submission } = await deliverUrl(w.member, design.id, design.inputs[0]!.id);
  const input = {
    inputId: approval.inputs[0]!.id,
    idempotencyKey: crypto.randomUUID(),
    revision: await revisionOf(w.sponsor, approval.id),
    decision: 'APPROVED',
    reason,
    ofSubmissionId: submission.id,
  };
  const { approvalGive } = await w.sponsor.ask(giveText, { input });
  expect(approvalGive.userErrors).toEqual([]);
  return { design, approval, submissionId: approvalGive.submission.id as string };
}

const record = async (session = w.lead) => {
  const response = await session.fetch(`/records/${w.projectId}`);
  return { response, page: await response.text() };
};

test('it says what was approved, which version, by whom, when and with which words', async () => {
  const { phaseId } = await w.reached();
  await w.sign(w.lead, phaseId, { note: 'Well done.' });
  const { digest } = await w.look(w.lead, phaseId);
  await approve('Looks like us.');
  const { page } = await record();
  for (const said of [
    'Well done.',
    digest,
    'Of CLIENT_LEAD',
    'Agree to the theme',
    'Version 1 of “Theme preview”',
    'Looks like us.',
    'Of CLIENT_SPONSOR',
    // Of an address, the fingerprint of the address.
    createHash('sha256').update('https://shop.example/a').digest('hex'),
  ]) {
    expect(page).toContain(said);
  }
});

test('it is the same paper for both sides', async () => {
  await approve('Both read this.');
  const [theirs, ours] = [(await record(w.viewer)).page, (await record(w.director)).page];
  expect(ours).toBe(theirs);
});

test('whoever may not read the project finds no such page, signed in or not', async () => {
  const missing = await w.lead.fetch(`/records/${crypto.randomUUID()}`);
  const answers = [
    (await record(w.stranger)).response,
    await fetch(`${w.app.url}/records/${w.projectId}`),
    await w.lead.fetch('/records/not-an-id'),
  ];
  for (const answer of answers) expect(answer.status).toBe(missing.status);
  expect(missing.status).toBe(404);
  const { db } = w.app.services;
  await db.update(projects).set({ activatedAt: null }).where(eq(projects.id, w.projectId));
  try {
    expect((await record()).response.status).toBe(404);
    expect((await record(w.pm)).response.status).toBe(200);
  } finally {
    await db.update(projects).set({ activatedAt: w.app.clock.now() }).where(eq(projects.id, w.projectId));
  }
});

test('what people wrote is text in it, and the page runs and reaches nothing', async () => {
  const nasty = `<script>alert(1)</script><img src=x onerror=alert(1)>"'&\u202e</style><style>*{display:none}`;
  const { phaseId } = await w.reached();
  await w.sign(w.lead, phaseId, { note: nasty });
  await approve(nasty);
  const { page, response } = await record();
  expect(page).not.toContain('<script');
  expect(page).not.toContain('<img');
  expect(page).not.toContain('\u202e');
  expect(page.match(/<style>/g)).toHaveLength(1);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(response.headers.get('content-security-policy')).toBe(recordPolicy);
  expect(recordPolicy).toContain("default-src 'none'");
  expect(recordPolicy).not.toContain('unsafe');
  expect(page).not.toMatch(/<[^>]*(src|href)=/);
});

test('of what was hidden since it says only that it was there', async () => {
  const { db } = w.app.services;
  const { phaseId, taskIds } = await w.stretch(1, { title: 'kanarirecordtask' });
  await w.finish(w.member, taskIds[0]!);
  await w.sign(w.lead, phaseId);
  const { design, approval } = await approve('kanarirecordreason');
  expect((await record()).page).toContain('kanarirecordtask');
  await db.update(tasks).set({ visibility: 'INTERNAL', title: 'kanarirecordseen' }).where(eq(tasks.id, design.id));
  await db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, taskIds[0]!));
  const { page } = await record();
  expect(page).not.toContain('kanarirecordtask');
  expect(page).not.toContain('kanarirecordseen');
  expect(page).toContain('kanarirecordreason');
  await db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, approval.id));
  expect((await record()).page).not.toContain('kanarirecordreason');
  expect((await record(w.pm)).page).not.toContain('kanarirecordreason');
});

test('a text that was agreed to has a fingerprint of its own', async () => {
  const approval = await w.task({ title: 'Agree to the text' }, anApproval());
  const input = {
    inputId: approval.inputs[0]!.id,
    idempotencyKey: crypto.randomUUID(),
    revision: await revisionOf(w.lead, approval.id),
    decision: 'APPROVED',
    reason: '',
  };
  const { approvalGive } = await w.lead.ask(giveText, { input });
  const [row] = await w.app.services.db
    .select()
    .from(approvals)
    .where(eq(approvals.submissionId, approvalGive.submission.id));
  expect((await record()).page).toContain(row!.ofText);
});

test('it names who decided, and in whose place', async () => {
  const approval = await w.task({ title: 'Agree while somebody is away' }, anApproval());
  expect((await record()).page).not.toContain('In the place of');
  const { approvalDelegate } = await w.lead.ask(
    'mutation ($input: ApprovalDelegateInput!) { approvalDelegate(input: $input) { userErrors { code } } }',
    { input: { toId: w.member.personId, taskId: approval.id, idempotencyKey: crypto.randomUUID() } },
  );
  expect(approvalDelegate.userErrors).toEqual([]);
  const input = {
    inputId: approval.inputs[0]!.id,
    idempotencyKey: crypto.randomUUID(),
    revision: await revisionOf(w.member, approval.id),
    decision: 'APPROVED',
    reason: '',
  };
  expect((await w.member.ask(giveText, { input })).approvalGive.userErrors).toEqual([]);
  const { page } = await record();
  expect(page).toContain('<dt>Decided by</dt><dd>Of CLIENT_MEMBER</dd><dt>In the place of</dt><dd>Of CLIENT_LEAD</dd>');
});
