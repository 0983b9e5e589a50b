import { useTranslation } from 'react-i18next';
import styles from './Timeline.module.css';

const bars = ['done', 'now', 'next'] as const;
const marks = { target: styles.target, forecast: styles.likely, late: styles.likely, today: styles.todayMark } as const;

/** What the drawing means. */
export function Key() {
  const { t } = useTranslation();
  return (
    <ul className={styles.key}>
      {bars.map((state) => (
        <li key={state}>
          <span className={styles.sample} aria-hidden="true">
            <span className={styles.bar} data-state={state}>
              <span className={styles.fill}>{state === 'now' && <span className={styles.share} />}</span>
            </span>
          </span>
          {t(`overview.timeline.key.${state}`)}
        </li>
      ))}
      {(['target', 'forecast', 'late', 'today'] as const).map((mark) => (
        <li key={mark}>
          <span className={styles.sample} aria-hidden="true">
            <span className={marks[mark]} data-late={mark === 'late' || undefined} />
          </span>
          {t(`overview.timeline.key.${mark}`)}
        </li>
      ))}
    </ul>
  );
}
