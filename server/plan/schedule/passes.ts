import type { Compiled, CompiledTask } from './compiled.ts';

/*
 * The two ways through a plan. A moment is the beginning of a day, as its number: a task that works on Monday and
 * Tuesday starts at Monday's moment and finishes at Wednesday's, which is the end of Tuesday. Working days have numbers
 * of their own, by the calendar of a task's side; there, start + duration - 1 = finish, also for a task of no days,
 * whose finish is the day on which it happens and whose start is the end of that day.
 *
 *   FS  starts  on the first working day at or after the moment its predecessor finishes
 *   SS  starts  ...                                                           starts
 *   FF  finishes on the first working day that ends at or after the moment its predecessor finishes
 *   SF  finishes ...                                                          starts
 *
 * each so many working days (lag) later or, when negative, earlier. A link that holds the start of a task of no days
 * holds its finish, like FF and SF do.
 */
export type Moments = { starts: Int32Array; finishes: Int32Array };

export function momentsFor({ tasks }: Compiled): Moments {
  return { starts: new Int32Array(tasks.length), finishes: new Int32Array(tasks.length) };
}

/**
 * As early as everything allows: what is done stands where it was done, what was begun goes on, the rest waits for its
 * predecessors, its start day, its pin and today. `durations`: by place, so that a simulator can try others.
 */
export function forward({ tasks, order }: Compiled, durations: ArrayLike<number>, to: Moments): void {
  for (const place of order) {
    const task = tasks[place] as CompiledTask;
    if (task.finishedAt !== null) {
      to.starts[place] = task.startedAt as number;
      to.finishes[place] = task.finishedAt;
    } else {
      placeOpen(task, place, durations[place] as number, to);
    }
  }
}

function placeOpen(task: CompiledTask, place: number, duration: number, to: Moments): void {
  const { days, startedAt } = task;
  const { start, finish } = heldByLinks(task, duration, to);
  if (startedAt !== null) {
    // Begun, whatever it should have waited for; it is not finished before today is over.
    const last = Math.max(days.before(startedAt) + duration - 1, task.leastFinish, task.pinnedFinish, finish);
    to.starts[place] = startedAt;
    to.finishes[place] = days.dayAt(last) + 1;
    return;
  }
  const first = Math.max(
    task.leastStart,
    task.pinnedStart,
    start,
    Math.max(task.leastFinish, task.pinnedFinish, finish) - duration + 1,
  );
  const end = days.dayAt(first + duration - 1) + 1;
  to.starts[place] = duration > 0 ? days.dayAt(first) : end;
  to.finishes[place] = end;
}

/** The numbers of the working days before which the links of a task let it neither start nor finish. */
export function heldByLinks(
  { days, before }: CompiledTask,
  duration: number,
  { starts, finishes }: Moments,
): { start: number; finish: number; by: number | null } {
  let start = Number.NEGATIVE_INFINITY;
  let finish = Number.NEGATIVE_INFINITY;
  let by: number | null = null;
  let worst = Number.NEGATIVE_INFINITY;
  for (const link of before) {
    const moment = (link.fromStart ? starts : finishes)[link.from] as number;
    const holdsFinish = link.toFinish || duration === 0;
    const number = days.before(holdsFinish ? moment - 1 : moment) + link.lag;
    if (holdsFinish) finish = Math.max(finish, number);
    else start = Math.max(start, number);
    const asStart = holdsFinish ? number - duration + 1 : number;
    if (asStart > worst) {
      worst = asStart;
      by = link.from;
    }
  }
  return { start, finish, by };
}

/**
 * As late as everything allows, when each task has to be finished by its own moment (`deadlines`, by place). What is
 * done, or begun, keeps its start. `isPinned`: a pinned task stays on its pin even when it could be later.
 */
export function backward(
  { tasks, order }: Compiled,
  deadlines: ArrayLike<number>,
  isPinned: boolean,
  to: Moments,
): void {
  for (let at = order.length - 1; at >= 0; at--) {
    const place = order[at] as number;
    const task = tasks[place] as CompiledTask;
    const { days, duration, startedAt, finishedAt } = task;
    if (finishedAt !== null) {
      to.starts[place] = startedAt as number;
      to.finishes[place] = finishedAt;
      continue;
    }
    const limits = limitsByLinks(task, tasks, to);
    // The last working day that ends by the moment.
    let last = days.before(Math.min(deadlines[place] as number, limits.finish)) - 1;
    if (limits.start < Number.POSITIVE_INFINITY) {
      const latest = duration > 0 ? days.before(limits.start + 1) - 1 + duration - 1 : days.before(limits.start) - 1;
      if (startedAt === null) last = Math.min(last, latest);
    }
    if (isPinned && startedAt === null && task.pinnedStart > Number.NEGATIVE_INFINITY) {
      last = Math.min(last, task.pinnedStart + duration - 1);
    }
    if (isPinned && task.pinnedFinish > Number.NEGATIVE_INFINITY) last = Math.min(last, task.pinnedFinish);
    to.finishes[place] = days.dayAt(last) + 1;
    if (startedAt !== null) to.starts[place] = startedAt;
    else to.starts[place] = duration > 0 ? days.dayAt(last - duration + 1) : days.dayAt(last) + 1;
  }
}

/** The moments by which a task must have started and finished for what waits for it; Infinity where nothing does. */
function limitsByLinks(
  { after }: CompiledTask,
  tasks: readonly CompiledTask[],
  { starts, finishes }: Moments,
): { start: number; finish: number } {
  let start = Number.POSITIVE_INFINITY;
  let finish = Number.POSITIVE_INFINITY;
  for (const link of after) {
    const next = tasks[link.to] as CompiledTask;
    const holdsFinish = link.toFinish || next.duration === 0;
    // What was begun or is over waits no more for what should have come before its start.
    if (next.finishedAt !== null || (next.startedAt !== null && !link.toFinish)) continue;
    const lastDay = next.days.before(finishes[link.to] as number) - 1;
    const firstDay = next.days.before(starts[link.to] as number);
    const moment = holdsFinish ? next.days.dayAt(lastDay - link.lag) + 1 : next.days.dayAt(firstDay - link.lag);
    if (link.fromStart) start = Math.min(start, moment);
    else finish = Math.min(finish, moment);
  }
  return { start, finish };
}
