import { Button, FileButton } from '@mantine/core';
import { IconCamera, IconUpload } from '@tabler/icons-react';
import { type ChangeEvent, type DragEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { bytes } from '../../words/format.ts';
import styles from './Submissions.module.css';
import { fileProblem } from './several/fileProblem.ts';

type Props = {
  acceptedExtensions: string[];
  maxBytes: number;
  next: string;
  onFile: (file: File) => void;
  /** Several at once, or one that this input does not take and another one may; false: nobody takes it. */
  onOthers: (files: readonly File[], isMeantHere: boolean) => boolean;
};

/** The place to drop a file. The browser's own field lies over it, so mouse, keyboard and reader all find one thing. */
export function DropZone({ acceptedExtensions, maxBytes, next, onFile, onOthers }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const limit = bytes(maxBytes);
  const extensions = acceptedExtensions.join(', ');

  const take = (given: FileList | readonly File[] | null, isMeantHere = true) => {
    const files = [...(given ?? [])];
    const [file] = files;
    if (!file) return;
    setProblem(null);
    const found = fileProblem(file, { acceptedExtensions, maxBytes }, t);
    if (files.length > 1 || found || !isMeantHere) {
      if (!onOthers(files, isMeantHere)) setProblem(found);
    } else onFile(file);
  };
  const zone = useRef<HTMLDivElement>(null);
  const takePasted = useEffectEvent((event: ClipboardEvent) => {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0 || !isMeant(zone.current, event.target)) return;
    event.preventDefault();
    take(files, zone.current?.contains(document.activeElement) || isOnly());
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
          multiple
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

/** A pasted file goes to the zone that has the focus, else to the first, which finds its place; never when something is being written. */
function isMeant(zone: HTMLElement | null, target: EventTarget | null): boolean {
  if (zone?.contains(document.activeElement)) return true;
  const isWriting =
    target instanceof HTMLElement && target.closest('textarea, input, [contenteditable="true"]') !== null;
  const isOfAnother = document.activeElement?.closest('[data-zone]') != null;
  return !isWriting && !isOfAnother && document.querySelector('[data-zone]') === zone;
}

const isOnly = () => document.querySelectorAll('[data-zone]').length === 1;

const pictures = ['.jpg', '.jpeg', '.png', '.webp', '.heic'];

function takesPhotos(accepted: readonly string[]): boolean {
  return accepted.some((extension) => pictures.includes(extension));
}
