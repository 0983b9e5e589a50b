import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const shownMs = 2_500;

/** Copies the address of a comment, and says so for a moment; or, where the browser does not allow it, shows it. */
export function useCopyLink(taskId: string, commentId: string): { said: string | null; copy: () => void } {
  const { t } = useTranslation();
  const [said, setSaid] = useState<string | null>(null);
  const copy = async () => {
    const address = `${window.location.origin}/tasks/${taskId}?comment=${commentId}`;
    try {
      await navigator.clipboard.writeText(address);
      setSaid(t('comments.link.copied'));
      setTimeout(() => setSaid(null), shownMs);
    } catch {
      setSaid(t('comments.link.failed', { address }));
    }
  };
  return { said, copy: () => void copy() };
}
