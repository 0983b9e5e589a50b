import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CommentShown } from '../fragments.ts';
import { type Reaction, reactionIcons, reactionKinds } from './kinds.ts';
import styles from './Reactions.module.css';

type Props = { comment: CommentShown; onToggle: (reaction: Reaction) => void };

/** The reactions that a comment has, each with how many and who. Pressing one joins in, or leaves. */
export function Reactions({ comment, onToggle }: Props) {
  const { t } = useTranslation();
  if (comment.reactions.length === 0) return null;
  return (
    <div className={styles.row}>
      {comment.reactions.map(({ reaction, count, isMine, people }) => {
        const Icon = reactionIcons[reaction];
        const names = people.map((person) => person.name).join(', ');
        const words = t('comments.reactions.by', { reaction: t(`comments.reactions.${reaction}`), names });
        return (
          <Tooltip key={reaction} label={words}>
            <button
              type="button"
              className={styles.reaction}
              aria-pressed={isMine}
              aria-label={words}
              aria-disabled={!comment.viewerCan.react || undefined}
              onClick={() => comment.viewerCan.react && onToggle(reaction)}
            >
              <Icon size={16} stroke={1.5} aria-hidden />
              <span>{count}</span>
            </button>
          </Tooltip>
        );
      })}
    </div>
  );
}

type PickerProps = { comment: CommentShown; onChoose: (reaction: Reaction) => void; onClose: () => void };

/** The few ways to react, in a row; Escape leaves it. */
export function ReactionPicker({ comment, onChoose, onClose }: PickerProps) {
  const { t } = useTranslation();
  return (
    <fieldset
      aria-label={t('comments.reactions.pick')}
      className={styles.picker}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {reactionKinds.map((reaction, index) => {
        const Icon = reactionIcons[reaction];
        const isMine = comment.reactions.some((one) => one.reaction === reaction && one.isMine);
        return (
          <button
            key={reaction}
            type="button"
            className={styles.choice}
            aria-pressed={isMine}
            // The person has just asked for this row.
            // biome-ignore lint/a11y/noAutofocus: the first of what was opened
            autoFocus={index === 0}
            onClick={() => onChoose(reaction)}
          >
            <Icon size={16} stroke={1.5} aria-hidden />
            {t(`comments.reactions.${reaction}`)}
          </button>
        );
      })}
    </fieldset>
  );
}
