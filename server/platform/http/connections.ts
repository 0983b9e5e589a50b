import type { Bus } from '../bus/bus.ts';

/** A live socket of a session: the subscriptions socket or a note's. */
export type Connection = {
  readonly personId: string;
  readonly sessionId: string;
  /** Asks again whether this socket may stay. Rejections count as no. */
  isStillAllowed(): Promise<boolean>;
  /** Ends the socket with the code that tells its client not to come back. */
  end(): void;
};

export type Connections = {
  /** Watches a socket until the answer is called. */
  add(connection: Connection): () => void;
  /** Rights of this person changed (sign-out, role, removal): every socket of theirs is asked again, on every node. */
  recheck(personId: string): void;
  size(): number;
  countOf(personId: string): number;
};

/** The one authoriser of open sockets: a revocation rings the bus, and whoever may no longer be here is ended. */
export function createConnections(bus: Bus): Connections {
  const byPerson = new Map<string, { open: Set<Connection>; stop: () => void }>();

  async function recheckOpen(open: Set<Connection>) {
    await Promise.all(
      [...open].map(async (connection) => {
        const isAllowed = await connection.isStillAllowed().catch(() => false);
        if (!isAllowed) connection.end();
      }),
    );
  }

  return {
    add(connection) {
      let entry = byPerson.get(connection.personId);
      if (!entry) {
        const open = new Set<Connection>();
        entry = { open, stop: bus.on(`access:${connection.personId}`, () => void recheckOpen(open)) };
        byPerson.set(connection.personId, entry);
      }
      const { open, stop } = entry;
      open.add(connection);
      return () => {
        if (!open.delete(connection) || open.size > 0) return;
        stop();
        byPerson.delete(connection.personId);
      };
    },
    recheck: (personId) => bus.ring(`access:${personId}`),
    countOf: (personId) => byPerson.get(personId)?.open.size ?? 0,
    size: () => [...byPerson.values()].reduce((sum, { open }) => sum + open.size, 0),
  };
}
