import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyMap } from '../../../server/journeys/map.ts';
import styles from './Canvas.module.css';
import { meanExperience } from './layout.ts';

/** How the customer feels from stage to stage: a line through the means, broken where nobody said. */
export function Curve({ map, columns }: { map: JourneyMap; columns: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation();
  const points = columns.map(({ id, name }, at) => ({ at, name, value: meanExperience(map, id) }));
  const x = (at: number) => ((at + 0.5) / columns.length) * 100;
  const y = (value: number) => 50 - value * 20;
  const lines: string[] = [];
  let isOpen = false;
  for (const { at, value } of points) {
    if (value !== null) lines.push(`${isOpen ? 'L' : 'M'}${x(at)} ${y(value)}`);
    isOpen = value !== null;
  }
  return (
    <>
      <div className={styles.curveName}>{t('journeyMap.layers.experience')}</div>
      <div className={styles.curve}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path className={styles.zero} d="M0 50 L100 50" />
          <path className={styles.line} d={lines.join(' ')} />
        </svg>
        {points.map(({ at, name, value }) => {
          if (value === null) return null;
          const word = t(`journeyMap.experience.${String(Math.round(value)) as '0'}`);
          return (
            <span
              key={at}
              className={styles.point}
              data-feel={Math.sign(Math.round(value))}
              style={{ '--x': `${x(at)}%`, '--y': `${y(value)}%` } as CSSProperties}
              role="img"
              aria-label={t('journeyMap.feltAt', { stage: name, value: word })}
              title={word}
            />
          );
        })}
      </div>
    </>
  );
}
