import { useEffect, useEffectEvent, useState } from 'react';
import { mayName } from './tokens.ts';
import type { Readers } from './useReaders.ts';

type Options = {
  /** What is to go, and to whom: changed, it is something else, which nobody asked to send. */
  what: string;
  go: () => void;
  fail: () => void;
};
type Naming = {
  isHeld: boolean;
  /** Whether it has to wait: then it goes, or fails, by itself. */
  holds: () => boolean;
};

/** How long a text is held for a list that does not come: a field that cannot be written in may not last. */
const patienceMs = 15_000;

/**
 * Holds a text in which somebody may be named until it is known who can be: sent before, the name would go out as mere
 * letters, and nobody would be told or asked. Held -> goes when the list is there | fails when it cannot be had, or does
 * not come in time; the next try asks for it anew.
 */
export function useNaming(readers: Readers, { what, go, fail }: Options): Naming {
  const [held, setHeld] = useState<string | null>(null);
  const [isGivenUp, setGivenUp] = useState(false);
  const { phase, askAgain } = readers;
  const isHeld = held === what;
  if (held !== null && !isHeld) setHeld(null);
  const end = useEffectEvent(() => {
    setHeld(null);
    setGivenUp(phase === 'asked');
    if (phase === 'known') go();
    else fail();
  });
  useEffect(() => {
    if (!isHeld) return;
    if (phase !== 'asked') return end();
    const timer = setTimeout(end, patienceMs);
    return () => clearTimeout(timer);
  }, [isHeld, phase]);

  return {
    isHeld,
    holds: () => {
      if (phase === 'known' || !mayName(what)) return false;
      if (phase === 'failed' || isGivenUp) askAgain();
      setHeld(what);
      return true;
    },
  };
}
