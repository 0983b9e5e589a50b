import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogFrame } from '../../../components/DialogFrame.tsx';
import { useViewer } from '../viewer.ts';
import { PaletteQuery } from './documents.ts';
import { type Entry, foundEntries, placesFor } from './entries.ts';
import styles from './Palette.module.css';
import { PaletteEntry } from './PaletteEntry.tsx';

type Props = { onClose: () => void };

/** Finds anything one may see, and goes to any place, from the keyboard. */
export function Palette({ onClose }: Props) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const router = useRouter();
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [asked] = useDebouncedValue(text.trim(), 120);
  const { data, previousData, error, loading } = useQuery(PaletteQuery, {
    variables: { text: asked },
    skip: asked === '',
    fetchPolicy: 'network-only',
  });
  const hits = asked === '' ? undefined : (data ?? previousData)?.search.nodes;
  const entries = useMemo(
    () => [...foundEntries(hits ?? [], viewer), ...placesFor(viewer, text, (word) => t(`palette.place.${word}`))],
    [hits, viewer, text, t],
  );
  const chosen = Math.min(active, entries.length - 1);

  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);

  function open(entry: Entry | undefined, isNewTab: boolean) {
    if (!entry) return;
    onClose();
    if (isNewTab) window.open(entry.href, '_blank', 'noopener');
    else void router.navigate({ href: entry.href });
  }

  function handleKey(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      const next = chosen + step;
      // One step beyond an end comes in at the other; a page stops there.
      const isPage = Math.abs(step) > 1;
      setActive(isPage ? Math.max(0, Math.min(entries.length - 1, next)) : (next + entries.length) % entries.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(entries[chosen], event.ctrlKey || event.metaKey);
    }
  }

  const isSearching = asked !== text.trim() || (loading && asked !== '');
  const isEmpty = entries.length === 0 && !isSearching;
  return (
    <DialogFrame name={{ label: t('palette.title') }} className={styles.dialog} onClose={onClose} closesBeside>
      <div className={styles.field}>
        <IconSearch className={styles.icon} stroke={1.5} aria-hidden="true" />
        <input
          className={styles.input}
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
          aria-label={t('palette.label')}
          placeholder={t('palette.label')}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={handleKey}
        />
      </div>
      <div id={`${id}-list`} className={styles.list} role="listbox" aria-label={t('palette.results')}>
        {entries.map((entry, at) => (
          <PaletteEntry
            key={`${entry.kind}-${entry.key}`}
            id={`${id}-${at}`}
            entry={entry}
            isActive={at === chosen}
            onPoint={() => setActive(at)}
            onOpen={(isNewTab) => open(entry, isNewTab)}
          />
        ))}
      </div>
      <p className={styles.foot} data-hint={(!error && !isEmpty) || undefined} role="status">
        {error ? t('palette.failed') : isEmpty ? t('palette.nothing', { text: text.trim() }) : t('palette.hint')}
      </p>
    </DialogFrame>
  );
}
