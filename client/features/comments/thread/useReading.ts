import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { readMutation } from './documents.ts';

/** As long as it takes to look; a thread that flew by has not been read. */
const lookMs = 800;

type Reading = {
  taskId: string;
  /** The last comment that is there; null for none. */
  newestId: string | null;
  unreadCount: number;
  isAtEnd: boolean;
  /** All that is shown; once read it is no news to this browser either. */
  ids: readonly string[];
};

/** Moves the viewer's mark when they have the end of the conversation before their eyes. */
export function useReading({ taskId, newestId, unreadCount, isAtEnd, ids }: Reading): void {
  const client = useApolloClient();
  const isVisible = useIsVisible();
  const marked = useRef<string | null>(null);
  const shown = useRef(ids);
  useEffect(() => {
    shown.current = ids;
  });

  useEffect(() => {
    if (!isVisible || !isAtEnd || unreadCount === 0 || newestId === null || marked.current === newestId) return;
    const timer = setTimeout(() => {
      marked.current = newestId;
      client
        .mutate({
          mutation: readMutation,
          variables: { input: { taskId, throughId: newestId } },
          update: (cache) => {
            for (const id of shown.current) {
              cache.modify({ id: `Comment:${id}`, fields: { isUnread: () => false } });
            }
            cache.modify({ id: `Task:${taskId}`, fields: { firstUnread: () => null } });
          },
        })
        // Not told this time: the next comment, or the next visit, tells it.
        .catch(() => {
          marked.current = null;
        });
    }, lookMs);
    return () => clearTimeout(timer);
  }, [client, taskId, newestId, unreadCount, isAtEnd, isVisible]);
}

/** Whether this page is the one that is looked at. */
function useIsVisible(): boolean {
  const [isVisible, setVisible] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isVisible;
}
