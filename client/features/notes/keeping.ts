import { count, transact } from 'lib0/indexeddb';
import { IndexeddbPersistence } from 'y-indexeddb';
import { Doc } from 'yjs';
import { createReader } from '../../../server/notes/document/read.ts';
import { writeMarkdown } from '../../../server/notes/document/writeMarkdown.ts';
import { forgetKept, keptName, keptNames, rememberKept } from '../../api/kept.ts';

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

  // Others' words on this device are for nobody any more.
  const swept = forgetKept((other) => other.personId !== place.personId).catch(() => {});
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

/** What this person could not send before the note was started anew, and what forgets it. */
export type Leftover = { markdown: string; forget(): Promise<void> };

/** Null when nothing was left. Its history is over: it can be read and copied, and never be merged. */
export async function leftoverOf(place: KeptPlace): Promise<Leftover | null> {
  if (typeof indexedDB === 'undefined') return null;
  const isLeft = (other: KeptPlace) =>
    other.personId === place.personId && other.noteId === place.noteId && Number(other.epoch) < Number(place.epoch);
  const texts = await Promise.all((await keptNames(isLeft)).map(textOf));
  const forget = () => forgetKept(isLeft).catch(() => {});
  const markdown = texts.filter((text) => text !== '').join('\n\n');
  if (markdown !== '') return { markdown, forget };
  await forget();
  return null;
}

async function textOf(name: string): Promise<string> {
  const doc = new Doc();
  const store = new IndexeddbPersistence(name, doc);
  await store.whenSynced;
  const text = writeMarkdown(createReader().read(doc).toJSON());
  await store.destroy();
  doc.destroy();
  return text;
}
