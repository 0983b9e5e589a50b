import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { earlierQuery } from './acts.ts';
import { submissionFragment } from './documents.ts';
import { SubmissionRow } from './SubmissionRow.tsx';
import styles from './Submissions.module.css';

type Props = {
  taskId: string;
  inputId: string;
  taskState: string;
  /** Nobody answered when the latest was looked at, and it is not asked again by itself. */
  isUnanswered: boolean;
  page: {
    nodes: readonly FragmentOf<typeof submissionFragment>[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

/** Everything that was handed in for one input, newest first; nothing while there is nothing. */
export function SubmissionHistory({ taskId, inputId, taskState, page, isUnanswered }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [isLoading, setLoading] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const versions = readFragment(submissionFragment, page.nodes);

  const handleMore = async () => {
    setLoading(true);
    const variables = { inputId, after: page.pageInfo.endCursor };
    const isDone = await client.query({ query: earlierQuery, variables, fetchPolicy: 'network-only' }).then(
      () => true,
      () => false,
    );
    setLoading(false);
    setFailed(!isDone);
  };

  if (versions.length === 0) return null;
  return (
    <div className={styles.history}>
      <ol aria-label={t('submissions.history.title')}>
        {versions.map((version, index) => (
          <SubmissionRow
            key={version.id}
            taskId={taskId}
            submission={version}
            before={versions[index + 1] ?? null}
            taskState={index === 0 ? taskState : null}
            isUnanswered={index === 0 && isUnanswered}
          />
        ))}
      </ol>
      {page.pageInfo.hasNextPage && (
        <Button variant="subtle" size="xs" loading={isLoading} onClick={handleMore}>
          {t('submissions.history.more')}
        </Button>
      )}
      {hasFailed && <FieldError>{t('submissions.history.moreFailed')}</FieldError>}
    </div>
  );
}
