import { useContext, useSyncExternalStore } from 'react';
import { LiveContext } from './LiveRoot.tsx';

/** Whether this object changed just now; a row that shows it sets `data-warm` from it. */
export function useWarm(id: string): boolean {
  const { warmth } = useContext(LiveContext);
  return useSyncExternalStore(warmth.listen, () => warmth.isWarm(id));
}
