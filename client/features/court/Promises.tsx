import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { Skeletons } from '../../components/Skeletons.tsx';
import { dayInFull, dayWords, exactTime, todayOf } from '../../words/format.ts';
import styles from './Court.module.css';
import { type Court, CourtPromisesQuery, type PromiseTold } from './documents.ts';

type Props = { projectId: string; nameOf: (court: Court) => string };

/** Every day that a side named, what became of it, newest first: the same lines for both sides. */
export function Promises({ projectId, nameOf }: Props) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { data, error, loading, refetch, fetchMore } = useQuery(CourtPromisesQuery, {
    variables: { id: projectId, after: null },
    fetchPolicy: 'cache-and-network',
  });
  const page = data?.project?.promises;
  if (!page) return error ? <ErrorState onRetry={() => void refetch()} /> : <Skeletons rows={3} />;
  if (page.edges.length === 0) return <p className={styles.soft}>{t('court.promises.none')}</p>;
  return (
    <div className={styles.promises}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard */}
      <section className={styles.scroll} aria-label={t('court.promises.title')} tabIndex={0}>
        <table className={styles.table}>
          <caption className={styles.caption}>{t('court.promises.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('court.promises.by')}</th>
              <th scope="col" data-words="true">
                {t('court.details.side')}
              </th>
              <th scope="col" data-words="true">
                {t('court.promises.result')}
              </th>
              <th scope="col" data-words="true">
                {t('court.promises.task')}
              </th>
            </tr>
          </thead>
          <tbody>
            {page.edges.map(({ cursor, node }) => (
              <tr key={cursor}>
                <td>
                  <time dateTime={node.on} title={dayInFull(node.on)}>
                    {dayWords(node.on, today)}
                  </time>
                </td>
                <td
                  data-words="true"
                  title={t('court.promises.said', { name: node.by?.name ?? '', at: exactTime(new Date(node.at)) })}
                >
                  {nameOf(node.side)}
                </td>
                <td data-words="true">{resultOf(t, node, today)}</td>
                <td data-words="true">
                  {node.task ? (
                    <Link to="/tasks/$taskId" params={{ taskId: node.task.id }}>
                      {node.task.title}
                    </Link>
                  ) : (
                    t('court.details.hiddenTask')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {page.pageInfo.hasNextPage && (
        <Button
          className={styles.fit}
          variant="default"
          size="xs"
          loading={loading}
          onClick={() => void fetchMore({ variables: { after: page.pageInfo.endCursor }, updateQuery: joined })}
        >
          {t('court.promises.more')}
        </Button>
      )}
    </div>
  );
}

function resultOf(t: TFunction, { result, endedOn, daysOver }: PromiseTold, today: string): string {
  if (result === 'MISSED') {
    return t(endedOn === null ? 'court.promises.openOver' : 'court.promises.MISSED', { count: daysOver });
  }
  return t(`court.promises.${result}`, { day: endedOn === null ? '' : dayWords(endedOn, today) });
}

type Answer = ResultOf<typeof CourtPromisesQuery>;

function joined(had: Answer, { fetchMoreResult }: { fetchMoreResult: Answer }): Answer {
  const [first, more] = [had.project?.promises, fetchMoreResult.project?.promises];
  if (!first || !more || !fetchMoreResult.project) return had;
  const promises = { ...more, edges: [...first.edges, ...more.edges] };
  return { project: { ...fetchMoreResult.project, promises } };
}
