import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import { EmptyState, FieldError } from '../../components/Notice.tsx';
import { earlierQuery, submissionFragment } from './documents.ts';
import { SubmissionRow } from './SubmissionRow.tsx';
import styles from './Submissions.module.css';

type Props = {
  taskId: string;
  taskState: string;
  /** Where something else says already that nothing was handed in. */
  isQuietWhenEmpty: boolean;
  page: {
    nodes: readonly FragmentOf<typeof submissionFragment>[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

/** Everything that was handed in, newest first. */
export function SubmissionHistory({ taskId, taskState, isQuietWhenEmpty, page }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [isLoading, setLoading] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const versions = readFragment(submissionFragment, page.nodes);

  const handleMore = async () => {
    setLoading(true);
    const variables = { taskId, after: page.pageInfo.endCursor };
    const isDone = await client.query({ query: earlierQuery, variables, fetchPolicy: 'network-only' }).then(
      () => true,
      () => false,
    );
    setLoading(false);
    setFailed(!isDone);
  };

  if (versions.length === 0) return isQuietWhenEmpty ? null : <EmptyState text={t('submissions.notYet')} />;
  return (
    <section className={styles.history}>
      <h2 className={styles.heading}>{t('submissions.history.title')}</h2>
      <ol>
        {versions.map((version, index) => (
          <SubmissionRow key={version.id} submission={version} taskState={index === 0 ? taskState : null} />
        ))}
      </ol>
      {page.pageInfo.hasNextPage && (
        <Button variant="subtle" size="xs" loading={isLoading} onClick={handleMore}>
          {t('submissions.history.more')}
        </Button>
      )}
      {hasFailed && <FieldError>{t('submissions.history.moreFailed')}</FieldError>}
    </section>
  );
}
