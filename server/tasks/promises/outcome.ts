import type { PromiseRow } from './ends/commands.ts';

/** What a promise comes to: it stands, was kept, was missed; null: it was changed or called off before its day was over. */
export type PromiseOutcome = 'STANDING' | 'KEPT' | 'MISSED' | null;

/**
 * A day counts to its end, in the zone of whoever promised. Naming another day, taking it back and what the plan changed
 * count for nothing until then; afterwards the day was missed, whatever is said of it later.
 */
export function outcomeOf(
  { promisedOn, endedAt, endedBy }: Pick<PromiseRow, 'promisedOn' | 'endedAt' | 'endedBy'>,
  today: string,
  dayIn: (at: Date) => string,
): PromiseOutcome {
  if ((endedAt ? dayIn(endedAt) : today) > promisedOn) return 'MISSED';
  if (endedAt === null) return 'STANDING';
  return endedBy === 'LEFT' ? 'KEPT' : null;
}
