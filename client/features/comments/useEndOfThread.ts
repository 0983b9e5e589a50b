import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

export type EndOfThread = {
  scrollRef: RefObject<HTMLDivElement | null>;
  endRef: RefObject<HTMLDivElement | null>;
  newBelow: number;
  /** Whether the reader has the end before their eyes. */
  isAtEnd: boolean;
  goToEnd: () => void;
};

/** The thread itself where it has a height of its own; on a phone the page, of which it is the last part. */
function scrollerOf(thread: HTMLElement | null): HTMLElement {
  return thread && thread.scrollHeight > thread.clientHeight ? thread : document.documentElement;
}

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
  const [isEndSeen, setEndSeen] = useState(false);

  const goToEnd = useCallback(() => {
    const scroller = scrollerOf(scrollRef.current);
    scroller.scrollTop = scroller.scrollHeight;
    setNewBelow(0);
  }, []);

  useEffect(() => {
    const end = endRef.current;
    if (!end) return;
    const observer = new IntersectionObserver((entries) => {
      isAtEnd.current = entries.at(-1)?.isIntersecting ?? false;
      setEndSeen(isAtEnd.current);
      if (isAtEnd.current) setNewBelow(0);
    });
    observer.observe(end);
    return () => observer.disconnect();
  }, []);

  // Before the paint, so that nobody sees the list jump: what was put in front pushes the rest down by its height.
  const fromEnd = useRef(0);
  const shownFirstId = useRef(firstId);
  useLayoutEffect(() => {
    const scroller = scrollerOf(scrollRef.current);
    const isExtended = shownFirstId.current !== null && shownFirstId.current !== firstId;
    if (isExtended && !isAtEnd.current) scroller.scrollTop = scroller.scrollHeight - fromEnd.current;
    shownFirstId.current = firstId;
    const remember = () => {
      fromEnd.current = scroller.scrollHeight - scroller.scrollTop;
    };
    remember();
    // Captured, because the scrolling of the page does not reach its root element, nor that of a thread the window.
    window.addEventListener('scroll', remember, { passive: true, capture: true });
    return () => window.removeEventListener('scroll', remember, { capture: true });
  });

  const isFirst = useRef(true);
  useLayoutEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      // Where one left off, when there is so much that is new that its end would hide its beginning.
      goToEnd();
      scrollRef.current?.querySelector('[data-new-line]')?.scrollIntoView({ block: 'nearest' });
      return;
    }
    if (lastId === null && outgoingCount === 0) return;
    if (isAtEnd.current || outgoingCount > 0) goToEnd();
    else setNewBelow((count) => count + 1);
  }, [lastId, outgoingCount, goToEnd]);

  return { scrollRef, endRef, newBelow, isAtEnd: isEndSeen, goToEnd };
}
