import type { Alignment, Happening } from './alignment.ts';

/*
 * Where a case left its plan, a line each:
 *   SKIPPED       planned, and did not happen
 *   OUT_OF_ORDER  happened, but before or after its place
 *   REPEATED      happened again
 *   INSERTED      happened, and the plan does not know it
 *   SLOW          happened in its place, and took longer than it should
 */
export type DeviationKind = 'SKIPPED' | 'OUT_OF_ORDER' | 'REPEATED' | 'INSERTED' | 'SLOW';
export type Deviation = {
  kind: DeviationKind;
  activityId: string;
  /** The event, by its place in what happened; null: none, it is missing. */
  event: number | null;
};

/** How long an activity took and may take, in working days; null where nobody knows. */
export type Took = { days: number; mostDays: number };

export function deviationsOf(
  { moves }: Alignment,
  happened: readonly Happening[],
  isPlanned: (activityId: string) => boolean,
  tookOf: (event: number) => Took | null = () => null,
): Deviation[] {
  const inPlace = new Set(moves.flatMap((move) => (move.kind === 'BOTH' ? [move.activityId] : [])));
  const ever = new Set(happened.map(({ activityId }) => activityId));
  const moved = new Set<string>();
  return moves.flatMap((move): Deviation[] => {
    const { activityId } = move;
    if (move.kind === 'MODEL') return ever.has(activityId) ? [] : [{ kind: 'SKIPPED', activityId, event: null }];
    const { event } = move;
    if (move.kind === 'BOTH') {
      const took = tookOf(event);
      return took !== null && took.days > took.mostDays ? [{ kind: 'SLOW', activityId, event }] : [];
    }
    if (!isPlanned(activityId)) return [{ kind: 'INSERTED', activityId, event }];
    const isItsOnly = !inPlace.has(activityId) && !moved.has(activityId);
    moved.add(activityId);
    return [{ kind: isItsOnly ? 'OUT_OF_ORDER' : 'REPEATED', activityId, event }];
  });
}
