import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Internal } from '../../components/Internal.tsx';
import type { Milestone } from './documents.ts';
import styles from './Milestones.module.css';
import { scoreInWords } from './scores.ts';

type Props = {
  ratings: NonNullable<Milestone['ratings']>;
  figures: NonNullable<Milestone['figures']>;
  company: string;
};

/** What clients said of how it went: for staff alone. */
export function StaffRatings({ ratings, figures, company }: Props) {
  const { t } = useTranslation();
  const { asked, answered, average } = figures;
  return (
    <Internal company={company}>
      <h3 className={styles.small}>{t('milestones.staff.title')}</h3>
      <p className={styles.soft}>
        {average === null
          ? t('milestones.staff.answered', { answered, asked })
          : t('milestones.staff.average', { average, answered, asked })}
      </p>
      {average === null && answered > 0 && <p className={styles.faint}>{t('milestones.staff.few')}</p>}
      <ul className={styles.answers}>
        {ratings.map(({ by, score, words, answeredAt, task }, index) => {
          const name = by?.name ?? t('milestones.staff.gone');
          return (
            <li key={by?.id ?? `gone ${index}`}>
              <p data-low={score !== null && score <= 2 ? true : undefined}>
                {answeredAt === null
                  ? t('milestones.staff.waiting', { name })
                  : score === null
                    ? t('milestones.staff.declined', { name })
                    : t('milestones.staff.line', { name, score: scoreInWords(t, score) })}
              </p>
              {words && <p className={styles.note}>{t('milestones.note', { note: words })}</p>}
              {task && (
                <Link to="/tasks/$taskId" params={{ taskId: task.id }}>
                  {t('milestones.staff.task')}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </Internal>
  );
}
