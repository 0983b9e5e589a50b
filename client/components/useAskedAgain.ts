import { useEffect, useRef } from 'react';

/**
 * Asks again when a project's log has moved (`position`): at once, and then at most once in `restMs`. For what is
 * computed from a whole project, and moves less than its log.
 */
export function useAskedAgain(position: number, refetch: () => Promise<unknown>, restMs: number): void {
  const asked = useRef({ position, at: 0 });
  useEffect(() => {
    if (asked.current.position === position) return;
    const again = () => {
      asked.current = { position, at: Date.now() };
      refetch().catch(() => {});
    };
    const timer = setTimeout(again, Math.max(0, asked.current.at + restMs - Date.now()));
    return () => clearTimeout(timer);
  }, [position, refetch, restMs]);
}
