import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { codeOf } from '../../platform/blobs/disk.ts';
import type { TaskLine } from '../../platform/threads/serveTasks.ts';
import { preview, repair } from '../validation/repair.ts';
import { optionsOf } from './checkFile.ts';
import type { RepairOrder, RepairPreview, WriteOrder, Written } from './order.ts';
import { tailOf } from './tail.ts';

const mostPairs = 100;

/** Writes a file made right beside the original, hashed on the way. */
export async function repairFile(order: WriteOrder, line: TaskLine): Promise<Written> {
  const { file, judge, fixes, edits, target, maxBytes } = order;
  const options = { ...optionsOf(judge, file.name), signal: line.signal };
  const { bytes, repaired } = repair(tailOf(file, line), options, fixes, edits);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const without = (lacks: Written['lacks']): Written => ({ sizeBytes, sha256: null, lacks, changes: 0, notEdited: 0 });
  const handle = await open(target, 'wx', 0o600);
  try {
    for await (const chunk of bytes) {
      if (sizeBytes + chunk.length > maxBytes) return without('ROOM_ALLOWED');
      hash.update(chunk);
      for (let done = 0; done < chunk.length; ) {
        done += (await handle.write(chunk, done, chunk.length - done, sizeBytes + done)).bytesWritten;
      }
      sizeBytes += chunk.length;
    }
    await handle.datasync();
  } catch (error) {
    if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') return without('ROOM_ON_DISK');
    throw error;
  } finally {
    await handle.close();
  }
  const { cells: changes, notEdited } = repaired;
  return { sizeBytes, sha256: hash.digest('hex'), lacks: 'NOTHING', changes, notEdited };
}

/** What that would change, without writing it. */
export async function previewRepair(
  { file, judge, fixes, edits }: RepairOrder,
  line: TaskLine,
): Promise<RepairPreview> {
  const options = { ...optionsOf(judge, file.name), signal: line.signal };
  const found = await preview(tailOf(file, line), options, fixes, edits);
  return {
    changes: found.cells,
    pairs: found.pairs.slice(0, mostPairs),
    fixes: found.byRule.map(({ rule, column, count }) => ({ rule, column, changes: count })),
  };
}
