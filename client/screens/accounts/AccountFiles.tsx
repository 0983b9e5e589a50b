import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { bytes } from '../../words/format.ts';
import styles from './Accounts.module.css';
import { AccountFilesQuery } from './documents.ts';
import { Group } from './Group.tsx';

/** The files of all the account's projects, newest first; each leads to the task that it came to. */
export function AccountFiles({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const { data, error, loading, refetch, fetchMore } = useQuery(AccountFilesQuery, {
    variables: { id: accountId, after: null },
    fetchPolicy: 'cache-and-network',
  });
  const page = data?.account?.staff?.files;
  if (!page) return error ? <ErrorState onRetry={() => void refetch()} /> : null;
  const shown = page.nodes.filter((one) => one.file && one.task);
  return (
    <Group title={t('accounts.files.title')} none={shown.length === 0 && t('accounts.files.none')}>
      <ul className={styles.plain}>
        {shown.map(
          ({ file, task, createdAt }) =>
            file &&
            task && (
              <li key={file.id} className={styles.document}>
                <Link to="/tasks/$taskId" params={{ taskId: task.id }}>
                  {file.name}
                </Link>
                <span className={styles.soft}>{bytes(file.sizeBytes)}</span>
                <span className={styles.soft}>{task.title}</span>
                <span className={styles.soft}>
                  <RelativeTime at={createdAt} />
                </span>
              </li>
            ),
        )}
      </ul>
      {page.pageInfo.hasNextPage && (
        <Button
          className={styles.fit}
          variant="default"
          size="xs"
          loading={loading}
          onClick={() => void fetchMore({ variables: { after: page.pageInfo.endCursor }, updateQuery: joined })}
        >
          {t('accounts.files.more')}
        </Button>
      )}
    </Group>
  );
}

type Answer = ResultOf<typeof AccountFilesQuery>;

/** What was there with the next page behind it; as it was where the account is gone meanwhile. */
function joined(had: Answer, { fetchMoreResult }: { fetchMoreResult: Answer }): Answer {
  const [first, more] = [had.account?.staff?.files, fetchMoreResult.account?.staff?.files];
  if (!first || !more || !fetchMoreResult.account) return had;
  const files = { ...more, nodes: [...first.nodes, ...more.nodes] };
  return { account: { ...fetchMoreResult.account, staff: { files } } };
}
