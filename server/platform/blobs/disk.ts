import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Blobs } from './blobs.ts';

const keyPattern = /^[0-9a-f]{48}$/;

/** A fresh key: 192 random bits, lower-case so that no file system folds two keys into one. */
export function newBlobKey(): string {
  return randomBytes(24).toString('hex');
}

/** Blobs as files under `dir`, two levels of folders deep: `ab/cd/<key>`. */
export function diskBlobs(dir: string): Blobs {
  // A key names a path: anything but our own keys would be a way out of the folder.
  const pathOf = (key: string) => {
    if (!keyPattern.test(key)) throw Object.assign(new Error('Not a blob key'), { code: 'ENOENT' });
    return join(dir, key.slice(0, 2), key.slice(2, 4), key);
  };

  return {
    pathOf,
    async adopt(key, path) {
      const target = pathOf(key);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      try {
        await rename(path, target);
      } catch (error) {
        if (codeOf(error) !== 'EXDEV') throw error;
        // Another disk: copied beside the target first, so that a half-copied blob never bears its key.
        await copyFile(path, `${target}.part`);
        await rename(`${target}.part`, target);
        await rm(path, { force: true });
      }
    },
    async open(key, range) {
      const handle = await open(pathOf(key), 'r');
      return handle.createReadStream(range ?? {});
    },
    async sizeOf(key) {
      try {
        return (await stat(pathOf(key))).size;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
    async *keys() {
      for await (const path of filesUnder(dir)) {
        if (!keyPattern.test(path.name)) continue;
        // Gone since it was listed: removed already.
        const found = await stat(path.full).catch(() => null);
        if (found) yield { key: path.name, modifiedAt: found.mtime };
      }
    },
  };
}

async function* filesUnder(dir: string): AsyncGenerator<{ name: string; full: string }> {
  let entries: Awaited<ReturnType<typeof opendir>>;
  try {
    entries = await opendir(dir);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  for await (const entry of entries) {
    const full = join(dir, entry.name);
    if (entry.isDirectory()) yield* filesUnder(full);
    else yield { name: entry.name, full };
  }
}

/** The system's code of a failed file operation, as ENOENT. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
