import type { EnumOf } from '../../api/graphql.ts';

/** What is true of tasks of which none is left to do; cancelled ones are not counted. */
export function howItEnded(states: readonly EnumOf<'TaskState'>[]): 'allDone' | 'doneOrWaived' | 'allWaived' {
  const counted = states.filter((state) => state !== 'CANCELLED');
  if (!counted.includes('WAIVED')) return 'allDone';
  return counted.every((state) => state === 'WAIVED') ? 'allWaived' : 'doneOrWaived';
}
