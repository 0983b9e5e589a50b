import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

export type EndOfThread = {
  scrollRef: RefObject<HTMLDivElement | null>;
  endRef: RefObject<HTMLDivElement | null>;
  newBelow: number;
  goToEnd: () => void;
};

type Thread = { firstId: string | null; lastId: string | null; outgoingCount: number };

/**
 * Keeps a reader who is at the end of the thread at its end, tells one who has scrolled up how many came below, and
 * keeps the place of one who asks for earlier comments. Works whether the thread or the whole page is what scrolls.
 */
export function useEndOfThread({ firstId, lastId, outgoingCount }: Thread): EndOfThread {
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

  // Before the paint, so that nobody sees the list jump: what was put in front pushes the rest down by its height.
  const fromEnd = useRef(0);
  const shownFirstId = useRef(firstId);
  useLayoutEffect(() => {
    const scroll = scrollRef.current;
    if (!scroll) return;
    const isExtended = shownFirstId.current !== null && shownFirstId.current !== firstId;
    if (isExtended && !isAtEnd.current) scroll.scrollTop = scroll.scrollHeight - fromEnd.current;
    shownFirstId.current = firstId;
    const remember = () => {
      fromEnd.current = scroll.scrollHeight - scroll.scrollTop;
    };
    remember();
    scroll.addEventListener('scroll', remember, { passive: true });
    return () => scroll.removeEventListener('scroll', remember);
  });

  // The first time only the thread itself is moved: opening a task must not scroll the page away from its title.
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
