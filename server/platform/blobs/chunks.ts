import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 256 * 1024;

/** A file from its beginning, closed at the end: every chunk lies where the one before lay. For whoever is done with one when asking for the next. */
export async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const bytes = new Uint8Array(chunkBytes);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, null);
      if (bytesRead === 0) return;
      yield bytes.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
