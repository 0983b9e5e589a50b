import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import { EmptyState, ErrorState } from '../../components/Notice.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { activityLines, sentences } from './activityLines.ts';
import styles from './TaskActivity.module.css';

export const taskActivityName = 'TaskActivity';
const activityQuery = graphql(`
  query TaskActivity($id: ID!, $last: Int!) {
    task(id: $id) {
      id
      changes(last: $last) {
        nodes {
          kind
          at
          position
          actor {
            id
            name
            isStaff
          }
          facts {
            to
            version
            assignee {
              id
              name
              isStaff
            }
          }
        }
        pageInfo {
          hasPreviousPage
        }
      }
    }
  }
`);

const page = 30;
const most = 100;

/** What happened on this task, newest first, in words. */
export function TaskActivity({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const [last, setLast] = useState(page);
  const { data, previousData, error, loading, refetch } = useQuery(activityQuery, {
    variables: { id: taskId, last },
    fetchPolicy: 'cache-and-network',
  });
  const changes = (data ?? previousData)?.task?.changes;
  if (!changes) {
    return error ? (
      <ErrorState text={t('task.activity.failed')} onRetry={() => refetch()} />
    ) : (
      <Skeletons rows={5} shape="line" />
    );
  }
  const lines = activityLines(changes.nodes);
  if (lines.length === 0) return <EmptyState text={t('activity.empty')} />;

  return (
    <>
      <ol className={styles.list} aria-label={t('task.activity.label')}>
        {lines.map(({ key, change, count, words }) => (
          <li key={key} className={styles.line}>
            {change.actor ? (
              <Face name={change.actor.name} isStaff={change.actor.isStaff} size="small" />
            ) : (
              <span className={styles.dot} aria-hidden />
            )}
            <p>
              {t(sentences[words], {
                actor: change.actor?.name ?? t('common.somebody'),
                assignee: change.facts.assignee?.name ?? '',
                version: change.facts.version ?? '',
                count,
              })}{' '}
              <span className={styles.time}>
                <RelativeTime at={change.at} />
              </span>
            </p>
          </li>
        ))}
      </ol>
      {changes.pageInfo.hasPreviousPage && last < most && (
        <Button variant="subtle" size="xs" loading={loading} onClick={() => setLast(most)}>
          {t('task.activity.earlier')}
        </Button>
      )}
    </>
  );
}
