import { useSubscription } from '@apollo/client/react';
import { Progress } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { bytes, count, percent } from '../../../words/format.ts';
import { progressStream } from './documents.ts';
import styles from './Report.module.css';

type Props = {
  submissionId: string;
  name: string;
  /** The bar of the bytes stands elsewhere already. */
  isBarElsewhere?: boolean;
};

/** How far checking a file has got, live: for whoever sends it, and for everybody else who may see it. */
export function LiveCheck({ submissionId, name, isBarElsewhere = false }: Props) {
  const { t } = useTranslation();
  const { data } = useSubscription(progressStream, { variables: { submissionId } });
  const now = data?.validationProgress;
  const faults = now ? now.errors + now.warnings : 0;
  if (isBarElsewhere && (!now || now.rows === 0)) return null;
  return (
    <div className={styles.live} data-live-check>
      {!isBarElsewhere && (
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
          <span>{t('submissions.upload.sending', { sent: bytes(now.bytes), total: bytes(now.sizeBytes) })}</span>
        )}
        {now && now.rows > 0 && <span>{t('report.live.rows', { rows: count(now.rows) })}</span>}
        {now && now.rows > 0 && (
          <span data-tone={faults > 0 ? 'bad' : undefined}>
            {faults > 0 ? t('report.live.faults', { count: faults, shown: count(faults) }) : t('report.live.clean')}
          </span>
        )}
      </p>
    </div>
  );
}

function stateWords(state: string | null, t: TFunction): string {
  if (state === null) return t('report.live.waiting');
  if (state === 'QUEUED') return t('report.live.queued');
  return t('report.live.checking');
}
