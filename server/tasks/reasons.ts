import { ActError } from '../platform/graphql/errors.ts';

export const maxReasonCharacters = 2_000;

/** A reason as it is kept: without space around it. REASON_MISSING when there is none, and one is asked for. */
export function checkReason(given: string): string {
  const reason = given.trim();
  if (reason === '') throw new ActError('REASON_MISSING', { field: 'reason' });
  if ([...reason].length > maxReasonCharacters) {
    throw new ActError('TOO_LONG', { field: 'reason', params: { max: maxReasonCharacters } });
  }
  return reason;
}
