import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../../platform/blobs/disk.ts';
import type { TaskLine } from '../../platform/threads/serveTasks.ts';
import type { Arrived, FileOrder } from './order.ts';

const readBytes = 128 * 1024;

/** A file read from its beginning, also while it is still arriving: never beyond what the main loop says is there. */
export type Tail = AsyncIterable<Uint8Array> & {
  /** Everything that has arrived was given out; more is waited for. */
  readonly isCaughtUp: boolean;
  /** Of the whole file; null while it is not known. */
  readonly sizeBytes: number | null;
};

/** `isLent`: every chunk lies where the one before lay, for whoever is done with it when asking for the next. */
export function tailOf(
  { places, sizeBytes: known, arrived: first }: FileOrder,
  line: TaskLine,
  { isLent = false } = {},
): Tail {
  let arrived = first;
  let sizeBytes = known;
  let at = 0;
  let wake = () => {};
  line.onMessage((message) => {
    const told = message as Arrived;
    arrived = Math.max(arrived, told.arrived);
    sizeBytes = told.sizeBytes ?? sizeBytes;
    wake();
  });
  line.signal.addEventListener('abort', () => wake());

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const handle = await openFirst(places);
    const lent = isLent ? new Uint8Array(readBytes) : null;
    try {
      while (sizeBytes === null || at < sizeBytes) {
        if (at >= arrived) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (line.signal.aborted || at < arrived || at === sizeBytes) resolve();
          });
          line.signal.throwIfAborted();
          continue;
        }
        const bytes = lent ?? new Uint8Array(Math.min(readBytes, arrived - at));
        const { bytesRead } = await handle.read(bytes, 0, Math.min(bytes.length, arrived - at), at);
        if (bytesRead === 0) throw new Error('The file is shorter than it was said to be.');
        at += bytesRead;
        yield bytesRead === bytes.length ? bytes : bytes.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  }

  return {
    get isCaughtUp() {
      return at >= arrived;
    },
    get sizeBytes() {
      return sizeBytes;
    },
    [Symbol.asyncIterator]: () => chunks(),
  };
}

/** An upload becomes a blob by moving: it stands in one place or the other, and once open it stays open. */
async function openFirst(places: readonly string[]): Promise<FileHandle> {
  for (const place of places) {
    try {
      return await open(place, 'r');
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  throw new Error('The file is gone.');
}
