import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { graphql } from '../../../api/graphql.ts';
import { Ask } from '../composer/Ask.tsx';
import { readersInWords } from '../composer/readersInWords.ts';
import { type CommentShown, threadFragment } from '../fragments.ts';
import { useReaders } from '../mentions/useReaders.ts';

const audienceMutation = graphql(
  `
    mutation CommentSetAudience($id: ID!, $input: CommentSetAudienceInput!) {
      commentSetAudience(id: $id, input: $input) {
        comment {
          ...CommentThread_thread
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [threadFragment],
);

type Props = { comment: CommentShown; taskId: string; account: string; company: string; onClose: () => void };

/** Asks, with names, before a posted comment is shared; and before it is made internal again. */
export function AudienceChange({ comment, taskId, account, company, onClose }: Props) {
  const { t } = useTranslation();
  const [change, { loading }] = useMutation(audienceMutation);
  const [failure, setFailure] = useState<string | null>(null);
  const { of: readersOf } = useReaders(taskId);
  const isInternal = comment.audience === 'INTERNAL';
  const readers =
    readersInWords(t, readersOf('SHARED'), account, company) ?? t('comments.sharedReaders', { account, company });

  const handleYes = async () => {
    const audience = isInternal ? ('SHARED' as const) : ('INTERNAL' as const);
    try {
      const { data } = await change({ variables: { id: comment.id, input: { revision: comment.revision, audience } } });
      const refusal = data?.commentSetAudience.userErrors[0];
      if (refusal) setFailure(t('comments.audience.failed', { reason: refusal.message }));
      else onClose();
    } catch (error) {
      setFailure(t('comments.audience.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  };

  return (
    <Ask
      question={
        isInternal
          ? t('comments.audience.shareQuestion', { readers })
          : t('comments.audience.hideQuestion', { account })
      }
      yes={isInternal ? t('comments.audience.shareConfirm') : t('comments.audience.hideConfirm')}
      no={t('comments.audience.keep')}
      isLoading={loading}
      failure={failure}
      onYes={handleYes}
      onNo={onClose}
    />
  );
}
