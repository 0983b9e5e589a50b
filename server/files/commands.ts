import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { files } from '../../drizzle/schema/index.ts';
import { codeOf, newBlobKey } from '../platform/blobs/disk.ts';
import { type Tx, transaction } from '../platform/database/transaction.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { cleanFileName, type FileRow, fileRow } from './queries.ts';
import { bytesLeft, quotaReserve } from './quota.ts';

/*
 * A file's life: UPLOADING, its bytes in `<data>/uploads/<file id>`, until all declared bytes are there; then the bytes
 * become a blob and the row STORED. Kept for good (`expiresAt` null) once it is delivered; a file that is not by
 * `expiresAt`, or whose upload is cancelled, loses its row and its bytes: the job `file.expire` sees to it.
 * The row is always written before the bytes and removed before them, so bytes without a row are nobody's.
 */
const uploadLifeMs = 24 * 3_600_000;

export type NewFile = {
  projectId: string;
  taskId: string;
  name: string;
  sizeBytes: number;
  contentType: string;
  /** What it is sent for; a submission unless said. */
  purpose?: FileRow['purpose'];
  /** The note that it stands in, of a NOTE's. */
  noteId?: string;
};

export type GivenFile = { name: string; sizeBytes: number; contentType?: string | null };

const contentTypePattern = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/** What somebody says of a file to come, as it is kept. */
export function fileChecked(file: GivenFile, maxBytes: number): Pick<NewFile, 'name' | 'sizeBytes' | 'contentType'> {
  const name = cleanFileName(file.name);
  if (name === null) throw new ActError('INVALID_FILE_NAME', { field: 'file.name' });
  const { sizeBytes } = file;
  if (!Number.isInteger(sizeBytes) || sizeBytes < 0) throw new ApiError('BAD_USER_INPUT');
  if (sizeBytes === 0) throw new ActError('EMPTY', { field: 'file.sizeBytes' });
  if (sizeBytes > maxBytes) throw new ActError('FILE_TOO_LARGE', { field: 'file.sizeBytes', params: { maxBytes } });
  const declared = file.contentType ?? '';
  return { name, sizeBytes, contentType: contentTypePattern.test(declared) ? declared : 'application/octet-stream' };
}

/** Where an unfinished upload gathers. */
export function uploadPath(services: Services, fileId: string): string {
  return join(services.config.dataDir, 'uploads', fileId);
}

/** Makes room for an upload of exactly `sizeBytes`, where the account still has some. */
export async function fileCreate(ctx: Ctx, tx: Tx, file: NewFile): Promise<string> {
  await quotaReserve(ctx, tx, file);
  const now = ctx.clock.now();
  const fileId = uuidv7();
  const expiresAt = new Date(now.getTime() + uploadLifeMs);
  await tx.insert(files).values({
    ...file,
    id: fileId,
    blobKey: newBlobKey(),
    state: 'UPLOADING',
    createdBy: ctx.viewer.personId,
    createdAt: now,
    expiresAt,
  });
  await ctx.jobs.due(tx, 'file.expire', fileId, expiresAt);
  return fileId;
}

/** Most bytes that a file under way may come to which the server itself writes: what was reserved for it and what is left. */
export async function fileRoom(services: Services, fileId: string): Promise<number> {
  const { maxUploadBytes } = services.config;
  const { value } = await transaction(services, async (tx) => {
    const file = await fileRow(tx, fileId);
    const left = file ? file.sizeBytes + (await bytesLeft(services.config, tx, file.projectId)) : 0;
    return Math.min(maxUploadBytes, Math.max(0, left));
  });
  return value;
}

/** Says anew how long that file is, once it is known: room that it does not take is free again. */
export async function fileResize(services: Services, tx: Tx, fileId: string, sizeBytes: number): Promise<void> {
  const file = await fileRow(tx, fileId);
  const more = sizeBytes - (file?.sizeBytes ?? 0);
  if (file && more > 0 && more > (await bytesLeft(services.config, tx, file.projectId))) {
    throw new ActError('STORAGE_FULL', { params: { maxBytes: services.config.maxAccountBytes } });
  }
  const isOpen = and(eq(files.id, fileId), eq(files.state, 'UPLOADING'));
  await tx.update(files).set({ sizeBytes }).where(isOpen);
}

