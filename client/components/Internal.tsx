import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Internal.module.css';

/** The lock with the words "only Acme's staff see this". */
export function InternalMark({ company }: { company: string }) {
  const { t } = useTranslation();
  return (
    <span className={styles.mark}>
      <IconLock className={styles.lock} stroke={1.75} aria-hidden="true" />
      {t('common.internalOnly', { company })}
    </span>
  );
}

type Props = { company: string; title?: string; children: ReactNode };

/** The unmistakable dress of what clients never see: amber left edge, lock, and the words. */
export function Internal({ company, title, children }: Props) {
  return (
    <section className={styles.internal} aria-label={title}>
      <header className={styles.head}>
        {title && <h2 className={styles.title}>{title}</h2>}
        <InternalMark company={company} />
      </header>
      {children}
    </section>
  );
}
