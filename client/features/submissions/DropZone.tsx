import { Button, FileButton } from '@mantine/core';
import { IconCamera, IconUpload } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type ChangeEvent, type DragEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { bytes } from '../../words/format.ts';
import styles from './Submissions.module.css';

type Props = { acceptedExtensions: string[]; maxBytes: number; next: string; onFile: (file: File) => void };

/** The place to drop a file. The browser's own field lies over it, so mouse, keyboard and reader all find one thing. */
export function DropZone({ acceptedExtensions, maxBytes, next, onFile }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const limit = bytes(maxBytes);
  const extensions = acceptedExtensions.join(', ');

  const take = (files: FileList | readonly File[] | null) => {
    const file = files?.[0];
    if (!files || !file) return;
    const found = files.length > 1 ? t('submissions.file.one') : problemOf(file, acceptedExtensions, maxBytes, t);
    setProblem(found);
    if (!found) onFile(file);
  };
  const zone = useRef<HTMLDivElement>(null);
  const takePasted = useEffectEvent((event: ClipboardEvent) => {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0 || !isMeant(zone.current, event.target)) return;
    event.preventDefault();
    take(files);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => takePasted(event);
    document.addEventListener('paste', listen);
    return () => document.removeEventListener('paste', listen);
  }, []);
  const handleChange = (event: ChangeEvent<HTMLInputElement>) => {
    take(event.currentTarget.files);
    // The same file can be chosen again after it was mended.
    event.currentTarget.value = '';
  };
  const handleDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };

  return (
    <div className={styles.stack}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the field in it does */}
      <div
        ref={zone}
        data-zone
        className={styles.zone}
        data-over={isOver || undefined}
        onDragEnter={() => setOver(true)}
        onDragOver={(event) => event.preventDefault()}
        onDragLeave={() => setOver(false)}
        onDrop={handleDrop}
      >
        <IconUpload size={20} stroke={1.5} aria-hidden />
        <p id={`${id}-title`} className={styles.zoneTitle}>
          {isOver ? (
            t('submissions.file.drop')
          ) : (
            <>
              <strong>{t('submissions.file.choose')}</strong> {t('submissions.file.orPaste')}
            </>
          )}
        </p>
        <p id={`${id}-hint`} className={styles.soft}>
          {extensions
            ? t('submissions.file.accepted', { extensions, limit })
            : t('submissions.file.anyAccepted', { limit })}{' '}
          {next}
        </p>
        <input
          type="file"
          className={styles.zoneInput}
          accept={acceptedExtensions.join(',')}
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-hint`}
          aria-invalid={problem !== null}
          onChange={handleChange}
        />
      </div>
      {takesPhotos(acceptedExtensions) && (
        <FileButton accept="image/*" capture="environment" onChange={(file) => file && take([file])}>
          {(props) => (
            <Button
              {...props}
              className={styles.photo}
              variant="default"
              leftSection={<IconCamera size={16} stroke={1.5} aria-hidden />}
            >
              {t('submissions.file.photo')}
            </Button>
          )}
        </FileButton>
      )}
      {problem && <FieldError>{problem}</FieldError>}
    </div>
  );
}

/** A pasted file goes to the zone that has the focus, or to the only one there is; never when something is being written. */
function isMeant(zone: HTMLElement | null, target: EventTarget | null): boolean {
  if (zone?.contains(document.activeElement)) return true;
  const isWriting =
    target instanceof HTMLElement && target.closest('textarea, input, [contenteditable="true"]') !== null;
  return !isWriting && document.querySelectorAll('[data-zone]').length === 1;
}

const pictures = ['.jpg', '.jpeg', '.png', '.webp', '.heic'];

function takesPhotos(accepted: readonly string[]): boolean {
  return accepted.some((extension) => pictures.includes(extension));
}

/** What is wrong with a file before a byte of it is sent; the limits are the server's. */
function problemOf(file: File, accepted: string[], maxBytes: number, t: TFunction): string | null {
  const { name } = file;
  if (file.size === 0) return t('submissions.file.empty', { name });
  if (file.size > maxBytes) {
    return t('submissions.file.tooLarge', { name, size: bytes(file.size), limit: bytes(maxBytes) });
  }
  const isAccepted = accepted.length === 0 || accepted.some((extension) => name.toLowerCase().endsWith(extension));
  return isAccepted ? null : t('submissions.file.wrongType', { name, extensions: accepted.join(', ') });
}
