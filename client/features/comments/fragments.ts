import { graphql, type ResultOf } from '../../api/graphql.ts';

/** One message, with all that hangs on it. */
export const commentFragment = graphql(`
  fragment CommentItem_comment on Comment @_unmask {
    id
    revision
    audience
    text
    createdAt
    editedAt
    sharedAt
    isDeleted
    isUnread
    resolvedAt
    replyCount
    author {
      id
      name
      isStaff
    }
    mentions {
      id
      name
    }
    files {
      id
      name
      sizeBytes
    }
    reactions {
      reaction
      count
      isMine
      people {
        id
        name
      }
    }
    seenBy {
      at
      person {
        id
        name
      }
    }
    viewerCan {
      edit
      delete
      reply
      react
      resolve
      setAudience
    }
  }
`);

/** A thread: its first comment and the last of its replies. */
export const threadFragment = graphql(
  `
    fragment CommentThread_thread on Comment @_unmask {
      ...CommentItem_comment
      resolvedBy {
        id
        name
      }
      replies(last: 2) {
        nodes {
          ...CommentItem_comment
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  `,
  [commentFragment],
);

export const commentThreadFragment = graphql(
  `
    fragment CommentThread_task on Task @_unmask {
      id
      commentCount
      unreadCount
      firstUnread {
        id
      }
      project {
        id
        account {
          id
          name
        }
      }
      comments(last: 20) {
        nodes {
          ...CommentThread_thread
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
      viewerCan {
        comment
        commentInternally
      }
    }
  `,
  [threadFragment],
);

export const commentViewerFragment = graphql(`
  fragment CommentThread_viewer on Viewer @_unmask {
    maxCommentCharacters
    maxCommentFiles
    maxUploadBytes
    person {
      id
      name
      isStaff
    }
    company {
      name
    }
  }
`);

export type CommentShown = ResultOf<typeof commentFragment>;
export type ThreadShown = ResultOf<typeof threadFragment>;
export type TaskTalk = ResultOf<typeof commentThreadFragment>;
export type TalkViewer = ResultOf<typeof commentViewerFragment>;

/** When its readers came to see it: a comment that was shared later was said then. */
const saidAt = (comment: CommentShown) => comment.sharedAt ?? comment.createdAt;

/** Comments and the replies that are there, in the order in which they were said. */
export function inOrder(threads: readonly ThreadShown[]): CommentShown[] {
  const all = threads.flatMap((thread) => [thread as CommentShown, ...thread.replies.nodes]);
  return all.sort((a, b) => saidAt(a).localeCompare(saidAt(b)) || a.id.localeCompare(b.id));
}
