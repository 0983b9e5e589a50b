import { useEffect, useRef } from 'react';

/** What is computed from a whole project is asked again at most so often while its log moves. */
const restMs = 5_000;

/** Asks again when a project's log has moved since the last time. */
export function useFresh(position: number, refetch: () => Promise<unknown>): void {
  const asked = useRef({ position, at: 0 });
  useEffect(() => {
    if (asked.current.position === position) return;
    const again = () => {
      asked.current = { position, at: Date.now() };
      refetch().catch(() => {});
    };
    const timer = setTimeout(again, Math.max(0, asked.current.at + restMs - Date.now()));
    return () => clearTimeout(timer);
  }, [position, refetch]);
}
