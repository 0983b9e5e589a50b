import { useState } from 'react';

/** How many were added while they were not on the screen; nothing is unseen once they are. */
export function useUnseen(count: number | undefined, isOnScreen: boolean): number {
  const [seen, setSeen] = useState(count);
  if (count !== undefined && seen !== count && (seen === undefined || isOnScreen || count < seen)) setSeen(count);
  return count === undefined || seen === undefined || isOnScreen ? 0 : Math.max(0, count - seen);
}
