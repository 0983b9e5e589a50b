import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import { InternalMark } from '../../components/Internal.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { CommentEditor } from './CommentEditor.tsx';
import { CommentRemoval } from './CommentRemoval.tsx';
import styles from './Comments.module.css';
import { LinkedText } from './LinkedText.tsx';

export const commentFragment = graphql(`
  fragment CommentItem_comment on Comment {
    id
    revision
    audience
    text
    createdAt
    editedAt
    isDeleted
    author {
      id
      name
      isStaff
      accountName
    }
    viewerCan {
      edit
      delete
    }
  }
`);

type Props = { comment: FragmentOf<typeof commentFragment>; maxCharacters: number; company: string; isNew: boolean };

/** One message of the thread. Its actions show when it is pointed at or has the focus, and always on a touch screen. */
export function CommentItem({ comment: masked, maxCharacters, company, isNew }: Props) {
  const { t } = useTranslation();
  const comment = readFragment(commentFragment, masked);
  const [act, setAct] = useState<'edit' | 'delete' | null>(null);
  const editButton = useRef<HTMLButtonElement>(null);
  const deleteButton = useRef<HTMLButtonElement>(null);
  // Only for fingers, which cannot hover: the actions come out when the dots are pressed.
  const [isOpened, setOpened] = useState(false);
  const isMine = comment.viewerCan.edit || comment.viewerCan.delete;
  const item = useRef<HTMLLIElement>(null);
  const endedAct = useRef<typeof act>(null);
  const isInternal = comment.audience === 'INTERNAL';

  // The act is over: the focus goes back to where it began, or the keyboard would start again at the top of the page.
  useEffect(() => {
    if (act || !endedAct.current) return;
    const button = endedAct.current === 'edit' ? editButton.current : deleteButton.current;
    endedAct.current = null;
    (button ?? item.current)?.focus({ preventScroll: true });
  }, [act]);
  const handleClose = () => {
    endedAct.current = act;
    setAct(null);
  };

  return (
    <li
      ref={item}
      tabIndex={-1}
      className={styles.comment}
      data-internal={isInternal || undefined}
      data-own={isMine || undefined}
      data-new={isNew || undefined}
    >
      <Face name={comment.author.name} isStaff={comment.author.isStaff} />
      <div className={styles.body}>
        <div className={styles.head}>
          <span className={styles.author}>{comment.author.name}</span>
          <span className={styles.time}>
            <RelativeTime at={comment.createdAt} />
          </span>
          {comment.editedAt && !comment.isDeleted && (
            <span className={styles.time}>
              {t('comments.edited')} <RelativeTime at={comment.editedAt} />
            </span>
          )}
          {isInternal && <InternalMark company={company} />}
          {!act && !comment.isDeleted && isMine && (
            <>
              <button
                type="button"
                className={styles.more}
                aria-expanded={isOpened}
                aria-label={t('comments.actions')}
                onClick={() => setOpened(!isOpened)}
              >
                <IconDots size={20} stroke={1.5} aria-hidden />
              </button>
              <span className={styles.actions} data-opened={isOpened || undefined}>
                {comment.viewerCan.edit && (
                  <button ref={editButton} type="button" className={styles.quiet} onClick={() => setAct('edit')}>
                    <IconPencil size={16} stroke={1.5} aria-hidden />
                    {t('comments.edit')}
                  </button>
                )}
                {comment.viewerCan.delete && (
                  <button ref={deleteButton} type="button" className={styles.quiet} onClick={() => setAct('delete')}>
                    <IconTrash size={16} stroke={1.5} aria-hidden />
                    {t('comments.delete')}
                  </button>
                )}
              </span>
            </>
          )}
        </div>
        {act === 'edit' ? (
          <CommentEditor comment={comment} maxCharacters={maxCharacters} onClose={handleClose} />
        ) : comment.isDeleted ? (
          <p className={styles.gone}>{t('comments.deleted')}</p>
        ) : (
          <LinkedText text={comment.text} className={styles.text} />
        )}
        {act === 'delete' && <CommentRemoval comment={comment} onClose={handleClose} />}
      </div>
    </li>
  );
}
