import { Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

type Props = {
  label: string;
  value: string;
  onCommit: (value: string) => void;
  maxLength: number;
  /** Lines of a larger field; one line when left out. */
  lines?: number;
  isRequired?: boolean;
  isHidden?: boolean;
  isReadOnly?: boolean;
  /** A day: put on the map when one leaves it, since a year that is being typed is one of long ago. */
  isDay?: boolean;
  /** Takes the focus when it appears, with its words chosen. */
  isFirst?: boolean;
};

/** So long after the last key, what was typed is put on the map for the others to see. */
const settledMs = 900;

/** A field of a map: it is put on it while one pauses and when one leaves it; Escape goes back to what stands there. */
export function DraftText({
  label,
  value,
  onCommit,
  maxLength,
  lines,
  isRequired,
  isHidden,
  isReadOnly,
  isDay,
  isFirst,
}: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const commit = () => {
    if (draft === null || draft.trim() === value || (isRequired && draft.trim() === '')) return;
    onCommit(draft.trim());
  };
  const last = useRef(commit);
  last.current = commit;
  useEffect(() => () => last.current(), []);
  useEffect(() => {
    if (draft === null || isDay) return;
    const timer = setTimeout(() => last.current(), settledMs);
    return () => clearTimeout(timer);
  }, [draft, isDay]);
  useEffect(() => {
    if (!isFirst) return;
    field.current?.focus();
    field.current?.select();
  }, [isFirst]);

  const props = {
    ...{ maxLength, readOnly: isReadOnly, value: draft ?? value, ...(isDay ? { type: 'date' } : {}) },
    ...(isHidden ? { 'aria-label': label } : { label }),
    onBlur: () => {
      commit();
      setDraft(null);
    },
    onChange: (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Escape' && draft !== null) {
        event.stopPropagation();
        setDraft(null);
      }
      if (event.key === 'Enter' && lines === undefined) {
        commit();
        setDraft(null);
      }
    },
  };
  if (lines === undefined) return <TextInput size="xs" ref={field} {...props} />;
  return <Textarea size="xs" ref={field} autosize={false} rows={lines} {...props} />;
}
