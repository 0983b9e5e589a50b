import { useApolloClient, useQuery } from '@apollo/client/react';
import { createContext, type ReactNode } from 'react';
import { graphql } from '../api/graphql.ts';
import { conversationRead, InboxStream } from './documents.ts';
import { LiveStatusContext } from './LiveProject.tsx';
import { useStream } from './useStream.ts';

const inboxBellQuery = graphql('query InboxBell { viewer { inboxUnreadCount inboxPosition } }');

/** How much of the inbox is unread. */
export const UnreadContext = createContext(0);

/** Keeps the inbox live on every page; pages that follow no other stream tell by it how the connection stands. */
export function LiveInbox({ children }: { children: ReactNode }) {
  const client = useApolloClient();
  const { data } = useQuery(inboxBellQuery);
  const status = useStream({
    document: InboxStream,
    field: 'inboxChanges',
    variablesAt: (after) => ({ after }),
    key: 'inbox',
    start: data?.viewer?.inboxPosition ?? null,
    // A conversation that was read elsewhere came with its figures, which stand wherever they are shown now.
    onChanges: (changes) =>
      changes.some(({ kind }) => kind !== conversationRead) &&
      client.refetchQueries({
        include: 'active',
        onQueryUpdated: ({ queryName }) => queryName?.startsWith('Inbox') === true,
      }),
  });
  return (
    <LiveStatusContext value={status}>
      <UnreadContext value={data?.viewer?.inboxUnreadCount ?? 0}>{children}</UnreadContext>
    </LiveStatusContext>
  );
}
