import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { graphql } from '../../../api/graphql.ts';
import styles from '../Comments.module.css';

const deleteMutation = graphql(`
  mutation CommentDelete($id: ID!, $input: CommentDeleteInput!) {
    commentDelete(id: $id, input: $input) {
      comment {
        id
        revision
        text
        isDeleted
        replyCount
        files {
          id
        }
        mentions {
          id
        }
        reactions {
          reaction
          count
          isMine
          people {
            id
            name
          }
        }
        parent {
          id
          replyCount
        }
        viewerCan {
          edit
          delete
          reply
          react
          resolve
          setAudience
        }
        task {
          id
          commentCount
        }
      }
      userErrors {
        code
        message
      }
    }
  }
`);

type Props = { comment: { id: string; revision: number }; onClose: () => void };

/** Asks once, in place, before a comment is deleted. */
export function CommentRemoval({ comment, onClose }: Props) {
  const { t } = useTranslation();
  const [remove, { loading }] = useMutation(deleteMutation);
  const [failure, setFailure] = useState<string | null>(null);

  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    root.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const handleConfirm = async () => {
    try {
      const { data } = await remove({ variables: { id: comment.id, input: { revision: comment.revision } } });
      const refusal = data?.commentDelete.userErrors[0];
      if (refusal) setFailure(refusal.message);
      else onClose();
    } catch (error) {
      setFailure(t(`comments.failure.${failureOf(error)}`));
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a second way to what the button beside it does
    <div ref={root} className={styles.removal} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <span>{t('comments.remove.question')}</span>
      <Button size="xs" color="bad" variant="light" loading={loading} onClick={handleConfirm} autoFocus>
        {t('comments.remove.confirm')}
      </Button>
      <Button size="xs" variant="subtle" onClick={onClose}>
        {t('comments.remove.keep')}
      </Button>
      {failure && (
        <p role="alert" className={styles.failure}>
          {t('comments.remove.failed', { reason: failure })}
        </p>
      )}
    </div>
  );
}
