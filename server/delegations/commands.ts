import { and, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { delegations, people, projects, tasks } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { companyOf, peopleLoader, viewerByPerson } from '../accounts/queries.ts';
import { dayOf, instantOf } from '../calendar.ts';
import type { NewEvent } from '../events.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { publicOrigin } from '../platform/http/origin.ts';
import { idempotent } from '../platform/idempotency.ts';
import { mailSend } from '../platform/mail/mail.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { taskLock } from '../tasks/commands.ts';
import type { TaskRow } from '../tasks/queries.ts';
import { type DelegationRow, decidesOn, delegateFacts, mayDelegate, mostDelegations } from './queries.ts';

/*
 * Whoever must approve names a colleague, for one task or for a span of days. It stands until one of these comes first:
 *   taken back    by either of the two
 *   lapsed        its last day has ended, or its task is over
 *   access lost   one of the two is not here any more, or may not do this any more
 * It grants while it stands by the clock, whatever has been written down: the viewer is built by the moment.
 */
export const beginJob = 'delegation.begin';
export const lapseJob = 'delegation.lapse';
const dayMs = 86_400_000;
const longestDays = 366;

export type Delegate = {
  toId: string;
  taskId?: string | null;
  from?: string | null;
  until?: string | null;
  idempotencyKey: string;
};

/** Names who approves in the viewer's place: one task, or (without one) all that is theirs to approve on some days. */
export function approvalDelegate(
  ctx: Ctx,
  { idempotencyKey: key, ...input }: Delegate,
): Promise<Committed<DelegationRow>> {
  return transaction(ctx, async (tx) => {
    // Over this transaction: the embedded database has one session, and a read beside it would wait for it for ever.
    const db = tx as unknown as Ctx['db'];
    const to = await peopleLoader({ ...ctx, db, loaders: new Map() }).load(input.toId);
    if (!to) throw new ApiError('NOT_FOUND');
    if (!mayDelegate(ctx.viewer)) throw new ApiError('FORBIDDEN');
    const task = input.taskId ? (await taskLock(tx, ctx, input.taskId)).task : null;
    const id = await idempotent(ctx, tx, { act: 'approvalDelegate', key, body: input }, async () => {
      const { standsIn: _, ...alone } = ctx.viewer;
      if (!can(alone, 'approval.delegate', delegateFacts(to)) || !(await isHere(tx, to.id))) {
        throw new ActError('NOT_A_DELEGATE', { field: 'toId' });
      }
      if (task && !decidesOn(ctx, task)) throw new ActError('NOTHING_TO_DELEGATE');
      const span = task ? { startsAt: ctx.clock.now(), endsAt: null } : await spanOf(tx, ctx, input);
      const standing = await openOf(tx, ctx, [ctx.viewer.personId, to.id], span);
      checkFree(ctx.viewer.personId, task?.id ?? null, standing);
      const row = { id: uuidv7(), fromId: ctx.viewer.personId, toId: to.id, taskId: task?.id ?? null, ...span };
      await tx.insert(delegations).values({ ...row, createdAt: ctx.clock.now(), endedAt: null, endedBy: null });
      await begin(tx, ctx, row, ctx.viewer.personId);
      return { subjectId: row.id };
    });
    return rowOf(tx, id);
  });
}

async function rowOf(tx: Tx, id: string): Promise<DelegationRow> {
  const [row] = await tx.select().from(delegations).where(eq(delegations.id, id));
  if (!row) throw new ApiError('NOT_FOUND');
  return row;
}

/** Locked, so that nobody is named in the moment in which they are removed. */
async function isHere(tx: Tx, personId: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, personId), isNull(people.removedAt), eq(people.isApp, false)))
    .for('no key update');
  return found !== undefined;
}

/** The days count where the person who is away is at home; both are whole. */
async function spanOf(tx: Tx, ctx: Ctx, { from, until }: Pick<Delegate, 'from' | 'until'>) {
  const [own] = await tx
    .select({ timeZone: people.timeZone })
    .from(people)
    .where(eq(people.id, ctx.viewer.personId))
    .for('no key update');
  const zone = own?.timeZone ?? 'UTC';
  const now = ctx.clock.now();
  const today = dayOf(now, zone);
  const last = dayOf(new Date(now.getTime() + longestDays * dayMs), zone);
  const first = from ?? today;
  if (!until || first < today || until < first || until > last) {
    throw new ActError('DAYS_OUT_OF_RANGE', { field: until && first < today ? 'from' : 'until' });
  }
  const after = new Date(Date.parse(`${until}T12:00:00Z`) + dayMs).toISOString().slice(0, 10);
  return { startsAt: first === today ? now : instantOf(first, '00:00', zone), endsAt: instantOf(after, '00:00', zone) };
}

type Span = { startsAt: Date; endsAt: Date | null };

