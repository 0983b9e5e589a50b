import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inArray, or } from 'drizzle-orm';
import { files, firstLooks } from '../../drizzle/schema/index.ts';
import { codeOf } from '../platform/blobs/disk.ts';
import { transaction } from '../platform/database/transaction.ts';
import type { Services } from '../platform/services.ts';
import { uploadPath } from './commands.ts';

const sweepEveryMs = 3_600_000;

/** The sweep is of no thing in particular; its due moment needs an id all the same. */
const sweepId = '00000000-0000-7000-8000-000000000001';

const batch = 500;

/** Registers the sweep; `startSweeping` makes it due for the first time. */
export function fileJobs(services: Services): void {
  services.jobs.handle('file.sweep', async () => {
    await sweepOrphans(services);
    await sweepAgainAt(services, new Date(services.clock.now().getTime() + sweepEveryMs));
  });
}

/** At every start: a crash is what leaves orphans behind. */
export async function startSweeping(services: Services): Promise<void> {
  await sweepAgainAt(services, services.clock.now());
}

async function sweepAgainAt(services: Services, at: Date): Promise<void> {
  await transaction(services, (tx) => services.jobs.due(tx, 'file.sweep', sweepId, at));
}

/**
 * Removes bytes without a row. No age is asked: a row is written before its first byte and removed before its bytes, so
 * what was listed and has no row now never will have one.
 */
export async function sweepOrphans(services: Services): Promise<{ blobs: number; uploads: number }> {
  const removed = { blobs: 0, uploads: 0 };
  for await (const keys of batches(services.blobs.keys())) {
    const rows = await services.db.select({ key: files.blobKey }).from(files).where(inArray(files.blobKey, keys));
    const looks = await services.db
      .select({ key: firstLooks.indexKey, next: firstLooks.nextKey })
      .from(firstLooks)
      .where(or(inArray(firstLooks.indexKey, keys), inArray(firstLooks.nextKey, keys)));
    const known = new Set([...rows.map((row) => row.key), ...looks.flatMap(({ key, next }) => [key, next])]);
    for (const key of keys.filter((candidate) => !known.has(candidate))) {
      await services.blobs.remove(key);
      removed.blobs += 1;
    }
  }
  const folder = dirname(uploadPath(services, sweepId));
  for await (const ids of batches(idsIn(folder))) {
    const rows = await services.db
      .select({ id: files.id, state: files.state })
      .from(files)
      .where(inArray(files.id, ids));
    const open = new Set(rows.filter((row) => row.state === 'UPLOADING').map((row) => row.id));
    for (const id of ids.filter((candidate) => !open.has(candidate))) {
      await rm(join(folder, id), { force: true });
      removed.uploads += 1;
    }
  }
  return removed;
}

async function* idsIn(folder: string): AsyncGenerator<{ key: string }> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) if (/^[0-9a-f-]{36}$/.test(name)) yield { key: name };
}

async function* batches(found: AsyncIterable<{ key: string }>): AsyncGenerator<string[]> {
  let keys: string[] = [];
  for await (const { key } of found) {
    keys.push(key);
    if (keys.length < batch) continue;
    yield keys;
    keys = [];
  }
  if (keys.length > 0) yield keys;
}
