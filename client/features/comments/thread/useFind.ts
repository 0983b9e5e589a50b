import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { earlierQuery, earlierRepliesQuery, placeQuery } from './documents.ts';

const shownMs = 4_000;
/** A conversation longer than this many pages is not walked for one comment. */
const mostPages = 40;

type Loaded = {
  threads: readonly {
    id: string;
    replies: { nodes: readonly { id: string }[]; pageInfo: { startCursor: string | null } };
  }[];
  startCursor: string | null;
};

/**
 * Finds a comment by its id wherever it stands: loads the pages before until its thread is there, then its reply, and
 * answers its id for as long as it is to be set apart. A comment that is not this reader's is not looked for at all.
 */
export function useFind(taskId: string, loaded: Loaded, wantedId: string | null) {
  const client = useApolloClient();
  const [targetId, setTargetId] = useState<string | null>(null);
  const now = useRef(loaded);
  useEffect(() => {
    now.current = loaded;
  });

  const find = useCallback(
    async (id: string) => {
      setTargetId(null);
      const isThere = now.current.threads.some(
        (thread) => thread.id === id || thread.replies.nodes.some((reply) => reply.id === id),
      );
      if (!isThere && !(await load(id))) return;
      setTargetId(id);

      async function load(wanted: string): Promise<boolean> {
        const { data } = await client.query({
          query: placeQuery,
          variables: { id: wanted },
          fetchPolicy: 'network-only',
        });
        const place = data?.node && 'task' in data.node ? data.node : null;
        if (place?.task?.id !== taskId) return false;
        const rootId = place.parent?.id ?? wanted;
        let thread = now.current.threads.find((one) => one.id === rootId);
        let before = now.current.startCursor;
        for (let page = 0; !thread && before !== null && page < mostPages; page++) {
          const { data: earlier } = await client.query({
            query: earlierQuery,
            variables: { id: taskId, before },
            fetchPolicy: 'network-only',
          });
          const comments = earlier?.task?.comments;
          thread = comments?.nodes.find((one) => one.id === rootId);
          before = comments?.pageInfo.hasPreviousPage ? comments.pageInfo.startCursor : null;
        }
        if (!thread) return false;
        let isFound = rootId === wanted || thread.replies.nodes.some((reply) => reply.id === wanted);
        let beforeReply = thread.replies.pageInfo.startCursor;
        for (let page = 0; !isFound && beforeReply !== null && page < mostPages; page++) {
          const { data: more } = await client.query({
            query: earlierRepliesQuery,
            variables: { id: rootId, before: beforeReply },
            fetchPolicy: 'network-only',
          });
          const replies = more?.node && 'replies' in more.node ? more.node.replies : null;
          isFound = replies?.nodes.some((reply) => reply.id === wanted) ?? false;
          beforeReply = replies?.pageInfo?.hasPreviousPage ? (replies.pageInfo.startCursor ?? null) : null;
        }
        return isFound;
      }
    },
    [client, taskId],
  );

  useEffect(() => {
    if (wantedId) find(wantedId).catch(() => {});
  }, [wantedId, find]);
  useEffect(() => {
    if (targetId === null) return;
    const timer = setTimeout(() => setTargetId(null), shownMs);
    return () => clearTimeout(timer);
  }, [targetId]);
  return { targetId, find };
}
