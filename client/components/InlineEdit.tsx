import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { dayWords, todayOf } from '../words/format.ts';
import styles from './InlineEdit.module.css';
import { type InlineEditing, type SaveValue, useInlineEdit } from './inlineEdit.ts';
import { FieldError } from './Notice.tsx';
import { useNow } from './now.ts';

export type InlineProps<V> = {
  /** What is edited, as a noun: "target date". */
  label: string;
  value: V;
  onSave: SaveValue<V>;
  /** How the value stands there when nobody edits it; its words when left out. */
  children?: ReactNode;
};

type FrameProps<V> = {
  editing: InlineEditing<V>;
  label: string;
  value: V;
  /** A value in words, for the name of the button, and beside another's. */
  wordsOf: (value: V) => string;
  children?: ReactNode;
  field: (ids: { errorId: string | undefined }) => ReactNode;
};

/** The button that reads, the field that edits in its place, and the error under it. */
export function InlineFrame<V>({ editing, label, value, wordsOf, children, field }: FrameProps<V>) {
  const { t } = useTranslation();
  const words = wordsOf(value);
  const id = useId();
  if (!editing.isEditing) {
    return (
      <button
        type="button"
        ref={editing.reading}
        className={styles.reading}
        aria-label={words === '' ? t('inlineEdit.add', { label }) : t('inlineEdit.change', { label, value: words })}
        onClick={(event) => {
          event.stopPropagation();
          editing.begin();
        }}
      >
        <span className={styles.value} data-empty={words === '' || undefined}>
          {words === '' ? t('inlineEdit.nothing') : (children ?? words)}
        </span>
        <IconPencil className={styles.pencil} stroke={1.5} aria-hidden="true" />
      </button>
    );
  }
  const errorId = editing.failure === null && !editing.isConflict ? undefined : `${id}-error`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys and the leaving of the fields inside it are heard here.
    // biome-ignore lint/a11y/useKeyWithClickEvents: it only keeps a click from opening the row around it.
    <span
      className={styles.editing}
      aria-busy={editing.isSaving}
      onClick={(event) => event.stopPropagation()}
      {...editing.frame}
    >
      {field({ errorId })}
      {editing.isConflict && editing.draft !== null ? (
        <span className={styles.conflict} role="alert">
          <span id={errorId}>{t('inlineEdit.conflict.text', { theirs: words || t('inlineEdit.nothing') })}</span>
          <span className={styles.choose}>
            <Button size="compact-sm" onClick={editing.insist}>
              {t('inlineEdit.conflict.mine', { mine: wordsOf(editing.draft) })}
            </Button>
            <Button size="compact-sm" variant="default" onClick={editing.cancel}>
              {t('inlineEdit.conflict.theirs')}
            </Button>
          </span>
        </span>
      ) : (
        editing.failure !== null && <FieldError id={errorId}>{editing.failure}</FieldError>
      )}
    </span>
  );
}

type TextProps = InlineProps<string> & { maxLength: number; isRequired?: boolean; inputMode?: 'text' | 'url' };

/** A line of text that is edited where it stands. */
export function InlineText({ label, value, onSave, maxLength, isRequired = true, inputMode, children }: TextProps) {
  const { t } = useTranslation();
  const editing = useInlineEdit<string>({
    value,
    isSame: (a, b) => a.trim() === b.trim(),
    onSave: (draft) => onSave(draft.trim()),
    problemOf: (draft) => (isRequired && draft.trim() === '' ? t('inlineEdit.required') : null),
  });
  return (
    <InlineFrame
      editing={editing}
      label={label}
      value={value}
      wordsOf={(text) => text}
      field={({ errorId }) => (
        <input
          className={styles.field}
          // biome-ignore lint/a11y/noAutofocus: the person has just pressed the value to edit it.
          autoFocus
          aria-label={label}
          aria-invalid={errorId !== undefined}
          aria-describedby={errorId}
          inputMode={inputMode}
          maxLength={maxLength}
          size={Math.min(48, Math.max(12, value.length + 2))}
          value={editing.draft ?? ''}
          readOnly={editing.isSaving}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => editing.change(event.currentTarget.value)}
        />
      )}
    >
      {children}
    </InlineFrame>
  );
}

type DateProps = InlineProps<string> & { min?: string };

/** A calendar day (YYYY-MM-DD), edited with the browser's own picker. */
export function InlineDate({ label, value, onSave, min, children }: DateProps) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const editing = useInlineEdit<string>({
    value,
    isSame: (a, b) => a === b,
    onSave,
    problemOf: (draft) => (draft === '' ? t('inlineEdit.notADay') : null),
  });
  return (
    <InlineFrame
      editing={editing}
      label={label}
      value={value}
      wordsOf={(day) => dayWords(day, today)}
      field={({ errorId }) => (
        <input
          type="date"
          className={styles.field}
          // biome-ignore lint/a11y/noAutofocus: the person has just pressed the value to edit it.
          autoFocus
          aria-label={label}
          aria-invalid={errorId !== undefined}
          aria-describedby={errorId}
          min={min}
          value={editing.draft ?? ''}
          readOnly={editing.isSaving}
          onChange={(event) => editing.change(event.currentTarget.value)}
        />
      )}
    >
      {children}
    </InlineFrame>
  );
}
