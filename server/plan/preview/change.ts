import type { LinkKind, PinEdge } from '../../../drizzle/schema/index.ts';
import type { Conflict, PlanFacts, PlanTask } from '../schedule/facts.ts';
import { schedule } from '../schedule/schedule.ts';
import { type Forecast, simulate } from '../simulate/simulate.ts';

/** One act on a plan that somebody thinks of. */
export type PlanChange =
  /** A due day named by hand is held by the plan; null lets it go. */
  | { of: 'DUE'; taskId: string; dueOn: string | null }
  | { of: 'PIN'; taskId: string; pin: { edge: PinEdge; on: string } | null }
  | { of: 'DURATION'; taskId: string; durationDays: number }
  | { of: 'WAIVE'; taskId: string }
  /** `rule` null: it waits no longer. */
  | { of: 'LINK'; taskId: string; predecessorId: string; rule: { kind: LinkKind; lagDays: number } | null };

/** A task that the plan would have on other days. */
export type PlanMove = { taskId: string; fromOn: string; toOn: string };
export type PlanConsequence = {
  moves: PlanMove[];
  before: Forecast | null;
  after: Forecast | null;
  /** What the plan could do before, and cannot after. */
  conflicts: Conflict[];
};

/** A plan as it would be after a change. */
export function changed(facts: PlanFacts, change: PlanChange): PlanFacts {
  const withTask = (differ: (task: PlanTask) => Partial<PlanTask>): PlanFacts => ({
    ...facts,
    tasks: facts.tasks.map((task) => (task.id === change.taskId ? { ...task, ...differ(task) } : task)),
  });
  switch (change.of) {
    case 'DUE':
      return withTask(() => ({ pin: change.dueOn === null ? null : { edge: 'FINISH', on: change.dueOn } }));
    case 'PIN':
      return withTask(() => ({ pin: change.pin }));
    case 'DURATION':
      return withTask(() => ({ durationDays: change.durationDays }));
    case 'WAIVE':
      return withTask((task) => ({ finishedOn: task.finishedOn ?? facts.today }));
    case 'LINK': {
      const { taskId, predecessorId, rule } = change;
      const others = facts.links.filter((link) => link.taskId !== taskId || link.predecessorId !== predecessorId);
      return { ...facts, links: rule === null ? others : [...others, { taskId, predecessorId, ...rule }] };
    }
  }
}

/** What a change would move, played with the same luck before and after, so that what differs is the change alone. */
export function consequenceOf(facts: PlanFacts, change: PlanChange, seed: string): PlanConsequence {
  const next = changed(facts, change);
  const [was, is] = [schedule(facts), schedule(next)];
  const finishes = new Map(was.tasks.map((task) => [task.id, task.finishOn]));
  const open = new Set(next.tasks.flatMap((task) => (task.finishedOn === null ? [task.id] : [])));
  const moves = is.tasks.flatMap(({ id, finishOn }) => {
    const fromOn = finishes.get(id);
    return open.has(id) && fromOn !== undefined && fromOn !== finishOn ? [{ taskId: id, fromOn, toOn: finishOn }] : [];
  });
  const known = new Set(was.conflicts.map((conflict) => JSON.stringify(conflict)));
  return {
    moves,
    before: simulate(facts, { seed }),
    after: simulate(next, { seed }),
    conflicts: is.conflicts.filter((conflict) => !known.has(JSON.stringify(conflict))),
  };
}
