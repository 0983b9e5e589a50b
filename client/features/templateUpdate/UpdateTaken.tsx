import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { FieldError } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import type { Taken } from './documents.ts';
import styles from './Update.module.css';
import { useTakeBack } from './useTakeBack.ts';

type Props = { projectId: string; taken: Taken; mayEdit: boolean };

/** The version that was taken over last, by whom and when, and the way back to the one before. */
export function UpdateTaken({ projectId, taken, mayEdit }: Props) {
  const { t } = useTranslation();
  const takeBack = useTakeBack(projectId);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { template, toVersion, fromVersion, at, by } = taken;
  const day = dayWords(todayOf(new Date(at)), todayOf(useNow()));

  const handleUndo = async () => {
    setIsBusy(true);
    try {
      setFailure(await takeBack({ templateId: template.id, toVersion }));
    } catch (reason) {
      setFailure(t('templateUpdate.failed', { reason: t(`comments.failure.${failureOf(reason)}`) }));
    } finally {
      setIsBusy(false);
    }
  };

  const said = { name: template.name, to: toVersion, day, person: by?.name ?? '' };
  return (
    <div className={styles.line}>
      <p>{by ? t('templateUpdate.takenBy', said) : t('templateUpdate.takenOn', said)}</p>
      {mayEdit && (
        <Button variant="default" size="xs" loading={isBusy} onClick={() => void handleUndo()}>
          {t('templateUpdate.undo', { from: fromVersion })}
        </Button>
      )}
      {failure && <FieldError>{failure}</FieldError>}
    </div>
  );
}
