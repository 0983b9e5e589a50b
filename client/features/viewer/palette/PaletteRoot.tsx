import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { getI18n, useTranslation } from 'react-i18next';
import { isTyping } from '../../../components/isTyping.ts';
import { Palette } from './Palette.tsx';

const Keys = lazy(async () => {
  const [{ Keys }, { addKeysWords }] = await Promise.all([import('./Keys.tsx'), import('../../../words/keys.ts')]);
  addKeysWords(getI18n());
  return { default: Keys };
});

// The palette itself comes with the page: letters typed while it was still on its way would go nowhere.
type Props = { className?: string; iconClassName?: string };

/** The button that opens the palette, and the keys that open it and the sheet of keys from anywhere. */
export function PaletteRoot({ className, iconClassName }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);

  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const isSearch = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'k';
      if (isSearch) {
        event.preventDefault();
        setOpen((had) => (had === 'palette' ? null : 'palette'));
      } else if (event.key === '?' && !event.ctrlKey && !event.metaKey && !isTyping()) {
        setOpen((had) => had ?? 'keys');
      }
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, []);

  return (
    <>
      <UnstyledButton className={className} aria-keyshortcuts="Control+K Meta+K" onClick={() => setOpen('palette')}>
        <IconSearch className={iconClassName} stroke={1.5} aria-hidden="true" />
        <span>{t('palette.open')}</span>
      </UnstyledButton>
      {open === 'palette' && <Palette onClose={() => setOpen(null)} />}
      <Suspense>{open === 'keys' && <Keys onClose={() => setOpen(null)} />}</Suspense>
    </>
  );
}
