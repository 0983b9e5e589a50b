import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { graphql } from '../../../api/graphql.ts';
import styles from '../Comments.module.css';
import { TextRoom, textProblem } from '../composer/TextRoom.tsx';
import type { CommentShown } from '../fragments.ts';
import { CommentText } from '../mentions/CommentText.tsx';
import { Looking } from '../mentions/Looking.tsx';
import { MentionField } from '../mentions/MentionField.tsx';
import { fromTokens, toTokens } from '../mentions/tokens.ts';
import { useNaming } from '../mentions/useNaming.ts';
import { useReaders } from '../mentions/useReaders.ts';

const editMutation = graphql(`
  mutation CommentEdit($id: ID!, $input: CommentEditInput!) {
    commentEdit(id: $id, input: $input) {
      comment {
        id
        revision
        text
        editedAt
        isDeleted
        mentions {
          id
          name
        }
      }
      userErrors {
        code
        message
      }
    }
  }
`);

type Props = { comment: CommentShown; taskId: string; viewerId: string; maxCharacters: number; onClose: () => void };

/**
 * Edits a comment where it stands. Remembers the revision that the person began with: when the comment has moved on
 * since, both texts are shown and the person chooses; nothing typed is lost either way.
 */
export function CommentEditor({ comment, taskId, viewerId, maxCharacters, onClose }: Props) {
  const { t } = useTranslation();
  const [edit, { loading }] = useMutation(editMutation);
  const known = useReaders(taskId);
  const readers = known.of(comment.audience);
  // Those who are named already can stay, also when they no longer read this.
  const people = [
    ...readers,
    ...comment.mentions
      .filter((one) => !readers.some((reader) => reader.id === one.id))
      .map((one) => ({ ...one, isStaff: false, accountName: null, isOn: true })),
  ];
  const [text, setText] = useState(() => fromTokens(comment.text, comment.mentions));
  const [base, setBase] = useState({ revision: comment.revision, text: comment.text });
  const [failure, setFailure] = useState<string | null>(null);
  const isConflict = comment.revision !== base.revision && comment.text !== base.text && !comment.isDeleted;

  // Opened at the end of the thread, or grown by a conflict, it would stand half below the edge.
  const root = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again when the conflict makes it grow
  useEffect(() => {
    root.current?.scrollIntoView({ block: 'nearest' });
  }, [isConflict]);

  const save = async () => {
    const tokens = toTokens(text, people).trim();
    const problem = tokens === '' && comment.files.length > 0 ? null : textProblem(tokens, maxCharacters, t);
    if (problem) return setFailure(problem);
    if (tokens === base.text && !isConflict) return onClose();
    // Whoever saves now has seen the text as it is now: a conflict, if there is one, is on the screen.
    const revision = comment.revision;
    setFailure(null);
    try {
      const { data } = await edit({ variables: { id: comment.id, input: { revision, text: tokens } } });
      const refusal = data?.commentEdit.userErrors[0];
      if (!refusal) return onClose();
      if (refusal.code !== 'CONFLICT') setFailure(t('comments.editor.failed', { reason: refusal.message }));
    } catch (error) {
      setFailure(t('comments.editor.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  };
  const naming = useNaming(known, {
    what: text,
    go: () => void save(),
    fail: () => setFailure(t('comments.editor.failed', { reason: t('comments.mentions.unknown') })),
  });
  const handleSave = () => {
    if (!loading && !naming.holds()) void save();
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      handleSave();
    }
  };
  const handleKeepCurrent = () => {
    setBase({ revision: comment.revision, text: comment.text });
    onClose();
  };

  return (
    <div ref={root} className={styles.editor}>
      {isConflict && (
        <div role="alert" className={styles.conflict}>
          <p>{t('comments.editor.conflict')}</p>
          <p className={styles.conflictLabel}>{t('comments.editor.current')}</p>
          <CommentText text={comment.text} mentions={comment.mentions} viewerId={viewerId} />
          <p className={styles.conflictLabel}>{t('comments.editor.yours')}</p>
        </div>
      )}
      {comment.isDeleted && (
        <p role="alert" className={styles.failure}>
          {t('comments.editor.gone')}
        </p>
      )}
      <MentionField
        aria-label={t('comments.editor.label')}
        minRows={2}
        maxRows={16}
        autoFocus
        value={text}
        readOnly={naming.isHeld}
        error={Boolean(failure)}
        people={people}
        onChange={setText}
        onKeyDown={handleKeyDown}
        onFocus={(event) => event.currentTarget.setSelectionRange(text.length, text.length)}
      />
      <Looking isHeld={naming.isHeld} />
      <TextRoom text={text} maxCharacters={maxCharacters} />
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      <div className={styles.editorActions}>
        {!comment.isDeleted && (
          <Button size="xs" onClick={handleSave} loading={loading || naming.isHeld}>
            {isConflict ? t('comments.editor.keepMine') : t('comments.editor.save')}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={isConflict ? handleKeepCurrent : onClose}>
          {isConflict
            ? t('comments.editor.keepCurrent')
            : comment.isDeleted
              ? t('comments.editor.close')
              : t('comments.editor.cancel')}
        </Button>
      </div>
    </div>
  );
}
