import type { Client as Socket } from 'graphql-ws';
import { createContext, type ReactNode, useMemo } from 'react';
import { Warmth } from './warmth.ts';

type Root = {
  socket: Socket | null;
  warmth: Warmth;
  /** Asks the server who is signed in, after it refused a stream. */
  onRefused: () => void;
};

export const LiveContext = createContext<Root>({ socket: null, warmth: new Warmth(), onRefused: () => {} });

type Props = { socket: Socket; onRefused: () => void; children: ReactNode };

/** Holds the page's one connection; screens follow their streams over it. */
export function LiveRoot({ socket, onRefused, children }: Props) {
  const root = useMemo(() => ({ socket, warmth: new Warmth(), onRefused }), [socket, onRefused]);
  return <LiveContext value={root}>{children}</LiveContext>;
}
