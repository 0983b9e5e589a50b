import { and, eq, isNull } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { accounts, guestSessions, handovers, people } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { isEmail, newToken, normalEmail, tokenHash } from '../accounts/commands.ts';
import { companyOf } from '../accounts/queries.ts';
import { dayOf, instantOf } from '../calendar.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { publicOrigin } from '../platform/http/origin.ts';
import { idempotent } from '../platform/idempotency.ts';
import { mailSend } from '../platform/mail/mail.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { checkMay, clientWasActive } from '../projects/commands.ts';
import { lockRow, onTask, taskLock } from '../tasks/commands.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { handoverMailCount } from './limits.ts';
import {
  afterDoneMs,
  type HandoverRow,
  isColleague,
  isHandableLoader,
  isTaskOver,
  lapseOf,
  viewerOfHanded,
} from './queries.ts';

/*
 * A handover is open from its mail until one of these comes first:
 *   taken back   by the client or by staff
 *   given back   by the guest, who says why
 *   done         its task has been over for a day
 *   expired      its last day has ended
 * While it is open its link is good for one opening; a new one is mailed to the same address, and the old one is dead.
 */
export const lapseJob = 'handover.lapse';
export const usualDays = 14;
export const longestDays = 90;
const maxMessageCharacters = 2_000;
export const maxAnswerCharacters = 2_000;

const dayMs = 24 * 60 * 60_000;

export type HandOver = { email: string; message?: string | null; until?: string | null; idempotencyKey: string };

/** Hands one task to whoever has an address, and mails them the link. */
export function taskHandOver(ctx: Ctx, taskId: string, input: HandOver): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'handover.make', task);
    const { idempotencyKey, ...rest } = input;
    const body = { ...rest, taskId };
    await idempotent(ctx, tx, { act: 'taskHandOver', key: idempotencyKey, body }, async () => {
      const email = normalEmail(input.email);
      if (!isEmail(email)) throw new ActError('INVALID_EMAIL', { field: 'email' });
      const message = checkedText(input.message ?? '', maxMessageCharacters, 'message');
      const until = checkedDay(ctx, task, input.until ?? null);
      const inTx = { ...ctx, db: tx as unknown as Ctx['db'], loaders: new Map() };
      if (isTaskOver(task) || !(await isHandableLoader(inTx).load(task.id))) throw new ActError('NOT_HANDABLE');
      if (await isColleague(tx, task, email)) throw new ActError('ALREADY_HERE', { field: 'email' });
      await makeRoom(tx, ctx, task);
      await handoverMailCount(ctx, { email, accountId: task.accountId });
      const row = await handoverInsert(tx, ctx, task, { email, message, until });
      return { subjectId: row.id };
    });
    return task;
  });
}

/** A text as it is kept: trimmed, without control characters other than line ends. */
export function checkedText(given: string, max: number, field: string): string {
  const text = given
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim();
  if ([...text].length > max) throw new ActError('TOO_LONG', { field, params: { max } });
  return text;
}

function checkedDay(ctx: Ctx, task: TaskSeen, given: string | null): string {
  const inDays = (days: number) => dayOf(new Date(ctx.clock.now().getTime() + days * dayMs), task.timeZone);
  const until = given ?? inDays(usualDays);
  if (until < inDays(0) || until > inDays(longestDays)) {
    throw new ActError('OUT_OF_RANGE', { field: 'until', params: { min: inDays(0), max: inDays(longestDays) } });
  }
  return until;
}

/** The moment at which a day has ended where the project is. */
function endOf(day: string, timeZone: string): Date {
  const next = new Date(Date.parse(`${day}T12:00:00Z`) + dayMs).toISOString().slice(0, 10);
  return instantOf(next, '00:00', timeZone);
}

const isOpenRow = (taskId: string) => and(eq(handovers.taskId, taskId), isNull(handovers.endedAt));

/** What has lapsed makes room for a new one; what stands does not. */
async function makeRoom(tx: Tx, ctx: Ctx, task: TaskSeen): Promise<void> {
  const [standing] = await tx.select().from(handovers).where(isOpenRow(task.id)).for('update');
  if (!standing) return;
  const why = lapseOf(standing, task, ctx.clock.now());
  if (why === null) throw new ActError('HANDED_ALREADY');
  await handoverEnd(tx, ctx, standing, task, { why, actorId: null });
}

type Made = { email: string; message: string; until: string };

async function handoverInsert(tx: Tx, ctx: Ctx, task: TaskSeen, { email, message, until }: Made): Promise<HandoverRow> {
  const token = newToken();
  const row: HandoverRow = {
    id: uuidv7(),
    projectId: task.projectId,
    taskId: task.id,
    email,
    message,
    handedBy: ctx.viewer.personId,
    createdAt: ctx.clock.now(),
    expiresAt: endOf(until, task.timeZone),
    tokenHash: tokenHash(token),
    usedAt: null,
    wrongTries: 0,
    guestId: null,
    openedAt: null,
    endedAt: null,
    endedBy: null,
    answer: null,
  };
  await tx.insert(handovers).values(row);
  append(tx, {
    kind: 'handover.made',
    ...onTask(ctx, task),
    facts: { until },
    revision: { before: null, after: { email, message } },
  });
  await clientWasActive(tx, ctx, task.projectId);
  await ctx.jobs.due(tx, lapseJob, row.id, row.expiresAt);
  await handoverMail(tx, ctx, row, task, token);
  return row;
}

