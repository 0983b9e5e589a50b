import type { TaskLine } from '../../platform/threads/serveTasks.ts';
import { withFindings } from '../validation/withFindings.ts';
import { optionsOf } from './checkFile.ts';
import type { Part, RepairOrder } from './order.ts';
import { tailOf } from './tail.ts';

/** Parts that may be on their way at once: a slow reader must not fill the memory. */
const ahead = 4;

/** The rows with what is wrong with each, part by part, as fast as they are taken. */
export async function findingsFile({ file, judge }: RepairOrder, line: TaskLine): Promise<null> {
  let room = ahead;
  let wake = () => {};
  line.onMessage(() => {
    room += 1;
    wake();
  });
  line.signal.addEventListener('abort', () => wake());
  const whole: TaskLine = { signal: line.signal, tell: () => {}, onMessage: () => {} };
  const options = { ...optionsOf(judge, file.name), signal: line.signal };
  for await (const bytes of withFindings(tailOf(file, whole), options)) {
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
