import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { type FieldMergeFunction, InMemoryCache, type Reference, type StoreObject } from '@apollo/client/cache';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import type { Client as Socket } from 'graphql-ws';
import { Acts } from './acts.ts';
import { connectionByNodes } from './connections.ts';
import type { introspection } from './schema.generated.d.ts';
import { createSocket } from './socket.ts';

type PossibleTypesOf<Name extends 'Node' | 'ChangeMessage'> = introspection['types'][Name]['possibleTypes'];

// Written out, because the schema itself is not sent to the browser; each list is held to it by its type.
const possibleTypes: { [Name in 'Node' | 'ChangeMessage']: PossibleTypesOf<Name>[] } = {
  Node: [
    'Account',
    'ApiToken',
    'Comment',
    'File',
    'InboxItem',
    'Invitation',
    'Meeting',
    'Note',
    'Person',
    'Phase',
    'Project',
    'SavedView',
    'Submission',
    'Task',
    'TaskInput',
    'Template',
    'TemplateVersion',
  ],
  ChangeMessage: ['CaughtUp', 'Change', 'Heartbeat', 'Reload'],
};

type ToReference = (of: { __typename: string; id: string }) => Reference | undefined;
const byId =
  (typename: string) =>
  (existing: unknown, { args, toReference }: { args: Record<string, unknown> | null; toReference: ToReference }) =>
    existing === null ? null : toReference({ __typename: typename, id: String(args?.id) });

/** Mocks have no ids of their own: that of a product is the same one in every answer. */
const mocksByProduct: FieldMergeFunction<readonly StoreObject[]> = (existing = [], incoming, options) =>
  incoming.map((mock) => {
    const product = options.readField('product', mock);
    const before = existing.find((other) => options.readField('product', other) === product);
    return before ? options.mergeObjects(before, mock) : mock;
  });

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          task: { read: byId('Task') },
          project: { read: byId('Project') },
          projects: connectionByNodes(['first']),
          template: { read: byId('Template') },
          templates: connectionByNodes(['first', 'includeRetired']),
          integrations: connectionByNodes(['filter', 'sort', 'groupBy', 'perGroup', 'offset']),
        },
      },
      Viewer: { keyFields: [], fields: { inbox: connectionByNodes(['onlyUnread']) } },
      Overview: { keyFields: [] },
      // There is one.
      Company: { keyFields: [] },
      Person: { fields: { viewerCan: { merge: true } } },
      Account: { fields: { staff: { merge: true } } },
      Project: {
        fields: {
          staff: { merge: true },
          health: { merge: true },
          progress: { merge: true },
          forecast: { merge: true },
          changes: { keyArgs: ['last'] },
          viewerCan: { merge: true },
          firstLook: { merge: true },
        },
      },
      // Parts of a screen ask for different fields of it.
      FirstLook: { fields: { brand: { merge: true }, viewerCan: { merge: true }, mocks: { merge: mocksByProduct } } },
      Task: {
        fields: {
          comments: connectionByNodes(['isOpen']),
          mentionable: { merge: false },
          submissions: connectionByNodes(),
          changes: { keyArgs: ['last'] },
          promise: { merge: true },
          schedule: { merge: true },
          viewerCan: { merge: true },
        },
      },
      TaskInput: { fields: { submissions: connectionByNodes(), check: { merge: true }, viewerCan: { merge: true } } },
      Comment: {
        fields: {
          viewerCan: { merge: true },
          replies: connectionByNodes(),
          mentions: { merge: false },
          files: { merge: false },
          reactions: { merge: false },
          seenBy: { merge: false },
        },
      },
    },
  });
}

/** Whether an error says that nobody is signed in any more. */
export function isSignedOut(error: unknown): boolean {
  if (CombinedGraphQLErrors.is(error)) {
    return error.errors.some((one) => one.extensions?.code === 'UNAUTHENTICATED');
  }
  return ServerError.is(error) && error.statusCode === 401;
}

export type Api = { client: ApolloClient; socket: Socket; acts: Acts };

/** GraphQL over HTTP, and over one socket for subscriptions. `onSignedOut` is called when the session has ended. */
export function createApi(options: { onSignedOut: () => void }): Api {
  const socket = createSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`);
  const http = new HttpLink({ uri: '/graphql', credentials: 'same-origin', headers: { 'x-slipway-csrf': '1' } });
  const signedOut = new ErrorLink(({ error }) => {
    if (isSignedOut(error)) options.onSignedOut();
  });
  const link = ApolloLink.split(
    ({ operationType }) => operationType === 'subscription',
    new GraphQLWsLink(socket),
    http,
  );
  const acts = new Acts();
  const client = new ApolloClient({
    cache: createCache(),
    link: ApolloLink.from([signedOut, acts.link, link]),
    // A refetch after a change must not be answered by a question that was asked before the change.
    queryDeduplication: false,
  });
  return { client, socket, acts };
}
