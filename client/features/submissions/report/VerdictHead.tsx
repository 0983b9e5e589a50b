import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Report.module.css';
import { readyPercent, verdictMeaning, verdictSentence } from './verdictWords.ts';
import type { ReportView } from './view.ts';

const looks = {
  ACCEPTED: { Icon: IconCircleCheck, tone: 'good' },
  ACCEPTED_WITH_WARNINGS: { Icon: IconAlertTriangle, tone: 'care' },
  REJECTED: { Icon: IconCircleX, tone: 'bad' },
} as const;

type Props = { report: ReportView; isMeaningSaid: boolean; children?: ReactNode };

/** The verdict in one sentence with a bar, and what it means. */
export function VerdictHead({ report, isMeaningSaid, children }: Props) {
  const { t } = useTranslation();
  const { Icon, tone } = looks[report.verdict];
  const percent = readyPercent(report);
  return (
    <div className={styles.verdict} data-tone={tone}>
      <p className={styles.sentence} role="status">
        <Icon size={20} stroke={1.5} aria-hidden />
        <strong>{verdictSentence(report, t)}</strong>
      </p>
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
      {isMeaningSaid && <p className={styles.soft}>{verdictMeaning(report, t)}</p>}
      {children}
    </div>
  );
}
