import styles from './Logo.module.css';

/** The company's picture; without one the mark of Slipway, a hull going down its slip. */
export function Logo({ url = null }: { url?: string | null }) {
  if (url) return <img className={styles.picture} src={url} alt="" />;
  return (
    <svg className={styles.logo} viewBox="0 0 32 32" aria-hidden="true">
      <rect className={styles.tile} width="32" height="32" rx="7" />
      <path className={styles.slip} d="M6 22 L26 12 M6 26 H26" />
      <path className={styles.hull} d="M10 15.5 L19 11 L21 14.6 L12 19.1 Z" />
    </svg>
  );
}
