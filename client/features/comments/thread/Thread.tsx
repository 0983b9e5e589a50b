import { useApolloClient, useMutation } from '@apollo/client/react';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import styles from '../Comments.module.css';
import { CommentComposer } from '../composer/CommentComposer.tsx';
import type { Outgoing } from '../drafts.ts';
import type { ThreadShown } from '../fragments.ts';
import { CommentItem, type Surroundings } from '../item/CommentItem.tsx';
import { OutgoingComment } from '../item/OutgoingComment.tsx';
import type { Seen } from '../item/SeenLine.tsx';
import marks from '../Marks.module.css';
import type { Outbox } from '../useOutbox.ts';
import { earlierRepliesQuery, resolveMutation } from './documents.ts';

type Props = Surroundings & {
  thread: ThreadShown;
  /** Replies on their way out. */
  outgoing: readonly Outgoing[];
  outbox: Outbox;
  targetId: string | null;
  isNews: (commentId: string) => boolean;
  seenAt: (commentId: string) => readonly Seen[];
};

/** A comment with its replies. Settled, it is one line until somebody looks into it. */
export function Thread({ thread, outgoing, outbox, targetId, isNews, seenAt, ...surroundings }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { taskId, account, viewer } = surroundings;
  const [resolve] = useMutation(resolveMutation);
  const [failure, setFailure] = useState<string | null>(null);
  const [isReplying, setReplying] = useState(false);
  const [isUnfolded, setUnfolded] = useState(false);
  const { replies, replyCount, resolvedAt, resolvedBy } = thread;
  const isAimedAt = targetId === thread.id || replies.nodes.some((reply) => reply.id === targetId);
  const isFolded = resolvedAt !== null && !isUnfolded && !isAimedAt;
  const earlier = replies.pageInfo.hasPreviousPage
    ? replyCount - replies.nodes.filter((reply) => !reply.isDeleted).length
    : 0;

  const handleEarlier = async () => {
    setFailure(null);
    const variables = { id: thread.id, before: replies.pageInfo.startCursor };
    await client
      .query({ query: earlierRepliesQuery, variables, fetchPolicy: 'network-only' })
      .catch(() => setFailure(t('comments.reply.failed')));
  };
  const handleResolve = async () => {
    setFailure(null);
    try {
      const isResolved = resolvedAt === null;
      const { data } = await resolve({ variables: { id: thread.id, input: { isResolved } } });
      const refusal = data?.commentResolve.userErrors[0];
      if (refusal) setFailure(t('comments.resolve.failed', { reason: refusal.message }));
      else setUnfolded(false);
    } catch (error) {
      setFailure(t('comments.resolve.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  };

  if (isFolded) {
    return (
      <li className={marks.folded} data-internal={thread.audience === 'INTERNAL' || undefined}>
        <IconCheck size={16} stroke={1.5} aria-hidden />
        <span className={marks.foldedBy}>
          {resolvedBy ? t('comments.resolve.by', { name: resolvedBy.name }) : t('comments.resolve.plain')}
        </span>
        <span className={styles.foldedText}>
          {t('comments.resolve.count', { count: replyCount + 1, name: thread.author.name })}
        </span>
        <button type="button" className={styles.quiet} onClick={() => setUnfolded(true)}>
          {t('comments.resolve.show')}
        </button>
      </li>
    );
  }
  return (
    <CommentItem
      {...surroundings}
      comment={thread}
      isNew={isNews(thread.id)}
      isTarget={targetId === thread.id}
      seen={seenAt(thread.id)}
      onReply={thread.viewerCan.reply ? () => setReplying(true) : undefined}
      onResolve={thread.viewerCan.resolve ? () => void handleResolve() : undefined}
    >
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      {resolvedAt !== null && (
        <p className={marks.settled}>
          <IconCheck size={16} stroke={1.5} aria-hidden />
          {resolvedBy ? t('comments.resolve.by', { name: resolvedBy.name }) : t('comments.resolve.plain')}
          {isUnfolded && (
            <button type="button" className={styles.quiet} onClick={() => setUnfolded(false)}>
              {t('comments.resolve.fold')}
            </button>
          )}
        </p>
      )}
      {(replies.nodes.length > 0 || outgoing.length > 0) && (
        <div className={styles.replies}>
          {earlier > 0 ? (
            <button type="button" className={`${styles.quiet} ${styles.earlierReplies}`} onClick={handleEarlier}>
              {t('comments.reply.earlier', { count: earlier })}
            </button>
          ) : (
            replyCount > 0 && <p className={styles.replyCount}>{t('comments.reply.count', { count: replyCount })}</p>
          )}
          <ol>
            {replies.nodes.map((reply) => (
              <CommentItem
                {...surroundings}
                key={reply.id}
                comment={reply}
                isNew={isNews(reply.id)}
                isTarget={targetId === reply.id}
                seen={seenAt(reply.id)}
                onReply={thread.viewerCan.reply ? () => setReplying(true) : undefined}
              />
            ))}
            {outgoing.map((entry) => (
              <OutgoingComment
                key={entry.idempotencyKey}
                entry={entry}
                taskId={taskId}
                author={viewer.person}
                company={viewer.company.name}
                onRetry={() => outbox.retry(entry.idempotencyKey)}
                onDiscard={() => outbox.remove(entry.idempotencyKey)}
              />
            ))}
          </ol>
        </div>
      )}
      {isReplying && (
        <CommentComposer
          place={{ personId: viewer.person.id, taskId, parentId: thread.id }}
          audiences={[thread.audience]}
          account={account}
          viewer={viewer}
          onSend={(sending) => {
            outbox.send(sending, thread.id);
            setReplying(false);
          }}
          onClose={() => setReplying(false)}
        />
      )}
    </CommentItem>
  );
}
