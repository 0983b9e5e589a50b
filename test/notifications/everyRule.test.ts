import { and, eq, inArray, isNull, notInArray, or } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  commentMentions,
  comments,
  inboxItems,
  people,
  projectPartners,
  submissions,
  taskInputs,
  tasks,
} from '../../drizzle/schema/index.ts';
import type { EventKind, NewEvent } from '../../server/events.ts';
import { inboxWrite } from '../../server/notifications/commands.ts';
import { type InboxReason, rules } from '../../server/notifications/rules.ts';
import { type Tx, transaction } from '../../server/platform/database/transaction.ts';
import { startTalking, type Talking } from '../comments/talking.ts';

const names = ['pm', 'colleague', 'director', 'member', 'lead', 'sponsor', 'viewer', 'partner', 'stranger'] as const;
type Name = (typeof names)[number];
type TaskRow = typeof tasks.$inferSelect;

type Case = {
  kind: EventKind;
  when: string;
  /** Null: it followed by itself. */
  by: Name | null;
  type?: TaskRow['type'];
  side?: TaskRow['side'];
  visibility?: TaskRow['visibility'];
  audience?: 'SHARED' | 'INTERNAL';
  assignee?: Name;
  /** Those who are to look at it. */
  reviewer?: TaskRow['reviewerRole'];
  /** Who spoke on the task before. */
  spoke?: Name[];
  /** Whom the comment or the note names. */
  named?: Name[];
  /** Who handed in what the event is about. */
  deliverer?: Name;
  facts?: Record<string, unknown>;
  told: Partial<Record<Name, InboxReason>>;
};

const given = (to: Name | null, isForLead = false) => ({ from: null, to, isForLead });
const approval = { kind: 'task.ready', type: 'APPROVAL', facts: { from: 'WAITING', to: 'READY' } } as const;
const meeting = { kind: 'meeting.proposed', type: 'MEETING', facts: { inputId: 'x', times: 3 } } as const;
const review = { kind: 'task.reviewStarted', deliverer: 'member', by: 'member' } as const;