/** What these people gave away that is not over and touches a span. */
function openOf(tx: Tx, ctx: Ctx, personIds: string[], { startsAt, endsAt }: Span): Promise<DelegationRow[]> {
  const isLater = or(
    isNull(delegations.endsAt),
    gt(delegations.endsAt, startsAt),
    gt(delegations.endsAt, ctx.clock.now()),
  );
  return tx
    .select()
    .from(delegations)
    .where(
      and(
        inArray(delegations.fromId, personIds),
        isNull(delegations.endedAt),
        isLater,
        endsAt ? lt(delegations.startsAt, endsAt) : undefined,
      ),
    );
}

/** One at a time has it; and what is given to somebody who is away would be with nobody. */
function checkFree(meId: string, taskId: string | null, standing: readonly DelegationRow[]): void {
  const mine = standing.filter(({ fromId }) => fromId === meId);
  if (mine.some((one) => one.taskId === taskId)) throw new ActError('DELEGATED_ALREADY');
  if (standing.some((one) => one.fromId !== meId && one.taskId === null)) {
    throw new ActError('DELEGATE_AWAY', { field: 'toId' });
  }
  if (mine.length >= mostDelegations) throw new ActError('TOO_MANY', { params: { max: mostDelegations } });
}

type Made = Pick<DelegationRow, 'id' | 'fromId' | 'toId' | 'taskId' | 'startsAt' | 'endsAt'>;

async function begin(tx: Tx, ctx: Ctx, row: Made, actorId: string): Promise<void> {
  const { id, toId, taskId, startsAt, endsAt } = row;
  append(tx, {
    kind: 'delegation.made',
    audience: 'INTERNAL',
    projectId: null,
    actorId,
    subjectId: id,
    facts: { toId, taskId },
  });
  if (endsAt) await ctx.jobs.due(tx, lapseJob, id, endsAt);
  if (startsAt > ctx.clock.now()) await ctx.jobs.due(tx, beginJob, id, startsAt);
  else await tell(tx, ctx, row, (on) => ({ ...on, kind: 'approval.delegated', actorId }));
}

/** What waits for somebody's decision now is told of task by task, so that inboxes and open pages follow. */
async function tell(tx: Tx, services: Services, row: Made, eventOf: (on: OnWaiting) => NewEvent): Promise<void> {
  const { fromId, toId } = row;
  for (const { id, projectId, visibility } of await waitingFor(tx, row)) {
    // Who decides on the company's side is its own affair; a client's people read what is theirs.
    append(
      tx,
      eventOf({
        audience: (await isOfClient(tx, fromId)) ? visibility : 'INTERNAL',
        subjectId: id,
        projectId,
        taskId: id,
        facts: { fromId, toId },
      }),
    );
  }
  tx.afterCommit.push(() => services.connections.recheck(toId));
}

type OnWaiting = {
  audience: TaskRow['visibility'];
  subjectId: string;
  projectId: string;
  taskId: string;
  facts: { fromId: string; toId: string };
};

async function isOfClient(tx: Tx, personId: string): Promise<boolean> {
  const [row] = await tx.select({ accountId: people.accountId }).from(people).where(eq(people.id, personId));
  return row?.accountId != null;
}

