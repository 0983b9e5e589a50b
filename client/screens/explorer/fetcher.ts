import { createSocket } from '../../api/socket.ts';

type Params = { query: string; operationName?: string | null; variables?: Record<string, unknown> | null };

/** How the explorer asks: over HTTP with the session of this page, subscriptions over a socket that opens with the first. */
export function createFetcher() {
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
  const socket = createSocket(address);

  async function fetcher({ query, operationName, variables }: Params) {
    const params = { query, operationName, variables };
    if (isSubscription(query, operationName)) return socket.iterate(params);
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify(params),
    });
    return response.json();
  }

  return { fetcher, close: () => void socket.dispose() };
}

/** Whether the operation to be run is a subscription; GraphiQL names it when a document has several. */
function isSubscription(query: string, operationName: string | null | undefined): boolean {
  const operations = [...query.matchAll(/^\s*(query|mutation|subscription)\b\s*(\w*)/gm)];
  const chosen = operationName ? operations.find(([, , name]) => name === operationName) : operations[0];
  return chosen?.[1] === 'subscription';
}
