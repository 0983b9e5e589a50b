import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconArrowDown, IconMessages } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import type { Audience } from './audience.ts';
import { CommentComposer } from './CommentComposer.tsx';
import { CommentItem, commentFragment } from './CommentItem.tsx';
import styles from './Comments.module.css';
import type { Outgoing } from './drafts.ts';
import { OutgoingComment } from './OutgoingComment.tsx';
import { useEndOfThread } from './useEndOfThread.ts';
import { useOutbox } from './useOutbox.ts';

export const commentThreadFragment = graphql(
  `
    fragment CommentThread_task on Task {
      id
      commentCount
      project {
        id
        account {
          id
          name
        }
      }
      comments(last: 50) {
        nodes {
          id
          audience
          text
          isDeleted
          author {
            id
          }
          ...CommentItem_comment
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
  [commentFragment],
);

export const commentViewerFragment = graphql(`
  fragment CommentThread_viewer on Viewer {
    maxCommentCharacters
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

const earlierQuery = graphql(
  `
    query EarlierComments($id: ID!, $before: String) {
      task(id: $id) {
        id
        comments(last: 50, before: $before) {
          nodes {
            id
            ...CommentItem_comment
          }
          pageInfo {
            hasPreviousPage
            startCursor
          }
        }
      }
    }
  `,
  [commentFragment],
);

type Props = { task: FragmentOf<typeof commentThreadFragment>; viewer: FragmentOf<typeof commentViewerFragment> };

/** The comments of a task, oldest first, and the composer below them. Stays at the end while new ones arrive. */
export function CommentThread(props: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const task = readFragment(commentThreadFragment, props.task);
  const viewer = readFragment(commentViewerFragment, props.viewer);
  const [earlier, setEarlier] = useState<'idle' | 'loading' | 'failed'>('idle');
  const { nodes, pageInfo } = task.comments;
  const last = nodes.at(-1);
  // What was there when the thread was opened is no news.
  const [lastAtFirst] = useState(last?.id);
  const firstNews = nodes.findIndex((one) => one.id === lastAtFirst) + 1;
  const place = { personId: viewer.person.id, taskId: task.id };
  const outbox = useOutbox(place, last?.id ?? null);
  const outgoing = notArrived(outbox.entries, nodes, viewer.person.id);
  // What stands in the thread is no longer on its way, even when the answer to sending it was lost.
  const { remove } = outbox;
  const arrived = outbox.entries.find((entry) => !outgoing.includes(entry))?.idempotencyKey;
  useEffect(() => {
    if (arrived) remove(arrived);
  }, [arrived, remove]);
  const end = useEndOfThread({
    firstId: nodes[0]?.id ?? null,
    lastId: last?.id ?? null,
    outgoingCount: outgoing.length,
  });
  const audiences: Audience[] = [
    ...(task.viewerCan.comment ? (['SHARED'] as const) : []),
    ...(task.viewerCan.commentInternally ? (['INTERNAL'] as const) : []),
  ];

  const handleEarlier = async () => {
    setEarlier('loading');
    const variables = { id: task.id, before: pageInfo.startCursor };
    const outcome = await client.query({ query: earlierQuery, variables, fetchPolicy: 'network-only' }).then(
      () => 'idle' as const,
      () => 'failed' as const,
    );
    setEarlier(outcome);
  };

  return (
    <div className={styles.thread}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard must reach */}
      <div ref={end.scrollRef} className={styles.scroll} role="log" aria-label={t('comments.thread')} tabIndex={0}>
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
            <p>{audiences.length > 0 ? t('comments.empty') : t('comments.emptyReadOnly')}</p>
            {audiences.length > 0 && <p>{t('comments.emptyHint')}</p>}
          </div>
        )}
        <ol className={styles.list}>
          {nodes.map((comment, index) => (
            <CommentItem
              key={comment.id}
              isNew={index >= firstNews && comment.author.id !== viewer.person.id}
              comment={comment}
              maxCharacters={viewer.maxCommentCharacters}
              company={viewer.company.name}
            />
          ))}
          {outgoing.map((entry) => (
            <OutgoingComment
              key={entry.idempotencyKey}
              entry={entry}
              author={viewer.person}
              company={viewer.company.name}
              onRetry={() => outbox.retry(entry.idempotencyKey)}
              onDiscard={() => outbox.remove(entry.idempotencyKey)}
            />
          ))}
        </ol>
        <div ref={end.endRef} />
      </div>
      {end.newBelow > 0 && (
        <div className={styles.newBelow}>
          <Button size="xs" onClick={end.goToEnd} leftSection={<IconArrowDown size={16} stroke={1.5} aria-hidden />}>
            {t('comments.newBelow', { count: end.newBelow })}
          </Button>
        </div>
      )}
      {audiences.length > 0 && (
        <CommentComposer
          place={place}
          audiences={audiences}
          account={task.project.account.name}
          company={viewer.company.name}
          maxCharacters={viewer.maxCommentCharacters}
          onSend={outbox.send}
        />
      )}
    </div>
  );
}

type Arrived = { id: string; audience: Audience; text: string; author: { id: string } };

/**
 * The live connection may bring one's own comment before the answer to sending it: then it must not stand there twice.
 * A comment stands for one entry only, so that the same words sent twice are two comments.
 */
function notArrived(entries: Outgoing[], nodes: readonly Arrived[], personId: string): Outgoing[] {
  const taken = new Set<string>();
  return entries.filter((entry) => {
    const behind = nodes.slice(nodes.findIndex((node) => node.id === entry.afterId) + 1);
    const found = behind.find(
      (node) =>
        !taken.has(node.id) &&
        node.author.id === personId &&
        node.audience === entry.audience &&
        node.text.trim() === entry.text,
    );
    if (found) taken.add(found.id);
    return !found;
  });
}
