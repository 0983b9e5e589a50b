import { Textarea, type TextareaProps, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Face } from '../../../components/Face.tsx';
import styles from './Mentions.module.css';
import { labelsOf, matching, queryBefore } from './tokens.ts';
import type { Reader } from './useReaders.ts';

type Props = Omit<TextareaProps, 'value' | 'onChange' | 'onKeyDown'> & {
  value: string;
  people: readonly Reader[];
  onChange: (text: string) => void;
  /** Keys that the list of people did not take. */
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
};

const mostShown = 6;

/** A text in which people can be named: `@` opens the list of those who will read it; arrows, Enter and Escape work it. */
export function MentionField({ value, people, onChange, onKeyDown, ...field }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const ref = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const nextCaret = useRef<number | null>(null);

  const asked = caret === null ? null : queryBefore(value, caret);
  const found = asked && asked.from !== closedAt ? matching(people, asked.query).slice(0, mostShown) : [];
  const isOpen = asked !== null && found.length > 0;
  const chosen = isOpen ? found[Math.min(active, found.length - 1)] : undefined;

  // Behind the name that was put in, where the person writes on.
  useEffect(() => {
    if (nextCaret.current === null) return;
    ref.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
  });

  const choose = (person: Reader) => {
    if (!asked || caret === null) return;
    const label = `@${labelsOf(people).get(person.id) ?? person.name} `;
    nextCaret.current = asked.from + label.length;
    onChange(value.slice(0, asked.from) + label + value.slice(caret));
    setCaret(null);
    ref.current?.focus();
  };
  const handleKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isOpen || !chosen || !isPlain) return onKeyDown(event);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setActive((found.indexOf(chosen) + step + found.length) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(chosen);
    else if (event.key === 'Escape') setClosedAt(asked.from);
    else return onKeyDown(event);
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles.field}>
      <Textarea
        {...field}
        ref={ref}
        autosize
        value={value}
        aria-autocomplete="list"
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-activedescendant={chosen && `${id}-${chosen.id}`}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          setActive(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onBlur={() => setCaret(null)}
        onKeyDown={handleKeyDown}
      />
      <VisuallyHidden role="status">
        {isOpen ? t('comments.mentions.found', { count: found.length }) : ''}
      </VisuallyHidden>
      {isOpen && (
        <div id={`${id}-list`} role="listbox" aria-label={t('comments.mentions.list')} className={styles.list}>
          {found.map((person) => (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the focus stays in the field, whose keys work the list
            <div
              key={person.id}
              id={`${id}-${person.id}`}
              role="option"
              aria-selected={person === chosen}
              className={styles.option}
              // Before the field would lose the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              <Face name={person.name} isStaff={person.isStaff} size="small" />
              <span className={styles.name}>{person.name}</span>
              <span className={styles.of}>{person.isOn ? person.accountName : t('comments.mentions.notOn')}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
