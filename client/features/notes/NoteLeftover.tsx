import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import type { NoteConnection } from './connection.ts';
import type { Leftover } from './keeping.ts';
import styles from './Note.module.css';

/** What somebody wrote and could not send before the note was started anew: to be copied, or dropped. */
export function NoteLeftover({ connection }: { connection: NoteConnection }) {
  const { t } = useTranslation();
  const [leftover, setLeftover] = useState<Leftover | null>(null);
  useEffect(() => {
    let isGone = false;
    void connection.leftover.then((found) => isGone || setLeftover(found));
    return () => {
      isGone = true;
    };
  }, [connection]);

  if (!leftover) return null;
  const handleDrop = () => {
    setLeftover(null);
    void leftover.forget();
  };
  return (
    <div className={styles.ended} role="alert">
      <IconAlertTriangle className={styles.endedIcon} stroke={1.5} aria-hidden="true" />
      <div className={styles.endedWords}>
        <strong>{t('notes.leftover.title')}</strong>
        <p>{t('notes.leftover.text')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is read to its end by keyboard */}
        <section className={styles.leftover} aria-label={t('notes.leftover.label')} tabIndex={0}>
          <CodeBlock>{leftover.markdown}</CodeBlock>
        </section>
        <Button variant="default" size="xs" onClick={handleDrop}>
          {t('notes.leftover.drop')}
        </Button>
      </div>
    </div>
  );
}