/** The task itself; of a span of days, whatever waits for this person's review or approval at this moment. */
function waitingFor(tx: Tx, { fromId, taskId }: Pick<Made, 'fromId' | 'taskId'>) {
  const own = sql`select account_id from people where people.id = ${fromId}`;
  const isOwed = inArray(tasks.state, ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED']);
  const isTheirs = or(eq(tasks.assigneeId, fromId), and(isNull(tasks.assigneeId), eq(projects.pmId, fromId)));
  const isOfAccount = and(
    sql`${projects.accountId} = (${own})`,
    or(isNull(tasks.assigneeId), eq(tasks.assigneeId, fromId)),
  );
  const isWaiting = or(
    and(
      eq(tasks.state, 'IN_REVIEW'),
      or(eq(tasks.assigneeId, fromId), eq(projects.pmId, fromId)),
      sql`(${own}) is null`,
    ),
    and(eq(tasks.type, 'APPROVAL'), eq(tasks.side, 'COMPANY'), isOwed, isTheirs),
    and(eq(tasks.type, 'APPROVAL'), eq(tasks.side, 'CLIENT'), eq(tasks.visibility, 'SHARED'), isOwed, isOfAccount),
  );
  return tx
    .select({ id: tasks.id, projectId: tasks.projectId, visibility: tasks.visibility })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(taskId === null ? and(isWaiting, inArray(projects.state, ['ACTIVE', 'LIVE'])) : eq(tasks.id, taskId))
    .orderBy(tasks.projectId, tasks.id)
    .limit(500);
}

/** Ends what the viewer gave away, or was given. */
export function delegationEnd(ctx: Ctx, id: string): Promise<Committed<DelegationRow>> {
  return transaction(ctx, async (tx) => {
    const { personId, viewedBy, token } = ctx.viewer;
    if (!isUuid(id)) throw new ApiError('NOT_FOUND');
    const [row] = await tx.select().from(delegations).where(eq(delegations.id, id)).for('update');
    if (!row || (row.fromId !== personId && row.toId !== personId)) throw new ApiError('NOT_FOUND');
    if (viewedBy !== null || token !== null) throw new ApiError('FORBIDDEN');
    // Over already: what the person wants is so.
    if (row.endedAt === null) await end(tx, ctx, row, { why: 'TAKEN_BACK', actorId: personId });
    return rowOf(tx, id);
  });
}

type End = { why: NonNullable<DelegationRow['endedBy']>; actorId: string | null };

async function end(tx: Tx, services: Services, row: DelegationRow, { why, actorId }: End): Promise<void> {
  const endedAt = services.clock.now();
  await tx.update(delegations).set({ endedAt, endedBy: why }).where(eq(delegations.id, row.id));
  await services.jobs.notDue(tx, beginJob, row.id);
  await services.jobs.notDue(tx, lapseJob, row.id);
  const { toId } = row;
  append(tx, {
    kind: 'delegation.ended',
    audience: 'INTERNAL',
    projectId: null,
    actorId,
    subjectId: row.id,
    facts: { toId, why },
  });
  if (row.startsAt <= endedAt) {
    await tell(tx, services, row, ({ facts, ...on }) => ({
      ...on,
      kind: 'approval.returned',
      actorId,
      facts: { ...facts, why },
    }));
  }
  if (why === 'ACCESS_LOST') await mailOfLoss(tx, services, row);
}

/** Whoever relies on somebody who cannot do it any more hears of it at once, also while nothing waits yet. */
async function mailOfLoss(tx: Tx, services: Services, { fromId, toId }: DelegationRow): Promise<void> {
  const rows = await tx
    .select({ id: people.id, name: people.name, email: people.email, removedAt: people.removedAt })
    .from(people)
    .where(inArray(people.id, [fromId, toId]));
  const from = rows.find(({ id }) => id === fromId);
  if (!from || from.removedAt !== null) return;
  const { name: company } = await companyOf({ db: tx });
  await mailSend(tx, services, {
    to: { name: from.name, email: from.email },
    template: 'delegateLost',
    params: {
      company,
      name: from.name,
      delegate: rows.find(({ id }) => id === toId)?.name ?? company,
      link: `${publicOrigin(services)}/settings/profile`,
    },
  });
}

/** A span of days begins: what waits is told of to whoever decides from now on. */
export async function delegationBegin(services: Services, id: string): Promise<void> {
  await transaction(services, async (tx) => {
    const [row] = await tx.select().from(delegations).where(eq(delegations.id, id)).for('update');
    if (!row || row.endedAt !== null || row.startsAt > services.clock.now()) return;
    await tell(tx, services, row, (on) => ({ ...on, kind: 'approval.delegated', actorId: row.fromId }));
  });
}

/** Its last day has ended. */
export async function delegationLapse(services: Services, id: string): Promise<void> {
  await transaction(services, async (tx) => {
    const [row] = await tx.select().from(delegations).where(eq(delegations.id, id)).for('update');
    if (!row || row.endedAt !== null || row.endsAt === null || row.endsAt > services.clock.now()) return;
    await end(tx, services, row, { why: 'LAPSED', actorId: null });
  });
}

const taskEndings: readonly string[] = [
  'task.completed',
  'task.approved',
  'task.accepted',
  'task.waived',
  'task.cancelled',
];

/** What somebody may not do any more they do for nobody else, and a task that is over needs nobody: in the transaction that made it so. */
export async function delegationsNotice(tx: Tx, services: Services, events: readonly NewEvent[]): Promise<void> {
  const changed = events.filter(({ kind }) => kind === 'person.removed' || kind === 'person.roleChanged');
  for (const personId of new Set(changed.map(({ subjectId }) => subjectId))) await endUngranted(tx, services, personId);
  const over = events.flatMap((event) => ('taskId' in event && taskEndings.includes(event.kind) ? [event.taskId] : []));
  if (over.length === 0) return;
  const rows = await tx
    .select()
    .from(delegations)
    .where(and(inArray(delegations.taskId, over), isNull(delegations.endedAt)))
    .for('update');
  for (const row of rows) {
    await tx
      .update(delegations)
      .set({ endedAt: services.clock.now(), endedBy: 'LAPSED' })
      .where(eq(delegations.id, row.id));
    const { id: subjectId, toId } = row;
    const facts = { toId, why: 'LAPSED' };
    append(tx, { kind: 'delegation.ended', audience: 'INTERNAL', projectId: null, actorId: null, subjectId, facts });
    tx.afterCommit.push(() => services.connections.recheck(toId));
  }
}

async function endUngranted(tx: Tx, services: Services, personId: string): Promise<void> {
  const rows = await tx
    .select()
    .from(delegations)
    .where(and(or(eq(delegations.toId, personId), eq(delegations.fromId, personId)), isNull(delegations.endedAt)))
    .orderBy(delegations.id)
    .for('update');
  for (const row of rows) {
    const [from, to] = [await viewerByPerson({ db: tx }, row.fromId), await viewerByPerson({ db: tx }, row.toId)];
    const may =
      from && to && can(from, 'approval.delegate', { ...to, projectIds: to.projectIds ?? [], personId: row.toId });
    if (!may) await end(tx, services, row, { why: 'ACCESS_LOST', actorId: null });
  }
}
