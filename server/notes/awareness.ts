import type { Identity } from './identity.ts';
import type { NoteLimits } from './limits.ts';
import { type AwarenessEntry, awarenessFrame, readAwareness } from './protocol.ts';

/** A socket as the awareness table knows it. */
export type Here = { readonly sessionId: string; readonly identity: Identity };

const gone = 'null';

/**
 * Who is in the room and where their caret stands. A client id belongs to the socket that first used it; another
 * socket of the same session may take it over, because a client that lost its network comes back before the server
 * has noticed that the old socket is dead.
 */
export class AwarenessTable<H extends Here> {
  readonly #entries = new Map<number, AwarenessEntry & { owner: H }>();
  /** What the others have not been told; of each id only the last that it said. */
  readonly #news = new Map<number, AwarenessEntry>();

  constructor(readonly limits: Pick<NoteLimits, 'awarenessBytes' | 'awarenessIds'>) {}

  /** Takes what a socket says about itself. Throws on what cannot be read. */
  take(from: H, message: Uint8Array): void {
    if (message.byteLength > this.limits.awarenessBytes) return;
    for (const entry of readAwareness(message, this.limits.awarenessIds)) {
      const state = stamped(entry.state, from.identity);
      const owner = this.#entries.get(entry.clientId)?.owner;
      if (owner && owner !== from && owner.sessionId !== from.sessionId) continue;
      if (!owner && (state === gone || this.#idsOf(from).length >= this.limits.awarenessIds)) continue;
      const stored = { ...entry, state };
      if (state === gone) this.#entries.delete(entry.clientId);
      else this.#entries.set(entry.clientId, { ...stored, owner: from });
      this.#news.set(entry.clientId, stored);
    }
  }

  /** What is new since it was asked last, for everybody; null when nothing is. */
  news(): Uint8Array | null {
    if (this.#news.size === 0) return null;
    const message = awarenessFrame([...this.#news.values()]);
    this.#news.clear();
    return message;
  }

  /** Everybody, for a newcomer; null when nobody is here. */
  all(): Uint8Array | null {
    return this.#entries.size === 0 ? null : awarenessFrame([...this.#entries.values()]);
  }

  /** Takes a closed socket out. */
  leave(who: H): void {
    for (const { clientId, clock } of this.#idsOf(who)) {
      this.#entries.delete(clientId);
      this.#news.set(clientId, { clientId, clock, state: gone });
    }
  }

  #idsOf(who: H): AwarenessEntry[] {
    return [...this.#entries.values()].filter((entry) => entry.owner === who);
  }
}

/** Throws when the state is not JSON. */
function stamped(state: string, user: Identity): string {
  const said: unknown = JSON.parse(state);
  if (said === null || typeof said !== 'object' || Array.isArray(said)) return gone;
  return JSON.stringify({ ...said, user });
}
