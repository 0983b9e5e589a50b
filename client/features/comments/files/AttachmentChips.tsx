import { IconPaperclip, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { bytes } from '../../../words/format.ts';
import styles from './Files.module.css';
import type { Attachments } from './useAttachments.ts';

type Props = { files: ReturnType<Attachments['of']>; onRetry: (key: string) => void; onRemove: (key: string) => void };

/** The files of a comment that is being written: how far each has come, and how to be rid of it. */
export function AttachmentChips({ files, onRetry, onRemove }: Props) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <ul className={styles.files}>
      {files.map(({ key, name, sizeBytes, sentBytes, phase, failure }) => (
        <li key={key} className={styles.file} data-phase={phase}>
          <IconPaperclip size={16} stroke={1.5} aria-hidden />
          <span className={styles.name}>{name}</span>
          {phase === 'sending' ? (
            <progress
              className={styles.progress}
              max={sizeBytes}
              value={sentBytes}
              aria-label={t('comments.files.progress', { name })}
            />
          ) : (
            <span className={styles.size}>{bytes(sizeBytes)}</span>
          )}
          {phase === 'failed' && (
            <button type="button" className={styles.act} onClick={() => onRetry(key)}>
              <IconRefresh size={16} stroke={1.5} aria-hidden />
              {t('comments.files.tryAgain')}
            </button>
          )}
          <button
            type="button"
            className={styles.act}
            aria-label={t('comments.files.remove', { name })}
            onClick={() => onRemove(key)}
          >
            <IconX size={16} stroke={1.5} aria-hidden />
          </button>
          {failure && (
            <p role="alert" className={styles.failure}>
              {failure}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
