import { asc, eq, sql } from 'drizzle-orm';
import { projects, tasks } from '../../../drizzle/schema/index.ts';
import { accountDaysOf, companyCalendar } from '../../accounts/queries.ts';
import { addBusinessDays, businessDaysBetween, dayOf } from '../../calendar.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import type { Ctx } from '../../platform/services.ts';
import { type ProjectLocked, projectLock } from '../../projects/commands.ts';
import { type DayMove, type DueMoved, tasksMoveDays } from '../../tasks/commands.ts';
import { calendarsOf, planFactsOf, planRows } from '../forecast/rows/queries.ts';
import type { Direction } from '../schedule/facts.ts';
import { schedule } from '../schedule/schedule.ts';

const mostDays = 2_000;

/** Exactly one of both. */
export type ReplanInput = {
  /** By the plan: as early as possible from today, or as late as the target allows. */
  direction?: Direction | null;
  /** To these days: what an undo sends. */
  days?: readonly { taskId: string; dueOn: string | null }[] | null;
};
type Done = { projectId: string; moved: DueMoved[] };

/** Moves the due days of everything that is not over, in one transaction. A pinned task stays on its pin where it can. */
export function projectReplan(ctx: Ctx, projectId: string, input: ReplanInput): Promise<Committed<Done>> {
  return transaction(ctx, async (tx) => {
    const project = await projectLock(tx, ctx, projectId, 'project.edit');
    if ((input.direction ?? null) === null ? !input.days : input.days) throw new ApiError('BAD_USER_INPUT');
    if (project.state === 'LIVE' || project.isOver) {
      throw new ActError('WRONG_PROJECT_STATE', { params: { state: project.state } });
    }
    const { direction } = input;
    const days = direction ? await daysByPlan(tx, ctx, project, direction) : checkedDays(input.days ?? []);
    return { projectId, moved: await tasksMoveDays(tx, ctx, projectId, days) };
  });
}

function checkedDays(days: readonly { taskId: string; dueOn: string | null }[]): DayMove[] {
  if (days.length > mostDays) throw new ActError('OUT_OF_RANGE', { field: 'days', params: { min: 0, max: mostDays } });
  const known = uuids(days.map((day) => day.taskId));
  if (known.length < days.length) throw new ActError('OTHER_PROJECT', { field: 'days' });
  return days.map(({ taskId, dueOn }) => ({ taskId, dueOn }));
}

async function daysByPlan(tx: Tx, ctx: Ctx, project: ProjectLocked, direction: Direction): Promise<DayMove[]> {
  const own = await companyCalendar({ db: tx as unknown as Ctx['db'] });
  const client = await accountDaysOf(tx, project.accountId);
  const rows = await planRows(tx, [project.id]);
  const dayAt = (at: Date) => dayOf(at, project.timeZone);
  const plan = schedule(planFactsOf(project, rows, { own, client }, dayAt, ctx.clock.now()), direction);
  for (const conflict of plan.conflicts) {
    if (conflict.code === 'CYCLE') throw new ActError('CIRCLE', { params: { path: conflict.path.join(' → ') } });
    if (conflict.code === 'TARGET_TOO_EARLY' && direction === 'BACKWARD') {
      throw new ActError('TARGET_TOO_EARLY', { field: 'direction', params: { on: conflict.on } });
    }
  }
  return plan.tasks.map((task) => ({ taskId: task.id, dueOn: task.finishOn }));
}

/**
 * What was put off by a hold is due as many working days later as it lasted: each side's days are counted by its own
 * week. Also what somebody pinned, or lets begin, on a day that the hold swallowed or that is still to come. The target
 * stays: it was promised, and to move it is a person's act.
 */
export async function shiftByHold(tx: Tx, ctx: Ctx, project: ProjectLocked): Promise<void> {
  if (project.stateSince === null) return;
  const own = await companyCalendar({ db: tx as unknown as Ctx['db'] });
  const heldOn = dayOf(project.stateSince, project.timeZone);
  const today = dayOf(ctx.clock.now(), project.timeZone);
  const { id: taskId, side, dueOn, startsOn, pinEdge, pinOn } = tasks;
  const rows = await tx
    .select({ taskId, side, dueOn, startsOn, pinEdge, pinOn })
    .from(tasks)
    .where(eq(tasks.projectId, project.id))
    .orderBy(asc(taskId));
  const calendars = calendarsOf({ own, client: await accountDaysOf(tx, project.accountId) });
  const moves = rows.map((row): DayMove => {
    const calendar = calendars[row.side];
    const held = businessDaysBetween(heldOn, today, calendar);
    const later = (day: string | null) => (day === null || held === 0 ? day : addBusinessDays(day, held, calendar));
    const laterIfAhead = (day: string | null) => (day !== null && day >= heldOn ? later(day) : day);
    return {
      taskId: row.taskId,
      dueOn: later(row.dueOn),
      startsOn: laterIfAhead(row.startsOn),
      pinOn: laterIfAhead(row.pinOn),
    };
  });
  await tasksMoveDays(tx, ctx, project.id, moves);
}

/** Keeps the days that a project has when its clients come to know of it: being on time is measured by them. */
export async function keepBaseline(tx: Tx, projectId: string): Promise<void> {
  await tx
    .update(tasks)
    .set({ baselineOn: sql`${tasks.dueOn}` })
    .where(eq(tasks.projectId, projectId));
  await tx
    .update(projects)
    .set({ baselineTargetOn: sql`${projects.targetOn}` })
    .where(eq(projects.id, projectId));
}
