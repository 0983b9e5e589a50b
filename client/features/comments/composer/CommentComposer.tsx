import { Button, SegmentedControl } from '@mantine/core';
import { IconLock, IconPaperclip, IconSend2, IconUsers } from '@tabler/icons-react';
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audience } from '../audience.ts';
import styles from '../Comments.module.css';
import type { DraftPlace } from '../drafts.ts';
import { AttachmentChips } from '../files/AttachmentChips.tsx';
import type { TalkViewer } from '../fragments.ts';
import { Looking } from '../mentions/Looking.tsx';
import { MentionField } from '../mentions/MentionField.tsx';
import { Ask } from './Ask.tsx';
import { namesInWords, readersInWords } from './readersInWords.ts';
import { TextRoom } from './TextRoom.tsx';
import { type Sending, useComposer } from './useComposer.ts';

type Props = {
  place: DraftPlace;
  /** Whom this person may write to here, the usual one first; never empty. */
  audiences: Audience[];
  account: string;
  viewer: TalkViewer;
  onSend: (sending: Sending) => void;
  /** Only of a reply: leaves it. What was written is kept. */
  onClose?: () => void;
};

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Where a comment or a reply is written. It says who will read it, and asks before more people would. */
export function CommentComposer({ place, audiences, account, viewer, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const readersId = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isAskedToBring, setAskedToBring] = useState(false);
  const composer = useComposer({ place, audiences, viewer, onSend });
  const { audience, text, attachments, problem, newcomers, waiting } = composer;
  const company = viewer.company.name;
  const isInternal = audience === 'INTERNAL';
  const words = onClose ? 'comments.reply' : 'comments.composer';
  const sharedReaders = readersInWords(t, composer.readersOf('SHARED'), account, company);
  const everybody = sharedReaders ?? t('comments.sharedReaders', { account, company });

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && onClose) onClose();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    composer.send();
  };
  const handlePaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attachments.add([...event.clipboardData.files], audience);
  };
  const handleDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    attachments.add([...event.dataTransfer.files], audience);
  };
  const handleBring = () => {
    setAskedToBring(false);
    composer.bring();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the button in it does
    <div
      className={onClose ? styles.replyComposer : styles.composer}
      data-internal={isInternal || undefined}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
    >
      {audiences.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t('comments.composer.audience')}
          value={audience}
          onChange={(value) => composer.choose(value === 'INTERNAL' ? 'INTERNAL' : 'SHARED')}
          data={[
            { value: 'SHARED', label: t('comments.composer.shared') },
            { value: 'INTERNAL', label: t('comments.composer.internal') },
          ]}
        />
      )}
      <MentionField
        aria-label={t(`${words}.label`)}
        aria-describedby={readersId}
        placeholder={isInternal ? t(`${words}.placeholderInternal`, { company }) : t(`${words}.placeholder`)}
        minRows={onClose ? 1 : 2}
        maxRows={10}
        autoFocus={onClose !== undefined}
        value={text}
        readOnly={composer.isHeld}
        people={composer.readers}
        error={Boolean(problem)}
        onChange={composer.write}
        onKeyDown={handleKeyDown}
        onPaste={handlePaste}
      />
      <Looking isHeld={composer.isHeld} />
      <TextRoom text={text} maxCharacters={viewer.maxCommentCharacters} />
      <AttachmentChips files={attachments.of(audience)} onRetry={attachments.retry} onRemove={attachments.remove} />
      {isOver && <p className={styles.otherDraft}>{t('comments.files.drop')}</p>}
      {problem && (
        <p role="alert" className={styles.failure}>
          {problem}
        </p>
      )}
      {newcomers.length > 0 && (
        <Ask
          question={t('comments.ask.mention', { count: newcomers.length, names: namesInWords(newcomers) })}
          yes={t('comments.ask.mentionConfirm')}
          no={t('comments.ask.mentionKeep')}
          onYes={() => composer.send(true)}
          onNo={composer.keepWriting}
        />
      )}
      {waiting && !isAskedToBring && (
        <p className={styles.otherDraft}>
          {isInternal ? t('comments.composer.draftShared') : t('comments.composer.draftInternal')}{' '}
          <button
            type="button"
            className={styles.quiet}
            onClick={() => (isInternal ? composer.bring() : setAskedToBring(true))}
          >
            {t('comments.composer.useDraft')}
          </button>
        </p>
      )}
      {waiting && isAskedToBring && !isInternal && (
        <Ask
          question={t('comments.ask.bring', { company, readers: everybody })}
          yes={t('comments.ask.bringConfirm')}
          no={t('comments.ask.bringKeep')}
          onYes={handleBring}
          onNo={() => setAskedToBring(false)}
        />
      )}
      <div className={styles.composerFoot}>
        <p
          id={readersId}
          className={styles.readers}
          title={composer.readers.length > 0 && !isInternal ? namesOnIt(composer.readers) : undefined}
        >
          {isInternal ? (
            <IconLock size={16} stroke={1.5} aria-hidden />
          ) : (
            <IconUsers size={16} stroke={1.5} aria-hidden />
          )}
          <span>{isInternal ? t('comments.internalReaders', { company }) : everybody}</span>
        </p>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            attachments.add([...(event.currentTarget.files ?? [])], audience);
            // The same file can be chosen again after it was removed.
            event.currentTarget.value = '';
          }}
        />
        <button
          type="button"
          className={styles.icon}
          aria-label={t('comments.files.add')}
          title={t('comments.files.add')}
          onClick={() => chooser.current?.click()}
        >
          <IconPaperclip size={20} stroke={1.5} aria-hidden />
        </button>
        {onClose && (
          <Button variant="subtle" onClick={onClose}>
            {t('comments.reply.close')}
          </Button>
        )}
        <Button
          className={styles.send}
          loading={composer.isHeld}
          onClick={() => composer.send()}
          leftSection={<IconSend2 size={16} stroke={1.5} aria-hidden />}
          title={t('comments.composer.shortcut', { key: isApple ? '⌘' : 'Ctrl' })}
        >
          {isInternal ? t(`${words}.sendInternal`) : t(`${words}.send`)}
        </Button>
      </div>
    </div>
  );
}

const namesOnIt = (readers: readonly { name: string; isOn: boolean }[]) =>
  namesInWords(readers.filter((one) => one.isOn));
