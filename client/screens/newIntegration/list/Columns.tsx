import { useTranslation } from 'react-i18next';
import styles from './List.module.css';
import type { Plan } from './rows.ts';

/** What the columns were taken for; those that were not recognised are said first, since what stands in them is lost. */
export function Columns({ columns }: { columns: Plan['columns'] }) {
  const { t } = useTranslation();
  const isUnknown = ({ field, isDouble }: Plan['columns'][number]) => field === null || isDouble;
  const unknown = columns.filter(isUnknown);
  const known = columns.filter((column) => !isUnknown(column) && column.field !== 'REASONS');
  if (columns.length === 0) return null;
  return (
    <section className={styles.columns} aria-label={t('newIntegration.list.columns')}>
      {unknown.length > 0 && (
        <p className={styles.care}>
          {t('newIntegration.list.unknown', {
            count: unknown.length,
            names: unknown
              .map(({ name }, at) => name || t('newIntegration.list.unnamed', { number: at + 1 }))
              .join(', '),
          })}
        </p>
      )}
      <details>
        <summary className={styles.summary}>{t('newIntegration.list.recognised', { count: known.length })}</summary>
        <dl className={styles.pairs}>
          {known.map(({ name, field, fact }) => (
            <div key={name} className={styles.pair}>
              <dt>{name}</dt>
              <dd>
                {field === 'FACT'
                  ? t('newIntegration.list.fact', { key: fact ?? '' })
                  : field && field !== 'REASONS' && t(`newIntegration.list.field.${field}`)}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