const cases: Case[] = [
  { kind: 'comment.added', when: 'names somebody', by: 'pm', named: ['member'], told: { member: 'MENTIONED' } },
  {
    kind: 'comment.added',
    when: 'is said where others spoke',
    by: 'pm',
    spoke: ['member'],
    told: { member: 'COMMENTED' },
  },
  {
    kind: 'comment.added',
    when: 'is said to whoever has it',
    by: 'member',
    assignee: 'colleague',
    told: { colleague: 'COMMENTED' },
  },
  {
    kind: 'comment.added',
    when: 'is said between staff',
    by: 'pm',
    audience: 'INTERNAL',
    spoke: ['member', 'colleague'],
    told: { colleague: 'COMMENTED' },
  },
  {
    kind: 'comment.edited',
    when: 'names somebody now',
    by: 'pm',
    spoke: ['lead'],
    named: ['member'],
    told: { member: 'MENTIONED' },
  },
  { kind: 'comment.shared', when: 'names somebody', by: 'pm', named: ['member'], told: { member: 'MENTIONED' } },
  {
    kind: 'comment.shared',
    when: 'was said where others spoke',
    by: 'pm',
    spoke: ['partner'],
    told: { partner: 'COMMENTED' },
  },
  { kind: 'note.edited', when: 'names somebody', by: 'pm', told: { colleague: 'MENTIONED' } },
  { kind: 'task.assigned', when: 'to somebody', by: 'pm', facts: given('member'), told: { member: 'ASSIGNED' } },
  { kind: 'task.assigned', when: 'to oneself', by: 'colleague', facts: given('colleague'), told: {} },
  { kind: 'task.assigned', when: 'to nobody', by: 'pm', facts: given(null), told: {} },
  {
    kind: 'task.assigned',
    when: 'to whoever leads there',
    by: 'pm',
    facts: given(null, true),
    told: { lead: 'ASSIGNED' },
  },
  {
    kind: 'task.assigned',
    when: 'to whoever leads there, out of their sight',
    by: 'pm',
    visibility: 'INTERNAL',
    facts: given(null, true),
    told: {},
  },
  {
    ...review,
    when: 'of what a client delivered',
    assignee: 'colleague',
    told: { pm: 'REVIEW_WANTED', colleague: 'REVIEW_WANTED' },
  },
  {
    ...review,
    when: 'of what those of a role are to look at',
    assignee: 'member',
    reviewer: 'CONTRIBUTOR',
    told: { colleague: 'REVIEW_WANTED' },
  },
  {
    ...review,
    when: 'of what the manager alone is to look at',
    assignee: 'colleague',
    reviewer: 'PM',
    told: { pm: 'REVIEW_WANTED' },
  },
  { ...review, when: 'that the machine began', by: null, assignee: 'member', told: { pm: 'REVIEW_WANTED' } },
  {
    ...review,
    when: 'of what the manager delivered',
    by: 'pm',
    deliverer: 'pm',
    assignee: 'colleague',
    told: { colleague: 'REVIEW_WANTED' },
  },
  {
    kind: 'task.changesRequested',
    when: 'of a delivery',
    by: 'pm',
    deliverer: 'member',
    assignee: 'lead',
    told: { member: 'CHANGES_REQUESTED' },
  },
  {
    kind: 'task.approved',
    when: 'of a delivery',
    by: 'pm',
    deliverer: 'member',
    assignee: 'lead',
    told: { member: 'APPROVED' },
  },
  { ...approval, when: 'a client approves', by: null, told: { lead: 'APPROVAL_WANTED', sponsor: 'APPROVAL_WANTED' } },
  {
    ...approval,
    when: 'a client approves, and one of them has it',
    by: 'pm',
    assignee: 'sponsor',
    told: { sponsor: 'APPROVAL_WANTED' },
  },
  {
    ...approval,
    when: 'a client approves, and somebody has it who may not',
    by: 'pm',
    assignee: 'member',
    told: { lead: 'APPROVAL_WANTED', sponsor: 'APPROVAL_WANTED' },
  },
  { ...approval, when: 'the company approves', by: null, side: 'COMPANY', told: { pm: 'APPROVAL_WANTED' } },
  {
    ...approval,
    when: 'the company approves, and somebody has it',
    by: 'pm',
    side: 'COMPANY',
    assignee: 'colleague',
    told: { colleague: 'APPROVAL_WANTED' },
  },
  { ...approval, when: 'a client approves what they may not see yet', by: 'pm', visibility: 'INTERNAL', told: {} },
  { ...approval, type: 'WORK', when: 'there is nothing to approve', by: 'pm', told: {} },
  {
    ...meeting,
    when: 'by the company',
    by: 'pm',
    told: { member: 'MEETING_PROPOSED', lead: 'MEETING_PROPOSED', partner: 'MEETING_PROPOSED' },
  },
  {
    ...meeting,
    when: 'by the company to whoever has it',
    by: 'colleague',
    assignee: 'member',
    told: { member: 'MEETING_PROPOSED' },
  },
  { ...meeting, when: 'by a client', by: 'member', told: { pm: 'MEETING_PROPOSED' } },
  {
    ...meeting,
    when: 'by a client to whoever has it',
    by: 'member',
    assignee: 'colleague',
    told: { colleague: 'MEETING_PROPOSED' },
  },
  {
    kind: 'task.stuck',
    when: 'and somebody has it',
    by: 'member',
    assignee: 'colleague',
    facts: { side: 'COMPANY' },
    told: { pm: 'STUCK', colleague: 'STUCK' },
  },
  { kind: 'task.stuck', when: 'by the manager', by: 'pm', facts: { side: 'CLIENT' }, told: {} },
  {
    kind: 'task.promised',
    when: 'by a client',
    by: 'member',
    facts: { court: 'CLIENT', from: null, to: '2026-03-20' },
    told: { pm: 'PROMISED' },
  },
  {
    kind: 'handover.givenBack',
    when: 'by a guest',
    by: null,
    facts: { giverId: 'member' },
    told: { member: 'GIVEN_BACK' },
  },
  {
    kind: 'approval.delegated',
    when: 'to a colleague',
    by: 'lead',
    facts: { fromId: 'lead', toId: 'member' },
    told: { member: 'DELEGATED' },
  },
  {
    kind: 'approval.returned',
    when: 'by itself',
    by: null,
    facts: { fromId: 'lead', toId: 'member', why: 'LAPSED' },
    told: { lead: 'RETURNED' },
  },
  {
    kind: 'milestone.reached',
    when: 'with somebody who took part',
    by: null,
    facts: { phaseId: 'x', asked: ['member'] },
    told: { lead: 'MILESTONE_REACHED', sponsor: 'MILESTONE_REACHED', member: 'MILESTONE_REACHED' },
  },
];

