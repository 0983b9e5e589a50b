import { createHash, type Hash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { codeOf } from '../platform/blobs/disk.ts';
import type { Services } from '../platform/services.ts';
import { arrived, fileComplete, fileGiveUp, sizeOnDisk, uploadPath } from './commands.ts';
import { type FileRow, fileRow } from './queries.ts';

/** How far the hash of an upload has run; good only while the bytes on disk end at `offset`. */
type RunningHash = { hash: Hash; offset: number };

const keptHashes = 1_000;
const tellEveryMs = 100;
/** So many bytes of the end are compared; whatever was put in or taken out before them has moved them. */
const tailBytes = 262_144;

/**
 * The bytes of uploads, for the tus server. The row says how long an upload is, the file on disk how far it got, so an
 * offset survives any restart and there is no third place to disagree. Bytes go to disk chunk by chunk and are hashed
 * on the way; a hash lost with its process is taken again from the disk.
 */
export class UploadStore extends DataStore {
  readonly #hashes = new Map<string, RunningHash>();
  /** The write under way per upload: a cut request lets go of its lock a chunk before its last write has ended. */
  readonly #writing = new Map<string, Promise<unknown>>();

  constructor(private readonly services: Services) {
    super();
    this.extensions = ['termination'];
  }

  override async getUpload(fileId: string): Promise<Upload> {
    await this.#writing.get(fileId);
    const file = await this.#file(fileId);
    const offset = file.state === 'STORED' ? file.sizeBytes : await this.#received(fileId);
    return new Upload({ id: fileId, size: file.sizeBytes, offset, creation_date: file.createdAt.toISOString() });
  }

  override async write(bytes: Readable, fileId: string, offset: number): Promise<number> {
    const writing = this.#write(bytes, fileId, offset);
    const ended = writing.catch(() => null);
    this.#writing.set(fileId, ended);
    try {
      return await writing;
    } finally {
      if (this.#writing.get(fileId) === ended) this.#writing.delete(fileId);
    }
  }

  /**
   * What the last bytes that arrived hash to, and where they end, for whoever goes on with a file chosen anew: it must be
   * the one that was begun with. Null while there are none, and once the upload is whole.
   */
  async tailOf(fileId: string): Promise<{ end: number; sha256: string } | null> {
    await this.#writing.get(fileId);
    const end = await this.#received(fileId);
    if (end === 0) return null;
    const hash = createHash('sha256');
    const bytes = createReadStream(uploadPath(this.services, fileId), {
      start: Math.max(0, end - tailBytes),
      end: end - 1,
    });
    try {
      for await (const chunk of bytes) hash.update(chunk);
    } catch (error) {
      // Stored or given up at this very moment.
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
    return { end, sha256: hash.digest('hex') };
  }

  override async remove(fileId: string): Promise<void> {
    await this.#writing.get(fileId);
    this.#hashes.delete(fileId);
    await fileGiveUp(this.services, fileId);
  }

  /** The hash of a whole upload, if this process saw all of it. */
  sha256Of(fileId: string, sizeBytes: number): string | undefined {
    const running = this.#hashes.get(fileId);
    this.#hashes.delete(fileId);
    return running?.offset === sizeBytes ? running.hash.digest('hex') : undefined;
  }

  /** Stores an upload that is whole although nobody said so. */
  async recover(fileId: string): Promise<void> {
    await this.#writing.get(fileId);
    await fileComplete(this.services, fileId);
  }

  async #write(bytes: Readable, fileId: string, offset: number): Promise<number> {
    const file = await this.#file(fileId);
    // Stored by somebody who found it whole a moment ago: its bytes are no longer here to be written to.
    if (file.state === 'STORED') return offset;
    const path = uploadPath(this.services, fileId);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    const running = await this.#hashUpTo(fileId, path, offset);
    let toldAt = performance.now();
    try {
      // Left open when a write fails: destroyed here, the request would be told of that instead of the full disk.
      for await (const chunk of bytes.iterator({ destroyOnReturn: false })) {
        await writeAll(handle, chunk, running.offset);
        running.hash.update(chunk);
        running.offset += chunk.length;
        if (performance.now() - toldAt < tellEveryMs) continue;
        toldAt = performance.now();
        arrived(this.services, fileId, running.offset);
      }
      if (running.offset === file.sizeBytes) await handle.datasync();
      this.#keep(fileId, running);
      return running.offset;
    } catch (error) {
      if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') {
        await rm(path, { force: true });
        running.offset = 0;
        throw { status_code: 507, body: 'ENOSPC' };
      }
      if (isTooLarge(error)) {
        // More was sent than declared: none of this request is believed. Unless it was delivered while the request was
        // still open: then these bytes are the blob's by now, and no longer ours.
        if ((await this.#received(fileId)) > 0) await handle.truncate(offset);
        running.offset = offset;
        throw error;
      }
      // Cut off: what has arrived stays, whole chunks only, so that disk and hash agree.
      await handle.truncate(running.offset);
      this.#keep(fileId, running);
      throw error;
    } finally {
      await handle.close();
      // Also fewer than were told before: what was taken back must not be believed by whoever reads along.
      arrived(this.services, fileId, running.offset);
    }
  }

  async #hashUpTo(fileId: string, path: string, offset: number): Promise<RunningHash> {
    const kept = this.#hashes.get(fileId);
    this.#hashes.delete(fileId);
    if (kept?.offset === offset) return kept;
    const hash = createHash('sha256');
    if (offset > 0) for await (const chunk of createReadStream(path, { end: offset - 1 })) hash.update(chunk);
    return { hash, offset };
  }

  /** Uploads that nobody goes on with must not gather hashes for ever. */
  #keep(fileId: string, running: RunningHash): void {
    this.#hashes.set(fileId, running);
    for (const oldest of this.#hashes.keys()) {
      if (this.#hashes.size <= keptHashes) break;
      this.#hashes.delete(oldest);
    }
  }

  async #file(fileId: string): Promise<FileRow> {
    const file = await fileRow(this.services.db, fileId);
    if (!file) throw ERRORS.FILE_NOT_FOUND;
    return file;
  }

  async #received(fileId: string): Promise<number> {
    return (await sizeOnDisk(uploadPath(this.services, fileId))) ?? 0;
  }
}

async function writeAll(handle: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status_code' in error && error.status_code === 413;
}
