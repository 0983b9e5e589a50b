import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { IconLock, IconSend2, IconUsers } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audience } from './audience.ts';
import styles from './Comments.module.css';
import { type DraftPlace, readDraft, writeDraft } from './drafts.ts';
import { TextRoom, textProblem } from './TextRoom.tsx';

type Props = {
  place: DraftPlace;
  /** Whom this person may write to here, the usual one first; never empty. */
  audiences: Audience[];
  account: string;
  company: string;
  maxCharacters: number;
  onSend: (text: string, audience: Audience) => void;
};

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Where a comment is written. What is typed is kept in the browser, per task, person and audience, until it is sent. */
export function CommentComposer({ place, audiences, account, company, maxCharacters, onSend }: Props) {
  const { t } = useTranslation();
  const readersId = useId();
  const [audience, setAudience] = useState<Audience>(audiences[0] ?? 'SHARED');
  const [drafts, setDrafts] = useState(() => ({
    SHARED: readDraft(place, 'SHARED'),
    INTERNAL: readDraft(place, 'INTERNAL'),
  }));
  const [problem, setProblem] = useState<string | null>(null);
  const text = drafts[audience];
  const isInternal = audience === 'INTERNAL';
  const other = audiences.find((one) => one !== audience);
  const isOtherWaiting = Boolean(other && drafts[other] && !text);

  const change = (changes: Partial<Record<Audience, string>>) => {
    setDrafts((current) => ({ ...current, ...changes }));
    for (const [of, draft] of Object.entries(changes)) writeDraft(place, of as Audience, draft);
    setProblem(null);
  };
  const handleSend = () => {
    const found = textProblem(text, maxCharacters, t);
    if (found) return setProblem(found);
    onSend(text.trim(), audience);
    change({ [audience]: '' });
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    handleSend();
  };
  const handleBring = () => {
    if (other) change({ [audience]: drafts[other], [other]: '' });
  };

  return (
    <div className={styles.composer} data-internal={isInternal || undefined}>
      {audiences.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t('comments.composer.audience')}
          value={audience}
          onChange={(value) => {
            setAudience(value === 'INTERNAL' ? 'INTERNAL' : 'SHARED');
            setProblem(null);
          }}
          data={[
            { value: 'SHARED', label: t('comments.composer.shared') },
            { value: 'INTERNAL', label: t('comments.composer.internal') },
          ]}
        />
      )}
      <Textarea
        aria-label={t('comments.composer.label')}
        aria-describedby={readersId}
        placeholder={
          isInternal ? t('comments.composer.placeholderInternal', { company }) : t('comments.composer.placeholder')
        }
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        error={Boolean(problem)}
        onChange={(event) => change({ [audience]: event.currentTarget.value })}
        onKeyDown={handleKeyDown}
      />
      <TextRoom text={text} maxCharacters={maxCharacters} />
      {problem && (
        <p role="alert" className={styles.failure}>
          {problem}
        </p>
      )}
      {isOtherWaiting && (
        <p className={styles.otherDraft}>
          {isInternal ? t('comments.composer.draftShared') : t('comments.composer.draftInternal')}{' '}
          <button type="button" className={styles.quiet} onClick={handleBring}>
            {t('comments.composer.useDraft')}
          </button>
        </p>
      )}
      <div className={styles.composerFoot}>
        <p id={readersId} className={styles.readers}>
          {isInternal ? (
            <IconLock size={16} stroke={1.5} aria-hidden />
          ) : (
            <IconUsers size={16} stroke={1.5} aria-hidden />
          )}
          <span>
            {isInternal
              ? t('comments.internalReaders', { company })
              : t('comments.sharedReaders', { account, company })}
          </span>
        </p>
        <Button
          className={styles.send}
          onClick={handleSend}
          leftSection={<IconSend2 size={16} stroke={1.5} aria-hidden />}
          title={t('comments.composer.shortcut', { key: isApple ? '⌘' : 'Ctrl' })}
        >
          {isInternal ? t('comments.composer.sendInternal') : t('comments.composer.send')}
        </Button>
      </div>
    </div>
  );
}
