import { z } from 'zod';
import { createBeside } from '../../../platform/jobs/beside.ts';
import type { Services } from '../../../platform/services.ts';
import type { Sampled } from '../../reports/sampleFile.ts';
import { looksJob } from '../commands.ts';
import { type Looks, lookAtSamples } from '../gather.ts';
import { type LooksBegun, looksBegin, looksDone } from './commands.ts';

/** Feeds whose samples are looked at at once; none of them is waited for. */
const maxAtOnce = 2;
/** Forty addresses, two at once, ten seconds each, some of them twice. */
const patienceMs = 600_000;
/** A thread may die of its neighbour's file, a database may be away for a moment: once more then, alone. */
const maxTries = 2;

export type LooksRunning = { idle(): Promise<void>; close(): Promise<void> };

/** Looks at samples beside the job queue, whose jobs are short. The rows are the truth; what is remembered here can be lost. */
export function createLooks(services: Services): LooksRunning {
  const stop = new AbortController();
  const beside = createBeside(
    {
      maxAtOnce,
      stop: stop.signal,
      onError: (error, submissionId) => services.log.error({ err: error, submissionId }, 'samples of a feed'),
    },
    look,
  );

  async function look(submissionId: string): Promise<void> {
    const begun = await looksBegin(services, submissionId);
    if (!begun || stop.signal.aborted) return;
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(patienceMs)]);
    for (let left = maxTries - 1; ; left--) {
      try {
        return await looksDone(services, begun, await looked(begun, signal, left === 0));
      } catch (error) {
        // The server is being stopped: the row still says what is to be looked at.
        if (stop.signal.aborted) return;
        services.log.error({ err: error, submissionId }, 'samples broke off');
        if (left === 0 || signal.aborted) return await looksDone(services, begun, null);
      }
    }
  }

  async function looked({ order }: LooksBegun, signal: AbortSignal, isAlone: boolean): Promise<Looks> {
    signal.throwIfAborted();
    const task = services.threads.start('sample', order, { isAlone });
    const cancel = () => task.cancel();
    signal.addEventListener('abort', cancel);
    try {
      return await lookAtSamples(services, (await task.result) as Sampled, signal);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  services.jobs.handle(looksJob, async (payload) => {
    const { subjectId } = z.object({ subjectId: z.uuid() }).parse(payload);
    beside.add(subjectId);
  });

  return {
    idle: beside.idle,
    async close() {
      stop.abort();
      await beside.idle();
    },
  };
}
