import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../../components/NotFound.tsx';
import { EmptyState, ErrorState } from '../../../components/Notice.tsx';
import { Page } from '../../../components/Page.tsx';
import { Skeletons } from '../../../components/Skeletons.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { dayInFull } from '../../../words/format.ts';
import styles from './Activity.module.css';
import { ActivityFilters } from './ActivityFilters.tsx';
import { type AuditEntry, AuditQuery } from './documents.ts';
import { Entry } from './Entry.tsx';
import { filterOf } from './search.ts';

/** Everything that happened in the company, newest first, and what it changed. */
export function ActivityScreen() {
  const { t } = useTranslation();
  const { company, viewerCan } = useViewer();
  const search = useSearch({ from: '/signedIn/settings/activity' });
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(AuditQuery, {
    variables: { filter: filterOf(search), after: null },
    fetchPolicy: 'cache-and-network',
    skip: !viewerCan.readAudit,
  });
  if (!viewerCan.readAudit) return <NotFound company={company.name} />;
  const page = (data ?? previousData)?.audit;
  const days = byDay(page?.edges ?? []);
  return (
    <Page title={t('audit.title')} company={company.name} state={t('audit.about')}>
      <ActivityFilters search={search} />
      {!page && error && <ErrorState onRetry={() => void refetch()} />}
      {!page && !error && <Skeletons rows={8} />}
      {page?.edges.length === 0 && <EmptyState text={t('audit.none')} />}
      {days.map(([day, edges]) => (
        <section key={day} className={styles.day} aria-label={dayInFull(day)}>
          <h2>{dayInFull(day)}</h2>
          <ol className={styles.list}>
            {edges.map((edge) => (
              <Entry key={edge.cursor} entry={edge} />
            ))}
          </ol>
        </section>
      ))}
      {page?.pageInfo.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={loading}
          onClick={() =>
            void fetchMore({
              variables: { after: page.pageInfo.endCursor },
              updateQuery: (had, { fetchMoreResult: more }) => ({
                audit: { ...more.audit, edges: [...had.audit.edges, ...more.audit.edges] },
              }),
            })
          }
        >
          {t('audit.more')}
        </Button>
      )}
    </Page>
  );
}

function byDay(edges: readonly AuditEntry[]): [day: string, edges: AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>();
  for (const edge of edges) {
    const day = dayOf(edge.node.at);
    days.set(day, [...(days.get(day) ?? []), edge]);
  }
  return [...days];
}

/** The day of an instant on the reader's own clock. */
function dayOf(at: string): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
