import { useTranslation } from 'react-i18next';
import { dayInFull, daysUntil, dayWords, exactTime, relativeTime, todayOf } from '../words/format.ts';
import { useNow } from './now.ts';
import styles from './Time.module.css';

/** A moment, relative; exact on hover. */
export function RelativeTime({ at }: { at: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const moment = new Date(at);
  return (
    <time className={styles.time} dateTime={at} title={exactTime(moment)}>
      {relativeTime(moment, now) ?? t('common.justNow')}
    </time>
  );
}

/** A calendar day: "Fri 12 Mar" near, "12 Mar 2027" far; today and tomorrow by their words. */
export function Day({ on }: { on: string }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const days = daysUntil(on, today);
  const words = days === 0 ? t('common.today') : days === 1 ? t('common.tomorrow') : dayWords(on, today);
  return (
    <time className={styles.time} dateTime={on} title={dayInFull(on)}>
      {words}
    </time>
  );
}

type DueProps = { on: string; isOverdue: boolean /** Leaves the day out once it has passed. */; isShort?: boolean };

/** A due day; when it has passed, the word says so and by how much. */
export function DueDay({ on, isOverdue, isShort = false }: DueProps) {
  const { t } = useTranslation();
  const late = -daysUntil(on, todayOf(useNow()));
  const isLate = isOverdue && late > 0;
  return (
    <span className={styles.due} data-overdue={isOverdue || undefined}>
      {!(isShort && isLate) && <Day on={on} />}
      {isLate && (
        <time className={styles.late} dateTime={on} title={dayInFull(on)}>
          {t('common.overdueBy', { count: late })}
        </time>
      )}
    </span>
  );
}
