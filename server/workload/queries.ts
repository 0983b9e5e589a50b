import { can } from '../access/policy.ts';
import { type PersonSeen, staffPeople } from '../accounts/queries.ts';
import { companyHeadOnce } from '../platform/events/feed.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import type { Ctx } from '../platform/services.ts';
import { ownCalendar } from '../tasks/queries.ts';
import { type PlannedWeek, plannedTasks, plannedWeeks, undatedCounts } from './spans/queries.ts';
import { horizonAt, type Week } from './weeks.ts';

export type WorkloadCellSeen = { from: string; plannedMinutes: number; taskCount: number; isOverFull: boolean };
/** `person` null: work that nobody has yet. */
export type WorkloadPersonSeen = { person: PersonSeen | null; weeks: WorkloadCellSeen[]; undatedCount: number };
export type WorkloadSeen = { weeks: Week[]; people: WorkloadPersonSeen[]; cursor: string };

/** How full the weeks ahead are, of the people whom the viewer may ask about, by name; null when that is nobody. */
export async function workload(ctx: Ctx): Promise<WorkloadSeen | null> {
  const staff = await peopleAskedAbout(ctx);
  if (staff.length === 0) return null;
  // Read before the sums: a change after it is replayed by the stream, never skipped.
  const cursor = String(await companyHeadOnce(ctx));
  const horizon = horizonAt(ctx.clock.now(), await ownCalendar(ctx));
  const whose = [...staff.map(({ id }) => id), ...(asksAboutNobody(ctx) ? [null] : [])];
  const [planned, undated] = await Promise.all([plannedWeeks(ctx, horizon, whose), undatedCounts(ctx, whose)]);
  const at = new Map(planned.map((one) => [`${one.personId} ${one.week}`, one]));
  const withoutDay = new Map(undated.map(({ personId, count }) => [personId, count]));
  const rowOf = (person: PersonSeen | null): WorkloadPersonSeen => ({
    person,
    weeks: horizon.weeks.map((week, index) => cellOf(week, at.get(`${person?.id ?? null} ${index}`), person !== null)),
    undatedCount: withoutDay.get(person?.id ?? null) ?? 0,
  });
  const nobodys = rowOf(null);
  return {
    cursor,
    weeks: horizon.weeks,
    people: [...staff.map(rowOf), ...(nobodys.undatedCount > 0 || nobodys.weeks.some(hasWork) ? [nobodys] : [])],
  };
}

const hasWork = ({ taskCount }: WorkloadCellSeen) => taskCount > 0;

/** What nobody has is told to those who see everybody: they give it to somebody. */
function asksAboutNobody({ viewer }: Ctx): boolean {
  return can(viewer, 'workload.read', { ownerId: '' });
}

function cellOf(week: Week, planned: PlannedWeek | undefined, isSomebodys: boolean): WorkloadCellSeen {
  const { minutes = 0, count = 0 } = planned ?? {};
  const isOverFull = isSomebodys && minutes > week.capacityMinutes;
  return { from: week.from, plannedMinutes: minutes, taskCount: count, isOverFull };
}

async function peopleAskedAbout(ctx: Ctx): Promise<PersonSeen[]> {
  // A client is refused before anybody is read.
  if (!can(ctx.viewer, 'workload.read', { ownerId: ctx.viewer.personId })) return [];
  const staff = await staffPeople(ctx);
  return staff.filter(({ id }) => can(ctx.viewer, 'workload.read', { ownerId: id }));
}

export type WorkloadTaskSeen = { taskId: string; minutes: number; startOn: string; finishOn: string };

/** A person's tasks in a week, or nobody's, by due day; null for a week that is not shown, and for whom the viewer may not ask about. */
export async function workloadTasks(
  ctx: Ctx,
  personId: string | null,
  from: string,
  first: number,
  after: string | null,
): Promise<Connection<WorkloadTaskSeen> | null> {
  const cursor = parseCursor(after, ['string', 'string']);
  const people = await peopleAskedAbout(ctx);
  const horizon = horizonAt(ctx.clock.now(), await ownCalendar(ctx));
  const week = horizon.weeks.find((one) => one.from === from);
  const mayAsk = personId === null ? asksAboutNobody(ctx) : people.some(({ id }) => id === personId);
  if (!week || !mayAsk) return null;
  const rows = await plannedTasks(ctx, horizon, personId, week, first, cursor);
  const page = pageOf(rows, first, ({ dueOn, taskId }) => [dueOn, taskId], 'forward', cursor !== null);
  const seen = page.nodes.map(({ taskId, minutes, first: begins, last: ends }) => ({
    taskId,
    minutes,
    startOn: horizon.days[begins] ?? from,
    finishOn: horizon.days[ends] ?? from,
  }));
  const edges = seen.map((node, at) => ({ node, cursor: page.edges[at]?.cursor ?? '' }));
  return { nodes: seen, edges, pageInfo: page.pageInfo };
}
