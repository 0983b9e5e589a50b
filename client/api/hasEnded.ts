import type { EnumOf } from './graphql.ts';

/** Whether nobody works on in a project that stands so. */
export function hasEnded(state: EnumOf<'ProjectState'>): boolean {
  return state === 'CLOSED' || state === 'CANCELLED';
}
