import { useTranslation } from 'react-i18next';
import type { Scale as Days, Tick } from './scale.ts';
import styles from './Timeline.module.css';

/** The days over the lines, in two rows; to whoever does not see them, the heads of the columns. */
export function Scale({ scale }: { scale: Days }) {
  const { t } = useTranslation();
  return (
    <thead className={styles.head}>
      <tr>
        <th scope="col" className={styles.sideHead}>
          {t('overview.timeline.client')}
        </th>
        <th scope="col" className={styles.days}>
          <span className={styles.heard}>{t('overview.timeline.phases')}</span>
          <span aria-hidden="true">
            <Ticks ticks={scale.major} className={styles.major} />
            <Ticks ticks={scale.minor} className={styles.minor} />
          </span>
        </th>
        {(['target', 'forecast'] as const).map((end) => (
          <th key={end} scope="col" className={styles.words}>
            <span className={styles.heard}>{t(`overview.timeline.key.${end}`)}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Ticks({ ticks, className }: { ticks: readonly Tick[]; className: string | undefined }) {
  return ticks.map(({ key, label, left, width }) => (
    <span key={key} className={className} style={{ left, width }}>
      <span className={styles.tick}>{label}</span>
    </span>
  ));
}
