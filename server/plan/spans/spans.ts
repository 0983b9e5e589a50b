/** From when to when the plan has a phase, or had it; both days are worked on. */
export type PhaseSpan = { phaseId: string; startOn: string; finishOn: string };

type InPhase = { id: string; phaseId: string; state: string };
type Planned = { id: string; startOn: string; finishOn: string };

const isOver = ({ state }: InPhase) => state === 'DONE' || state === 'WAIVED';

/**
 * A road as stretches of days, in the order in which they begin: a phase spans its tasks. Of a project that has ended
 * only what was done counts, since nothing of the rest will be.
 */
export function spansOf(tasks: readonly InPhase[], planned: readonly Planned[], hasEnded: boolean): PhaseSpan[] {
  const days = new Map(planned.map((task) => [task.id, task]));
  const spans = new Map<string, PhaseSpan>();
  for (const task of tasks) {
    const own = days.get(task.id);
    if (!own || (hasEnded && !isOver(task))) continue;
    const { phaseId } = task;
    const { startOn, finishOn } = spans.get(phaseId) ?? own;
    spans.set(phaseId, {
      phaseId,
      startOn: own.startOn < startOn ? own.startOn : startOn,
      finishOn: own.finishOn > finishOn ? own.finishOn : finishOn,
    });
  }
  return [...spans.values()].sort((a, b) => a.startOn.localeCompare(b.startOn) || a.phaseId.localeCompare(b.phaseId));
}
