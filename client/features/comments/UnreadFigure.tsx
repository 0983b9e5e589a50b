import { useTranslation } from 'react-i18next';
import styles from './UnreadFigure.module.css';

/** How many comments one has not read, as a small figure; nothing when there are none. */
export function UnreadFigure({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  const words = t('comments.unread', { count });
  return (
    <span className={styles.figure} role="img" aria-label={words} title={words}>
      {count}
    </span>
  );
}
