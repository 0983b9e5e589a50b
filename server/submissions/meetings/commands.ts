import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { meetings } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import { idempotent } from '../../platform/idempotency.ts';
import type { Ctx } from '../../platform/services.ts';
import { checkMay, clientWasActive } from '../../projects/commands.ts';
import { taskMove } from '../../tasks/commands.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { checkDeliverable, inputLock, movedOn } from '../deliver/commands.ts';
import { standingOf } from '../deliver/queries.ts';
import { type MeetingRow, sideOf } from './queries.ts';

/*
 * The states of a meeting:
 *   (none), CANCELLED, CONFIRMED -> PROPOSED     meetingPropose: by either side; moving a meeting is proposing again
 *   PROPOSED -> PROPOSED                         the other side proposes other times, or one's own are changed
 *   PROPOSED -> CONFIRMED                        meetingConfirm: the other side picks one of the times
 *   PROPOSED, CONFIRMED -> CANCELLED             meetingCancel
 * The task is done when the meeting has taken place: that is said by `taskComplete`.
 */

export const maxTimes = 5;

export type ProposeInput = { inputId: string; idempotencyKey: string; revision: number | null; times: Date[] };
export type Arranged = { projectId: string; meeting: MeetingRow; task: TaskSeen };

/** Proposes times to the other side, in place of those that were proposed before. */
export function meetingPropose(ctx: Ctx, given: ProposeInput): Promise<Committed<Arranged>> {
  return transaction(ctx, async (tx) => {
    const { task: locked, input } = await inputLock(tx, ctx, given.inputId, 'MEETING');
    let task = locked;
    checkMay(ctx, 'meeting.arrange', task);
    const body = { ...given, idempotencyKey: null };
    const act = { act: 'meetingPropose', key: given.idempotencyKey, body };
    const id = await idempotent(ctx, tx, act, async () => {
      checkDeliverable(task);
      const known = await meetingOf(tx, input.id);
      if ((known?.revision ?? null) !== given.revision) throw new ActError('CONFLICT', { field: 'revision' });
      const proposed = {
        state: 'PROPOSED' as const,
        minutes: input.spec.minutes,
        proposedSide: sideOf(ctx.viewer),
        proposedBy: ctx.viewer.personId,
        proposedAt: ctx.clock.now(),
        proposedTimes: checkTimes(ctx, given.times),
      };
      const { projectId, id: taskId } = task;
      const fresh = { id: uuidv7(), revision: 1, projectId, taskId, inputId: input.id, sequence: 0, ...proposed };
      if (known === null) await tx.insert(meetings).values(fresh);
      else await change(tx, known, proposed);
      const meetingId = known?.id ?? fresh.id;
      append(tx, {
        ...eventOn(ctx, task, meetingId),
        kind: 'meeting.proposed',
        facts: { inputId: input.id, times: proposed.proposedTimes.length },
        revision: { before: known && agreed(known), after: { times: proposed.proposedTimes } },
      });
      await clientWasActive(tx, ctx, projectId);
      if (task.state === 'READY') task = await taskMove(tx, ctx, task, { to: 'IN_PROGRESS', kind: 'task.started' });
      return { subjectId: meetingId };
    });
    return { projectId: task.projectId, meeting: await meetingById(tx, id), task };
  });
}

/** Picks one of the times that the other side proposed. */
export function meetingConfirm(
  ctx: Ctx,
  meetingId: string,
  given: { revision: number; startsAt: Date },
): Promise<Committed<Arranged>> {
  return transaction(ctx, async (tx) => {
    const { task, meeting } = await meetingLock(tx, ctx, meetingId, given.revision);
    if (meeting.state !== 'PROPOSED') throw new ActError('WRONG_STATE', { params: { state: meeting.state } });
    checkDeliverable(task);
    if (!mayConfirm(ctx, task, meeting)) throw new ApiError('FORBIDDEN');
    const startsAt = given.startsAt.toISOString();
    const isPast = given.startsAt <= ctx.clock.now();
    if (isPast || !meeting.proposedTimes.includes(startsAt)) {
      throw new ActError('TIMES_INVALID', { field: 'startsAt', params: { max: maxTimes } });
    }
    const sequence = meeting.sequence + 1;
    const confirmed = { confirmedBy: ctx.viewer.personId, confirmedAt: ctx.clock.now() };
    await change(tx, meeting, { ...confirmed, state: 'CONFIRMED', startsAt: given.startsAt, sequence });
    append(tx, {
      ...eventOn(ctx, task, meeting.id),
      kind: 'meeting.confirmed',
      facts: { inputId: meeting.inputId, startsAt, sequence },
      revision: { before: agreed(meeting), after: { state: 'CONFIRMED', startsAt } },
    });
    await clientWasActive(tx, ctx, task.projectId);
    return arranged(tx, meeting.id, await movedByOthers(tx, ctx, task));
  });
}

