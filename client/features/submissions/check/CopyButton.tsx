import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const copiedForMs = 2_500;

type Props = { text: string /** What it is, for whoever does not see what stands beside it. */; what: string };

/** Copies one value with one press, and says so. */
export function CopyButton({ text, what }: Props) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome(null), copiedForMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const handleCopy = async () => {
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setOutcome(isCopied ? 'copied' : 'failed');
  };
  const Icon = outcome === 'copied' ? IconCheck : IconCopy;
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      onClick={handleCopy}
      leftSection={<Icon size={16} stroke={1.5} aria-hidden />}
      aria-label={t('checks.copy.of', { what })}
    >
      <span role="status">{t(`checks.copy.${outcome ?? 'copy'}`)}</span>
    </Button>
  );
}
