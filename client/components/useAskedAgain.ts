import { useEffect, useRef } from 'react';

/** It moves slowly: read again for each event of a busy hour, it would say the same. */
const restMs = 60_000;

/** Asks again when the project's log has gone on (`position`), at most once a minute. */
export function useAskedAgain(position: number, refetch: () => Promise<unknown>): void {
  const asked = useRef({ position, at: Date.now() });
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
