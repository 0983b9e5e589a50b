import { z } from 'zod';
import type { Services } from '../../platform/services.ts';
import { checkBegin, checkDone, checkFailed, checkJob, checksLeft, isWaitedFor } from './commands.ts';
import { lookOnce } from './looking.ts';

/** So many look at once; a check that waits minutes for a slow shop keeps no other from looking. */
const maxAtOnce = 4;
/** Besides, so many feeds are fetched at once: each may take half an hour, and none of that is a look's. */
const maxPulls = 4;

export type Checks = {
  /** Resolves when nothing is being looked at: for tests, and for whoever must know. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Runs checks beside the job queue, whose jobs come one after the other and are short. The rows are the truth: what is
 * remembered here can be lost. A check that is asked for while it runs is not run twice: the run under way answers both.
 */
export function createChecks(services: Services): Checks {
  const waiting: string[] = [];
  const running = new Map<string, AbortController>();
  /** Asked for while they run: the run under way may have been written down just before. */
  const askedAgain = new Set<string>();
  const working = new Set<Promise<void>>();
  /** Feeds that are fetched, or wait for their turn. */
  const pulls = new Map<string, () => void>();
  let isClosed = false;

  function pump(): void {
    while (!isClosed && running.size - pulls.size < maxAtOnce) {
      const next = waiting.shift();
      if (next === undefined) return;
      const stop = new AbortController();
      running.set(next, stop);
      const work = looks(next, stop.signal)
        .catch((error: unknown) => {
          if (!isClosed) services.log.error({ err: error, checkId: next }, 'check');
        })
        .finally(() => {
          if (running.get(next) === stop) running.delete(next);
          working.delete(work);
          pump();
        });
      working.add(work);
    }
  }

  async function looks(checkId: string, signal: AbortSignal): Promise<void> {
    let isWanted = true;
    while (isWanted && !isClosed) {
      await look(checkId, signal);
      isWanted = false;
      while (askedAgain.delete(checkId)) isWanted = await isWaitedFor(services, checkId);
    }
    // In the same breath as that nobody asked: whoever asks from here on is not taken for somebody who joined.
    running.delete(checkId);
  }

  async function look(checkId: string, signal: AbortSignal): Promise<void> {
    const begun = await checkBegin(services, checkId);
    if (!begun || isClosed) return;
    if (begun.check.spec.kind === 'FEED') await turnToPull(checkId);
    if (isClosed) return;
    const since = performance.now();
    try {
      const looked = await lookOnce(services, begun.check, signal);
      await checkDone(services, begun, looked, Math.round(performance.now() - since));
    } catch (error) {
      // The server is being stopped: the row still says what is waited for.
      if (isClosed) return;
      services.log.error({ err: error, checkId }, 'a check broke off');
      await checkFailed(services, begun);
    } finally {
      pulls.delete(checkId);
      letPull();
    }
  }

  function turnToPull(checkId: string): Promise<void> {
    const turn = new Promise<void>((resolve) => pulls.set(checkId, resolve));
    letPull();
    pump();
    return turn;
  }

  /** The first of those that wait have their turn; whoever has it already hears it once more. */
  function letPull(): void {
    for (const go of [...pulls.values()].slice(0, isClosed ? pulls.size : maxPulls)) go();
  }

  services.jobs.handle(checkJob, async (payload) => {
    const { subjectId } = z.object({ subjectId: z.uuid() }).parse(payload);
    if (running.has(subjectId)) askedAgain.add(subjectId);
    else if (!waiting.includes(subjectId)) waiting.push(subjectId);
    pump();
  });

  return {
    async idle() {
      while (working.size > 0) await Promise.all(working);
    },
    async close() {
      isClosed = true;
      for (const stop of running.values()) stop.abort();
      letPull();
      await Promise.all(working);
    },
  };
}

/** At every start: what somebody waits for is looked at anew. */
export async function resumeChecks(services: Services): Promise<void> {
  await checksLeft(services);
}
