import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Face } from '../../../components/Face.tsx';
import { InternalMark } from '../../../components/Internal.tsx';
import styles from '../Comments.module.css';
import type { Outgoing } from '../drafts.ts';
import { CommentText } from '../mentions/CommentText.tsx';
import { useReaders } from '../mentions/useReaders.ts';

type Props = {
  entry: Outgoing;
  taskId: string;
  author: { id: string; name: string; isStaff: boolean };
  company: string;
  onRetry: () => void;
  onDiscard: () => void;
};

/** One's own comment that the server has not confirmed: quiet while it is on its way, with its reason when it failed. */
export function OutgoingComment({ entry, taskId, author, company, onRetry, onDiscard }: Props) {
  const { t } = useTranslation();
  const readers = useReaders(taskId);
  const isInternal = entry.audience === 'INTERNAL';
  return (
    <li
      className={styles.comment}
      data-internal={isInternal || undefined}
      data-outgoing={entry.failure ? 'failed' : 'sending'}
    >
      <Face name={author.name} isStaff={author.isStaff} />
      <div className={styles.body}>
        <div className={styles.head}>
          <span className={styles.author}>{author.name}</span>
          {!entry.failure && <span className={styles.time}>{t('comments.outgoing.sending')}</span>}
          {isInternal && <InternalMark company={company} />}
        </div>
        <CommentText text={entry.text} mentions={[author, ...readers.of(entry.audience)]} viewerId={author.id} />
        {entry.files.length > 0 && <p className={styles.gone}>{entry.files.map((file) => file.name).join(', ')}</p>}
        {entry.failure && (
          <div className={styles.failed}>
            <p role="alert" className={styles.failure}>
              <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
              <span>
                {t('comments.outgoing.failed', { reason: entry.failure })}
                {entry.isUnreached && ` ${t('comments.outgoing.again')}`}
              </span>
            </p>
            <Button size="xs" variant="light" onClick={onRetry}>
              {t('comments.outgoing.tryAgain')}
            </Button>
            <Button size="xs" variant="subtle" onClick={onDiscard}>
              {t('comments.outgoing.discard')}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}
