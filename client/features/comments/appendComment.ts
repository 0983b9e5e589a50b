import type { ApolloCache, Reference } from '@apollo/client/cache';

type Connection = { nodes?: readonly Reference[] };

/** Puts a comment that the cache knows at the end of its list, unless it stands there already. */
export function appendComment(
  cache: ApolloCache,
  taskId: string,
  commentId: string,
  parentId: string | null = null,
): void {
  const added: Reference = { __ref: `Comment:${commentId}` };
  const append = (connection: Connection | Reference) => {
    if (!('nodes' in connection)) return connection;
    const nodes: readonly Reference[] = connection.nodes ?? [];
    if (nodes.some((node) => node.__ref === added.__ref)) return connection;
    return { ...connection, nodes: [...nodes, added] };
  };
  if (parentId === null) {
    cache.modify<{ comments: Connection }>({ id: `Task:${taskId}`, fields: { comments: append } });
  } else {
    cache.modify<{ replies: Connection }>({ id: `Comment:${parentId}`, fields: { replies: append } });
  }
}

type CommentChange = {
  kind: string;
  subjectId: string;
  node?: { __typename: string; id: string; parent?: { id: string } | null } | null;
};

/**
 * Takes what happened to a comment into the lists: a new one at its end, a shared one at the end too, since it is said
 * now, and one that was hidden from this reader, which is then no more.
 */
export function takeCommentChange(cache: ApolloCache, taskId: string, change: CommentChange): void {
  const { kind, node, subjectId } = change;
  if (kind === 'comment.hidden' && !node) {
    cache.evict({ id: `Comment:${subjectId}` });
    cache.gc();
  }
  if (node?.__typename !== 'Comment') return;
  if (kind === 'comment.shared') removeComment(cache, taskId, node.id);
  if (kind === 'comment.added' || kind === 'comment.shared') {
    appendComment(cache, taskId, node.id, node.parent?.id ?? null);
  }
}

function removeComment(cache: ApolloCache, taskId: string, commentId: string): void {
  cache.modify<{ comments: Connection }>({
    id: `Task:${taskId}`,
    fields: {
      comments: (connection) =>
        'nodes' in connection
          ? { ...connection, nodes: (connection.nodes ?? []).filter((node) => node.__ref !== `Comment:${commentId}`) }
          : connection,
    },
  });
}
