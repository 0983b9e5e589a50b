import { can, factsOfProject } from '../access/policy.ts';
import { coversTask, inPlaceOf } from '../access/standIns.ts';
import { awayLoader } from '../accounts/standIns/queries.ts';
import { dayOf } from '../calendar.ts';
import { unreadMentions } from '../notifications/queries.ts';
import { dayReader, silentDays, workdaysOf } from '../plan/queries.ts';
import { companyHeadOnce } from '../platform/events/feed.ts';
import type { Ctx } from '../platform/services.ts';
import { currentOfTaskLoader } from '../submissions/queries.ts';
import { ownCalendar } from '../tasks/queries.ts';
import { mostOfAKind, type OwnTask, ownPromises, ownTasks, quietProjects } from './mine/queries.ts';
import { type DayGroup, daysAfter, dueReader, groupsOf, soonDays, type Why, why } from './whys.ts';

export type { DayGroup, DayItem, Why } from './whys.ts';

export type MyDaySeen = { groups: DayGroup[]; cursor: string };

/** What needs the viewer today, and why, as of one moment; null for clients, who have their next step instead. */
export async function myDay(ctx: Ctx): Promise<MyDaySeen | null> {
  if (!can(ctx.viewer, 'day.read', null)) return null;
  // Read before anything else: a change after it is replayed by the stream, never skipped.
  const cursor = String(await companyHeadOnce(ctx));
  const found = await Promise.all([works(ctx), promises(ctx), silences(ctx), mentions(ctx)]);
  return { groups: groupsOf(found.flat()), cursor };
}

/** Tasks: what is due, what is to be approved or reviewed, what is stuck. */
async function works(ctx: Ctx): Promise<Why[]> {
  const calendar = await ownCalendar(ctx);
  const now = ctx.clock.now();
  const today = dayOf(now, calendar.timeZone);
  const through = daysAfter(today, soonDays);
  const dueAs = dueReader(now, calendar, today);
  const away = await awayLoader(ctx).load(ctx.viewer.personId);
  const rows = await ownTasks(ctx, through);
  const found = rows.flatMap((row): Why[] => {
    const { projectId, id: taskId, assigneeId, dueOn, stateSince, stuckSince, stuckBy } = row;
    const isOwed = (deliverable as readonly string[]).includes(row.state);
    const own = { projectId, taskId, isNobodys: assigneeId === null };
    return [
      ...(isOwed && row.isMine && dueOn !== null && dueOn <= through
        ? [why({ ...own, kind: dueAs(dueOn), on: dueOn })]
        : []),
      ...(isOwed && isOwnApproval(ctx, row)
        ? decidedBy(ctx, row, away, why({ ...own, kind: 'APPROVAL_WAITS', since: stateSince }))
        : []),
      ...(stuckSince === null || !row.isOwn
        ? []
        : [why({ projectId, taskId, kind: 'STUCK', since: stuckSince, actorId: stuckBy })]),
    ];
  });
  return [...found, ...(await reviews(ctx, rows, away))];
}

type Away = readonly { taskId: string | null }[];

/**
 * Whoever gave their approvals to a colleague is not asked for them meanwhile; the colleague is, and is told for whom.
 * What is asked of somebody for themselves is never asked in another's place.
 */
function decidedBy({ viewer }: Ctx, row: OwnTask, away: Away, one: Why): Why[] {
  const isAsked = row.isOwn || row.reviewerRole === viewer.role;
  const isForMe = one.kind === 'APPROVAL_WAITS' ? row.isMine : isAsked;
  const inPlaceOfId = inPlaceOf(viewer, row, { isOfCompany: true, isOwnRight: true });
  if (inPlaceOfId !== null) return [{ ...one, isNobodys: false, inPlaceOfId }];
  return isForMe && !away.some((given) => coversTask(given, row)) ? [one] : [];
}

const deliverable = ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED'] as const;

function factsOf({ projectId, accountId, projectState, activatedAt, ...task }: OwnTask) {
  const { visibility, side, reviewerRole, pmId } = task;
  const project = factsOfProject({ id: projectId, accountId, state: projectState, activatedAt });
  return { ...project, visibility, side, reviewerRole, pmId };
}

function isOwnApproval({ viewer }: Ctx, row: OwnTask): boolean {
  return row.type === 'APPROVAL' && row.side === 'COMPANY' && can(viewer, 'approval.give', factsOf(row));
}

/** What was handed in and waits, unless the viewer handed it in: that is for somebody else to look at. */
async function reviews(ctx: Ctx, rows: readonly OwnTask[], away: Away): Promise<Why[]> {
  const waiting = rows.filter(({ state }) => state === 'IN_REVIEW');
  const delivered = await currentOfTaskLoader(ctx).loadMany(waiting.map(({ id }) => id));
  return waiting.flatMap((row, at) => {
    const of = delivered[at];
    const versions = Array.isArray(of) ? of : [];
    const mayReview = versions.every(({ submittedBy, isOnBehalf }) =>
      can(ctx.viewer, 'task.review', { ...factsOf(row), submittedBy, isOnBehalf }),
    );
    if (!mayReview || versions.length === 0) return [];
    const newest = versions.toSorted((a, b) => Number(b.finishedAt) - Number(a.finishedAt))[0];
    const { projectId, id: taskId, stateSince: since } = row;
    const waits = why({ kind: 'REVIEW_WAITS', projectId, taskId, since, actorId: newest?.submittedBy ?? null });
    return decidedBy(ctx, row, away, waits);
  });
}

/** Days that somebody named. They count to their end, in the zone of the side that named them. */
async function promises(ctx: Ctx): Promise<Why[]> {
  const own = await ownCalendar(ctx);
  const dayIn = dayReader();
  const now = ctx.clock.now();
  const rows = await ownPromises(ctx, dayIn(farthestEast, now));
  return rows.flatMap(({ projectId, taskId, side, timeZone, promisedOn: on, personId: actorId, at }) => {
    const today = dayIn(side === 'COMPANY' ? own.timeZone : timeZone, now);
    if (on > today) return [];
    const kind = on < today ? 'PROMISE_BROKEN' : 'PROMISE_DUE';
    return [why({ kind, projectId, taskId, on, since: at, actorId })];
  });
}

/** Where a day begins first: what is not promised there by now is promised nowhere for today. */
const farthestEast = 'Pacific/Kiritimati';

/** The rule is that of health: so many working days without an act of a client who owes something. */
async function silences(ctx: Ctx): Promise<Why[]> {
  const workdays = workdaysOf(await ownCalendar(ctx));
  const dayIn = dayReader();
  const now = ctx.clock.now();
  // So many working days are at least as many days, less the one that has just begun there.
  const rows = await quietProjects(ctx, new Date(now.getTime() - (silentDays - 1) * 86_400_000));
  return rows.flatMap(({ projectId, timeZone, since }) => {
    const days = workdays.between(dayIn(timeZone, since), dayIn(timeZone, now));
    return days < silentDays ? [] : [why({ kind: 'CLIENT_SILENT', projectId, taskId: null, since, days })];
  });
}

async function mentions(ctx: Ctx): Promise<Why[]> {
  const items = await unreadMentions(ctx, mostOfAKind);
  return items.map(({ projectId, taskId, commentId, actorId, at: since }) =>
    why({ kind: 'MENTIONED', projectId, taskId, commentId, isOfNote: commentId === null, actorId, since }),
  );
}
