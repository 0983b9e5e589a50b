import type { ApolloClient } from '@apollo/client';
import { ServerError } from '@apollo/client/errors';
import { failureOf } from './failure.ts';

/** Asks again what a screen asked while the server could not be reached; what the server refused stays refused. */
export async function askAgain(client: ApolloClient): Promise<void> {
  const failed = [...client.getObservableQueries('active')].filter((query) => {
    const { error } = query.getCurrentResult();
    if (!error) return false;
    return ServerError.is(error) ? error.statusCode >= 500 : failureOf(error) === 'offline';
  });
  await Promise.all(failed.map((query) => query.refetch().catch(() => {})));
}
