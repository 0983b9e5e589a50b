import { useTranslation } from 'react-i18next';
import { count } from '../../../words/format.ts';
import styles from './LiveFindings.module.css';
import { Severity } from './Severity.tsx';
import type { FindingView } from './view.ts';

type Props = {
  findings: readonly Pick<FindingView, 'rule' | 'severity' | 'scope' | 'column' | 'title' | 'count' | 'samples'>[];
  /** How many there are in all: the list holds the worst of them. */
  findingCount: number;
};

/** What was found so far, rule by rule, while the rest is still read: it grows before one's eyes. */
export function LiveFindings({ findings, findingCount }: Props) {
  const { t } = useTranslation();
  if (findings.length === 0) return null;
  return (
    <div className={styles.box}>
      <ol className={styles.list} aria-label={t('report.live.findings')}>
        {findings.map(({ rule, severity, scope, column, title, count: hits, samples: [example] }) => {
          return (
            <li key={`${rule} ${column} ${scope}`} className={styles.finding}>
              <Severity of={severity} isShort />
              <span className={styles.title}>{title}</span>
              <span className={styles.figure}>
                {scope === 'FILE'
                  ? t('report.count.FILE')
                  : t(`report.count.${scope}`, { count: hits, shown: count(hits) })}
              </span>
              {example && example.row !== null && (
                <span className={styles.place}>
                  {t('report.live.first', { row: count(example.row) })}
                  {example.column !== null && <code>{example.column}</code>}
                  {example.value !== null && example.value !== '' && <q className={styles.value}>{example.value}</q>}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {findingCount > findings.length && (
        <p className={styles.place}>{t('report.live.more', { count: findingCount - findings.length })}</p>
      )}
    </div>
  );
}