/** Mails the link of a handover, to its own address and to no other. */
export async function handoverMail(tx: Tx, services: Services, row: HandoverRow, task: TaskSeen, token: string) {
  const [[giver], [account], { name: company }] = await Promise.all([
    tx.select({ name: people.name }).from(people).where(eq(people.id, row.handedBy)),
    tx.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, task.accountId)),
    companyOf({ db: tx }),
  ]);
  const lastDay = dayOf(new Date(row.expiresAt.getTime() - 1), task.timeZone);
  const until = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(lastDay));
  await mailSend(tx, services, {
    to: { email: row.email, name: '' },
    template: 'handover',
    params: {
      giver: giver?.name ?? company,
      account: account?.name ?? company,
      company,
      title: task.title,
      message: row.message,
      email: row.email,
      until,
      link: `${publicOrigin(services)}/guest/${row.id}?token=${token}`,
    },
  });
}

/** Takes a task back from whoever has it: their page and everything behind it ends at once. */
export function taskTakeBack(ctx: Ctx, taskId: string): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'handover.end', task);
    const [row] = await tx.select().from(handovers).where(isOpenRow(task.id)).for('update');
    // Nobody has it any more: what the person wants is so.
    if (row) await handoverEnd(tx, ctx, row, task, { why: 'TAKEN_BACK', actorId: ctx.viewer.personId });
    return task;
  });
}

/** The guest gives it back, and says why in their words. */
export function handoverGiveBack(ctx: Ctx, handoverId: string, given: string): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const [known] = await tx.select().from(handovers).where(eq(handovers.id, handoverId));
    if (!known) throw new ApiError('NOT_FOUND');
    const { task } = await taskLock(tx, ctx, known.taskId);
    const [row] = await tx.select().from(handovers).where(eq(handovers.id, handoverId)).for('update');
    if (!row || row.endedAt !== null || row.guestId !== ctx.viewer.personId) throw new ApiError('NOT_FOUND');
    const answer = checkedText(given, maxAnswerCharacters, 'reason');
    if (answer === '') throw new ActError('REASON_MISSING', { field: 'reason' });
    await handoverEnd(tx, ctx, row, task, { why: 'GIVEN_BACK', actorId: row.guestId, answer });
    return task;
  });
}

type End = { why: NonNullable<HandoverRow['endedBy']>; actorId: string | null; answer?: string };

/** Ends a locked handover, every browser that it was opened in, and its open pages. */
export async function handoverEnd(
  tx: Tx,
  services: Services,
  row: HandoverRow,
  task: TaskSeen,
  { why, actorId, answer }: End,
): Promise<void> {
  const endedAt = services.clock.now();
  await tx
    .update(handovers)
    .set({ endedAt, endedBy: why, answer: answer ?? null })
    .where(eq(handovers.id, row.id));
  await tx
    .update(guestSessions)
    .set({ endedAt })
    .where(and(eq(guestSessions.handoverId, row.id), isNull(guestSessions.endedAt)));
  await services.jobs.notDue(tx, lapseJob, row.id);
  const told = { ...onTask(null, task), actorId };
  if (why === 'TAKEN_BACK') append(tx, { ...told, kind: 'handover.takenBack', facts: {} });
  else if (why === 'GIVEN_BACK') {
    append(tx, {
      ...told,
      kind: 'handover.givenBack',
      facts: { giverId: row.handedBy },
      revision: { before: null, after: { answer } },
    });
  } else append(tx, { ...told, kind: 'handover.lapsed', facts: { why } });
  const { guestId } = row;
  if (guestId !== null) tx.afterCommit.push(() => services.connections.recheck(guestId));
}

/** Ends what has lapsed by the clock; what goes on is looked at again when it may. */
export async function handoverLapse(services: Services, handoverId: string): Promise<void> {
  await transaction(services, async (tx) => {
    const [known] = await tx.select().from(handovers).where(eq(handovers.id, handoverId));
    const task = known && (await lockRow(tx, known.taskId));
    const [row] = await tx.select().from(handovers).where(eq(handovers.id, handoverId)).for('update');
    if (!row || !task || row.endedAt !== null) return;
    const why = lapseOf(row, task, services.clock.now());
    if (why !== null) return handoverEnd(tx, services, row, task, { why, actorId: null });
    await services.jobs.due(tx, lapseJob, row.id, nextLook(row, task));
  });
}

function nextLook(row: HandoverRow, task: TaskSeen): Date {
  const afterDone = new Date(task.stateSince.getTime() + afterDoneMs);
  return isTaskOver(task) && afterDone < row.expiresAt ? afterDone : row.expiresAt;
}

/** After a task was finished or given up: whoever has it is let out a day later. Part of the transaction that did it. */
export async function handoverNotice(
  tx: Tx,
  { jobs }: Pick<Services, 'jobs'>,
  events: readonly { kind: string; taskId?: string | null | undefined }[],
  at: Date,
): Promise<void> {
  for (const { kind, taskId } of events) {
    if (!endings.includes(kind) || !taskId) continue;
    const [row] = await tx.select().from(handovers).where(isOpenRow(taskId));
    const afterDone = new Date(at.getTime() + afterDoneMs);
    if (row && afterDone < row.expiresAt) await jobs.due(tx, lapseJob, row.id, afterDone);
  }
}

const endings: readonly string[] = [
  'task.completed',
  'task.approved',
  'task.accepted',
  'task.waived',
  'task.cancelled',
];

/** Whether the guest of a handover may still read its task: asked again under the lock. */
export const mayOpen = (handover: HandoverRow, task: TaskSeen, now: Date): boolean =>
  handover.endedAt === null &&
  lapseOf(handover, task, now) === null &&
  can(viewerOfHanded({ handover, task, account: '', giver: '' }, ''), 'task.read', task);