/**
 * Stores an upload whose bytes have all arrived; null while some are missing. May be called again at any time, by the
 * last request or by whoever finds the upload whole after a crash: each step leaves what the next call can go on from.
 */
export async function fileComplete(services: Services, fileId: string, knownSha256?: string): Promise<FileRow | null> {
  const file = await fileRow(services.db, fileId);
  if (file?.state === 'STORED') return file;
  if (!file?.expiresAt || file.expiresAt <= services.clock.now()) return null;
  const sha256 = await adopted(services, file, knownSha256);
  if (sha256 === null) return null;
  await transaction(services, async (tx) => {
    const isOpen = and(eq(files.id, fileId), eq(files.state, 'UPLOADING'));
    // Nothing delivers a note's file later on: it stands in the note as soon as it is there.
    const isForNote = file.purpose === 'NOTE';
    await tx
      .update(files)
      .set({ state: 'STORED', sha256, ...(isForNote ? { expiresAt: null } : {}) })
      .where(isOpen);
    if (isForNote) await services.jobs.notDue(tx, 'file.expire', fileId);
  });
  arrived(services, file.id, file.sizeBytes);
  return fileRow(services.db, fileId);
}

/** Hands the bytes to the blob store and answers their hash; null when they are not all there. */
async function adopted(services: Services, file: FileRow, knownSha256?: string): Promise<string | null> {
  const path = uploadPath(services, file.id);
  if ((await sizeOnDisk(path)) === file.sizeBytes) {
    const sha256 = knownSha256 ?? (await hashOf(createReadStream(path)));
    try {
      await services.blobs.adopt(file.blobKey, path);
      // A request under way may have taken its bytes back while they were counted and hashed.
      return (await services.blobs.sizeOf(file.blobKey)) === file.sizeBytes ? sha256 : null;
    } catch (error) {
      // Another request has just moved it: then the blob below is whole.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  if ((await services.blobs.sizeOf(file.blobKey)) !== file.sizeBytes) return null;
  return hashOf(await services.blobs.open(file.blobKey));
}

/** What the topic `uploads` says: how many bytes of a file can be read from the disk, or that nobody sends more. */
export type UploadSignal = { fileId: string; bytes: number } | { fileId: string; isGivenUp: true };

/** Tells whoever reads a file while it arrives how far it is. */
export function arrived(services: Services, fileId: string, bytes: number): void {
  services.bus.signal('uploads', { fileId, bytes } satisfies UploadSignal);
}

/** Gives an upload under way up at once; what is left is done by its `file.expire` job. */
export async function fileGiveUp(services: Services, fileId: string): Promise<void> {
  const now = services.clock.now();
  await transaction(services, async (tx) => {
    const isOpen = and(eq(files.id, fileId), eq(files.state, 'UPLOADING'));
    const given = await tx.update(files).set({ expiresAt: now }).where(isOpen).returning({ id: files.id });
    if (given.length > 0) await services.jobs.due(tx, 'file.expire', fileId, now);
  });
  services.bus.signal('uploads', { fileId, isGivenUp: true } satisfies UploadSignal);
}

/** Keeps a stored file for good. False: its bytes are not all there, or it was given up. */
export async function fileKeep(ctx: Ctx, tx: Tx, fileId: string): Promise<boolean> {
  const [file] = await tx.select().from(files).where(eq(files.id, fileId)).for('update');
  if (file?.state !== 'STORED') return false;
  if (file.expiresAt === null) return true;
  if (file.expiresAt <= ctx.clock.now()) return false;
  await tx.update(files).set({ expiresAt: null }).where(eq(files.id, fileId));
  await ctx.jobs.notDue(tx, 'file.expire', fileId);
  return true;
}

/** Removes a file that was given up; its bytes go after the commit. Whoever refers to the row lets go of it first. */
export async function fileRemove(services: Services, tx: Tx, file: FileRow): Promise<void> {
  await tx.delete(files).where(eq(files.id, file.id));
  await services.jobs.notDue(tx, 'file.expire', file.id);
  tx.afterCommit.push(() => {
    const removals = [rm(uploadPath(services, file.id), { force: true }), services.blobs.remove(file.blobKey)];
    for (const removal of removals) {
      removal.catch((error: unknown) => services.log.warn({ error, fileId: file.id }, 'left for the sweep'));
    }
  });
}

/** Bytes at `path`; null when there is no such file. */
export async function sizeOnDisk(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

async function hashOf(bytes: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}
