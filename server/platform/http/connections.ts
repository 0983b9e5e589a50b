import type { Bus } from '../bus/bus.ts';

/** A live socket of a session: the subscriptions socket or a note's. */
export type Connection = {
  readonly personId: string;
  /** Who looks through this person's eyes, if somebody does. A change of either's rights asks again. */
  readonly viewedBy?: string | null;
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

  function watch(personId: string, connection: Connection): () => void {
    let entry = byPerson.get(personId);
    if (!entry) {
      const open = new Set<Connection>();
      entry = { open, stop: bus.on(`access:${personId}`, () => void recheckOpen(open)) };
      byPerson.set(personId, entry);
    }
    const { open, stop } = entry;
    open.add(connection);
    return () => {
      if (!open.delete(connection) || open.size > 0) return;
      stop();
      byPerson.delete(personId);
    };
  }

  return {
    add(connection) {
      const { personId, viewedBy } = connection;
      const forgets = [personId, viewedBy ?? personId].map((id) => watch(id, connection));
      return () => {
        for (const forget of forgets) forget();
      };
    },
    recheck: (personId) => bus.ring(`access:${personId}`),
    countOf: (personId) => byPerson.get(personId)?.open.size ?? 0,
    size: () => new Set([...byPerson.values()].flatMap(({ open }) => [...open])).size,
  };
}
