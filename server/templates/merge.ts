import type { Condition, Conditions } from '../conditions.ts';
import type { PhaseTemplate, Playbook, TaskTemplate } from './document.ts';
import { tiesOf, waitsFor } from './ties.ts';

/** A task of a road. `after` is all that it waits for (see `tiesOf`); `when` of one template says nothing here any more. */
export type RoadTask = Omit<TaskTemplate, 'when'> & {
  /** It applies by any of these; empty: always. */
  conditions: Conditions;
};
export type RoadPhase = Omit<PhaseTemplate, 'tasks'> & { tasks: RoadTask[] };
/** The road of a project that begins from several templates. */
export type MergedRoad = { phases: RoadPhase[]; targetInBusinessDays: number };

/** The tasks that do not always apply, with what they depend on. */
export function conditionsOf(road: MergedRoad): Map<string, Conditions> {
  const tasks = road.phases.flatMap((phase) => phase.tasks).filter((task) => task.conditions.length > 0);
  return new Map(tasks.map((task) => [task.key, task.conditions]));
}

/**
 * Puts templates together: phases by key in their order, and what stands under one key in several of them is one task,
 * due at the earliest, after all that any of them waits for, asking for all that any of them asks for, a gate or looked
 * at if it is one in any, and applying where it does by any. Its words are those of the first.
 */
export function mergePlaybooks(playbooks: readonly Playbook[]): MergedRoad {
  const phases: RoadPhase[] = [];
  const tasks = new Map<string, RoadTask>();
  for (const playbook of playbooks) {
    let last = -1;
    for (const phase of playbook.phases) {
      let at = phases.findIndex((one) => one.key === phase.key);
      if (at < 0) {
        // Behind the phase that it follows in its own template.
        at = last + 1;
        phases.splice(at, 0, { ...phase, tasks: [] });
      }
      last = Math.max(last, at);
      for (const task of phase.tasks) {
        const known = tasks.get(task.key);
        const merged = known ? mergeTasks(known, task) : roadTask(task);
        tasks.set(task.key, merged);
        if (!known) phases[at]?.tasks.push(merged);
      }
    }
  }
  const own = acyclic(playbooks);
  const after = tiesOf(
    phases.flatMap((phase, at) =>
      phase.tasks.map(({ key }) => {
        const { holdsPhases, conditions } = tasks.get(key) as RoadTask;
        return { key, after: own.get(key) ?? [], holdsPhases, phase: at, isConditional: conditions.length > 0 };
      }),
    ),
  );
  return {
    phases: phases
      .map((phase) => ({
        ...phase,
        tasks: phase.tasks.map(({ key }) => ({ ...(tasks.get(key) as RoadTask), after: after.get(key) ?? [] })),
      }))
      .filter((phase) => phase.tasks.length > 0),
    targetInBusinessDays: Math.max(0, ...playbooks.map((one) => one.targetInBusinessDays)),
  };
}

function roadTask({ when, ...task }: TaskTemplate): RoadTask {
  return { ...task, after: [], conditions: when ? [when] : [] };
}

/** Whatever one of them says always holds for both; the same said twice is said once. */
function anyOf(first: Conditions, other: readonly Condition[] | undefined): Conditions {
  if (first.length === 0 || !other) return [];
  const isSaid = first.some((one) => JSON.stringify(one) === JSON.stringify(other));
  return isSaid ? first : [...first, other];
}

function mergeTasks(first: RoadTask, other: TaskTemplate): RoadTask {
  const news = other.inputs.filter((input) => !first.inputs.some((one) => one.key === input.key));
  return {
    ...first,
    minutes: news.length > 0 ? Math.min(480, first.minutes + other.minutes) : first.minutes,
    isGate: first.isGate || other.isGate,
    isReviewWanted: first.isReviewWanted || other.isReviewWanted,
    ...(first.holdsPhases || other.holdsPhases ? { holdsPhases: true as const } : {}),
    ...((first.reviewer ?? other.reviewer) ? { reviewer: first.reviewer ?? other.reviewer } : {}),
    conditions: anyOf(first.conditions, other.when),
    assignee: first.assignee ?? other.assignee,
    inputs: [...first.inputs, ...news],
    dueInBusinessDays: Math.min(first.dueInBusinessDays, other.dueInBusinessDays),
  };
}

/**
 * Who waits for whom over all templates. Each is without a circle, but two may order the same tasks the other way round:
 * what the first says then stands, and the arrow that would close a circle is left out.
 */
function acyclic(playbooks: readonly Playbook[]): Map<string, string[]> {
  const after = new Map<string, string[]>();
  for (const task of playbooks.flatMap((playbook) => playbook.phases.flatMap((phase) => phase.tasks))) {
    for (const predecessor of task.after) {
      const known = after.get(task.key) ?? [];
      if (known.includes(predecessor) || waitsFor(predecessor, task.key, after)) continue;
      after.set(task.key, [...known, predecessor]);
    }
  }
  return after;
}
