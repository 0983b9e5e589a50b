import type { JourneyDoc } from './useJourney.ts';

/** How many gaps name each touchpoint; those that were accepted count no more. */
export function countGaps({ gaps, state }: Pick<JourneyDoc, 'gaps' | 'state'>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const gap of gaps) {
    if (state.decisions.get(gap.key)?.decision === 'ACCEPTED') continue;
    for (const id of gap.about.touchpointIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
