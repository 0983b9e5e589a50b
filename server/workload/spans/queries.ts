import { and, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { projects, tasks } from '../../../drizzle/schema/index.ts';
import type { Ctx } from '../../platform/services.ts';
import { readableBy } from '../../projects/queries.ts';
import type { Horizon, Week } from '../weeks.ts';

/*
 * Where the work of a task lies, told in SQL by its due day and its duration: on the working days that end with its due
 * day, from today on. What is late lies on the next working day, all of it: it is still to be done. The minutes that a
 * task takes are spread evenly over its days. Days are places among the working days ahead (`Horizon.days`).
 *
 * Due days and no plan: they are what was agreed, a person can check them, and all of them are read where they stand.
 * A plan forward from today is one project's, and would have to be made anew for each of thousands every day.
 */

/** Not handed in yet; the text alone says so, as an index of what is unfinished needs it. */
const isToDo = sql`${tasks.state} in ('NOT_READY', 'READY', 'IN_PROGRESS', 'CHANGES_REQUESTED')`;
/** On hold nobody works. */
const isUnderWay = sql`${projects.state} in ('ACTIVE', 'LIVE')`;

/** People, and nobody where null is among them. */
export type Whose = readonly (string | null)[];

/** The work of these people on the company's side, dated or not. */
function workOf(ctx: Ctx, whose: Whose): SQL | undefined {
  const ids = whose.filter((id) => id !== null);
  const isNobodys = and(isNull(tasks.assigneeId), eq(tasks.isForLead, false));
  const isTheirs = or(inArray(tasks.assigneeId, ids), whose.includes(null) ? isNobodys : undefined);
  return and(isTheirs, isToDo, eq(tasks.side, 'COMPANY'), isUnderWay, readableBy(ctx));
}

/** The place of its last day, and of its first. Under the first of `days` nothing lies, so what is late has place 0. */
function placesOf({ days }: Horizon) {
  const all = sql`${`{${days.join(',')}}`}::date[]`;
  const last = sql<number>`width_bucket(${tasks.dueOn} - 1, ${all})`;
  const first = sql<number>`greatest(0, ${last} - greatest(1, ${tasks.durationDays}) + 1)`;
  return { first, last };
}

export type PlannedWeek = { personId: string | null; week: number; minutes: number; count: number };

/** How much lies in each week, by person. Weeks without work of somebody are left out. */
export async function plannedWeeks(ctx: Ctx, horizon: Horizon, whose: Whose): Promise<PlannedWeek[]> {
  const { first, last } = placesOf(horizon);
  const lastDay = horizon.days.at(-1);
  if (whose.length === 0 || lastDay === undefined) return [];
  const spans = ctx.db
    .select({
      personId: sql<string | null>`${tasks.assigneeId}`.as('person_id'),
      first: first.as('first_place'),
      last: last.as('last_place'),
      minutes: sql<number>`sum(${tasks.minutes})::float8`.as('minutes'),
      count: sql<number>`count(*)::int`.as('task_count'),
    })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(and(workOf(ctx, whose), lte(tasks.dueOn, lastDay)))
    // By number: the same expression with other parameters is another one to the database.
    .groupBy(sql`1, 2, 3`)
    .as('spans');
  const weeks = sql`(values ${sql.join(
    horizon.weeks.map(({ first: from, last: to }, at) => sql`(${at}::int, ${from}::int, ${to}::int)`),
    sql`, `,
  )}) as weeks (week, from_place, to_place)`;
  const share = sql`(least(${spans.last}, weeks.to_place) - greatest(${spans.first}, weeks.from_place) + 1)`;
  return ctx.db
    .select({
      personId: spans.personId,
      week: sql<number>`weeks.week`,
      minutes: sql<number>`round(sum(${spans.minutes} * ${share} / (${spans.last} - ${spans.first} + 1)))::int`,
      count: sql<number>`sum(${spans.count})::int`,
    })
    .from(spans)
    .innerJoin(weeks, sql`${spans.first} <= weeks.to_place and ${spans.last} >= weeks.from_place`)
    .groupBy(spans.personId, sql`weeks.week`);
}

/** How many tasks of people have no due day, and so lie in no week. */
export function undatedCounts(ctx: Ctx, whose: Whose) {
  return ctx.db
    .select({ personId: tasks.assigneeId, count: sql<number>`count(*)::int` })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(and(workOf(ctx, whose), sql`${tasks.dueOn} is null`))
    .groupBy(tasks.assigneeId);
}

export type PlannedTask = { taskId: string; dueOn: string; minutes: number; first: number; last: number };

/** A person's tasks in a week by due day, behind a place in that order: one more than asked for, if there is one. */
export async function plannedTasks(
  ctx: Ctx,
  horizon: Horizon,
  personId: string | null,
  week: Week,
  size: number,
  after: readonly [dueOn: string, id: string] | null,
): Promise<PlannedTask[]> {
  const { first, last } = placesOf(horizon);
  const lastDay = horizon.days.at(-1);
  if (lastDay === undefined) return [];
  const behind = after ? sql`(${tasks.dueOn}::text, ${tasks.id}::text) > (${after[0]}, ${after[1]})` : undefined;
  const rows = await ctx.db
    .select({ taskId: tasks.id, dueOn: sql<string>`${tasks.dueOn}::text`, minutes: tasks.minutes, first, last })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(
      and(
        workOf(ctx, [personId]),
        lte(tasks.dueOn, lastDay),
        sql`${first} <= ${week.last}::int and ${last} >= ${week.first}::int`,
        behind,
      ),
    )
    .orderBy(tasks.dueOn, tasks.id)
    .limit(size + 1);
  return rows.map((row) => ({ ...row, minutes: minutesWithin(row, week) }));
}

/** What of a task's work lies in a week. */
export function minutesWithin(span: { first: number; last: number; minutes: number }, week: Week): number {
  const days = Math.min(span.last, week.last) - Math.max(span.first, week.first) + 1;
  return Math.round((span.minutes * Math.max(0, days)) / (span.last - span.first + 1));
}
