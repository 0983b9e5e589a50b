import type { Readable } from 'node:stream';

/** Bytes under random keys. A blob is invisible until its row says STORED; a sweep removes those without a row. */
export type Blobs = {
  /** Takes over a finished file on disk under `key` (a rename when on one disk). */
  adopt(key: string, path: string): Promise<void>;
  /** Opens for reading, from `start` through `end` (both counted) when given; rejects with code ENOENT when missing. */
  open(key: string, range?: { start: number; end: number }): Promise<Readable>;
  /** Where the bytes stand on this machine's disk, for a thread that reads them by itself. */
  pathOf(key: string): string;
  /** Null when missing. */
  sizeOf(key: string): Promise<number | null>;
  /** Removes; a missing one is removed already. */
  remove(key: string): Promise<void>;
  keys(): AsyncIterable<{ key: string; modifiedAt: Date }>;
};
