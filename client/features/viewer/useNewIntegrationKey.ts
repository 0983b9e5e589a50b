import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

/** N starts an integration from anywhere, for whoever may; not while somebody types or a dialog is open. */
export function useNewIntegrationKey(isOffered: boolean): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (!isOffered) return;
    const handleKey = (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (event.key !== 'n' || !isPlain || event.defaultPrevented) return;
      const at = event.target as HTMLElement;
      if (at.isContentEditable || at.closest?.('input, textarea, select, [role="dialog"], [role="menu"]')) return;
      event.preventDefault();
      void navigate({ to: '/projects/new' });
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, [isOffered, navigate]);
}
