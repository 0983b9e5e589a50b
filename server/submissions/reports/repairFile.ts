import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { codeOf } from '../../platform/blobs/disk.ts';
import type { TaskLine } from '../../platform/threads/serveTasks.ts';
import { type Pair, preview, repair } from '../validation/repair.ts';
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

/** So many that each rule has its share: the first ones alone would be of the first rule. */
function someOfEach(pairs: readonly Pair[]): Pair[] {
  const counts = new Map<string, number>();
  for (const { rule } of pairs) counts.set(rule, 0);
  const share = Math.max(1, Math.floor(mostPairs / Math.max(1, counts.size)));
  const some = pairs.filter(({ rule }) => {
    const at = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, at);
    return at <= share;
  });
  return some.slice(0, mostPairs);
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
    pairs: someOfEach(found.pairs),
    fixes: found.byRule.map(({ rule, column, count }) => ({ rule, column, changes: count })),
  };
}
