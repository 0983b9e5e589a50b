import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../components/Skeletons.tsx';
import { connectNote, type NoteConnection } from './connection.ts';
import styles from './Note.module.css';
import { NoteEnded } from './NoteEnded.tsx';
import { NoteLeftover } from './NoteLeftover.tsx';
import { NotePaper } from './NotePaper.tsx';
import { NoteStatus } from './NoteStatus.tsx';

type Person = { id: string; name: string };
/** Where a note stands: what names the people who read it, and takes its files. */
export type NotePlace = { taskId: string; noteId: string; audience: 'SHARED' | 'INTERNAL' };
type Props = {
  place: NotePlace;
  room: string;
  canEdit: boolean;
  viewer: Person;
  onLost: (words: string) => void;
};

/** Opens the line to a note, and again when the person asks for it after it ended. */
export function NoteRoom({ place, room, canEdit, viewer, onLost }: Props) {
  const [attempt, setAttempt] = useState(0);
  const [connection, setConnection] = useState<NoteConnection | null>(null);

  // Called behind the screen's end, too: a line that was left goes on until all is saved, or can never be.
  const lost = useRef(onLost);
  lost.current = onLost;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt is a new line
  useEffect(() => {
    const opened = connectNote(room, viewer.id, { canEdit, onLost: (words) => lost.current(words) });
    setConnection(opened);
    return () => opened.leave();
  }, [room, viewer.id, canEdit, attempt]);

  return connection ? (
    <NoteView
      key={attempt}
      place={place}
      connection={connection}
      canEdit={canEdit}
      viewer={viewer}
      onReopen={() => {
        setConnection(null);
        setAttempt(attempt + 1);
      }}
    />
  ) : (
    <Skeletons rows={4} shape="line" />
  );
}

type ViewProps = {
  place: NotePlace;
  connection: NoteConnection;
  canEdit: boolean;
  viewer: Person;
  onReopen: () => void;
};

function NoteView({ place, connection, canEdit, viewer, onReopen }: ViewProps) {
  const { t } = useTranslation();
  const state = useSyncExternalStore(connection.onChange, connection.state);
  // Once shown, the text stays on the screen whatever becomes of the line.
  const [isShown, setShown] = useState(false);
  if (state.phase === 'open' && !isShown) setShown(true);
  const isEnded = state.phase === 'ended';

  return (
    <section className={styles.note} aria-label={t('notes.label')}>
      {/* The headings of the text stand under it, also where a phone shows the note alone. */}
      <VisuallyHidden component="h2">{t('notes.label')}</VisuallyHidden>
      {isEnded && <NoteEnded state={state} onReopen={onReopen} />}
      {isShown && <NoteLeftover connection={connection} />}
      {isShown && (
        <>
          <NotePaper place={place} connection={connection} isEditable={canEdit && !isEnded} viewerName={viewer.name} />
          {!isEnded && <NoteStatus state={state} canEdit={canEdit} />}
        </>
      )}
      {!isShown && !isEnded && (
        <>
          {state.phase === 'slow' && (
            <p className={styles.slow} role="status">
              {t('notes.slow')}
            </p>
          )}
          <Skeletons rows={4} shape="line" />
        </>
      )}
    </section>
  );
}
