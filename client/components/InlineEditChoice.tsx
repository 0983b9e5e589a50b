import { Button } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './InlineEdit.module.css';
import { InlineFrame, type InlineProps } from './InlineEdit.tsx';
import { useInlineEdit } from './inlineEdit.ts';

export type InlineOption<V extends string> = { value: V; label: string };

type SelectProps<V extends string> = InlineProps<V> & { options: readonly InlineOption<V>[] };

/** One of some: picking it with the pointer saves it, with the keys Enter does. */
export function InlineSelect<V extends string>({ label, value, options, onSave, children }: SelectProps<V>) {
  const editing = useInlineEdit<V>({ value, isSame: (a, b) => a === b, onSave });
  // The arrow keys walk through the options, so with them only Enter, or leaving it, says that one is meant.
  const isByPointer = useRef(false);
  return (
    <InlineFrame
      editing={editing}
      label={label}
      value={value}
      wordsOf={(one) => options.find((option) => option.value === one)?.label ?? one}
      field={({ errorId }) => (
        <select
          className={styles.field}
          // biome-ignore lint/a11y/noAutofocus: the person has just pressed the value to edit it.
          autoFocus
          aria-label={label}
          aria-invalid={errorId !== undefined}
          aria-describedby={errorId}
          value={editing.draft ?? value}
          disabled={editing.isSaving}
          onPointerDown={() => {
            isByPointer.current = true;
          }}
          onKeyDown={() => {
            isByPointer.current = false;
          }}
          onChange={(event) => {
            const picked = event.currentTarget.value as V;
            editing.change(picked);
            if (isByPointer.current) void editing.save(picked, true);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    >
      {children}
    </InlineFrame>
  );
}

type ChoicesProps<V extends string> = InlineProps<readonly V[]> & { options: readonly InlineOption<V>[] };

/** Several of some, as checkboxes; saved together. */
export function InlineChoices<V extends string>({ label, value, options, onSave, children }: ChoicesProps<V>) {
  const { t } = useTranslation();
  const editing = useInlineEdit<readonly V[]>({
    value,
    isSame: (a, b) => a.length === b.length && a.every((one) => b.includes(one)),
    onSave,
    problemOf: (draft) => (draft.length === 0 ? t('inlineEdit.choose') : null),
  });
  const draft = editing.draft ?? value;
  return (
    <InlineFrame
      editing={editing}
      label={label}
      value={value}
      wordsOf={(some) =>
        options
          .filter((option) => some.includes(option.value))
          .map((option) => option.label)
          .join(', ')
      }
      field={({ errorId }) => (
        <fieldset className={styles.choices} aria-describedby={errorId}>
          <legend className={styles.legend}>{label}</legend>
          {options.map((option, index) => (
            <label key={option.value} className={styles.choice}>
              <input
                type="checkbox"
                // biome-ignore lint/a11y/noAutofocus: the person has just pressed the value to edit it.
                autoFocus={index === 0}
                checked={draft.includes(option.value)}
                disabled={editing.isSaving}
                onChange={(event) =>
                  editing.change(
                    options
                      .map((one) => one.value)
                      .filter((one) => (one === option.value ? event.currentTarget.checked : draft.includes(one))),
                  )
                }
              />
              {option.label}
            </label>
          ))}
          <Button size="compact-sm" variant="default" onClick={() => editing.save(draft, true)}>
            {t('common.save')}
          </Button>
        </fieldset>
      )}
    >
      {children}
    </InlineFrame>
  );
}
