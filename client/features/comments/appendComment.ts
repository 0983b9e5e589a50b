import type { ApolloCache, Reference } from '@apollo/client/cache';

type Connection = { nodes?: readonly Reference[] };

/** Puts a comment that the cache knows at the end of its thread, unless it stands there already. */
export function appendComment(cache: ApolloCache, taskId: string, commentId: string): void {
  const added: Reference = { __ref: `Comment:${commentId}` };
  cache.modify<{ comments: Connection }>({
    id: `Task:${taskId}`,
    fields: {
      comments: (connection) => {
        if (!('nodes' in connection)) return connection;
        const nodes: readonly Reference[] = connection.nodes ?? [];
        if (nodes.some((node) => node.__ref === added.__ref)) return connection;
        return { ...connection, nodes: [...nodes, added] };
      },
    },
  });
}
