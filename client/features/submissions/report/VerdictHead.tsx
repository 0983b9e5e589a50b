import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../../components/Time.tsx';
import { count } from '../../../words/format.ts';
import { useProjectOver } from '../projectOver.ts';
import styles from './Report.module.css';
import { Sentence } from './Sentence.tsx';
import { readyPercent, verdictMeaning, verdictSentence } from './verdictWords.ts';
import type { ReportView } from './view.ts';

const tones = { ACCEPTED: 'good', ACCEPTED_WITH_WARNINGS: 'care', REJECTED: 'bad' } as const;

type Props = {
  report: ReportView;
  isMeaningSaid: boolean;
  /** Somebody let it count in spite of what was found: that is the verdict then. */
  acceptance?: { reason: string; at: string; by: { name: string } } | null;
  children?: ReactNode;
};

/** The verdict in one sentence with a bar, and what it means. */
export function VerdictHead({ report, isMeaningSaid, acceptance = null, children }: Props) {
  const { t } = useTranslation();
  const isOver = useProjectOver();
  const percent = readyPercent(report);
  return (
    <div className={styles.verdict}>
      <Sentence tone={tones[acceptance ? 'ACCEPTED_WITH_WARNINGS' : report.verdict]} role="status">
        {acceptance ? t('report.history.acceptedBy', { name: acceptance.by.name }) : verdictSentence(report, t, isOver)}
      </Sentence>
      {acceptance && (
        <>
          <blockquote className={styles.reason}>
            <p>{acceptance.reason}</p>
            <footer className={styles.soft}>
              <RelativeTime at={acceptance.at} />
            </footer>
          </blockquote>
          <p>{verdictSentence(report, t, isOver)}</p>
        </>
      )}
      {report.rows > 0 && report.isReadable && (
        <span
          className={styles.bar}
          data-full={percent === 100 || undefined}
          role="img"
          aria-label={t('report.bar', { percent })}
        >
          <span style={{ width: `${percent}%` }} />
        </span>
      )}
      {isMeaningSaid && <p className={styles.soft}>{verdictMeaning(report, t, isOver)}</p>}
      {report.rows > 0 && !report.isReadable && (
        <p>{t('report.part', { count: report.rows, shown: count(report.rows) })}</p>
      )}
      {children}
    </div>
  );
}
