import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconArrowDown, IconMessages } from '@tabler/icons-react';
import { Fragment, type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audience } from './audience.ts';
import styles from './Comments.module.css';
import { CommentComposer } from './composer/CommentComposer.tsx';
import { inOrder, type TalkViewer, type TaskTalk } from './fragments.ts';
import { OutgoingComment } from './item/OutgoingComment.tsx';
import marks from './Marks.module.css';
import { TypingLine } from './talk/TypingLine.tsx';
import { useTalk } from './talk/useTalk.ts';
import { earlierQuery } from './thread/documents.ts';
import { notArrived } from './thread/outgoing.ts';
import { lastSeen } from './thread/seen.ts';
import { Thread } from './thread/Thread.tsx';
import { useFind } from './thread/useFind.ts';
import { useNewLine } from './thread/useNewLine.ts';
import { useReading } from './thread/useReading.ts';
import { useEndOfThread } from './useEndOfThread.ts';
import { useOutbox } from './useOutbox.ts';

export { commentThreadFragment, commentViewerFragment } from './fragments.ts';

type Props = {
  task: TaskTalk;
  viewer: TalkViewer;
  isOffline: boolean;
  /** A comment that a link leads to. */
  commentId?: string | null;
};

/** The conversation of a task, thread by thread, oldest first, and the composer below. Stays at the end while it grows. */
export function CommentThread({ task, viewer, isOffline, commentId = null }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [earlier, setEarlier] = useState<'idle' | 'loading' | 'failed'>('idle');
  const [isOpenOnly, setOpenOnly] = useState(false);
  const open = useQuery(earlierQuery, {
    variables: { id: task.id, isOpen: true },
    skip: !isOpenOnly,
    fetchPolicy: 'cache-and-network',
  });
  const { nodes: loaded, pageInfo } = (isOpenOnly ? open.data?.task?.comments : null) ?? task.comments;
  const nodes = isOpenOnly ? loaded.filter((thread) => thread.resolvedAt === null) : loaded;
  const comments = inOrder(nodes);
  const newest = comments.at(-1) ?? null;
  const find = useFind(
    task.id,
    { threads: nodes, startCursor: pageInfo.hasPreviousPage ? pageInfo.startCursor : null },
    commentId,
  );
  // As it stood when the conversation was opened: what comes later is told where it comes.
  const [atFirst] = useState(() => ({
    ids: new Set(comments.map((one) => one.id)),
    unreadCount: task.unreadCount,
    firstUnreadId: task.firstUnread?.id ?? null,
    lineAbove: nodes.find((thread) => thread.isUnread)?.id ?? null,
  }));
  const lineAbove = useNewLine(nodes, isOffline, atFirst.lineAbove);
  const [isToldOfNew, setToldOfNew] = useState(false);
  const place = { personId: viewer.person.id, taskId: task.id };
  const outbox = useOutbox(place, newest?.id ?? null);
  const outgoing = notArrived(outbox.entries, comments, viewer.person.id);
  // What stands in the thread is no longer on its way, even when the answer to sending it was lost.
  const { remove } = outbox;
  const arrived = outbox.entries.find((entry) => !outgoing.includes(entry))?.idempotencyKey;
  useEffect(() => {
    if (arrived) remove(arrived);
  }, [arrived, remove]);
  const end = useEndOfThread({
    firstId: nodes[0]?.id ?? null,
    lastId: nodes.at(-1)?.id ?? null,
    outgoingCount: outgoing.filter((entry) => entry.parentId === null).length,
  });
  useReading({
    taskId: task.id,
    newestId: newest?.id ?? null,
    unreadCount: task.unreadCount,
    isAtEnd: end.isAtEnd,
    ids: comments.map((one) => one.id),
  });
  const typing = useTalk(task.id);
  const seen = lastSeen(comments);
  const audiences: Audience[] = [
    ...(task.viewerCan.comment ? (['SHARED'] as const) : []),
    ...(task.viewerCan.commentInternally ? (['INTERNAL'] as const) : []),
  ];
  const account = task.project.account.name;
  const surroundings = { taskId: task.id, account, viewer };
  // A line above the first new thread says it already, unless what is new stands elsewhere.
  const isToldAbove = !isToldOfNew && atFirst.unreadCount > 0 && atFirst.firstUnreadId !== atFirst.lineAbove;
  const isFilterUseful = isOpenOnly || nodes.some((thread) => thread.resolvedAt !== null);

  const handleEarlier = async () => {
    setEarlier('loading');
    const variables = { id: task.id, before: pageInfo.startCursor, ...(isOpenOnly ? { isOpen: true } : {}) };
    const outcome = await client.query({ query: earlierQuery, variables, fetchPolicy: 'network-only' }).then(
      () => 'idle' as const,
      () => 'failed' as const,
    );
    setEarlier(outcome);
  };
  const handleGoToNew = () => {
    setToldOfNew(true);
    setOpenOnly(false);
    if (atFirst.firstUnreadId) void find.find(atFirst.firstUnreadId);
  };
  const handleKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    const at = event.target as HTMLElement;
    const isOurs = at === event.currentTarget || at.dataset.comment !== undefined;
    if (!isOurs || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-comment]')];
    const next = at === event.currentTarget ? items.at(-1) : items[items.indexOf(at) + step];
    if (step !== 0) next?.focus();
    else if (event.key === 'Escape') event.currentTarget.focus();
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.thread}>
      {(isFilterUseful || isToldAbove) && (
        <div className={marks.bar}>
          {isToldAbove && (
            <>
              <span className={marks.newSince}>{t('comments.newSince', { count: atFirst.unreadCount })}</span>
              <button type="button" className={styles.quiet} onClick={handleGoToNew}>
                {t('comments.goToNew')}
              </button>
            </>
          )}
          {isFilterUseful && (
            <button
              type="button"
              className={marks.filter}
              aria-pressed={isOpenOnly}
              onClick={() => setOpenOnly(!isOpenOnly)}
            >
              {t('comments.openOnly')}
            </button>
          )}
        </div>
      )}
      <section
        ref={end.scrollRef}
        className={styles.scroll}
        role="log"
        aria-label={t('comments.thread')}
        aria-description={t('comments.keys')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard must reach
        tabIndex={0}
        onKeyDown={handleKeyDown}
      >
        {pageInfo.hasPreviousPage && (
          <div className={styles.earlier}>
            <Button variant="subtle" size="xs" loading={earlier === 'loading'} onClick={handleEarlier}>
              {t('comments.showEarlier')}
            </Button>
            {earlier === 'failed' && (
              <p role="alert" className={styles.failure}>
                {t('comments.earlierFailed')}
              </p>
            )}
          </div>
        )}
        {nodes.length + outgoing.length === 0 && (
          <div className={styles.empty}>
            <IconMessages size={20} stroke={1.5} aria-hidden />
            {isOpenOnly ? (
              <p>{t('comments.openOnlyEmpty')}</p>
            ) : (
              <>
                <p>{audiences.length > 0 ? t('comments.empty') : t('comments.emptyReadOnly')}</p>
                {audiences.length > 0 && <p>{t('comments.emptyHint')}</p>}
              </>
            )}
          </div>
        )}
        <ol className={styles.list}>
          {nodes.map((thread) => (
            <Fragment key={thread.id}>
              {thread.id === lineAbove && (
                <li className={marks.newLine} data-new-line>
                  <span>{t('comments.newLine')}</span>
                </li>
              )}
              <Thread
                {...surroundings}
                thread={thread}
                outgoing={outgoing.filter((entry) => entry.parentId === thread.id)}
                outbox={outbox}
                targetId={find.targetId}
                isNews={(id) =>
                  !atFirst.ids.has(id) && comments.find((one) => one.id === id)?.author.id !== viewer.person.id
                }
                seenAt={(id) => seen.get(id) ?? []}
              />
            </Fragment>
          ))}
          {outgoing
            .filter((entry) => entry.parentId === null)
            .map((entry) => (
              <OutgoingComment
                key={entry.idempotencyKey}
                entry={entry}
                taskId={task.id}
                author={viewer.person}
                company={viewer.company.name}
                onRetry={() => outbox.retry(entry.idempotencyKey)}
                onDiscard={() => outbox.remove(entry.idempotencyKey)}
              />
            ))}
        </ol>
        <div ref={end.endRef} className={styles.end} />
      </section>
      {end.newBelow > 0 && (
        <div className={styles.newBelow}>
          <Button size="xs" onClick={end.goToEnd} leftSection={<IconArrowDown size={16} stroke={1.5} aria-hidden />}>
            {t('comments.newBelow', { count: end.newBelow })}
          </Button>
        </div>
      )}
      <TypingLine typing={typing} />
      {audiences.length > 0 && (
        <CommentComposer
          place={place}
          audiences={audiences}
          account={account}
          viewer={viewer}
          onSend={(sending) => outbox.send(sending, null)}
        />
      )}
    </div>
  );
}
