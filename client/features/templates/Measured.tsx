import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { measuredQuery } from './acts.ts';
import type { Road, Task } from './documents.ts';
import styles from './Editor.module.css';
import { plannedDays } from './road.ts';

type Props = { templateId: string; task: Task; road: Road };

/** How long a task is planned to take, and how long it took where it was done, so that the next version plans better. */
export function Measured({ templateId, task, road }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(measuredQuery, { variables: { id: templateId } });
  const found = data?.template?.durations.find(({ taskKey }) => taskKey === task.key);
  const planned = t('templates.usage.planned', { count: plannedDays(road, task) });
  if (!data) return <p className={styles.small}>{planned}</p>;
  const days = found?.medianDays ?? null;
  const measured =
    days !== null
      ? t('templates.usage.measured', { count: days, cases: found?.caseCount ?? 0 })
      : found
        ? t('templates.usage.fewCases', { count: found.caseCount })
        : t('templates.usage.noCase');
  return (
    <p className={styles.small}>
      {planned} · {measured}
    </p>
  );
}
