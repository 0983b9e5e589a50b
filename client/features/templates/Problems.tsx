import { useTranslation } from 'react-i18next';
import type { Problem } from './documents.ts';
import styles from './Editor.module.css';

type Props = { problems: readonly Problem[] };

/** What keeps this part from being published. */
export function Problems({ problems }: Props) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <section className={styles.problems} aria-label={t('templates.task.problems')}>
      <strong>{t('templates.task.problems')}</strong>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.code} ${problem.message}`}>{problem.message}</li>
        ))}
      </ul>
    </section>
  );
}
