import { useState } from 'react';

/** Which rows are selected. Those that are no longer in the list are not. */
export function useSelection(ids: readonly string[]) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  const selected = ids.filter((id) => picked.has(id));

  /** Turns one over; with `isRange` all from the one before up to this come to stand as this does. */
  function toggle(id: string, isRange: boolean): void {
    const isOn = !picked.has(id);
    const [from, to] = [last === null ? -1 : ids.indexOf(last), ids.indexOf(id)];
    const meant = isRange && from >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
    const next = new Set(selected);
    for (const one of meant) {
      if (isOn) next.add(one);
      else next.delete(one);
    }
    setPicked(next);
    setLast(id);
  }

  return { selected, isSelected: (id: string) => picked.has(id), toggle, clear: () => setPicked(new Set()) };
}

export type Selection = ReturnType<typeof useSelection>;
