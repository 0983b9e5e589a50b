import { useTranslation } from 'react-i18next';
import styles from './Mentions.module.css';

/** Why a text that was sent still stands in its field. */
export function Looking({ isHeld }: { isHeld: boolean }) {
  const { t } = useTranslation();
  return (
    <p role="status" className={styles.looking}>
      {isHeld ? t('comments.mentions.looking') : ''}
    </p>
  );
}
