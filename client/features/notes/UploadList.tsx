import { IconPaperclip, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './NoteFiles.module.css';
import type { Uploads } from './useUploads.ts';

/** The files that are on their way into the note. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const { t } = useTranslation();
  if (uploads.all.length === 0) return null;
  return (
    <ul className={styles.uploads} aria-label={t('notes.file.underWay')}>
      {uploads.all.map(({ key, name, sizeBytes, sentBytes, failure }) => (
        <li key={key} className={styles.upload}>
          <IconPaperclip className={styles.icon} stroke={1.5} aria-hidden="true" />
          <span className={styles.name}>{name}</span>
          {failure === null ? (
            <progress
              className={styles.progress}
              max={sizeBytes}
              value={sentBytes}
              aria-label={t('notes.file.progress', { name })}
            />
          ) : (
            <button type="button" className={styles.act} onClick={() => uploads.retry(key)}>
              <IconRefresh className={styles.icon} stroke={1.5} aria-hidden="true" />
              {t('notes.file.tryAgain')}
            </button>
          )}
          <button
            type="button"
            className={styles.act}
            aria-label={t('notes.file.remove', { name })}
            onClick={() => uploads.remove(key)}
          >
            <IconX className={styles.icon} stroke={1.5} aria-hidden="true" />
          </button>
          {failure !== null && (
            <p role="alert" className={styles.failure}>
              {failure}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
