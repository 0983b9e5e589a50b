import { Button, FileButton, Progress } from '@mantine/core';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isContinued, receivedBytes, wasChanged } from '../../api/uploads.ts';
import { FieldError } from '../../components/Notice.tsx';
import { bytes } from '../../words/format.ts';
import { percentOf } from './DeliveryProgress.tsx';
import type { Begun, Deliveries, Place } from './deliveries.ts';
import styles from './Submissions.module.css';

type Props = {
  place: Place;
  begun: Begun;
  file: { name: string; sizeBytes: number };
  accept: string;
  deliveries: Deliveries;
  whenGone: ReactNode;
};

/** An upload that stopped before this page was opened. The browser has lost the file, so it is asked for again. */
export function PendingUpload({ place, begun, file, accept, deliveries, whenGone }: Props) {
  const { t } = useTranslation();
  const [received, setReceived] = useState<number | 'GONE' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const resetRef = useRef<() => void>(null);

  useEffect(() => {
    let isCurrent = true;
    void receivedBytes(begun.uploadUrl).then((found) => isCurrent && setReceived(found));
    return () => {
      isCurrent = false;
    };
  }, [begun.uploadUrl]);

  const handleFile = async (chosen: File | null) => {
    if (!chosen) return;
    resetRef.current?.();
    const other = differenceOf(chosen, file, t);
    const isChanged =
      other === null && (wasChanged(begun.uploadUrl, chosen) || !(await isContinued(begun.uploadUrl, chosen)));
    const found = other ?? (isChanged ? t('submissions.upload.failure.CHANGED') : null);
    setProblem(found);
    if (!found) void deliveries.start(place, chosen, { begun });
  };
  const handleStartOver = async () => {
    const isGone = await deliveries.cancel(place, begun);
    setProblem(isGone ? null : t('submissions.upload.notGivenUp'));
  };

  if (received === 'GONE') return whenGone;
  const { name } = file;
  const percent = received === null ? null : percentOf(received, file.sizeBytes);
  const isWhole = received === file.sizeBytes;
  return (
    <div className={styles.card}>
      <div className={styles.cardHead}>
        <p>
          {isWhole
            ? t('submissions.upload.unfinished', { name })
            : percent === null
              ? t('submissions.upload.stoppedPlain', { name })
              : t('submissions.upload.stopped', { name, percent })}
        </p>
      </div>
      {percent !== null && (
        <Progress value={percent} size="sm" aria-label={t('submissions.upload.label', { name })} color="accent" />
      )}
      {!isWhole && (
        <p className={styles.soft}>
          {t('submissions.upload.chooseSame', { name })} {t('submissions.upload.kept')}
        </p>
      )}
      {problem && <FieldError>{problem}</FieldError>}
      <div className={styles.actions}>
        {isWhole ? (
          <Button onClick={() => void deliveries.handIn(place, begun, file)}>{t('submissions.upload.handIn')}</Button>
        ) : (
          <FileButton onChange={handleFile} accept={accept} resetRef={resetRef}>
            {(props) => <Button {...props}>{t('submissions.upload.chooseAgain')}</Button>}
          </FileButton>
        )}
        <Button variant="default" onClick={handleStartOver}>
          {t('submissions.upload.startOver')}
        </Button>
      </div>
    </div>
  );
}

/** Why the chosen file cannot be the one that was begun; null when it may be. Bytes of two files must never be joined. */
function differenceOf(chosen: File, wanted: Props['file'], t: TFunction): string | null {
  const { name } = wanted;
  if (chosen.size !== wanted.sizeBytes) {
    return t('submissions.upload.otherSize', { name, size: bytes(chosen.size), wanted: bytes(wanted.sizeBytes) });
  }
  // Compared by letters and figures: the server shows a name with its unsafe characters replaced.
  const plain = (text: string) => text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');
  return plain(chosen.name) === plain(name) ? null : t('submissions.upload.otherName', { name, chosen: chosen.name });
}