let talk: Talking;
let ids: Record<Name, string>;
let noteId: string;
beforeAll(async () => {
  talk = await startTalking();
  const { account, project } = talk.app.world.clients[0]!;
  const { pm, colleague, director, sponsor, viewer, otherClient } = talk.ids;
  ids = {
    ...{ pm, colleague, director, sponsor, viewer, stranger: otherClient },
    member: await talk.add('Member Mala', 'CLIENT_MEMBER', account.id),
    lead: await talk.add('Lead Lorenc', 'CLIENT_LEAD', account.id),
    partner: await talk.add('Partner Pokorny', 'PARTNER'),
  };
  const { db, clock } = talk.app.services;
  await db.insert(projectPartners).values({ projectId: project.id, personId: ids.partner, createdAt: clock.now() });
  // A note tells of itself as it is written; in each case it is told anew.
  const { task } = await talk.pm.ask('query ($id: ID!) { task(id: $id) { note { id } } }', { id: talk.taskId });
  noteId = task.note.id;
  const input = { markdown: `A plan for @[${colleague}]`, mode: 'REPLACE', idempotencyKey: 'plan' };
  const write =
    'mutation ($id: ID!, $input: NoteWriteInput!) { noteWrite(id: $id, input: $input) { userErrors { code } } }';
  expect((await talk.pm.ask(write, { id: noteId, input })).noteWrite.userErrors).toEqual([]);
});
afterAll(() => talk.app.close());

class Undone extends Error {}

/** Whom an event would tell, and why; nothing of it stays. */
async function told(one: Case): Promise<Partial<Record<string, string>>> {
  const found: Record<string, string> = {};
  const { services } = talk.app;
  const doing = transaction({ ...services, beforeCommit: undefined } as never, async (tx) => {
    const event = await happen(tx, one);
    await inboxWrite(tx, services, [event], services.clock.now());
    const rows = await tx
      .select({ personId: inboxItems.personId, reason: inboxItems.reason })
      .from(inboxItems)
      .where(eq(inboxItems.subjectId, event.subjectId));
    for (const { personId, reason } of rows) found[names.find((name) => ids[name] === personId) ?? personId] = reason;
    throw new Undone();
  });
  await expect(doing).rejects.toThrow(Undone);
  return found;
}

