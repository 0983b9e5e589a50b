import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import type { Stretch } from './lines.ts';

/** Rows are drawn some before and behind what is seen, so that a wheel and the arrow keys find the next ones there. */
const beyond = 12;
/** The window moves by so many rows at once: each move draws. */
const step = 6;

type Window = Stretch & { rowPx: number };

/**
 * Which of so many rows of one height are worth drawing: those in view of the element that scrolls them, and some
 * around. How high a row is says the first one that is there, because letters can be set larger.
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, rows: number): Window {
  const [rowPx, setRowPx] = useState(36);
  const [seen, setSeen] = useState<Stretch>({ from: 0, to: step * 7 });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const height = element.querySelector('[data-line]')?.getBoundingClientRect().height;
      if (height) setRowPx(height);
    };
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => resized.disconnect();
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const first = Math.floor(element.scrollTop / rowPx / step) * step;
      const shown = Math.ceil(element.clientHeight / rowPx / step) * step;
      const [from, to] = [Math.max(0, first - beyond), first + shown + step + beyond];
      setSeen((now) => (now.from === from && now.to === to ? now : { from, to }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [scroller, rowPx]);

  const to = Math.min(seen.to, rows);
  return { from: Math.min(seen.from, to), to, rowPx };
}