/** Calls it off; whoever has it in a calendar can take the cancelled entry there. */
export function meetingCancel(ctx: Ctx, meetingId: string, given: { revision: number }): Promise<Committed<Arranged>> {
  return transaction(ctx, async (tx) => {
    const { task, meeting } = await meetingLock(tx, ctx, meetingId, given.revision);
    checkDeliverable(task);
    if (meeting.state === 'CANCELLED') throw new ActError('WRONG_STATE', { params: { state: meeting.state } });
    const sequence = meeting.sequence + 1;
    await change(tx, meeting, { state: 'CANCELLED', sequence });
    append(tx, {
      ...eventOn(ctx, task, meeting.id),
      kind: 'meeting.cancelled',
      facts: { inputId: meeting.inputId, sequence },
      revision: { before: agreed(meeting), after: { state: 'CANCELLED' } },
    });
    return arranged(tx, meeting.id, task);
  });
}

/** The side that proposed waits for the other one; where only the company is at the table, for somebody else of it. */
export function mayConfirm(ctx: Ctx, task: TaskSeen, meeting: MeetingRow): boolean {
  if (!can(ctx.viewer, 'meeting.arrange', task)) return false;
  if (task.visibility === 'INTERNAL') return meeting.proposedBy !== ctx.viewer.personId;
  return meeting.proposedSide !== sideOf(ctx.viewer);
}

async function meetingLock(tx: Tx, ctx: Ctx, meetingId: string, revision: number) {
  if (!isUuid(meetingId)) throw new ApiError('NOT_FOUND');
  const [known] = await tx.select().from(meetings).where(eq(meetings.id, meetingId));
  if (!known) throw new ApiError('NOT_FOUND');
  const { task } = await inputLock(tx, ctx, known.inputId, 'MEETING');
  const meeting = await meetingById(tx, meetingId);
  checkMay(ctx, 'meeting.arrange', task);
  if (meeting.revision !== revision) throw new ActError('CONFLICT', { field: 'revision' });
  return { task, meeting };
}

/** Where a task asks for more than the meeting and the rest is there, agreeing on it was what was missing. */
async function movedByOthers(tx: Tx, ctx: Ctx, task: TaskSeen): Promise<TaskSeen> {
  const others = (await standingOf(tx, task.id)).flatMap(({ current }) => current ?? []);
  const last = others.sort((a, b) => (b.finishedAt?.getTime() ?? 0) - (a.finishedAt?.getTime() ?? 0))[0];
  return last ? movedOn(tx, ctx, task, last.id) : task;
}

function checkTimes(ctx: Ctx, times: Date[]): string[] {
  const isGood = times.every((time) => !Number.isNaN(time.getTime()) && time > ctx.clock.now());
  const distinct = [...new Set(times.map((time) => (isGood ? time.toISOString() : '')))].sort();
  const isInRange = times.length >= 1 && times.length <= maxTimes;
  if (!isGood || !isInRange || distinct.length < times.length) {
    throw new ActError('TIMES_INVALID', { field: 'times', params: { max: maxTimes } });
  }
  return distinct;
}

const agreed = ({ state, startsAt, proposedTimes }: MeetingRow) => ({ state, startsAt, times: proposedTimes });

function eventOn(ctx: Ctx, task: TaskSeen, meetingId: string) {
  const { projectId, id: taskId, visibility: audience } = task;
  return { audience, actorId: ctx.viewer.personId, subjectId: meetingId, projectId, taskId };
}

async function change(tx: Tx, known: MeetingRow, to: Partial<MeetingRow>): Promise<void> {
  // Its project may have ended meanwhile, which calls it off without asking for the task's lock.
  const [changed] = await tx
    .update(meetings)
    .set({ ...to, revision: known.revision + 1 })
    .where(and(eq(meetings.id, known.id), eq(meetings.revision, known.revision)))
    .returning({ id: meetings.id });
  if (!changed) throw new ActError('CONFLICT', { field: 'revision' });
}

async function arranged(tx: Tx, meetingId: string, task: TaskSeen): Promise<Arranged> {
  return { projectId: task.projectId, meeting: await meetingById(tx, meetingId), task };
}

async function meetingOf(tx: Tx, inputId: string): Promise<MeetingRow | null> {
  const [row] = await tx.select().from(meetings).where(eq(meetings.inputId, inputId));
  return row ?? null;
}

async function meetingById(tx: Tx, id: string): Promise<MeetingRow> {
  const [row] = await tx.select().from(meetings).where(eq(meetings.id, id));
  if (!row) throw new ApiError('NOT_FOUND');
  return row;
}