/** A task of its own, in a company and an account of nobody but these. */
async function happen(
  tx: Tx,
  { kind, by, named = [], spoke = [], deliverer, facts = {}, ...one }: Case,
): Promise<NewEvent> {
  const at = talk.app.clock.now();
  const [row] = await tx.select().from(tasks).where(eq(tasks.id, talk.taskId));
  const { id: _, assigneeId: __, ...rest } = row!;
  const { projectId } = rest;
  const on = { projectId, taskId: uuidv7() };
  const { account } = talk.app.world.clients[0]!;
  const mine = Object.values(ids);
  await tx
    .update(people)
    .set({ removedAt: at })
    .where(and(or(eq(people.accountId, account.id), isNull(people.accountId)), notInArray(people.id, mine)));
  await tx.delete(inboxItems).where(inArray(inboxItems.personId, mine));
  await tx.insert(tasks).values({
    ...rest,
    id: on.taskId,
    key: on.taskId,
    type: one.type ?? rest.type,
    side: one.side ?? 'CLIENT',
    visibility: one.visibility ?? 'SHARED',
    assigneeId: one.assignee ? ids[one.assignee] : null,
    reviewerRole: one.reviewer ?? null,
  });
  const audience = one.audience ?? one.visibility ?? 'SHARED';
  const say = async (who: Name) => {
    const id = uuidv7();
    const times = { createdAt: at, text: 'Well.', revision: 1 };
    await tx.insert(comments).values({ id, ...on, ...times, authorId: ids[who], audience });
    return id;
  };
  for (const who of spoke) await say(who);
  let subjectId = on.taskId;
  if (kind.startsWith('comment.')) {
    subjectId = await say(by!);
    for (const name of named) await tx.insert(commentMentions).values({ commentId: subjectId, personId: ids[name] });
  }
  if (kind.startsWith('note.')) subjectId = noteId;
  const submissionId = deliverer ? uuidv7() : null;
  if (submissionId && deliverer) {
    const [input] = await tx.select().from(taskInputs).limit(1);
    const delivered = {
      version: 99,
      kind: 'TEXT',
      state: 'RECEIVED',
      isOnBehalf: false,
      createdAt: at,
      finishedAt: at,
    };
    const values = { id: submissionId, ...on, inputId: input!.id, submittedBy: ids[deliverer], ...delivered };
    await tx.insert(submissions).values(values as typeof submissions.$inferInsert);
  }
  const moved = submissionId ? { from: 'IN_PROGRESS', to: 'IN_REVIEW', submissionId } : facts;
  const to = 'to' in moved && kind === 'task.assigned' ? { ...moved, to: moved.to && ids[moved.to as Name] } : moved;
  const asked = 'asked' in to ? { ...to, asked: (to.asked as Name[]).map((name) => ids[name]) } : to;
  const given = 'giverId' in asked ? { ...asked, giverId: ids[asked.giverId as Name] } : asked;
  const both =
    'fromId' in given ? { ...given, fromId: ids[given.fromId as Name], toId: ids[given.toId as Name] } : given;
  return { kind, audience, actorId: by && ids[by], subjectId, ...on, facts: both } as NewEvent;
}

test.each(cases)('$kind, $when, tells whom it concerns and nobody else', async (one) => {
  expect(await told(one)).toEqual(one.told);
});

test('every rule has a case in which it tells somebody', () => {
  const told = new Set(cases.flatMap(({ kind, told }) => Object.values(told).map((reason) => `${kind} ${reason}`)));
  const all = Object.entries(rules).flatMap(([kind, list]) => list.map(([reason]) => `${kind} ${reason}`));
  expect([...told].sort()).toEqual([...all].sort());
});

test('an event loads the people of an account only where they are asked for, and then those alone who can', async () => {
  const { services } = talk.app;
  const { account } = talk.app.world.clients[0]!;
  const at = services.clock.now();
  const many = Array.from({ length: 300 }, (_, i) => ({
    id: uuidv7(),
    name: `Many ${i}`,
    email: `many${i}@example.org`,
    role: 'CLIENT_MEMBER' as const,
    accountId: account.id,
    ...{ timeZone: 'Europe/Prague', isSample: false, createdAt: at, updatedAt: at },
  }));
  const { scenesOf } = await import('../../server/notifications/scenes/queries.ts');
  const loaded = async (one: Case) => {
    let size = 0;
    const doing = transaction({ ...services, beforeCommit: undefined } as never, async (tx) => {
      const event = await happen(tx, one);
      await tx.insert(people).values(many);
      const [scene] = [...(await scenesOf(tx, [event as never], at)).values()];
      size = scene!.people.size;
      throw new Undone();
    });
    await expect(doing).rejects.toThrow(Undone);
    return size;
  };
  const of = (kind: EventKind, when?: string) =>
    loaded(cases.find((one) => one.kind === kind && (!when || one.when === when))!);
  // The manager and whom it names; the manager, and those two who may approve or the one who leads.
  expect(await of('comment.added', 'names somebody')).toBe(2);
  expect(await of('task.stuck')).toBe(3);
  expect(await of('task.ready', 'a client approves')).toBe(3);
  expect(await of('task.assigned', 'to whoever leads there')).toBe(2);
  expect(await of('meeting.proposed', 'by the company')).toBeGreaterThan(300);
});
