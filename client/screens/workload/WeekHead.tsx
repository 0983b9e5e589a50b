import { useTranslation } from 'react-i18next';
import { dayMonth } from '../../words/weeks.ts';
import type { Week } from './documents.ts';
import { hours } from './hours.ts';
import styles from './Workload.module.css';

/** The weeks over their columns. Each button under them says its week itself, so this is for the eye alone. */
export function WeekHead({ weeks }: { weeks: readonly Week[] }) {
  const { t } = useTranslation();
  return (
    <div className={styles.head} aria-hidden="true">
      <span />
      {weeks.map(({ from, to, workingDays, capacityMinutes }, at) => (
        <span key={from} className={styles.week}>
          <strong>{at === 0 ? t('workload.thisWeek') : t('workload.weekOf', shortWeek(from, to))}</strong>
          <span>
            {workingDays === 0
              ? t('workload.noRoom')
              : t('workload.room', { count: workingDays, hours: hours(capacityMinutes) })}
          </span>
        </span>
      ))}
    </div>
  );
}

/** "9" to "15 Mar" within a month, "30 Mar" to "5 Apr" over its end. */
export function shortWeek(from: string, to: string) {
  const isOneMonth = from.slice(0, 7) === to.slice(0, 7);
  return { from: isOneMonth ? String(Number(from.slice(8))) : dayMonth(from), to: dayMonth(to) };
}
