import type { LinkKind, Side } from '../../../drizzle/schema/index.ts';
import type { PlanFacts, PlanTask } from './facts.ts';
import { dayNumber, type WorkdayIndex, workdayIndexOf } from './workdayIndex.ts';

/**
 * One link as planning reads it. Both ends are places among the tasks.
 * `fromStart`: counts from the predecessor's start and not its finish; `toFinish`: holds the finish and not the start.
 */
export type CompiledLink = { from: number; to: number; fromStart: boolean; toFinish: boolean; lag: number };

/** What planning asks of a task again and again, as numbers. -Infinity: nothing holds it. */
export type CompiledTask = {
  id: string;
  days: WorkdayIndex;
  duration: number;
  isGate: boolean;
  /** The moment it began: the beginning of that day; null: not begun. */
  startedAt: number | null;
  /** The moment it was finished: the end of that day; null: not finished. */
  finishedAt: number | null;
  /** Working days of its side, by number: it starts and finishes no earlier, by today and by its start day. */
  leastStart: number;
  leastFinish: number;
  /** By its pin, on top of that. */
  pinnedStart: number;
  pinnedFinish: number;
  /** Links that hold it, and links by which it holds others. */
  before: readonly CompiledLink[];
  after: readonly CompiledLink[];
};

export type Compiled = {
  tasks: readonly CompiledTask[];
  /** Places of tasks, each after all that it waits for. */
  order: readonly number[];
  targetAt: number;
};

/** Either a plan that can be gone through in order, or the circle that keeps it from that. */
export function compile(facts: PlanFacts): Compiled | { cycle: string[] } {
  const live = facts.tasks.filter((task) => !task.isCancelled);
  const placeOf = new Map(live.map((task, place) => [task.id, place]));
  const daysOf = new Map<Side, WorkdayIndex>();
  for (const side of new Set(live.map((task) => task.side))) daysOf.set(side, workdayIndexOf(facts.calendars[side]));
  const before: CompiledLink[][] = live.map(() => []);
  const after: CompiledLink[][] = live.map(() => []);
  for (const { taskId, predecessorId, kind, lagDays: lag } of facts.links) {
    const [from, to] = [placeOf.get(predecessorId), placeOf.get(taskId)];
    if (from === undefined || to === undefined) continue;
    const { fromStart, toFinish } = edgesOf[kind];
    const link = { from, to, lag, fromStart, toFinish };
    before[to]?.push(link);
    after[from]?.push(link);
  }
  const today = dayNumber(facts.today);
  const tasks = live.map((task, place) =>
    compiledTask(task, daysOf.get(task.side) as WorkdayIndex, today, before[place] ?? [], after[place] ?? []),
  );
  const order = inOrder(tasks);
  if (order.length < tasks.length) return { cycle: circleAmong(tasks, order) };
  return { tasks, order, targetAt: dayNumber(facts.targetOn) + 1 };
}

const edgesOf: Record<LinkKind, { fromStart: boolean; toFinish: boolean }> = {
  FINISH_TO_START: { fromStart: false, toFinish: false },
  START_TO_START: { fromStart: true, toFinish: false },
  FINISH_TO_FINISH: { fromStart: false, toFinish: true },
  START_TO_FINISH: { fromStart: true, toFinish: true },
};

function compiledTask(
  task: PlanTask,
  days: WorkdayIndex,
  today: number,
  before: readonly CompiledLink[],
  after: readonly CompiledLink[],
): CompiledTask {
  const { id, durationDays: duration, isGate, startsOn, pin } = task;
  const numberOf = (day: string) => days.before(dayNumber(day));
  const now = days.before(today);
  const earliest = startsOn === null ? now : Math.max(now, numberOf(startsOn));
  // What takes no day has no first day either: its finish is held instead.
  const holdsStart = duration > 0;
  const pinned = pin === null ? Number.NEGATIVE_INFINITY : numberOf(pin.on);
  const isStartPinned = pin?.edge === 'START' && holdsStart;
  return {
    id,
    days,
    duration,
    isGate,
    startedAt: dayOrNull(task.startedOn ?? task.finishedOn),
    finishedAt: task.finishedOn === null ? null : dayNumber(task.finishedOn) + 1,
    leastStart: holdsStart ? earliest : Number.NEGATIVE_INFINITY,
    leastFinish: holdsStart ? now : earliest,
    pinnedStart: isStartPinned ? pinned : Number.NEGATIVE_INFINITY,
    pinnedFinish: isStartPinned ? Number.NEGATIVE_INFINITY : pinned,
    before,
    after,
  };
}

const dayOrNull = (day: string | null) => (day === null ? null : dayNumber(day));

function inOrder(tasks: readonly CompiledTask[]): number[] {
  const waits = tasks.map((task) => task.before.length);
  const order: number[] = [];
  for (let place = 0; place < waits.length; place++) if (waits[place] === 0) order.push(place);
  // Grows while it is read.
  for (let at = 0; at < order.length; at++) {
    for (const { to } of tasks[order[at] as number]?.after ?? []) {
      waits[to] = (waits[to] as number) - 1;
      if (waits[to] === 0) order.push(to);
    }
  }
  return order;
}

/** From a task back to itself, each waiting for the next. What was not put in order has one before it that was not either. */
function circleAmong(tasks: readonly CompiledTask[], order: readonly number[]): string[] {
  const ordered = new Set(order);
  const seen = new Map<number, number>();
  const path: number[] = [];
  let at = tasks.findIndex((_, place) => !ordered.has(place));
  while (!seen.has(at)) {
    seen.set(at, path.length);
    path.push(at);
    at = tasks[at]?.before.find(({ from }) => !ordered.has(from))?.from ?? at;
  }
  return [...path.slice(seen.get(at)), at].map((place) => tasks[place]?.id ?? '');
}
