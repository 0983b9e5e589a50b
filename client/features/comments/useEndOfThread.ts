import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

export type EndOfThread = {
  scrollRef: RefObject<HTMLDivElement | null>;
  endRef: RefObject<HTMLDivElement | null>;
  newBelow: number;
  goToEnd: () => void;
};

/**
 * Keeps a reader who is at the end of the thread at its end, and tells one who has scrolled up how many came below.
 * Works whether the thread or the whole page is what scrolls.
 */
export function useEndOfThread(lastId: string | null, outgoingCount: number): EndOfThread {
  const scrollRef = useRef<HTMLDivElement>(null);
  const endRef = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [newBelow, setNewBelow] = useState(0);

  const goToEnd = useCallback(() => {
    const scroll = scrollRef.current;
    if (scroll && scroll.scrollHeight > scroll.clientHeight) scroll.scrollTop = scroll.scrollHeight;
    else endRef.current?.scrollIntoView({ block: 'nearest' });
    setNewBelow(0);
  }, []);

  useEffect(() => {
    const end = endRef.current;
    if (!end) return;
    const observer = new IntersectionObserver((entries) => {
      isAtEnd.current = entries.at(-1)?.isIntersecting ?? false;
      if (isAtEnd.current) setNewBelow(0);
    });
    observer.observe(end);
    return () => observer.disconnect();
  }, []);

  // Before the paint, so that a reader at the end never sees the list jump. The first time only the thread itself is
  // moved: opening a task must not scroll the page away from its title.
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    const scroll = scrollRef.current;
    if (isFirst.current) {
      isFirst.current = false;
      if (scroll) scroll.scrollTop = scroll.scrollHeight;
      return;
    }
    if (lastId === null && outgoingCount === 0) return;
    if (isAtEnd.current || outgoingCount > 0) goToEnd();
    else setNewBelow((count) => count + 1);
  }, [lastId, outgoingCount, goToEnd]);

  return { scrollRef, endRef, newBelow, goToEnd };
}
