import { createSocket } from '../../api/socket.ts';
import { operationOf } from './operation.ts';

type Params = { query: string; operationName?: string | null; variables?: Record<string, unknown> | null };

/** How the explorer asks: over HTTP with the session of this page, subscriptions over a socket that opens with the first. */
export function createFetcher() {
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
  const socket = createSocket(address);

  async function fetcher({ query, operationName, variables }: Params) {
    const { name, kind } = operationOf(query, operationName);
    const params = { query, operationName: name, variables };
    if (kind === 'subscription') return socket.iterate(params);
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify(params),
    });
    return response.json();
  }

  return { fetcher, close: () => void socket.dispose() };
}
