import { useQuery } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconCalendarRepeat } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import { Conflicts } from './Conflicts.tsx';
import { PlanQuery } from './documents.ts';
import styles from './Plan.module.css';
import { useFresh } from './useFresh.ts';
import { useReplan } from './useReplan.ts';

type Props = { projectId: string; position: number; canEdit: boolean };
type PlanTask = NonNullable<ResultOf<typeof PlanQuery>['project']>['tasks'][number];
type Planned = PlanTask & { schedule: NonNullable<PlanTask['schedule']> };

const isOver = ({ state }: PlanTask) => state === 'DONE' || state === 'WAIVED' || state === 'CANCELLED';

/** What going live hangs on, the whole plan behind it, and planning anew; for staff. */
export function StaffPlan({ projectId, position, canEdit }: Props) {
  const { t } = useTranslation();
  const titleId = useId();
  const today = todayOf(useNow());
  const { data, previousData, refetch } = useQuery(PlanQuery, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
  });
  useFresh(position, refetch);
  const { isBusy, said, replan } = useReplan(projectId);
  const project = (data ?? previousData)?.project;
  if (!project?.schedule) return null;
  const open = project.tasks.filter((task): task is Planned => task.schedule !== null && !isOver(task));
  const byStart = open.toSorted((a, b) => a.schedule.startOn.localeCompare(b.schedule.startOn));
  const path = byStart.filter((task) => task.schedule.isCritical);
  const day = (on: string) => dayWords(on, today);
  return (
    <section className={styles.plan} aria-labelledby={titleId}>
      <h3 id={titleId} className={styles.title}>
        {t('plan.path.title')}
      </h3>
      {path.length === 0 ? (
        <p className={styles.soft}>{t('plan.path.none')}</p>
      ) : (
        <ol className={styles.path}>
          {path.map((task) => (
            <li key={task.id}>
              <Link to="/tasks/$taskId" params={{ taskId: task.id }}>
                {task.title}
              </Link>
              <span className={styles.days}>{day(task.schedule.finishOn)}</span>
            </li>
          ))}
        </ol>
      )}
      <Conflicts conflicts={project.schedule.conflicts} />
      {byStart.length > 0 && (
        <details>
          <summary className={styles.soft}>{t('plan.path.show')}</summary>
          <ul className={styles.whole} aria-label={t('plan.path.all')}>
            {byStart.map(({ id, title, schedule }) => (
              <li key={id}>
                <Link to="/tasks/$taskId" params={{ taskId: id }}>
                  {title}
                </Link>
                <span className={styles.row}>
                  {t('plan.path.span', { from: day(schedule.startOn), to: day(schedule.finishOn) })} ·{' '}
                  {schedule.isCritical ? (
                    <strong>{t('plan.path.critical')}</strong>
                  ) : (
                    t('plan.path.slack', { count: schedule.slackDays })
                  )}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {canEdit && byStart.length > 0 && (
        <div>
          <Menu position="bottom-start" withinPortal={false}>
            <Menu.Target>
              <Button
                variant="default"
                size="xs"
                loading={isBusy}
                leftSection={<IconCalendarRepeat size={16} stroke={1.5} aria-hidden />}
              >
                {t('plan.path.replan')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void replan('FORWARD')}>{t('plan.path.forward')}</Menu.Item>
              <Menu.Item onClick={() => void replan('BACKWARD')}>{t('plan.path.backward')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
      {said && <FieldError>{said}</FieldError>}
    </section>
  );
}
