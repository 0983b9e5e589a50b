import { useEffect, useState } from 'react';

/** So long after the connection is back what comes was said meanwhile; later it is said while one looks. */
const catchesUpWithinMs = 3_000;

/**
 * Above which thread the line of what is new stands: above the first that was new when the conversation was opened, and
 * after a loss of the connection above the first that was said meanwhile.
 */
export function useNewLine(
  threads: readonly { id: string; isUnread: boolean }[],
  isOffline: boolean,
  atFirst: string | null,
): string | null {
  const [lineAbove, setLineAbove] = useState(atFirst);
  const [before, setBefore] = useState<ReadonlySet<string> | null>(null);
  if (isOffline && before === null) setBefore(new Set(threads.map(({ id }) => id)));
  const isOver = before === null || isOffline;
  const first = isOver ? undefined : threads.find(({ id, isUnread }) => isUnread && !before.has(id));
  if (first) {
    setLineAbove(first.id);
    setBefore(null);
  }
  useEffect(() => {
    if (isOver) return;
    const timer = setTimeout(() => setBefore(null), catchesUpWithinMs);
    return () => clearTimeout(timer);
  }, [isOver]);
  return lineAbove;
}
