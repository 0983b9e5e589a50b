import { useFrame } from '../../frameContext.ts';
import styles from './Stars.module.css';

const star = 'M12 3.2l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1-5.4-3-5.4 3 1.1-6.1L3.2 9.6l6.1-.8z';
const marks = [1, 2, 3, 4, 5] as const;

/** Up to five stars, the last one filled as far as the figure goes. */
export function Stars({ value }: { value: number }) {
  const { t, look } = useFrame();
  const shown = new Intl.NumberFormat(look.locale, { maximumFractionDigits: 1 }).format(value);
  return (
    <span className={styles.stars} role="img" aria-label={t('firstLookMocks.review.of5', { value: shown })}>
      {marks.map((mark) => (
        <Star key={mark} part={Math.min(1, Math.max(0, value - mark + 1))} />
      ))}
    </span>
  );
}

export function Star({ part }: { part: number }) {
  return (
    <span className={styles.star} aria-hidden="true">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={star} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      </svg>
      <span className={styles.full} style={{ width: `${part * 100}%` }}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={star} fill="currentColor" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
        </svg>
      </span>
    </span>
  );
}
