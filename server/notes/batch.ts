import * as Y from 'yjs';
import type { Peer } from './peer.ts';

/** An update that waits to be stored. */
export type Write = { peer: Peer; update: Uint8Array };

/** What the writes of one person, in a row, changed. `messages` is how many of them there were. */
export type Change = { personId: string; update: Uint8Array; messages: number };

export type Applied = { changes: Change[]; broken: null } | { changes: null; broken: Peer };

/**
 * Applies writes to the document, in order, and answers what is to be stored: nothing for what was known already, which
 * is what a client that comes back mostly sends. `broken` is the socket whose update made Yjs throw.
 */
export function applyWrites(doc: Y.Doc, writes: readonly Write[]): Applied {
  const changes: Change[] = [];
  for (const run of runsOf(writes)) {
    const heard: Uint8Array[] = [];
    const hear = (update: Uint8Array) => heard.push(update);
    doc.on('update', hear);
    let at = run[0];
    try {
      Y.transact(
        doc,
        () => {
          for (at of run) Y.applyUpdate(doc, at.update);
        },
        null,
        false,
      );
    } catch {
      return { changes: null, broken: at.peer };
    } finally {
      doc.off('update', hear);
    }
    // What waits for a parent that has not come yet is not in the event, but it is acknowledged: then the messages are
    // stored as they are.
    const isWaiting = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
    const parts = isWaiting ? run.map((write) => write.update) : heard;
    const [first, ...rest] = parts;
    if (!first) continue;
    const update = rest.length === 0 ? first : Y.mergeUpdates(parts);
    changes.push({ personId: at.peer.identity.personId, update, messages: run.length });
  }
  return { changes, broken: null };
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
