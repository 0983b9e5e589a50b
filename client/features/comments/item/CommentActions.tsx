import {
  IconCheck,
  IconCornerUpLeft,
  IconLink,
  IconLock,
  IconMoodPlus,
  IconPencil,
  IconRotate2,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../Comments.module.css';
import type { CommentShown } from '../fragments.ts';

export type Act = 'edit' | 'delete' | 'audience' | 'react';

type Props = {
  comment: CommentShown;
  isOpened: boolean;
  /** Where an act began, to go back to when it is over. */
  buttonRef: (act: Act) => Ref<HTMLButtonElement>;
  onAct: (act: Act) => void;
  onLink: () => void;
  onReply?: () => void;
  onResolve?: () => void;
};

/** What can be done with a comment, each as a picture with its word for readers and for pointing at it. */
export function CommentActions({ comment, isOpened, buttonRef, onAct, onLink, onReply, onResolve }: Props) {
  const { t } = useTranslation();
  const { viewerCan, isDeleted, resolvedAt, audience, replyCount } = comment;
  const size = { size: 16, stroke: 1.5, 'aria-hidden': true };
  const act = (one: Act, label: string, icon: ReactNode) => (
    <button
      ref={buttonRef(one)}
      type="button"
      className={styles.act}
      aria-label={label}
      title={label}
      onClick={() => onAct(one)}
    >
      {icon}
    </button>
  );
  const plain = (label: string, icon: ReactNode, onClick: () => void) => (
    <button type="button" className={styles.act} aria-label={label} title={label} onClick={onClick}>
      {icon}
    </button>
  );
  return (
    <span className={styles.actions} data-opened={isOpened || undefined}>
      {viewerCan.react && act('react', t('comments.reactions.act'), <IconMoodPlus {...size} />)}
      {onReply && plain(t('comments.reply.act'), <IconCornerUpLeft {...size} />, onReply)}
      {onResolve &&
        (resolvedAt
          ? plain(t('comments.resolve.undo'), <IconRotate2 {...size} />, onResolve)
          : plain(t('comments.resolve.act'), <IconCheck {...size} />, onResolve))}
      {!isDeleted && plain(t('comments.link.copy'), <IconLink {...size} />, onLink)}
      {viewerCan.setAudience &&
        replyCount === 0 &&
        (audience === 'INTERNAL'
          ? act('audience', t('comments.audience.share'), <IconUsers {...size} />)
          : act('audience', t('comments.audience.hide'), <IconLock {...size} />))}
      {viewerCan.edit && act('edit', t('comments.edit'), <IconPencil {...size} />)}
      {viewerCan.delete && act('delete', t('comments.delete'), <IconTrash {...size} />)}
    </span>
  );
}
