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

/**
 * Comments that left the composer and are not confirmed yet. On its way -> confirmed (leaves the outbox, stands in the
 * thread) | failed (stays with its reason) -> on its way again. What a reload found here is sent again under its old key.
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
      const fail = (failure: string) =>
        change((all) => all.map((entry) => (entry.idempotencyKey === idempotencyKey ? { ...entry, failure } : entry)));
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
        fail(t(`comments.failure.${failureOf(error)}`));
      }
    },
    [client, change, remove, taskId, t],
  );

  // What an earlier visit left on its way goes out again; whatever comes later is delivered as it is sent.
  const resume = useEffectEvent(() => {
    for (const entry of latest.current) if (!entry.failure) void deliver(entry);
  });
  useEffect(() => resume(), []);

  const send = (sending: Sending, parentId: string | null) => {
    const entry = { ...sending, idempotencyKey: uuidv7(), parentId, afterId: lastCommentId, failure: null };
    change((all) => [...all, entry]);
    void deliver(entry);
  };
  const retry = (key: string) => {
    const entry = latest.current.find((one) => one.idempotencyKey === key);
    if (!entry) return;
    change((all) => all.map((one) => (one === entry ? { ...one, failure: null } : one)));
    void deliver(entry);
  };
  return { entries, send, retry, remove };
}
