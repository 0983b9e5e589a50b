import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef } from 'react';
import { graphql } from '../../../api/graphql.ts';
import type { Audience } from '../audience.ts';

const typingMutation = graphql(`
  mutation CommentTyping($input: CommentTypingInput!) {
    commentTyping(input: $input) {
      userErrors {
        code
      }
    }
  }
`);

/** Said again while the person writes on; it is good for six seconds. */
const againMs = 3_000;

/** Tells those who will read it that one is writing. Whether that arrives matters to nobody. */
export function useTypingSignal(taskId: string): (audience: Audience, isTyping: boolean) => void {
  const client = useApolloClient();
  const last = useRef<{ audience: Audience; at: number } | null>(null);

  const say = useCallback(
    (audience: Audience, isTyping: boolean) => {
      client.mutate({ mutation: typingMutation, variables: { input: { taskId, audience, isTyping } } }).catch(() => {});
    },
    [client, taskId],
  );
  useEffect(
    () => () => {
      if (last.current && performance.now() - last.current.at < 2 * againMs) say(last.current.audience, false);
    },
    [say],
  );

  return useCallback(
    (audience, isTyping) => {
      const said = last.current;
      const isFresh = said?.audience === audience && performance.now() - said.at < againMs;
      if (isTyping ? isFresh : said === null) return;
      // Now for other readers: the earlier ones are not to wait for it.
      if (isTyping && said && said.audience !== audience) say(said.audience, false);
      last.current = isTyping ? { audience, at: performance.now() } : null;
      say(audience, isTyping);
    },
    [say],
  );
}
