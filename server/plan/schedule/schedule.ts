import { type Compiled, compile } from './compiled.ts';
import type { Conflict, Direction, PlanFacts } from './facts.ts';
import { backward, forward, heldByLinks, type Moments, momentsFor } from './passes.ts';
import { dayOfNumber, dayWriter } from './workdayIndex.ts';

/** Where the plan has a task. Days are YYYY-MM-DD in the project's zone, both worked on. */
export type PlannedTask = {
  id: string;
  startOn: string;
  finishOn: string;
  /** Working days of its side by which it can slip before the project goes live later; negative: it is late already. */
  slackDays: number;
  /** Unfinished and without slack, on the way to going live. */
  isCritical: boolean;
};

export type Schedule = {
  tasks: PlannedTask[];
  /** When the last gate is finished, or the last task where there is no gate; null: nothing to do. */
  goLiveOn: string | null;
  /** When everything is. */
  endOn: string | null;
  conflicts: Conflict[];
};

/**
 * Every task's days.
 *   FORWARD   as early as what comes before, start days, pins and today allow
 *   BACKWARD  as late as the target allows; a pinned task stays on its pin. Where that would begin something before it
 *             can be, TARGET_TOO_EARLY says when everything can be finished, and the days are not to be used
 * Slack and the critical path are those of the forward plan, whichever way its days were asked for. A circle plans
 * nothing and is the only conflict.
 */
export function schedule(facts: PlanFacts, direction: Direction = 'FORWARD'): Schedule {
  const plan = compile(facts);
  if ('cycle' in plan) {
    return { tasks: [], goLiveOn: null, endOn: null, conflicts: [{ code: 'CYCLE', path: plan.cycle }] };
  }
  const durations = plan.tasks.map((task) => task.duration);
  const early = momentsFor(plan);
  forward(plan, durations, early);
  const { goLive, end } = endsOf(plan, early.finishes);
  const late = momentsFor(plan);
  const leads = leadsToGoLive(plan);
  backward(
    plan,
    leads.map((leadsThere) => (leadsThere ? goLive : end)),
    false,
    late,
  );
  const conflicts = [...cancelledBefore(facts), ...pinsTooEarly(plan, early)];
  if (isUnfinished(plan) && end > plan.targetAt) {
    conflicts.push({ code: 'TARGET_TOO_EARLY', on: dayOfNumber(end - 1) });
  }
  const asked = direction === 'FORWARD' ? early : backFromTarget(plan);
  const write = dayWriter();
  const tasks = plan.tasks.map((task, place) => {
    const start = asked.starts[place] as number;
    const finish = asked.finishes[place] as number;
    const slackDays = slackOf(plan, place, early, late);
    return {
      id: task.id,
      // A task of no days starts at the end of the day on which it is finished.
      startOn: write(Math.min(start, finish - 1)),
      finishOn: write(finish - 1),
      slackDays,
      isCritical: task.finishedAt === null && leads[place] === true && slackDays <= 0,
    };
  });
  const ends = direction === 'FORWARD' ? { goLive, end } : endsOf(plan, asked.finishes);
  return { tasks, goLiveOn: dayBefore(ends.goLive), endOn: dayBefore(ends.end), conflicts };
}

function backFromTarget(plan: Compiled): Moments {
  const to = momentsFor(plan);
  backward(
    plan,
    plan.tasks.map(() => plan.targetAt),
    true,
    to,
  );
  return to;
}

const isUnfinished = ({ tasks }: Compiled) => tasks.some((task) => task.finishedAt === null);

const dayBefore = (moment: number) => (Number.isFinite(moment) ? dayOfNumber(moment - 1) : null);

/** The moments at which the last gate, and the last task, is finished; -Infinity without a task. */
export function endsOf({ tasks }: Compiled, finishes: ArrayLike<number>): { goLive: number; end: number } {
  let [goLive, end] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let place = 0; place < tasks.length; place++) {
    const finish = finishes[place] as number;
    if (finish > end) end = finish;
    if (tasks[place]?.isGate && finish > goLive) goLive = finish;
  }
  return { goLive: goLive === Number.NEGATIVE_INFINITY ? end : goLive, end };
}

/** By place: whether going live waits for it, itself or through others. */
function leadsToGoLive({ tasks, order }: Compiled): boolean[] {
  const hasGate = tasks.some((task) => task.isGate);
  const leads = tasks.map((task) => task.isGate || !hasGate);
  for (let at = order.length - 1; at >= 0; at--) {
    const place = order[at] as number;
    if (tasks[place]?.after.some(({ to }) => leads[to])) leads[place] = true;
  }
  return leads;
}

function slackOf({ tasks }: Compiled, place: number, early: Moments, late: Moments): number {
  const task = tasks[place];
  if (!task || task.finishedAt !== null) return 0;
  return task.days.before(late.finishes[place] as number) - task.days.before(early.finishes[place] as number);
}

function pinsTooEarly(plan: Compiled, early: Moments): Conflict[] {
  return plan.tasks.flatMap((task, place) => {
    if (task.finishedAt !== null || task.startedAt !== null) return [];
    const { days, duration, pinnedStart, pinnedFinish } = task;
    const pinned = Math.max(pinnedStart, pinnedFinish - duration + 1);
    if (pinned === Number.NEGATIVE_INFINITY) return [];
    const last = days.before(early.finishes[place] as number) - 1;
    if (last - duration + 1 <= pinned) return [];
    const { start, finish, by } = heldByLinks(task, duration, early);
    const isHeld = Math.max(start, finish - duration + 1) === last - duration + 1;
    const moment = pinnedFinish > Number.NEGATIVE_INFINITY ? last : last - Math.max(0, duration - 1);
    return [
      {
        code: 'PIN_TOO_EARLY' as const,
        taskId: task.id,
        predecessorId: isHeld && by !== null ? (plan.tasks[by]?.id ?? null) : null,
        on: dayOfNumber(days.dayAt(moment)),
      },
    ];
  });
}

function cancelledBefore({ tasks, links }: PlanFacts): Conflict[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return links.flatMap(({ taskId, predecessorId }) => {
    const waiting = byId.get(taskId);
    const isWaiting = waiting?.startedOn === null && waiting.finishedOn === null && !waiting.isCancelled;
    return isWaiting && byId.get(predecessorId)?.isCancelled
      ? [{ code: 'CANCELLED_PREDECESSOR' as const, taskId, predecessorId }]
      : [];
  });
}
