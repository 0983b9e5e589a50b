import type { TaskLine } from '../../platform/threads/serveTasks.ts';
import { repair } from '../validation/repair.ts';
import { withFindings } from '../validation/withFindings.ts';
import { optionsOf } from './checkFile.ts';
import type { Part, RepairOrder } from './order.ts';
import { tailOf } from './tail.ts';

/** Parts that may be on their way at once: a slow reader must not fill the memory. */
const ahead = 4;

/** The rows with what is wrong with each. */
export function findingsFile({ file, judge }: RepairOrder, line: TaskLine): Promise<null> {
  const options = { ...optionsOf(judge, file.name), signal: line.signal };
  return partByPart(withFindings(tailOf(file, deaf(line)), options), line);
}

/** The file made right. */
export function repairedFile({ file, judge, fixes, edits }: RepairOrder, line: TaskLine): Promise<null> {
  const options = { ...optionsOf(judge, file.name), signal: line.signal };
  return partByPart(repair(tailOf(file, deaf(line)), options, fixes, edits).bytes, line);
}

/** A file that is read is whole: what is told here is of the parts that go out. */
function deaf({ signal }: TaskLine): TaskLine {
  return { signal, tell: () => {}, onMessage: () => {} };
}

/** Hands parts out as fast as they are taken. */
async function partByPart(made: AsyncIterable<Uint8Array>, line: TaskLine): Promise<null> {
  let room = ahead;
  let wake = () => {};
  line.onMessage(() => {
    room += 1;
    wake();
  });
  line.signal.addEventListener('abort', () => wake());
  for await (const bytes of made) {
    while (room === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      line.signal.throwIfAborted();
    }
    room -= 1;
    line.tell({ bytes } satisfies Part);
  }
  return null;
}
