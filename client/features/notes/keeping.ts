import { count, transact } from 'lib0/indexeddb';
import { IndexeddbPersistence } from 'y-indexeddb';
import type { Doc } from 'yjs';
import { forgetKept, keptName, rememberKept } from '../../api/kept.ts';

/** Whose words they are, and of which note and epoch: never brought together with another's, or with another history. */
export type KeptPlace = { personId: string; noteId: string; epoch: string };

export type Kept = {
  /** What was kept is in the document, or there is nothing to wait for. */
  loaded: Promise<void>;
  /** Leaves it for the next time. */
  stop(): void;
  forget(): Promise<void>;
};

/** A browser that says nothing about its store is not waited for longer. */
const patienceMs = 2_000;

/**
 * Keeps a note on this device while it is open, so that what could not be sent outlives the page. `onChange` says whether
 * everything that was written stands there: only what the browser has confirmed counts.
 */
export function keepOnDevice(doc: Doc, place: KeptPlace, onChange: (isKept: boolean) => void): Kept {
  const name = keptName(place);
  let isOver = false;
  let written = 0;
  if (typeof indexedDB === 'undefined') return { loaded: Promise.resolve(), stop: () => {}, forget: async () => {} };

  // Others' words on this device, and those of an epoch that is over, are for nobody any more.
  const swept = forgetKept((other) => other.personId !== place.personId || isOlder(other, place)).catch(() => {});
  rememberKept(name);
  const store = new IndexeddbPersistence(name, doc);
  doc.on('update', handleUpdate);

  function handleUpdate(_update: Uint8Array, origin: unknown) {
    if (origin === store) return;
    written += 1;
    const mine = written;
    onChange(false);
    void confirmed().then((isStored) => {
      if (isStored && mine === written && !isOver) onChange(true);
    });
  }

  /** Asked behind the write, in the same store: answered when that write is done. */
  async function confirmed(): Promise<boolean> {
    try {
      await store.whenSynced;
      if (!store.db || isOver) return false;
      const [updates] = transact(store.db, ['updates']);
      if (updates) await count(updates);
      return updates !== undefined;
    } catch {
      return false;
    }
  }

  function stop() {
    isOver = true;
    doc.off('update', handleUpdate);
    void store.destroy();
  }

  const patience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
  return {
    loaded: Promise.race([swept.then(() => store.whenSynced).then(() => {}), patience]),
    stop,
    async forget() {
      stop();
      await forgetKept((other) => keptName(other) === name).catch(() => {});
    },
  };
}

function isOlder(other: KeptPlace, { noteId, epoch }: KeptPlace): boolean {
  return other.noteId === noteId && other.epoch !== epoch;
}
