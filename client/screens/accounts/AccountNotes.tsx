import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import styles from './Accounts.module.css';
import { AccountNotesQuery } from './documents.ts';
import { Group } from './Group.tsx';

/** The notes of all the account's projects in which something was written; each leads to its task. */
export function AccountNotes({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const { data, error, loading, refetch, fetchMore } = useQuery(AccountNotesQuery, {
    variables: { id: accountId, after: null },
    fetchPolicy: 'cache-and-network',
  });
  const page = data?.account?.staff?.notes;
  if (!page) return error ? <ErrorState onRetry={() => void refetch()} /> : null;
  const shown = page.nodes.filter((one) => one.note && one.task);
  return (
    <Group title={t('accounts.notes.title')} none={shown.length === 0 && t('accounts.notes.none')}>
      <ul className={styles.plain}>
        {shown.map(
          ({ note, task, createdAt }) =>
            note &&
            task && (
              <li key={note.id} className={styles.document}>
                <Link to="/tasks/$taskId" params={{ taskId: task.id }} search={{ tab: 'note' }}>
                  {t('accounts.notes.of', { task: task.title })}
                </Link>
                <span className={styles.soft}>{task.project.name}</span>
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
          {t('accounts.notes.more')}
        </Button>
      )}
    </Group>
  );
}

type Answer = ResultOf<typeof AccountNotesQuery>;

/** What was there with the next page behind it; as it was where the account is gone meanwhile. */
function joined(had: Answer, { fetchMoreResult }: { fetchMoreResult: Answer }): Answer {
  const [first, more] = [had.account?.staff?.notes, fetchMoreResult.account?.staff?.notes];
  if (!first || !more || !fetchMoreResult.account) return had;
  const notes = { ...more, nodes: [...first.nodes, ...more.nodes] };
  return { account: { ...fetchMoreResult.account, staff: { notes } } };
}
