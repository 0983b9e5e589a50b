import { Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconBell, IconCheck, IconMail } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Face } from '../../components/Face.tsx';
import { InternalMark } from '../../components/Internal.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import type { InboxItem } from './documents.ts';
import styles from './Inbox.module.css';

type Props = {
  item: InboxItem;
  /** It came, or changed, just now. */
  isWarm: boolean;
  canMark: boolean;
  /** Whose shop it is; whoever is of one knows. */
  withAccount: boolean;
  company: string;
  onToggle: () => void;
};

/** One thing that concerns the viewer: who did what, where, and its first words. It leads to the very comment, note or task. */
export function InboxRow({ item, isWarm, canMark, withAccount, company, onToggle }: Props) {
  const { t } = useTranslation();
  const { task, actor, excerpt, comment } = item;
  if (!task) return null;
  const isUnread = item.readAt === null;
  const name = actor?.name ?? t('inbox.somebody');
  const word = wordOf(item);
  const place =
    item.reason === 'MILESTONE_REACHED'
      ? ({ to: '/projects/$projectId', params: { projectId: task.project.id } } as const)
      : ({
          to: '/tasks/$taskId',
          params: { taskId: task.id },
          search: comment ? { comment: comment.id } : item.isOfNote ? { tab: 'note', part: 'conversation' } : {},
        } as const);
  const toggle = isUnread ? t('inbox.markRead') : t('inbox.markUnread');
  const Icon = isUnread ? IconCheck : IconMail;
  return (
    <li
      className={styles.row}
      data-unread={isUnread || undefined}
      data-warm={isWarm || undefined}
      data-internal={comment?.audience === 'INTERNAL' || undefined}
    >
      {actor ? <Face name={actor.name} isStaff={actor.isStaff} /> : <IconBell stroke={1.5} aria-hidden="true" />}
      <div className={styles.words}>
        <Link {...place} className={styles.link} data-item={item.id}>
          {t(`inbox.told.${word}`, { name, defaultValue: t('inbox.told.other') })}
          {isUnread && <VisuallyHidden>, {t('inbox.unread')}</VisuallyHidden>}
        </Link>
        <span className={styles.place}>
          <span className={styles.task}>{task.title}</span>
          {withAccount && <span>{task.project.account.name}</span>}
        </span>
        {comment?.audience === 'INTERNAL' && <InternalMark company={company} />}
        {excerpt && <span className={styles.excerpt}>{excerpt}</span>}
      </div>
      <div className={styles.aside}>
        <RelativeTime at={item.at} />
        {canMark && (
          <Tooltip label={toggle}>
            <UnstyledButton className={styles.mark} aria-label={toggle} onClick={onToggle}>
              <Icon className={styles.icon} stroke={1.5} aria-hidden="true" />
            </UnstyledButton>
          </Tooltip>
        )}
      </div>
    </li>
  );
}

/** One reason is said differently by where, or by whom, it came about. */
function wordOf({ reason, isOfNote, actor }: InboxItem) {
  if (reason === 'MENTIONED' && isOfNote) return 'MENTIONED_note';
  return reason === 'ASSIGNED' && !actor ? 'ASSIGNED_byRule' : reason;
}
