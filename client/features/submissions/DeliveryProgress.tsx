import { Button, Progress } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { bytes } from '../../words/format.ts';
import type { Deliveries, Delivery, Place } from './deliveries.ts';
import { LiveCheck } from './report/LiveCheck.tsx';
import styles from './Submissions.module.css';

type Props = {
  place: Place;
  delivery: Delivery;
  deliveries: Deliveries;
  isChecked: boolean;
  /** What was found in it so far stands here. */
  isListed: boolean;
};

/** A file on its way: how far, how fast, and what to do when it stands. */
export function DeliveryProgress({ place, delivery, deliveries, isChecked, isListed }: Props) {
  const { t } = useTranslation();
  const [isStuck, setStuck] = useState(false);
  const { name, phase, sentBytes, sizeBytes, bytesPerSecond } = delivery;
  const percent = percentOf(sentBytes, sizeBytes);
  const isMoving = phase === 'preparing' || phase === 'sending' || phase === 'finishing';
  const problem = problemOf(delivery, t);

  const handleCancel = async () => setStuck(!(await deliveries.cancel(place)));
  const handleGoOn = () => void deliveries.goOn(place);

  return (
    <div className={styles.card}>
      <div className={styles.cardHead}>
        <span className={styles.fileName}>{name}</span>
        <span className={styles.figure}>{t('submissions.upload.percent', { percent })}</span>
      </div>
      <Progress
        value={percent}
        size="sm"
        aria-label={t('submissions.upload.label', { name })}
        color={phase === 'stopped' || phase === 'refused' ? 'bad' : 'accent'}
      />
      <div className={styles.cardFoot}>
        <span className={styles.figure}>
          {t('submissions.upload.sending', { sent: bytes(sentBytes), total: bytes(sizeBytes) })}
        </span>
        {phase === 'sending' && bytesPerSecond !== null && (
          <span className={styles.figure}>{t('submissions.upload.rate', { rate: bytes(bytesPerSecond) })}</span>
        )}
        <span className={styles.soft} role="status">
          {phase === 'preparing' && t('submissions.upload.preparing')}
          {phase === 'sending' && delivery.isWaiting && t('submissions.upload.waiting')}
          {phase === 'finishing' && t('submissions.upload.finishing')}
        </span>
      </div>
      {isChecked && delivery.submissionId !== null && phase !== 'refused' && (
        <LiveCheck submissionId={delivery.submissionId} name={name} isBarElsewhere isListed={isListed} />
      )}
      {problem && <FieldError>{problem}</FieldError>}
      {isStuck && <FieldError>{t('submissions.upload.notGivenUp')}</FieldError>}
      <div className={styles.actions}>
        {canGoOn(delivery) && (
          <Button onClick={handleGoOn}>
            {phase === 'unfinished' ? t('submissions.upload.handIn') : t('submissions.upload.goOn')}
          </Button>
        )}
        {phase !== 'finishing' && (
          <Button variant="default" onClick={handleCancel}>
            {isMoving ? t('submissions.upload.cancel') : t('submissions.upload.startOver')}
          </Button>
        )}
      </div>
    </div>
  );
}

function canGoOn({ phase, failure, message }: Delivery): boolean {
  if (phase === 'stopped') return failure === 'OFFLINE' || failure === 'FAILED';
  return phase === 'unfinished' || (phase === 'refused' && message === null);
}

function problemOf({ name, phase, failure, message, trouble }: Delivery, t: TFunction): string | null {
  if (phase === 'stopped' && failure) return t(`submissions.upload.failure.${failure}`);
  const reason = message ?? t(`submissions.trouble.${trouble ?? 'server'}`);
  if (phase === 'refused') return t('submissions.refused', { reason });
  return phase === 'unfinished' ? `${t('submissions.upload.unfinished', { name })} ${reason}` : null;
}

/** Whole percent, and 100 only when all is there. */
export function percentOf(sentBytes: number, sizeBytes: number): number {
  return sizeBytes === 0 ? 0 : Math.floor((sentBytes / sizeBytes) * 100);
}
