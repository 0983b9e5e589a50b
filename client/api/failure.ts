import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** Why an act got no answer that one can mend: the network, too many in a row, no right to it any more, or the server. */
export type Failure = 'offline' | 'tooMany' | 'gone' | 'server';

export function failureOf(error: unknown): Failure {
  if (ServerError.is(error)) return error.statusCode === 429 ? 'tooMany' : 'server';
  if (!CombinedGraphQLErrors.is(error)) return 'offline';
  const codes = error.errors.map((one) => one.extensions?.code);
  if (codes.includes('RATE_LIMITED')) return 'tooMany';
  return codes.includes('NOT_FOUND') || codes.includes('FORBIDDEN') ? 'gone' : 'server';
}
