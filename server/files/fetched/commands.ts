import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { files } from '../../../drizzle/schema/index.ts';
import { newBlobKey } from '../../platform/blobs/disk.ts';
import { type Tx, transaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { fileRemove, uploadPath } from '../commands.ts';
import type { FileRow } from '../queries.ts';
import { bytesLeft } from '../quota.ts';

/*
 * A file that the server fetches by itself, again and again. Its bytes gather like those of an upload, in a row of their
 * own, and once somebody has judged them they take the place of those before, in one transaction: whoever downloads it
 * gets the one or the other, whole. A row that was left behind is removed by its `file.expire`.
 */
/** Longer than any fetch with what has to be judged behind it. */
const pullLifeMs = 2 * 3_600_000;

export type Fetched = Pick<FileRow, 'projectId' | 'taskId' | 'name' | 'contentType' | 'createdBy'> & {
  fetchedFor: string;
};

/**
 * A row for bytes that are about to be fetched; nobody knows yet how many. What an earlier fetch of the same address left
 * unfinished goes: its process was killed, or hears so when it wants to keep what it has.
 */
export async function fetchedBegin(services: Services, tx: Tx, file: Fetched): Promise<string> {
  const isLeft = and(eq(files.fetchedFor, file.fetchedFor), eq(files.state, 'UPLOADING'));
  for (const left of await tx.select().from(files).where(isLeft).for('update')) await fileRemove(services, tx, left);
  const now = services.clock.now();
  const fileId = uuidv7();
  const expiresAt = new Date(now.getTime() + pullLifeMs);
  await tx.insert(files).values({
    ...file,
    ...{ id: fileId, sizeBytes: 0, blobKey: newBlobKey(), state: 'UPLOADING', purpose: 'FETCHED' },
    ...{ createdAt: now, expiresAt },
  });
  await services.jobs.due(tx, 'file.expire', fileId, expiresAt);
  return fileId;
}

/** Keeps room for so many bytes, or for as many of them as the account has left; answers for how many. */
export async function fetchedRoom(services: Services, fileId: string, wanted: number): Promise<number> {
  const { value } = await transaction(services, async (tx) => {
    const [file] = await tx.select().from(files).where(openRow(fileId));
    if (!file) return 0;
    const left = file.sizeBytes + (await bytesLeft(services.config, tx, file.projectId));
    const sizeBytes = Math.min(wanted, Math.max(left, 0));
    await tx.update(files).set({ sizeBytes }).where(openRow(fileId));
    return sizeBytes;
  });
  return value;
}

/** Hands bytes that have all come to the blob store; the row is made to speak of them by `fetchedKeep`. */
export async function fetchedAdopt(services: Services, fileId: string): Promise<boolean> {
  const [file] = await services.db.select().from(files).where(openRow(fileId));
  if (!file) return false;
  await services.blobs.adopt(file.blobKey, uploadPath(services, fileId));
  return true;
}

/**
 * Keeps what was fetched for good. With a file that stood before it is that file's new content, and the blob before goes
 * after the commit. Answers the file that has it now; null when the row was given up meanwhile.
 */
export async function fetchedKeep(
  services: Services,
  tx: Tx,
  fileId: string,
  { sizeBytes, sha256, insteadOf }: { sizeBytes: number; sha256: string; insteadOf: string | null },
): Promise<string | null> {
  const [fetched] = await tx.select().from(files).where(openRow(fileId)).for('update');
  if (!fetched) return null;
  const kept = { sizeBytes, sha256, state: 'STORED' as const, expiresAt: null };
  await services.jobs.notDue(tx, 'file.expire', fileId);
  const [before] = insteadOf === null ? [] : await tx.select().from(files).where(eq(files.id, insteadOf)).for('update');
  if (!before) {
    await tx.update(files).set(kept).where(eq(files.id, fileId));
    return fileId;
  }
  const { blobKey, name, contentType } = fetched;
  await tx.delete(files).where(eq(files.id, fileId));
  await tx
    .update(files)
    .set({ ...kept, blobKey, name, contentType })
    .where(eq(files.id, before.id));
  tx.afterCommit.push(() => {
    services.blobs.remove(before.blobKey).catch((error: unknown) => {
      services.log.warn({ error, fileId: before.id }, 'left for the sweep');
    });
  });
  return before.id;
}

/** Removes what was fetched for nothing; false when it was gone already. */
export async function fetchedDrop(services: Services, tx: Tx, fileId: string): Promise<boolean> {
  const [file] = await tx.select().from(files).where(openRow(fileId)).for('update');
  if (file) await fileRemove(services, tx, file);
  return file !== undefined;
}

const openRow = (fileId: string) =>
  and(eq(files.id, fileId), eq(files.state, 'UPLOADING'), eq(files.purpose, 'FETCHED'));
