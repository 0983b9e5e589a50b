import { IconDots } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Face } from '../../../components/Face.tsx';
import { InternalMark } from '../../../components/Internal.tsx';
import { RelativeTime } from '../../../components/Time.tsx';
import styles from '../Comments.module.css';
import { CommentFiles } from '../files/CommentFiles.tsx';
import type { CommentShown, TalkViewer } from '../fragments.ts';
import marks from '../Marks.module.css';
import { CommentText } from '../mentions/CommentText.tsx';
import { ReactionPicker, Reactions } from '../reactions/Reactions.tsx';
import { useReact } from '../reactions/useReact.ts';
import { AudienceChange } from './AudienceChange.tsx';
import { type Act, CommentActions } from './CommentActions.tsx';
import { CommentEditor } from './CommentEditor.tsx';
import { CommentRemoval } from './CommentRemoval.tsx';
import { type Seen, SeenLine } from './SeenLine.tsx';
import { useCopyLink } from './useCopyLink.ts';

/** What every comment of a conversation is shown with. */
export type Surroundings = { taskId: string; account: string; viewer: TalkViewer };

type Props = Surroundings & {
  comment: CommentShown;
  /** It has just come in from somebody else. */
  isNew: boolean;
  /** A link leads here: it is brought into view and set apart for a moment. */
  isTarget: boolean;
  seen: readonly Seen[];
  onReply?: () => void;
  onResolve?: () => void;
  /** What hangs below it. */
  children?: ReactNode;
};

/** One message of the thread. Its actions show when it is pointed at or has the focus, and on a touch screen on demand. */
export function CommentItem(props: Props) {
  const { comment, taskId, account, viewer, isNew, isTarget, seen, onReply, onResolve, children } = props;
  const { t } = useTranslation();
  const [act, setAct] = useState<Act | null>(null);
  const buttons = useRef(new Map<Act, HTMLButtonElement | null>());
  // Only for fingers, which cannot hover: the actions come out when the dots are pressed.
  const [isOpened, setOpened] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const endedAct = useRef<Act | null>(null);
  // News when it was first shown; that it has been read meanwhile takes the word away with the next visit.
  const [wasUnread] = useState(comment.isUnread);
  const { toggle, failure } = useReact(comment, viewer.person);
  const link = useCopyLink(taskId, comment.id);
  const isInternal = comment.audience === 'INTERNAL';
  const company = viewer.company.name;

  // The act is over: the focus goes back to where it began, or the keyboard would start again at the top of the page.
  useEffect(() => {
    if (act || !endedAct.current) return;
    const button = buttons.current.get(endedAct.current);
    endedAct.current = null;
    (button ?? item.current)?.focus({ preventScroll: true });
  }, [act]);
  useEffect(() => {
    if (!isTarget) return;
    item.current?.scrollIntoView({ block: 'center' });
    item.current?.focus({ preventScroll: true });
  }, [isTarget]);

  const handleClose = () => {
    endedAct.current = act;
    setAct(null);
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    // Of the comment itself: in its fields and buttons letters are letters.
    if (event.target !== item.current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'r' && onReply) onReply();
    else if (event.key === 'e' && comment.viewerCan.edit) setAct('edit');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const buttonRef =
    (one: Act): Ref<HTMLButtonElement> =>
    (button) => {
      buttons.current.set(one, button);
    };

  return (
    <li
      ref={item}
      tabIndex={-1}
      className={styles.comment}
      data-comment={comment.id}
      data-internal={isInternal || undefined}
      data-new={isNew || undefined}
      data-target={isTarget || undefined}
      onKeyDown={handleKeyDown}
    >
      <Face name={comment.author.name} isStaff={comment.author.isStaff} />
      <div className={styles.body}>
        <div className={styles.top}>
          <div className={styles.head}>
            <span className={styles.author}>{comment.author.name}</span>
            <span className={styles.time}>
              <RelativeTime at={comment.createdAt} />
            </span>
            {comment.sharedAt && !isInternal && (
              <span className={styles.time}>
                {t('comments.shared')} <RelativeTime at={comment.sharedAt} />
              </span>
            )}
            {comment.editedAt && !comment.isDeleted && (
              <span className={styles.time}>
                {t('comments.edited')} <RelativeTime at={comment.editedAt} />
              </span>
            )}
            {wasUnread && <span className={marks.newMark}>{t('comments.newMark')}</span>}
            {isInternal && <InternalMark company={company} />}
            {(act === null || act === 'react') && (
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
                <CommentActions
                  comment={comment}
                  isOpened={isOpened}
                  buttonRef={buttonRef}
                  onAct={(next) => (act === next ? handleClose() : setAct(next))}
                  onLink={link.copy}
                  onReply={onReply}
                  onResolve={onResolve}
                />
              </>
            )}
          </div>
          {act === 'edit' ? (
            <CommentEditor
              comment={comment}
              taskId={taskId}
              viewerId={viewer.person.id}
              maxCharacters={viewer.maxCommentCharacters}
              onClose={handleClose}
            />
          ) : comment.isDeleted ? (
            <p className={styles.gone}>{t('comments.deleted')}</p>
          ) : (
            <CommentText text={comment.text} mentions={comment.mentions} viewerId={viewer.person.id} />
          )}
          {!comment.isDeleted && <CommentFiles files={comment.files} />}
          {act === 'react' && (
            <ReactionPicker
              comment={comment}
              onChoose={(reaction) => {
                void toggle(reaction);
                handleClose();
              }}
              onClose={handleClose}
            />
          )}
          {!comment.isDeleted && <Reactions comment={comment} onToggle={(reaction) => void toggle(reaction)} />}
          {act === 'delete' && <CommentRemoval comment={comment} onClose={handleClose} />}
          {act === 'audience' && (
            <AudienceChange
              comment={comment}
              taskId={taskId}
              account={account}
              company={company}
              onClose={handleClose}
            />
          )}
          <p role="status" className={styles.said}>
            {link.said}
          </p>
          {failure && (
            <p role="alert" className={styles.failure}>
              {failure}
            </p>
          )}
          <SeenLine seen={seen} />
        </div>
        {children}
      </div>
    </li>
  );
}
