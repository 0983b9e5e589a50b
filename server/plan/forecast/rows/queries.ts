import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import { accountCalendars, type Side, taskDependencies, tasks } from '../../../../drizzle/schema/index.ts';
import { type AccountDays, calendarOfAccount } from '../../../accounts/queries.ts';
import type { WorkingCalendar } from '../../../calendar.ts';
import type { Db } from '../../../platform/database/transaction.ts';
import type { PlanFacts, PlanLink, PlanTask } from '../../schedule/facts.ts';

/** What planning reads of a task's row. */
const columns = {
  id: tasks.id,
  projectId: tasks.projectId,
  side: tasks.side,
  state: tasks.state,
  stateSince: tasks.stateSince,
  startedAt: tasks.startedAt,
  durationDays: tasks.durationDays,
  startsOn: tasks.startsOn,
  pinEdge: tasks.pinEdge,
  pinOn: tasks.pinOn,
  isGate: tasks.isGate,
};
export type PlanRow = Pick<typeof tasks.$inferSelect, keyof typeof columns>;
export type PlanRows = { tasks: PlanRow[]; links: (PlanLink & { projectId: string })[] };

/** The tasks and links of projects, also such as the viewer may not know of: what is planned from them says no more than days. */
export async function planRows(db: Pick<Db, 'select'>, projectIds: readonly string[]): Promise<PlanRows> {
  const ids = [...projectIds];
  const { taskId, predecessorId, kind, lagDays } = taskDependencies;
  const [rows, links] = await Promise.all([
    db.select(columns).from(tasks).where(inArray(tasks.projectId, ids)).orderBy(tasks.index, tasks.id),
    db
      .select({ taskId, predecessorId, kind, lagDays, projectId: tasks.projectId })
      .from(taskDependencies)
      .innerJoin(tasks, eq(tasks.id, taskId))
      .where(inArray(tasks.projectId, ids)),
  ]);
  return { tasks: rows, links };
}

/** The company's calendar, and what is known of its client's. */
export type SidesDays = { own: WorkingCalendar; client: AccountDays };

/** Each side's calendar as planning counts by it: the same as `calendarOf` of tasks/, where no zone matters. */
export function calendarsOf({ own, client }: SidesDays): Record<Side, WorkingCalendar> {
  return { COMPANY: own, CLIENT: calendarOfAccount(own, client), THIRD_PARTY: { ...own, holidays: [] } };
}

export type PlanProject = { timeZone: string; targetOn: string };

/** A project's rows as planning knows them, on the day that it is in its zone. */
export function planFactsOf(
  project: PlanProject,
  { tasks: rows, links }: { tasks: readonly PlanRow[]; links: readonly PlanLink[] },
  { own, client }: SidesDays,
  dayAt: (at: Date) => string,
  now: Date,
): PlanFacts {
  return {
    today: dayAt(now),
    targetOn: project.targetOn,
    tasks: rows.map((row) => planTask(row, dayAt)),
    links,
    calendars: calendarsOf({ own, client }),
  };
}

function planTask(row: PlanRow, dayAt: (at: Date) => string): PlanTask {
  const { id, side, state, durationDays, startsOn, pinEdge, pinOn, isGate } = row;
  const isOver = state === 'DONE' || state === 'WAIVED';
  const isBegun = !isOver && state !== 'NOT_READY' && state !== 'READY' && state !== 'CANCELLED';
  const startedAt = row.startedAt ?? (isBegun ? row.stateSince : null);
  return {
    id,
    side,
    durationDays,
    startsOn,
    pin: pinEdge !== null && pinOn !== null ? { edge: pinEdge, on: pinOn } : null,
    startedOn: startedAt && (isBegun || isOver) ? dayAt(startedAt) : null,
    finishedOn: isOver ? dayAt(row.stateSince) : null,
    isCancelled: state === 'CANCELLED',
    isGate,
  };
}

/** The basis that a project's standing has to have: the company's, and its account's own days where there are any. */
export function basisNow(ofCompany: string): SQL<string> {
  const { workingDays, holidays } = accountCalendars;
  return sql<string>`${ofCompany}::text || coalesce(md5(${workingDays}::text || '/' || ${holidays}::text), md5('/' || ${holidays}::text), '')`;
}
