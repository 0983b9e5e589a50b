import { graphql, type ResultOf } from '../../api/graphql.ts';

export const inboxItemFragment = graphql(`
  fragment InboxRow_item on InboxItem {
    id
    reason
    at
    readAt
    isOfNote
    excerpt
    actor { id name isStaff }
    comment { id audience }
    task { id title project { id name account { id name } } }
  }
`);
export type InboxItem = ResultOf<typeof inboxItemFragment>;

export const readMutation = graphql(
  'mutation InboxRead($input: InboxReadInput!) { inboxRead(input: $input) { mark unreadCount } }',
);
export const unreadMutation = graphql(
  'mutation InboxUnread($input: InboxUnreadInput!) { inboxUnread(input: $input) { mark unreadCount } }',
);
