import { useApolloClient, useSubscription } from '@apollo/client/react';
import { useEffect } from 'react';
import { graphql, type ResultOf } from '../../../api/graphql.ts';

const talkSubscription = graphql(`
  subscription TaskTalk($taskId: ID!) {
    talk(taskId: $taskId) {
      readAt
      readOnAt
      typing {
        audience
        person {
          id
          name
        }
      }
    }
  }
`);

const seenQuery = graphql(`
  query CommentsSeen($id: ID!) {
    task(id: $id) {
      id
      comments(last: 20) {
        nodes {
          id
          seenBy {
            at
            person {
              id
              name
            }
          }
          replies(last: 2) {
            nodes {
              id
              seenBy {
                at
                person {
                  id
                  name
                }
              }
            }
          }
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
`);

const readQuery = graphql(`
  query CommentsRead($id: ID!) {
    task(id: $id) {
      id
      unreadCount
      firstUnread {
        id
      }
      project {
        id
        unreadCount
      }
      comments(last: 20) {
        nodes {
          id
          isUnread
          replies(last: 2) {
            nodes {
              id
              isUnread
            }
          }
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
`);

export type Typing = ResultOf<typeof talkSubscription>['talk']['typing'];
const nobody: Typing = [];

/**
 * Who is writing now. When somebody of the client has read on, asks who has seen what by now; when the viewer has, on
 * another device, what is still new to them.
 */
export function useTalk(taskId: string): Typing {
  const client = useApolloClient();
  const { data } = useSubscription(talkSubscription, { variables: { taskId } });
  const readAt = data?.talk.readAt ?? null;
  const readOnAt = data?.talk.readOnAt ?? null;
  useEffect(() => {
    if (readAt === null) return;
    client.query({ query: seenQuery, variables: { id: taskId }, fetchPolicy: 'network-only' }).catch(() => {});
  }, [client, taskId, readAt]);
  useEffect(() => {
    if (readOnAt === null) return;
    client.query({ query: readQuery, variables: { id: taskId }, fetchPolicy: 'network-only' }).catch(() => {});
  }, [client, taskId, readOnAt]);
  return data?.talk.typing ?? nobody;
}
