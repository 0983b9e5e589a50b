import { Button, Progress } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes, percent } from '../../../words/format.ts';
import { LiveFindings } from '../report/LiveFindings.tsx';
import styles from '../report/Report.module.css';
import { ReportSkeleton } from '../report/ReportSkeleton.tsx';
import { SoFar } from '../report/SoFar.tsx';
import { withReportWords } from '../report/withWords.ts';
import type { Chosen } from './orders.ts';
import { type Prechecked, sentAtOnceBytes } from './usePrecheck.ts';

const PrecheckReport = lazy(async () => {
  const loaded = await withReportWords(import('./PrecheckReport.tsx'));
  return { default: loaded.PrecheckReport };
});

type Props = {
  prechecked: Prechecked;
  /** Sends this file: the one that was chosen, or what repairing so many of its values made of it. */
  onSend: (file: File, repairs: number) => void;
  /** What is said of it counts at once; `onChoose` checks it again with it. */
  onSay: (said: Partial<Chosen>) => void;
  onChoose: (chosen: Partial<Chosen>) => Promise<boolean>;
  onAnother: () => void;
};

/** What the browser finds in a file before it is sent, or while it is. */
export function PrecheckCard({ prechecked, onSend, onSay, onChoose, onAnother }: Props) {
  const { t } = useTranslation();
  const { file, isAlongside, progress, report } = prechecked;
  const { name } = file;
  if (report) {
    return (
      <Suspense fallback={<ReportSkeleton />}>
        <PrecheckReport
          prechecked={{ ...prechecked, report }}
          onSend={onSend}
          onSay={onSay}
          onChoose={onChoose}
          onAnother={onAnother}
        />
      </Suspense>
    );
  }
  return (
    <section className={styles.report} aria-label={t('report.precheck.label', { name })}>
      <p role="status">
        {isAlongside
          ? t('report.precheck.alongside', { size: bytes(sentAtOnceBytes) })
          : t('report.precheck.checking', { name })}
      </p>
      <Progress
        value={percent(progress?.bytes ?? 0, file.size)}
        size="sm"
        color="accent"
        aria-label={t('report.precheck.label', { name })}
      />
      <p className={styles.facts}>
        <span>{t('submissions.upload.sending', { sent: bytes(progress?.bytes ?? 0), total: bytes(file.size) })}</span>
        {progress && <SoFar rows={progress.rows} errors={progress.errors} warnings={progress.warnings} />}
      </p>
      {progress && <LiveFindings findings={progress.findings} findingCount={progress.findingCount} />}
      {!isAlongside && (
        <div className={styles.actions}>
          <Button variant="default" onClick={onAnother}>
            {t('report.precheck.another')}
          </Button>
        </div>
      )}
    </section>
  );
}
