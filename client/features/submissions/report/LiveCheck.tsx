import { useSubscription } from '@apollo/client/react';
import { Progress } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { bytes, percent } from '../../../words/format.ts';
import { progressStream } from './documents.ts';
import { LiveFindings } from './LiveFindings.tsx';
import { loadReport } from './loadReport.ts';
import styles from './Report.module.css';
import { SoFar } from './SoFar.tsx';
import { findingsOf } from './view.ts';

type Props = {
  submissionId: string;
  name: string;
  /** The bar of the bytes stands elsewhere already. */
  isBarElsewhere?: boolean;
  /** What was found stands here, rule by rule; false where it stands elsewhere already. */
  isListed?: boolean;
};

/** How far checking a file has got, live: for whoever sends it, and for everybody else who may see it. */
export function LiveCheck({ submissionId, name, isBarElsewhere = false, isListed = true }: Props) {
  const { t } = useTranslation();
  const { data } = useSubscription(progressStream, {
    variables: { submissionId },
    // Nothing else on the screen reads it, and it comes four times a second.
    fetchPolicy: 'no-cache',
  });
  useEffect(() => {
    // A failure is told where the report is shown.
    loadReport().catch(() => {});
  }, []);
  const now = data?.validationProgress;
  if (isBarElsewhere && (!now || !hasBegun(now))) return null;
  // Of what is fetched nobody knows how much will come.
  const isSizeKnown = !now || now.sizeBytes > 0;
  return (
    <div className={styles.live} data-live-check>
      {!isBarElsewhere && isSizeKnown && (
        <Progress
          value={now ? percent(now.bytes, now.sizeBytes) : 0}
          size="sm"
          color="accent"
          aria-label={t('report.live.label', { name })}
        />
      )}
      <p className={styles.facts}>
        <span role="status">{stateWords(now?.state ?? null, t)}</span>
        {now && !isBarElsewhere && (
          <span>
            {isSizeKnown
              ? t('submissions.upload.sending', { sent: bytes(now.bytes), total: bytes(now.sizeBytes) })
              : t('report.live.fetched', { sent: bytes(now.bytes) })}
          </span>
        )}
        {now && hasBegun(now) && <SoFar rows={now.rows} errors={now.errors} warnings={now.warnings} />}
      </p>
      {now && isListed && <LiveFindings findings={findingsOf(now.findings, 0)} findingCount={now.findingCount} />}
    </div>
  );
}

/** A file may have a fault before it has a row: it is a picture, or packed in a way that cannot be read. */
function hasBegun({ rows, errors, warnings }: { rows: number; errors: number; warnings: number }): boolean {
  return rows + errors + warnings > 0;
}

function stateWords(state: string | null, t: TFunction): string {
  if (state === null) return t('report.live.waiting');
  if (state === 'QUEUED') return t('report.live.queued');
  return t('report.live.checking');
}
