import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import { ErrorState } from '../../components/Notice.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { quietKinds, sentenceOfEvent } from '../../features/activity/sentences.ts';
import { useViewer } from '../../features/viewer/viewer.ts';
import styles from './Accounts.module.css';
import { AccountHistoryQuery, type Happened } from './documents.ts';
import { Group } from './Group.tsx';

/** What happened to the account over all its projects, newest first; steps of one act are told by its last. */
export function History({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const { viewerCan } = useViewer();
  const { data, error, loading, refetch, fetchMore } = useQuery(AccountHistoryQuery, {
    variables: { id: accountId, after: null },
    fetchPolicy: 'cache-and-network',
  });
  const page = data?.account?.staff?.changes;
  const told = page?.edges.filter(({ node }) => !quietKinds.has(node.kind)) ?? [];
  return (
    <Group
      title={t('accounts.history.title')}
      none={page !== undefined && told.length === 0 && t('accounts.history.none')}
    >
      {!page && (error ? <ErrorState onRetry={() => void refetch()} /> : <Skeletons rows={6} />)}
      <ol className={styles.plain}>
        {told.map(({ cursor, node }) => (
          <Entry key={cursor} entry={node} />
        ))}
      </ol>
      {viewerCan.readAudit && (
        <Link to="/settings/activity" search={{ account: accountId }} className={styles.soft}>
          {t('accounts.history.whole')}
        </Link>
      )}
      {page?.pageInfo.hasNextPage && (
        <Button
          className={styles.fit}
          variant="default"
          size="xs"
          loading={loading}
          onClick={() => void fetchMore({ variables: { after: page.pageInfo.endCursor }, updateQuery: joined })}
        >
          {t('accounts.history.more')}
        </Button>
      )}
    </Group>
  );
}

function Entry({ entry }: { entry: Happened }) {
  const { t } = useTranslation();
  const actor = entry.actor?.name ?? t('audit.slipway');
  return (
    <li className={styles.entry}>
      <Face name={actor} isStaff={entry.actor?.isStaff ?? true} size="small" />
      <span className={styles.what}>
        <span>{sentenceOf(t, entry, actor)}</span>
        {entry.project && (
          <Link to="/projects/$projectId" params={{ projectId: entry.project.id }} className={styles.soft}>
            {entry.project.name}
          </Link>
        )}
      </span>
      <span className={styles.soft}>
        <RelativeTime at={entry.at} />
      </span>
    </li>
  );
}

/** The sentence of a kind: that of what happens outside of projects, else that of a project's activity. */
function sentenceOf(t: TFunction, entry: Happened, actor: string): string {
  const subject = entry.node && 'name' in entry.node ? entry.node.name : t('audit.somebody');
  const task = entry.task?.title ?? t('audit.task');
  const ofActivity = sentenceOfEvent(t, entry, 'inProject', { actor, task, unknown: t('activity.unknown', { actor }) });
  return t(`audit.kind.${entry.kind}` as 'audit.kind.person.added', { actor, subject, task, defaultValue: ofActivity });
}

type Answer = ResultOf<typeof AccountHistoryQuery>;

function joined(had: Answer, { fetchMoreResult }: { fetchMoreResult: Answer }): Answer {
  const [first, more] = [had.account?.staff?.changes, fetchMoreResult.account?.staff?.changes];
  if (!first || !more || !fetchMoreResult.account) return had;
  const changes = { ...more, edges: [...first.edges, ...more.edges] };
  return { account: { ...fetchMoreResult.account, staff: { changes } } };
}
