import { useEffect, useState } from 'react';

const leavesAfterMs = 3000;

/**
 * Who is here, without flicker: whoever comes is shown at once, whoever goes is shown a little longer, because a reload
 * or a short loss of connection looks like going and coming back.
 */
export function useSettled<Person extends { id: string }>(present: Person[]): Person[] {
  const [shown, setShown] = useState(present);
  const missing = present.filter((person) => !shown.some((one) => one.id === person.id));

  useEffect(() => {
    const timer = setTimeout(() => setShown(present), leavesAfterMs);
    return () => clearTimeout(timer);
  }, [present]);

  // Whoever came is added while rendering, so that they are there in the same frame.
  if (missing.length > 0) setShown([...shown, ...missing]);
  return missing.length > 0 ? [...shown, ...missing] : shown;
}
