import type { EnumOf } from '../../api/graphql.ts';

/** What is true of tasks of which none is left to do; cancelled ones are not counted. */
export function howItEnded(states: readonly EnumOf<'TaskState'>[]): 'allDone' | 'doneOrWaived' | 'allWaived' {
  const counted = states.filter((state) => state !== 'CANCELLED');
  if (!counted.includes('WAIVED')) return 'allDone';
  return counted.every((state) => state === 'WAIVED') ? 'allWaived' : 'doneOrWaived';
}

/** Of a phase: there was something to do, and none of it was done. */
export function isLeftOut(states: readonly EnumOf<'TaskState'>[]): boolean {
  return states.length > 0 && states.every((state) => state === 'WAIVED' || state === 'CANCELLED');
}
