import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/Notice.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { dayWords, todayOf } from '../../words/format.ts';
import { type Week, WeekTasksQuery } from './documents.ts';
import { hours } from './hours.ts';
import { shortWeek } from './WeekHead.tsx';
import styles from './Workload.module.css';

/** As many as a page of the API holds. */
const most = 100;

type Props = {
  id: string;
  /** Null: what nobody has yet. */
  personId: string | null;
  name: string;
  week: Week;
  /** How many there are: with the sum of the week, the list is read anew. */
  count: number;
  onClose: () => void;
};

/** The tasks that lie in a week of somebody, by due day, each with what of it lies there. */
export function WeekTasks({ id, personId, name, week, count, onClose }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(WeekTasksQuery, {
    variables: { personId, from: week.from, first: most },
    fetchPolicy: 'cache-and-network',
  });
  const rows = data?.workloadTasks?.nodes;
  const today = todayOf(new Date());
  const day = (on: string) => dayWords(on, today);
  const title = t('workload.weekOfPerson', { name, week: t('workload.weekOf', shortWeek(week.from, week.to)) });
  return (
    <section id={id} className={styles.tasks} aria-label={title}>
      <header className={styles.tasksHead}>
        <h2>{title}</h2>
        <Button variant="subtle" size="xs" onClick={onClose}>
          {t('workload.close')}
        </Button>
      </header>
      {!rows && error && <ErrorState onRetry={() => void refetch()} />}
      {!rows && !error && <Skeletons rows={Math.min(3, count)} shape="row" />}
      {rows?.length === 0 && <p className={styles.none}>{t('workload.noTasks')}</p>}
      <ul>
        {rows?.map(
          ({ task, minutes, startOn, finishOn }) =>
            task && (
              <li key={task.id} className={styles.task}>
                <span className={styles.taskWords}>
                  <Link to="/tasks/$taskId" params={{ taskId: task.id }} className={styles.taskLink}>
                    {task.title}
                  </Link>
                  <span className={styles.taskPlace}>{task.project.account.name}</span>
                </span>
                <span className={styles.lies}>
                  {task.isOverdue && <strong className={styles.late}>{t('workload.late')}</strong>}
                  {startOn === finishOn
                    ? t('workload.liesOn', { on: day(startOn) })
                    : t('workload.lies', { from: day(startOn), to: day(finishOn) })}
                </span>
                <span className={styles.taskHours}>{t('workload.hours', { hours: hours(minutes) })}</span>
              </li>
            ),
        )}
      </ul>
      {count > most && <p className={styles.none}>{t('workload.beyond', { count: count - most })}</p>}
    </section>
  );
}
