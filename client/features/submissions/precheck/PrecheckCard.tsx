import { Button, Progress } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes, count, percent } from '../../../words/format.ts';
import styles from '../report/Report.module.css';
import { ReportSkeleton } from '../report/ReportSkeleton.tsx';
import type { Prechecked } from './usePrecheck.ts';

const PrecheckReport = lazy(async () => ({ default: (await import('./PrecheckReport.tsx')).PrecheckReport }));

type Props = {
  prechecked: Prechecked;
  /** Sends this file: the one that was chosen, or what repairing made of it. */
  onSend: (file: File) => void;
  onAnother: () => void;
};

/** What the browser finds in a file before it is sent, or while it is. */
export function PrecheckCard({ prechecked, onSend, onAnother }: Props) {
  const { t } = useTranslation();
  const { file, isAlongside, progress, report } = prechecked;
  const { name } = file;
  if (report) {
    return (
      <Suspense fallback={<ReportSkeleton />}>
        <PrecheckReport prechecked={{ ...prechecked, report }} onSend={onSend} onAnother={onAnother} />
      </Suspense>
    );
  }
  return (
    <section className={styles.report} aria-label={t('report.precheck.label', { name })}>
      <p role="status">{isAlongside ? t('report.precheck.alongside') : t('report.precheck.checking', { name })}</p>
      <Progress
        value={percent(progress?.bytes ?? 0, file.size)}
        size="sm"
        color="accent"
        aria-label={t('report.precheck.label', { name })}
      />
      <p className={styles.facts}>
        <span>{t('submissions.upload.sending', { sent: bytes(progress?.bytes ?? 0), total: bytes(file.size) })}</span>
        {progress && <span>{t('report.live.rows', { rows: count(progress.rows) })}</span>}
        {progress && progress.errors + progress.warnings > 0 && (
          <span>
            {t('report.live.faults', {
              count: progress.errors + progress.warnings,
              shown: count(progress.errors + progress.warnings),
            })}
          </span>
        )}
      </p>
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
