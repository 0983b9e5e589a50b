import { Button } from '@mantine/core';
import { IconCheck, IconLink } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Stage.module.css';

const saidForMs = 6_000;

type Props = { product: string | undefined };

/** Copies the address of this look, with what is searched and open; whoever opens it needs the right to see the project. */
export function Share({ product }: Props) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<{ words: string; isCopied: boolean } | null>(null);
  useEffect(() => {
    if (!said?.isCopied) return;
    const timer = setTimeout(() => setSaid(null), saidForMs);
    return () => clearTimeout(timer);
  }, [said]);
  const handleCopy = async () => {
    const shown = new URL(location.href);
    if (product !== undefined) shown.searchParams.set('product', product);
    const address = shown.href;
    try {
      await navigator.clipboard.writeText(address);
      setSaid({ words: t('firstLook.screen.shared'), isCopied: true });
    } catch {
      setSaid({ words: t('firstLook.screen.shareFailed', { address }), isCopied: false });
    }
  };
  const Icon = said?.isCopied ? IconCheck : IconLink;
  return (
    <>
      <span className={styles.said} role="status">
        {said?.words}
      </span>
      <Button variant="default" leftSection={<Icon size={16} stroke={1.5} aria-hidden />} onClick={handleCopy}>
        {t('firstLook.screen.share')}
      </Button>
    </>
  );
}
