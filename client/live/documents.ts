import { graphql } from '../api/graphql.ts';

/** One change with what of the changed object is shown in many places; the cache merges it by id. */
export const ChangeNews = graphql(`
  fragment ChangeNews on Change {
    position
    cursor
    projectId
    subjectId
    kind
    at
    taskId
    actor { id name isStaff }
    facts { from to version assignee { id name isStaff } }
    node {
      __typename
      id
      ... on Task {
        revision
        state
        stateSince
        court
        dueOn
        isOverdue
        commentCount
        assignee { id name isStaff }
      }
      ... on Comment {
        revision
        text
        audience
        createdAt
        editedAt
        isDeleted
        sharedAt
        isUnread
        resolvedAt
        resolvedBy { id name }
        replyCount
        parent { id replyCount resolvedAt resolvedBy { id name } }
        author { id name isStaff accountName }
        mentions { id name }
        files { id name sizeBytes }
        reactions { reaction count isMine people { id name } }
        seenBy { at person { id name } }
        viewerCan { edit delete reply react resolve setAudience }
        task { id commentCount unreadCount firstUnread { id } project { id unreadCount } }
        replies(last: 2) { nodes { id } pageInfo { hasPreviousPage startCursor } }
      }
      ... on Submission { submissionState: state version }
    }
  }
`);

export const ProjectStream = graphql(
  `
  subscription ProjectStream($projectId: ID!, $after: Int) {
    changes(projectId: $projectId, after: $after) {
      __typename
      ...ChangeNews
      ... on CaughtUp { position cursor }
      ... on Heartbeat { position cursor }
      ... on Reload { reason position cursor }
    }
  }
`,
  [ChangeNews],
);

export const OverviewStream = graphql(`
  subscription OverviewStream($after: String) {
    overviewChanges(after: $after) {
      __typename
      ... on Change { position cursor projectId kind at taskId node { __typename id } }
      ... on CaughtUp { position cursor }
      ... on Heartbeat { position cursor }
      ... on Reload { reason position cursor }
    }
  }
`);

/** The kind of an entry of the inbox that tells of a conversation and of no item; its figures stand in it. */
export const conversationRead = 'conversation.read';

export const InboxStream = graphql(`
  subscription InboxStream($after: Int) {
    inboxChanges(after: $after) {
      __typename
      ... on Change { position kind node { __typename id ... on Task { unreadCount firstUnread { id } project { id unreadCount } } } }
      ... on CaughtUp { position }
      ... on Heartbeat { position }
      ... on Reload { reason position }
    }
  }
`);
