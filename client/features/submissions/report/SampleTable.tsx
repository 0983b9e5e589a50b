import { useTranslation } from 'react-i18next';
import { count } from '../../../words/format.ts';
import styles from './Report.module.css';
import { Value } from './Value.tsx';
import type { FindingView, SampleView } from './view.ts';

type Props = { finding: FindingView; samples: readonly SampleView[] };

/** The first rows where a rule is broken, at most a hundred, the bad cell marked. */
export function SampleTable({ finding, samples }: Props) {
  const { t } = useTranslation();
  const { title, column, message } = finding;
  const isColumnShown = samples.some((sample) => sample.column !== column);
  const isMessageShown = samples.some((sample) => sample.message !== message);
  return (
    <div className={styles.more}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('report.sample.label', { title })}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.number}>
                {t('report.sample.where')}
              </th>
              {isColumnShown && <th scope="col">{t('report.sample.column')}</th>}
              <th scope="col">{t('report.sample.value')}</th>
              {isMessageShown && <th scope="col">{t('report.sample.wanted')}</th>}
            </tr>
          </thead>
          <tbody>
            {samples.map((sample, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes its order
              <tr key={index}>
                <td
                  className={styles.number}
                  title={sample.line === null ? undefined : t('report.sample.line', { line: count(sample.line) })}
                >
                  {sample.row === null ? '–' : count(sample.row)}
                </td>
                {isColumnShown && <td>{sample.column}</td>}
                <td>
                  <Value value={sample.value} fixed={sample.fixed} isMarked />
                </td>
                {isMessageShown && <td>{sample.message}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {samples.length < finding.count && (
        <p className={styles.soft}>
          {t('report.sample.firstOf', { shown: count(samples.length), all: count(finding.count) })}
        </p>
      )}
    </div>
  );
}
