import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { uploadPath } from '../../files/commands.ts';
import { fetchedAdopt, fetchedRoom } from '../../files/fetched/commands.ts';
import { codeOf } from '../../platform/blobs/disk.ts';
import { FetchRefused } from '../../platform/fetching/refusals.ts';
import type { Services } from '../../platform/services.ts';
import { type Task, TaskCancelled } from '../../platform/threads/threads.ts';
import { startCheckTask } from '../reports/checkTask.ts';
import type { Arrived, Checked, CheckOrder } from '../reports/order.ts';
import { type Pulling, pullDrop, pullKeep, pullOpen } from './commands.ts';

const tellEveryMs = 100;
/** Room is asked for in steps, each twice what is there: a statement for every piece would be most of the work. */
const firstRoom = 4_000_000;

/** Where the bytes of a pull go: onto the disk, and behind that through a thread that judges them, in one pass. */
export class FeedSink {
  #open: { pulling: Pulling; handle: FileHandle; task: Task } | null = null;
  #bytes = 0;
  #room = 0;
  #toldAt = 0;

  constructor(
    private readonly services: Services,
    private readonly submissionId: string,
  ) {}

  /** A piece as it comes; it is on the disk when this resolves. */
  async take(chunk: Uint8Array): Promise<void> {
    this.#open ??= await this.#begin(chunk);
    const { pulling, handle, task } = this.#open;
    await this.#makeRoom(pulling.fileId, this.#bytes + chunk.length);
    try {
      for (let done = 0; done < chunk.length; ) {
        done += (await handle.write(chunk, done, chunk.length - done, this.#bytes + done)).bytesWritten;
      }
    } catch (error) {
      if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') throw new FetchRefused('NO_ROOM');
      throw error;
    }
    this.#bytes += chunk.length;
    if (performance.now() - this.#toldAt < tellEveryMs) return;
    this.#toldAt = performance.now();
    task.tell({ arrived: this.#bytes } satisfies Arrived);
  }

  /** All has come: judges it to its end, and puts file and report in the place of those before. */
  async keep(sha256: string): Promise<Checked> {
    if (!this.#open) throw new Error('Nothing has come that could be kept.');
    const { pulling, handle, task } = this.#open;
    const sizeBytes = this.#bytes;
    await handle.datasync();
    task.tell({ arrived: sizeBytes, sizeBytes } satisfies Arrived);
    const checked = await this.#judged(task, pulling.order);
    await handle.close();
    const isThere = await fetchedAdopt(this.services, pulling.fileId);
    // What another pull has overtaken is its to keep, or to drop.
    if (!isThere || !(await pullKeep(this.services, pulling, { checked, sizeBytes, sha256 }))) throw new Overtaken();
    this.#open = null;
    return checked;
  }

  /** Lets go of what was not kept. */
  async close(): Promise<void> {
    if (!this.#open) return;
    const { pulling, handle, task } = this.#open;
    this.#open = null;
    task.cancel();
    await handle.close().catch(() => {});
    await pullDrop(this.services, pulling);
    this.services.bus.ring(`check:${this.submissionId}`);
  }

  async #begin(first: Uint8Array) {
    const pulling = await pullOpen(this.services, this.submissionId, first);
    const place = uploadPath(this.services, pulling.fileId);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    const handle = await open(place, 'wx', 0o600);
    const task = startCheckTask(this.services, this.submissionId, pulling.order, false);
    return { pulling, handle, task };
  }

  async #makeRoom(fileId: string, needed: number): Promise<void> {
    if (needed <= this.#room) return;
    this.#room = await fetchedRoom(this.services, fileId, Math.max(needed, this.#room * 2, firstRoom));
    if (this.#room < needed) throw new FetchRefused('NO_ROOM');
  }

  /** A thread may die of what is in a file, or of its neighbour's: once more then, alone. */
  async #judged(task: Task, order: CheckOrder): Promise<Checked> {
    try {
      return (await task.result) as Checked;
    } catch (error) {
      if (error instanceof TaskCancelled) throw error;
      const { submissionId } = this;
      this.services.log.error({ err: error, submissionId }, 'a feed could not be checked');
      const file = { ...order.file, sizeBytes: this.#bytes, arrived: this.#bytes };
      return (await startCheckTask(this.services, submissionId, { ...order, file }, true).result) as Checked;
    }
  }
}

/** Another pull of the same feed has begun: this one's bytes are of yesterday. */
export class Overtaken extends Error {}
