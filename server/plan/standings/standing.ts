import type { SlimTask } from '../queries.ts';

/** Where a road has got to: what is done of it, and the phase that it is in (null when all is done, or there is none). */
export type RoadStanding = {
  doneCount: number;
  totalCount: number;
  phaseName: string | null;
  phaseIndex: number | null;
  inReviewCount: number;
};

type RoadPhase = { id: string; name: string; index: number };

/** A road by its tasks; the phases come in their order. What was cancelled is no part of it. */
export function roadStanding(
  tasks: readonly Pick<SlimTask, 'state' | 'phaseId'>[],
  road: readonly RoadPhase[],
): RoadStanding {
  const counted = tasks.filter((task) => task.state !== 'CANCELLED');
  const isDone = ({ state }: Pick<SlimTask, 'state'>) => state === 'DONE' || state === 'WAIVED';
  const undone = new Set(counted.filter((task) => !isDone(task)).map((task) => task.phaseId));
  const current = road.find((phase) => undone.has(phase.id)) ?? null;
  return {
    doneCount: counted.filter(isDone).length,
    totalCount: counted.length,
    phaseName: current?.name ?? null,
    phaseIndex: current?.index ?? null,
    inReviewCount: tasks.filter((task) => task.state === 'IN_REVIEW').length,
  };
}
