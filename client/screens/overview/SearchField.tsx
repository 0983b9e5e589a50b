import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Toolbar.module.css';

/** Who types is left alone for so long before the list is asked. */
const restMs = 200;
const maxText = 200;

type Props = { value: string; onChange: (value: string) => void };

/** Part of a client's or project's name; the address follows when the typing rests. */
export function SearchField({ value, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // Somebody else changed it: a link, a view, "Clear filters".
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  const tell = useEffectEvent((text: string) => {
    setKnown(text);
    onChange(text);
  });
  useEffect(() => {
    const text = typed.trim();
    if (text === known) return;
    const timer = setTimeout(() => tell(text), restMs);
    return () => clearTimeout(timer);
  }, [typed, known]);
  return (
    <TextInput
      className={styles.search}
      size="xs"
      type="search"
      aria-label={t('overview.filter.search')}
      placeholder={t('overview.filter.search')}
      leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
      maxLength={maxText}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
