import { useQuery } from '@apollo/client/react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../../components/now.ts';
import { useFresh } from '../../../../features/plan/useFresh.ts';
import { dayWords, todayOf } from '../../../../words/format.ts';
import type { ActedTask } from '../documents.ts';
import { DurationEditor } from './DurationEditor.tsx';
import { TaskPlanQuery } from './documents.ts';
import { PinEditor } from './PinEditor.tsx';
import styles from './Plan.module.css';

const isOver = ({ state }: ActedTask) => state === 'DONE' || state === 'WAIVED' || state === 'CANCELLED';

/** Where the plan has a task, how long it takes and where it is held, for whoever plans. */
export function TaskPlan({ task }: { task: ActedTask }) {
  const { t } = useTranslation();
  const titleId = useId();
  const today = todayOf(useNow());
  const { data, previousData, refetch } = useQuery(TaskPlanQuery, {
    variables: { id: task.id },
    fetchPolicy: 'cache-and-network',
  });
  useFresh(task.revision, refetch);
  if (isOver(task)) return null;
  const schedule = (data ?? previousData)?.task?.schedule;
  const day = (on: string) => dayWords(on, today);
  return (
    <section className={styles.plan} aria-labelledby={titleId}>
      <h2 id={titleId}>{t('plan.edit.title')}</h2>
      {schedule && (
        <p className={styles.span}>
          {[
            t('plan.edit.span', { from: day(schedule.startOn), to: day(schedule.finishOn) }),
            schedule.isCritical ? t('plan.path.critical') : t('plan.path.slack', { count: schedule.slackDays }),
            ...(schedule.baselineOn ? [t('plan.edit.baseline', { day: day(schedule.baselineOn) })] : []),
          ].join(' · ')}
        </p>
      )}
      <div className={styles.values}>
        <DurationEditor task={task} />
        <PinEditor task={task} />
      </div>
    </section>
  );
}
