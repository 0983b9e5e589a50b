import { graphql } from '../../../api/graphql.ts';
import { commentFragment, threadFragment } from '../fragments.ts';

export const earlierQuery = graphql(
  `
    query EarlierComments($id: ID!, $before: String, $isOpen: Boolean) {
      task(id: $id) {
        id
        comments(last: 20, before: $before, isOpen: $isOpen) {
          nodes {
            ...CommentThread_thread
          }
          pageInfo {
            hasPreviousPage
            startCursor
          }
        }
      }
    }
  `,
  [threadFragment],
);

export const earlierRepliesQuery = graphql(
  `
    query EarlierReplies($id: ID!, $before: String) {
      node(id: $id) {
        id
        ... on Comment {
          replies(last: 50, before: $before) {
            nodes {
              ...CommentItem_comment
            }
            pageInfo {
              hasPreviousPage
              startCursor
            }
          }
        }
      }
    }
  `,
  [commentFragment],
);

/** Where a comment stands; null when it is missing or not the reader's, which look alike. */
export const placeQuery = graphql(`
  query CommentPlace($id: ID!) {
    node(id: $id) {
      id
      ... on Comment {
        task {
          id
        }
        parent {
          id
        }
      }
    }
  }
`);

export const resolveMutation = graphql(`
  mutation CommentResolve($id: ID!, $input: CommentResolveInput!) {
    commentResolve(id: $id, input: $input) {
      comment {
        id
        resolvedAt
        resolvedBy {
          id
          name
        }
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const readMutation = graphql(`
  mutation ConversationRead($input: ConversationReadInput!) {
    conversationRead(input: $input) {
      task {
        id
        unreadCount
        project {
          id
          unreadCount
        }
      }
      userErrors {
        code
      }
    }
  }
`);
