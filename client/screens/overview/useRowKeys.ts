import { type RefObject, useEffect } from 'react';

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const others = 'input, textarea, select, [role="menu"], [role="dialog"]';

/** J, K and the arrows move the focus between the links of a list's lines; outside it the arrows scroll, as everywhere. */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const step = steps[event.key];
      const target = event.target as Element;
      const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (step === undefined || !isPlain || target.closest(others)) return;
      if (event.key.startsWith('Arrow') && !list.current?.contains(target)) return;
      // Lines far apart are drawn in the order of the page, not in that of their numbers.
      const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])].sort(
        (a, b) => lineOf(a) - lineOf(b),
      );
      const at = links.findIndex((link) => link.closest('[data-line]')?.contains(target));
      const next = at === -1 ? links[0] : links[Math.min(links.length - 1, Math.max(0, at + step))];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, [list]);
}

function lineOf(link: Element): number {
  return Number(link.closest<HTMLElement>('[data-line]')?.dataset.line);
}
