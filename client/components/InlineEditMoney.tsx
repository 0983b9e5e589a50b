import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { money, moneyFromText, moneyToText } from '../words/format.ts';
import styles from './InlineEdit.module.css';
import { InlineFrame, type InlineProps } from './InlineEdit.tsx';
import { useInlineEdit } from './inlineEdit.ts';

type Sum = { amountMinor: number; currency: string };

/** A sum in its currency: typed in whole units, kept in minor ones. */
export function InlineMoney({ label, value, onSave, children }: InlineProps<Sum>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const editing = useInlineEdit<Sum>({
    value,
    isSame: (a, b) => a.amountMinor === b.amountMinor && a.currency === b.currency,
    onSave,
    problemOf: (draft) => (Number.isFinite(draft.amountMinor) ? null : t('inlineEdit.notASum')),
  });
  return (
    <InlineFrame
      editing={{
        ...editing,
        begin: () => {
          setText(moneyToText(value));
          editing.begin();
        },
      }}
      label={label}
      value={value}
      wordsOf={money}
      field={({ errorId }) => (
        <span className={styles.sum}>
          <input
            className={styles.field}
            // biome-ignore lint/a11y/noAutofocus: the person has just pressed the value to edit it.
            autoFocus
            inputMode="decimal"
            size={10}
            aria-label={label}
            aria-invalid={errorId !== undefined}
            aria-describedby={errorId}
            value={text}
            readOnly={editing.isSaving}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              setText(event.currentTarget.value);
              editing.change({ ...value, amountMinor: moneyFromText(event.currentTarget.value, value.currency) });
            }}
          />
          <span>{value.currency}</span>
        </span>
      )}
    >
      {children}
    </InlineFrame>
  );
}
