import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Saves what was edited. Answers with the sentence that says why it was refused, or null when it is saved. */
export type SaveValue<V> = (value: V) => Promise<string | null>;

type Options<V> = {
  value: V;
  isSame: (a: V, b: V) => boolean;
  onSave: SaveValue<V>;
  /** Why a draft cannot be saved, as a sentence; null when it can. */
  problemOf?: (draft: V) => string | null;
};

/**
 * Reading -> (click, Enter) editing -> (Enter, leaving it) saving -> reading; Esc goes back to what was there.
 * A save that fails stays in editing with its draft and says why. Where somebody else has changed the value meanwhile
 * nothing is saved: both values stand there, and the person chooses.
 */
export function useInlineEdit<V>({ value, isSame, onSave, problemOf }: Options<V>) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<V | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  /** What stood there when the edit began, or when its person was last told of another value. */
  const [seen, setSeen] = useState(value);
  const [isConflict, setConflict] = useState(false);
  const reading = useRef<HTMLButtonElement>(null);
  const isBack = useRef(false);
  const isEditing = draft !== null;

  // The field is gone, so the focus would fall to the page: it goes back to where the person pressed.
  useEffect(() => {
    if (isEditing || !isBack.current) return;
    isBack.current = false;
    reading.current?.focus();
  }, [isEditing]);

  const end = (isFocusBack: boolean) => {
    isBack.current = isFocusBack;
    setDraft(null);
    setFailure(null);
    setConflict(false);
  };
  const save = async (wanted: V, isFocusBack: boolean) => {
    if (isSaving) return;
    if (isSame(wanted, value) || isSame(wanted, seen)) return end(isFocusBack);
    const problem = problemOf?.(wanted) ?? null;
    if (problem !== null) return setFailure(problem);
    if (!isSame(value, seen)) return setConflict(true);
    await write(wanted, isFocusBack);
  };
  const write = async (wanted: V, isFocusBack: boolean) => {
    setSaving(true);
    setFailure(null);
    const refusal = await onSave(wanted).catch(() => t('inlineEdit.failed'));
    setSaving(false);
    if (refusal === null) return end(isFocusBack);
    setFailure(refusal);
    // Where it was refused for another's value, that value has come with the answer.
    setConflict(true);
  };
  const begin = () => {
    setSeen(value);
    setDraft(value);
  };

  return {
    draft,
    isEditing,
    isSaving,
    failure,
    reading,
    /** Somebody else's value stands there, and the draft was not saved over it. */
    isConflict: isConflict && draft !== null && !isSame(value, seen) && !isSame(value, draft),
    begin,
    /** The draft, over what is there now. */
    insist: () => {
      setSeen(value);
      setConflict(false);
      if (draft !== null) void write(draft, true);
    },
    cancel: () => end(true),
    change: (next: V) => {
      setDraft(next);
      setFailure(null);
    },
    save,
    /** For the element around all fields of the edit: leaving it saves, Esc cancels, Enter saves. */
    frame: {
      onBlur: (event: FocusEvent) => {
        if (draft === null || event.currentTarget.contains(event.relatedTarget)) return;
        void save(draft, false);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (draft === null) return;
        // A list of rows reads keys too; what is typed here is not for it.
        event.stopPropagation();
        if (event.key === 'Escape') end(true);
        else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
          event.preventDefault();
          void save(draft, true);
        }
      },
    },
  };
}

export type InlineEditing<V> = ReturnType<typeof useInlineEdit<V>>;
