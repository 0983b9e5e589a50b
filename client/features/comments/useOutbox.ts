import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { failureOf } from '../../api/failure.ts';
import { graphql } from '../../api/graphql.ts';
import { appendComment } from './appendComment.ts';
import type { Sending } from './composer/useComposer.ts';
import { type DraftPlace, type Outgoing, readOutbox, writeOutbox } from './drafts.ts';
import { threadFragment } from './fragments.ts';

const addMutation = graphql(
  `
    mutation CommentAdd($input: CommentAddInput!) {
      commentAdd(input: $input) {
        comment {
          id
          ...CommentThread_thread
          parent {
            id
            replyCount
            resolvedAt
            resolvedBy {
              id
              name
            }
          }
          task {
            id
            commentCount
            unreadCount
          }
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [threadFragment],
);

export type Outbox = {
  entries: Outgoing[];
  send: (sending: Sending, parentId: string | null) => void;
  retry: (idempotencyKey: string) => void;
  remove: (idempotencyKey: string) => void;
};

/** How long after the server could not be reached it is tried again, if the browser does not say sooner that it is online. */
const againMs = 5_000;

/**
 * Comments that left the composer and are not confirmed yet, sent one after the other. On its way -> confirmed (leaves
 * the outbox, stands in the thread) | refused (stays with its reason until somebody tries again) | unreached (goes out
 * again by itself, in its old order). What a reload found here is sent again under its old key.
 */
export function useOutbox(place: DraftPlace, lastCommentId: string | null): Outbox {
  const client = useApolloClient();
  const { t } = useTranslation();
  const [entries, setEntries] = useState(() => readOutbox(place));
  const latest = useRef(entries);
  const { personId, taskId } = place;

  const change = useCallback(
    (next: (entries: Outgoing[]) => Outgoing[]) => {
      latest.current = next(latest.current);
      writeOutbox({ personId, taskId }, latest.current);
      setEntries(latest.current);
    },
    [personId, taskId],
  );
  const remove = useCallback(
    (key: string) => change((all) => all.filter((entry) => entry.idempotencyKey !== key)),
    [change],
  );

  const deliver = useCallback(
    async ({ idempotencyKey, text, audience, parentId, files }: Outgoing) => {
      const fail = (failure: string, isUnreached = false) =>
        change((all) =>
          all.map((entry) => (entry.idempotencyKey === idempotencyKey ? { ...entry, failure, isUnreached } : entry)),
        );
      const more = {
        ...(parentId ? { parentId } : {}),
        ...(files.length > 0 ? { fileIds: files.map((file) => file.fileId) } : {}),
      };
      try {
        const { data } = await client.mutate({
          mutation: addMutation,
          variables: { input: { taskId, text, audience, idempotencyKey, ...more } },
          update: (cache, result) => {
            const comment = result.data?.commentAdd.comment;
            if (comment) appendComment(cache, taskId, comment.id, parentId);
          },
        });
        const refusal = data?.commentAdd.userErrors[0];
        if (refusal) fail(refusal.message);
        else remove(idempotencyKey);
      } catch (error) {
        const reason = failureOf(error);
        fail(t(`comments.failure.${reason}`), reason === 'offline');
      }
    },
    [client, change, remove, taskId, t],
  );

  const turn = useRef(Promise.resolve());
  const inTurn = (entry: Outgoing) => {
    turn.current = turn.current.then(() => deliver(entry));
  };
  const sendAgain = (isToSend: (entry: Outgoing) => boolean) => {
    const again = latest.current.filter(isToSend);
    if (again.length === 0) return;
    change((all) => all.map((one) => (again.includes(one) ? { ...one, failure: null, isUnreached: false } : one)));
    for (const entry of again) inTurn(entry);
  };

  // What an earlier visit left on its way goes out again; whatever comes later is delivered as it is sent.
  const resume = useEffectEvent(() => {
    for (const entry of latest.current) if (!entry.failure) inTurn(entry);
    sendAgain((entry) => entry.isUnreached === true);
  });
  useEffect(() => resume(), []);

  const reach = useEffectEvent(() => sendAgain((entry) => entry.isUnreached === true));
  const unreached = entries.filter((entry) => entry.isUnreached).length;
  useEffect(() => {
    if (unreached === 0) return;
    const timer = setTimeout(() => reach(), againMs);
    const online = () => reach();
    window.addEventListener('online', online);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', online);
    };
  }, [unreached]);

  const send = (sending: Sending, parentId: string | null) => {
    const entry = { ...sending, idempotencyKey: uuidv7(), parentId, afterId: lastCommentId, failure: null };
    change((all) => [...all, entry]);
    inTurn(entry);
  };
  const retry = (key: string) => sendAgain((entry) => entry.idempotencyKey === key);
  return { entries, send, retry, remove };
}
