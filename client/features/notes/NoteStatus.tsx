import { IconCheck, IconCloudOff, IconEye, IconRefresh, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NoteState } from './connection.ts';
import styles from './Note.module.css';

type Props = { state: NoteState; canEdit: boolean };

/** What is saved, and who else is here: the truth of the moment, in words. */
export function NoteStatus({ state, canEdit }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.status}>
      <p className={styles.saved} role="status" data-tone={isCare(state) ? 'care' : undefined}>
        <Saved state={state} canEdit={canEdit} />
      </p>
      {state.phase !== 'offline' && state.others.length > 0 && (
        <p className={styles.others}>
          <IconUsers className={styles.icon} stroke={1.5} aria-hidden="true" />
          {t('notes.others', { names: state.others.join(', ') })}
        </p>
      )}
    </div>
  );
}

function isCare({ phase, isFailing }: NoteState): boolean {
  return phase === 'offline' || isFailing;
}

function Saved({ state: { phase, unsaved, isKept, isSaving, isFailing }, canEdit }: Props) {
  const { t } = useTranslation();
  if (phase === 'offline') {
    const unsavedWords = isKept ? 'notes.offlineKept' : 'notes.offlineUnsaved';
    const words = unsaved > 0 ? t(unsavedWords, { count: unsaved }) : t('notes.offline');
    return (
      <>
        <IconCloudOff className={styles.icon} stroke={1.5} aria-hidden="true" />
        {words}
      </>
    );
  }
  if (!canEdit) {
    return (
      <>
        <IconEye className={styles.icon} stroke={1.5} aria-hidden="true" />
        {t('notes.readOnly')}
      </>
    );
  }
  if (isFailing && unsaved > 0) {
    return (
      <>
        <IconRefresh className={styles.icon} stroke={1.5} aria-hidden="true" />
        {t('notes.failing', { count: unsaved })}
      </>
    );
  }
  return isSaving ? (
    <>
      <IconRefresh className={styles.icon} stroke={1.5} aria-hidden="true" />
      {t('notes.saving')}
    </>
  ) : (
    <>
      <IconCheck className={styles.icon} stroke={1.5} aria-hidden="true" />
      {t('notes.saved')}
    </>
  );
}
