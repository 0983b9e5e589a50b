import * as Y from 'yjs';
import type { Peer } from './peer.ts';

/** An update that waits to be stored. */
export type Write = { peer: Peer; update: Uint8Array };

/** What the writes of one person, in a row, changed. `messages` is how many of them said anything. `isTold`: they tell of it themselves. */
export type Change = { personId: string; update: Uint8Array; messages: number; isTold: boolean };

/** `rest` is what there was no time for: it waits for the next batch. */
export type Applied = { changes: Change[]; rest: Write[]; broken: null } | { changes: null; broken: Peer };

/** No structs, no deletions: what a client that knows nothing more answers when it enters. */
const emptyUpdateBytes = 2;

/** How long one batch may hold the process up, and how long one message may take, by its size. */
const batchMs = 50;
const messageMs = (bytes: number) => 150 + bytes / 2_000;

/**
 * Applies writes to the document, in order, and answers what is to be stored: nothing for what was known already, which
 * is what a client that comes back mostly sends. `broken` is the socket whose update made Yjs throw, or
 * never end, or left more than `pendingBytes` waiting for parts that have not come.
 */
export function applyWrites(doc: Y.Doc, writes: readonly Write[], pendingBytes: number): Applied {
  const changes: Change[] = [];
  const watched = watchedClients(doc);
  const until = performance.now() + batchMs;
  let done = 0;
  for (const run of runsOf(writes)) {
    if (performance.now() > until) break;
    const heard: Uint8Array[] = [];
    const hear = (update: Uint8Array) => heard.push(update);
    doc.on('update', hear);
    let at = run[0];
    const applied: Write[] = [];
    try {
      Y.transact(
        doc,
        () => {
          for (at of run) {
            watched.watch(messageMs(at.update.byteLength));
            Y.applyUpdate(doc, at.update);
            applied.push(at);
            if (performance.now() > until) break;
          }
        },
        null,
        false,
      );
    } catch {
      return { changes: null, broken: at.peer };
    } finally {
      watched.unwatch();
      doc.off('update', hear);
    }
    if (pendingIn(doc) > pendingBytes) return { changes: null, broken: at.peer };
    done += applied.length;
    // What waits for a parent that has not come yet is not in the event, but it is acknowledged: then the messages are
    // stored as they are.
    const isWaiting = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
    const parts = isWaiting ? applied.map((write) => write.update) : heard;
    const [first, ...others] = parts;
    if (!first) continue;
    const update = others.length === 0 ? first : Y.mergeUpdates(parts);
    const messages = applied.filter((write) => write.update.byteLength > emptyUpdateBytes).length;
    const { identity, tellsItself } = at.peer;
    changes.push({ personId: identity.personId, update, messages, isTold: tellsItself });
  }
  return { changes, rest: writes.slice(done), broken: null };
}

/**
 * Throws out of an update that takes too long: small ones can be made that Yjs needs minutes to place, and nothing else
 * would run meanwhile. Yjs asks this map for every struct that it adds, so it is where to look at the clock.
 */
class WatchedClients<K, V> extends Map<K, V> {
  #ms = 0;
  #lookAt = Number.POSITIVE_INFINITY;
  #used: NodeJS.CpuUsage | null = null;
  #steps = 0;

  watch(ms: number): void {
    this.#ms = ms;
    this.#lookAt = performance.now() + ms;
    this.#used = null;
  }

  unwatch(): void {
    this.#lookAt = Number.POSITIVE_INFINITY;
  }

  override get(client: K): V | undefined {
    // To look at the clock takes longer than to look into the map.
    this.#steps += 1;
    if ((this.#steps & 31) === 0 && performance.now() > this.#lookAt) this.#look();
    return super.get(client);
  }

  /** The time is up; but on a busy machine it may have gone to others. So much again, and of our own, is the end. */
  #look(): void {
    const { user, system } = process.cpuUsage(this.#used ?? undefined);
    if (this.#used === null) this.#used = process.cpuUsage();
    else if ((user + system) / 1_000 > this.#ms) {
      // Yjs cleans up after the throw, which must not be stopped again.
      this.unwatch();
      throw new Error('The update takes too long.');
    }
    this.#lookAt = performance.now() + this.#ms / 10;
  }
}

function watchedClients({ store }: Y.Doc): WatchedClients<unknown, unknown> {
  if (store.clients instanceof WatchedClients) return store.clients;
  const watched = new WatchedClients(store.clients);
  store.clients = watched;
  return watched;
}

/** What of a document waits for parts that have not come. */
function pendingIn({ store }: Y.Doc): number {
  return (store.pendingStructs?.update.byteLength ?? 0) + (store.pendingDs?.byteLength ?? 0);
}

type Run = [Write, ...Write[]];

/** Splits into runs of one socket each, so that every stored row has one author. */
function runsOf(writes: readonly Write[]): Run[] {
  const runs: Run[] = [];
  for (const write of writes) {
    const last = runs.at(-1);
    if (last && last[0].peer === write.peer) last.push(write);
    else runs.push([write]);
  }
  return runs;
}

/** Whether Yjs can read it. Cheap next to applying it, and nothing of the document is touched. */
export function isReadable(update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update);
    return true;
  } catch {
    return false;
  }
}

/** Whether it adds anything; what only deletes never makes a note larger. */
export function adds(update: Uint8Array): boolean {
  return Y.decodeUpdate(update).structs.length > 0;
}
