import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnumOf } from '../../api/graphql.ts';
import { AccountsFound } from './documents.ts';
import type { DraftAccount } from './draft.ts';
import { Field } from './Field.tsx';
import styles from './NewIntegration.module.css';

type Props = {
  account: DraftAccount | null;
  problem: string | null;
  onChange: (account: DraftAccount | null, platform: EnumOf<'Platform'> | null) => void;
};

const zones: readonly string[] = Intl.supportedValuesOf('timeZone');
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One field: what is typed finds a client that is there, or names a new one. */
export function AccountField({ account, problem, onChange }: Props) {
  const { t } = useTranslation();
  if (account === null) return <Search problem={problem} onChange={onChange} />;
  return (
    <div className={styles.chosen}>
      <div className={styles.chosenName}>
        <strong>{account.name}</strong>
        {account.kind === 'new' && <span className={styles.hint}>{t('newIntegration.account.isNew')}</span>}
        <Button variant="default" size="compact-sm" onClick={() => onChange(null, null)}>
          {t('newIntegration.account.change')}
        </Button>
      </div>
      {account.kind === 'new' && (
        <div className={styles.pair}>
          <Field label={t('newIntegration.account.website')} error={problem}>
            {(ids) => (
              <input
                {...ids}
                className={styles.input}
                inputMode="url"
                autoComplete="off"
                // biome-ignore lint/a11y/noAutofocus: the person has just named a new client; its address comes next.
                autoFocus={account.website === ''}
                placeholder={t('newIntegration.websiteExample')}
                maxLength={300}
                value={account.website}
                onChange={(event) => onChange({ ...account, website: event.currentTarget.value }, null)}
              />
            )}
          </Field>
          <Field label={t('newIntegration.account.timeZone')}>
            {(ids) => (
              <NativeSelect
                {...ids}
                classNames={{ input: styles.input }}
                value={account.timeZone}
                onChange={(event) => onChange({ ...account, timeZone: event.currentTarget.value }, null)}
              >
                {(zones.includes(account.timeZone) ? zones : [account.timeZone, ...zones]).map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
              </NativeSelect>
            )}
          </Field>
        </div>
      )}
    </div>
  );
}

function Search({ problem, onChange }: Omit<Props, 'account'>) {
  const { t } = useTranslation();
  const listId = useId();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const { data, previousData } = useQuery(AccountsFound, { variables: { text: text.trim() }, skip: !isOpen });
  const typed = text.trim();
  // While an answer is on its way the last one stands in, without what the newer letters rule out.
  const found = ((data ?? previousData)?.accountsFound ?? []).filter((one) =>
    one.account.name.toLowerCase().includes(typed.toLowerCase()),
  );
  const isKnown = found.some((one) => one.account.name.toLowerCase() === typed.toLowerCase());
  // Only once it is certain that nobody of that name is there: Enter would make them a second time.
  const canAdd = typed !== '' && !isKnown && data !== undefined;
  const count = found.length + (canAdd ? 1 : 0);
  const shown = Math.min(at, Math.max(0, count - 1));

  const choose = (index: number) => {
    const one = found[index];
    if (one) onChange({ kind: 'known', id: one.account.id, name: one.account.name }, one.platform);
    else if (canAdd) onChange({ kind: 'new', name: typed, website: '', timeZone: ownZone() }, null);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (count > 0) setAt((shown + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isOpen && count > 0) choose(shown);
    } else if (event.key === 'Escape') setOpen(false);
  };
  return (
    <Field label={t('newIntegration.account.search')} hint={t('newIntegration.account.hint')} error={problem}>
      {(ids) => (
        <div className={styles.combo}>
          <input
            {...ids}
            className={styles.input}
            role="combobox"
            aria-expanded={isOpen && count > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && count > 0 ? `${listId}-${shown}` : undefined}
            autoComplete="off"
            maxLength={120}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAt(0);
              setOpen(true);
            }}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={handleKey}
          />
          <div
            id={listId}
            role="listbox"
            aria-label={t('newIntegration.account.results')}
            className={styles.results}
            hidden={!isOpen || count === 0}
          >
            {found.map((one, index) => (
              <Option
                key={one.account.id}
                id={`${listId}-${index}`}
                isAt={index === shown}
                onPick={() => choose(index)}
              >
                <span>{one.account.name}</span>
                <span className={styles.hint}>{t('newIntegration.account.projects', { count: one.projectCount })}</span>
              </Option>
            ))}
            {canAdd && (
              <Option
                id={`${listId}-${found.length}`}
                isAt={shown === found.length}
                onPick={() => choose(found.length)}
              >
                {t('newIntegration.account.add', { name: typed })}
              </Option>
            )}
          </div>
        </div>
      )}
    </Field>
  );
}

type OptionProps = { id: string; isAt: boolean; onPick: () => void; children: React.ReactNode };

function Option({ id, isAt, onPick, children }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names this one as active.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys choose.
    <div
      id={id}
      role="option"
      aria-selected={isAt}
      className={styles.result}
      // Before the field loses the focus, which closes the list.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      {children}
    </div>
  );
}
