import type { Session } from '../support/session.ts';

export const item = `id position reason at readAt isOfNote excerpt actor { id } task { id title project { id } } comment { id text }`;
export const inboxQuery = `query ($first: Int, $after: String, $onlyUnread: Boolean) {
  viewer {
    inboxUnreadCount inboxPosition
    inbox(first: $first, after: $after, onlyUnread: $onlyUnread) {
      nodes { ${item} } pageInfo { hasNextPage endCursor }
    }
  }
}`;
export type Item = {
  id: string;
  position: number;
  reason: string;
  readAt: string | null;
  isOfNote: boolean;
  excerpt: string | null;
  actor: { id: string } | null;
  task: { id: string };
  comment: { id: string } | null;
};
export type Inbox = {
  inboxUnreadCount: number;
  inboxPosition: number;
  inbox: { nodes: Item[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
};

export async function inboxOf(session: Session, variables: Record<string, unknown> = { first: 100 }): Promise<Inbox> {
  return (await session.ask(inboxQuery, variables)).viewer;
}

/** Why things are in somebody's inbox, the newest first, of those behind a position. */
export async function reasonsSince(session: Session, position: number): Promise<string[]> {
  const { inbox } = await inboxOf(session);
  return inbox.nodes.filter((node) => node.position > position).map(({ reason }) => reason);
}

export const positionOf = async (session: Session) => (await inboxOf(session, { first: 1 })).inboxPosition;

const mark = 'mark position unreadCount userErrors { code }';
export async function read(session: Session, input: Record<string, unknown>) {
  const document = `mutation ($input: InboxReadInput!) { inboxRead(input: $input) { ${mark} } }`;
  return (await session.ask(document, { input })).inboxRead;
}
export async function unread(session: Session, input: Record<string, unknown>) {
  const document = `mutation ($input: InboxUnreadInput!) { inboxUnread(input: $input) { ${mark} } }`;
  return (await session.ask(document, { input })).inboxUnread;
}

export const inboxStream = `subscription ($after: Int) {
  inboxChanges(after: $after) {
    __typename
    ... on Change { position kind subjectId projectId taskId actor { id } node { __typename ... on InboxItem { ${item} } ... on Task { id unreadCount project { id unreadCount } } } }
    ... on CaughtUp { position }
    ... on Heartbeat { position }
    ... on Reload { reason position }
  }
}`;
