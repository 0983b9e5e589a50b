import { CloseCode, type Client as Socket } from 'graphql-ws';
import { createContext, type ReactNode, useEffect, useMemo } from 'react';
import { Warmth } from './warmth.ts';

const manyFailures = 3;
/** What the server says when it ends a socket whose person may do something else now than when it was opened. */
const rightsChanged = 'Rights changed';

type Root = {
  socket: Socket | null;
  warmth: Warmth;
  /** Asks the server who is signed in, after it refused a stream. */
  onRefused: () => void;
  /** Whether what somebody did is what the reader is just doing on this page: that is no news to them. */
  isEcho: (actorId: string | undefined) => boolean;
};

export const LiveContext = createContext<Root>({
  socket: null,
  warmth: new Warmth(),
  onRefused: () => {},
  isEcho: () => false,
});

type Props = Pick<Root, 'onRefused' | 'isEcho'> & {
  socket: Socket;
  /** The connection was lost and is there again. */
  onBack: () => void;
  children: ReactNode;
};

/** Holds the page's one connection; screens follow their streams over it. */
export function LiveRoot({ socket, onRefused, onBack, isEcho, children }: Props) {
  const root = useMemo(() => ({ socket, warmth: new Warmth(), onRefused, isEcho }), [socket, onRefused, isEcho]);
  useEffect(() => {
    let failures = 0;
    const listeners = [
      socket.on('connected', () => {
        if (failures > 0) onBack();
        failures = 0;
      }),
      socket.on('closed', (event) => {
        failures += 1;
        const { code, reason } = event as CloseEvent;
        const hasOtherRights = code === CloseCode.Forbidden || reason === rightsChanged;
        // A browser is not told why a connection was refused; after a few in a row the session may be over.
        if (hasOtherRights || failures % manyFailures === 0) onRefused();
      }),
    ];
    return () => {
      for (const off of listeners) off();
    };
  }, [socket, onRefused, onBack]);
  return <LiveContext value={root}>{children}</LiveContext>;
}
