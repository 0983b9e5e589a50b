import type { PhaseTemplate, Playbook, TaskTemplate } from './document.ts';

/** The road of a project that begins from several templates. */
export type MergedRoad = { phases: PhaseTemplate[]; targetInBusinessDays: number };

/**
 * Puts templates together: phases by key in their order, and what stands under one key in several of them is one task,
 * due at the earliest, after all that any of them waits for, asking for all that any of them asks for, and a gate or
 * looked at if it is one in any. Its words are those of the first.
 */
export function mergePlaybooks(playbooks: readonly Playbook[]): MergedRoad {
  const phases: PhaseTemplate[] = [];
  const tasks = new Map<string, TaskTemplate>();
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
        const merged = known ? mergeTasks(known, task) : { ...task, after: [] };
        tasks.set(task.key, merged);
        if (!known) phases[at]?.tasks.push(merged);
      }
    }
  }
  const after = acyclic(playbooks);
  return {
    phases: phases
      .map((phase) => ({
        ...phase,
        tasks: phase.tasks.map(({ key }) => ({ ...(tasks.get(key) as TaskTemplate), after: after.get(key) ?? [] })),
      }))
      .filter((phase) => phase.tasks.length > 0),
    targetInBusinessDays: Math.max(0, ...playbooks.map((one) => one.targetInBusinessDays)),
  };
}

function mergeTasks(first: TaskTemplate, other: TaskTemplate): TaskTemplate {
  const news = other.inputs.filter((input) => !first.inputs.some((one) => one.key === input.key));
  return {
    ...first,
    minutes: news.length > 0 ? Math.min(480, first.minutes + other.minutes) : first.minutes,
    isGate: first.isGate || other.isGate,
    isReviewWanted: first.isReviewWanted || other.isReviewWanted,
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
  const waitsFor = (task: string, wanted: string, seen = new Set<string>()): boolean => {
    if (task === wanted) return true;
    if (seen.has(task)) return false;
    seen.add(task);
    return (after.get(task) ?? []).some((next) => waitsFor(next, wanted, seen));
  };
  for (const task of playbooks.flatMap((playbook) => playbook.phases.flatMap((phase) => phase.tasks))) {
    for (const predecessor of task.after) {
      const known = after.get(task.key) ?? [];
      if (known.includes(predecessor) || waitsFor(predecessor, task.key)) continue;
      after.set(task.key, [...known, predecessor]);
    }
  }
  return after;
}
