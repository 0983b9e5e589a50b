import * as Y from 'yjs';
import type { Peer } from './peer.ts';

/** An update that waits to be stored. */
export type Write = { peer: Peer; update: Uint8Array };

/** What the writes of one person, in a row, changed. `messages` is how many of them said anything. */
export type Change = { personId: string; update: Uint8Array; messages: number };

/** `rest` is what there was no time for: it waits for the next batch. */
export type Applied = { changes: Change[]; rest: Write[]; broken: null } | { changes: null; broken: Peer };

/** No structs, no deletions: what a client that knows nothing more answers when it enters. */
const emptyUpdateBytes = 2;

/** How long one batch may hold the process up, and how long one message may take, by its size. */
const batchMs = 100;
const messageMs = (bytes: number) => 250 + bytes / 2_000;

/**
 * Applies writes to the document, in order, and answers what is to be stored: nothing for what was known already, which
 * is what a client that comes back mostly sends. `broken` is the socket whose update made Yjs throw, or never end.
 */
export function applyWrites(doc: Y.Doc, writes: readonly Write[]): Applied {
  const changes: Change[] = [];
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
            withDeadline(doc, messageMs(at.update.byteLength), () => Y.applyUpdate(doc, at.update));
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
      doc.off('update', hear);
    }
    done += applied.length;
    // What waits for a parent that has not come yet is not in the event, but it is acknowledged: then the messages are
    // stored as they are.
    const isWaiting = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
    const parts = isWaiting ? applied.map((write) => write.update) : heard;
    const [first, ...others] = parts;
    if (!first) continue;
    const update = others.length === 0 ? first : Y.mergeUpdates(parts);
    const messages = applied.filter((write) => write.update.byteLength > emptyUpdateBytes).length;
    changes.push({ personId: at.peer.identity.personId, update, messages });
  }
  return { changes, rest: writes.slice(done), broken: null };
}

/**
 * Throws out of `apply` when it takes too long: small updates can be made that Yjs needs minutes to place, and nothing
 * else would run meanwhile. Yjs asks this map for every struct that it adds, so it is where to look at the clock.
 */
function withDeadline(doc: Y.Doc, ms: number, apply: () => void): void {
  const { clients } = doc.store;
  const until = performance.now() + ms;
  const unwatch = () => Reflect.deleteProperty(clients, 'get');
  clients.get = (client) => {
    if (performance.now() > until) {
      // Yjs cleans up after the throw, which must not be stopped again.
      unwatch();
      throw new Error('The update takes too long.');
    }
    return Map.prototype.get.call(clients, client);
  };
  try {
    apply();
  } finally {
    unwatch();
  }
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
