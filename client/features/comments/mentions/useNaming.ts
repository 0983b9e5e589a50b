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

/**
 * Holds a text in which somebody may be named until it is known who can be: sent before, the name would go out as mere
 * letters, and nobody would be told or asked. Held -> goes when the list is there | fails when it cannot be had.
 */
export function useNaming(readers: Readers, { what, go, fail }: Options): Naming {
  const [held, setHeld] = useState<string | null>(null);
  const { phase, askAgain } = readers;
  const isHeld = held === what;
  if (held !== null && !isHeld) setHeld(null);
  const end = useEffectEvent(() => {
    setHeld(null);
    if (phase === 'known') go();
    else fail();
  });
  useEffect(() => {
    if (isHeld && phase !== 'asked') end();
  }, [isHeld, phase]);

  return {
    isHeld,
    holds: () => {
      if (phase === 'known' || !mayName(what)) return false;
      if (phase === 'failed') askAgain();
      setHeld(what);
      return true;
    },
  };
}
