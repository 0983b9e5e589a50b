import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NoteState } from './connection.ts';
import styles from './Note.module.css';

type Props = { state: NoteState; onReopen: () => void };

/** Why the note went away, what became of the last changes, and what to do. */
export function NoteEnded({ state, onReopen }: Props) {
  const { t } = useTranslation();
  const reason = state.reason ?? 'broken';
  const staysHere = reason === 'restarted' && state.isKept;
  const canReopen = reason !== 'revoked';
  // A note that started anew has another address, which only the page's own query knows.
  const handleReopen = reason === 'restarted' ? () => window.location.reload() : onReopen;
  return (
    <div className={styles.ended} role="alert">
      <IconAlertTriangle className={styles.endedIcon} stroke={1.5} aria-hidden="true" />
      <div className={styles.endedWords}>
        <strong>{t(`notes.ended.${reason}.title`)}</strong>
        <p>{t(`notes.ended.${reason}.text`)}</p>
        {state.unsaved > 0 && (
          <p>{t(staysHere ? 'notes.ended.kept' : 'notes.ended.unsaved', { count: state.unsaved })}</p>
        )}
        {canReopen && (
          <Button variant="default" size="xs" onClick={handleReopen}>
            {state.unsaved > 0 && !staysHere ? t('notes.ended.discard') : t('notes.ended.reopen')}
          </Button>
        )}
      </div>
    </div>
  );
}
