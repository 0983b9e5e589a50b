import { useTranslation } from 'react-i18next';
import styles from './Skeletons.module.css';

type Props = { rows?: number; shape?: 'row' | 'card' | 'line' | 'title' };

/** Grey shapes where content is about to stand; read out once as "Loading". */
export function Skeletons({ rows = 1, shape = 'row' }: Props) {
  const { t } = useTranslation();
  const keys = Array.from({ length: rows }, (_, index) => index);
  return (
    <div className={styles.stack} data-loading role="status" aria-label={t('common.loading')}>
      {keys.map((key) => (
        <span key={key} className={styles.bone} data-shape={shape} aria-hidden="true" />
      ))}
    </div>
  );
}
