import { type RefObject, useEffect, useEffectEvent } from 'react';
import { isTyping } from '../../components/isTyping.ts';

/** j and k move between the rows of a list, from anywhere on the page; e marks the row that has the focus. */
export function useRowKeys(list: RefObject<HTMLElement | null>, onMark: (id: string) => void): void {
  const handleKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping()) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const at = rows.findIndex((row) => row.closest('li')?.contains(document.activeElement));
    const { key } = event;
    if (key === 'j' || key === 'k') {
      rows[key === 'j' ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0)]?.focus();
      event.preventDefault();
    }
    const id = rows[at]?.dataset.item;
    if (key === 'e' && id) onMark(id);
  });
  useEffect(() => {
    const handle = (event: KeyboardEvent) => handleKey(event);
    document.addEventListener('keydown', handle);
    return () => document.removeEventListener('keydown', handle);
  }, []);
}
