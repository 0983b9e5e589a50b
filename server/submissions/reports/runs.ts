import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { UploadSignal } from '../../files/commands.ts';
import type { Services } from '../../platform/services.ts';
import { type Task, TaskCancelled } from '../../platform/threads/threads.ts';
import { startCheckTask } from './checkTask.ts';
import {
  type Begun,
  reportAgain,
  reportBegin,
  reportDone,
  reportFailed,
  reportPark,
  reportRun,
  reportsLeft,
  runJob,
} from './commands.ts';
import type { Arrived, Checked } from './order.ts';
import { repairsFolder } from './repair/commands.ts';

/** An upload that does not move for so long gives its place in a thread to others; its next byte begins it anew. */
const patienceMs = 60_000;
const lookEveryMs = 10_000;
/** Files of which it is known that nothing checks them; the oldest are asked for again. */
const rememberedFiles = 1_000;

type Run = Begun & { task: Task; arrived: number; movedAtMs: number };

export type Reports = {
  /** Resolves when nothing is being read: for tests, and for whoever must know. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Has files checked while they arrive: hears of every byte of an upload that is on the disk, begins a report with the
 * first, and writes down what it comes to. The row in `reports` is the truth; what is remembered here can be lost.
 */
export function createReports(services: Services): Reports {
  const runs = new Map<string, Run>();
  const byFile = new Map<string, Run>();
  const unchecked = new Set<string>();
  /** Beginnings under way, by file or submission, with the most bytes heard of meanwhile. */
  const beginning = new Map<string, { arrived: number }>();
  const working = new Set<Promise<unknown>>();
  let isClosed = false;

  function background(work: Promise<unknown>): void {
    const settled = work.catch((error: unknown) => {
      if (!isClosed) services.log.error({ err: error }, 'report');
    });
    working.add(settled);
    void settled.then(() => working.delete(settled));
  }

  function hear(signal: UploadSignal): void {
    const run = byFile.get(signal.fileId);
    if ('isGivenUp' in signal) {
      if (run) forget(run);
      return;
    }
    const { fileId, bytes } = signal;
    const soon = beginning.get(fileId);
    if (soon) soon.arrived = bytes;
    else if (!run) {
      if (bytes > 0 && !unchecked.has(fileId)) background(begin({ fileId }, bytes));
    } else if (bytes < run.arrived) {
      // Taken back: what was read of it may never have been part of the file.
      forget(run);
      background(begin({ fileId }, bytes));
    } else {
      Object.assign(run, { arrived: bytes, movedAtMs: performance.now() });
      run.task.tell({ arrived: bytes } satisfies Arrived);
    }
  }

  /** `arrived`: null when nobody said how much; then it is what stands on the disk. */
  async function begin(of: { fileId: string } | { submissionId: string }, arrived: number | null): Promise<void> {
    const key = 'fileId' in of ? of.fileId : of.submissionId;
    if (beginning.has(key) || isClosed) return;
    const soon = { arrived: arrived ?? 0 };
    beginning.set(key, soon);
    try {
      const begun = await reportBegin(services, of, arrived);
      if (!begun) return 'fileId' in of ? remember(of.fileId) : undefined;
      const before = runs.get(begun.submissionId);
      if (before) forget(before);
      start(begun, Math.max(soon.arrived, begun.order.file.arrived));
    } finally {
      beginning.delete(key);
    }
  }

  function remember(fileId: string): void {
    unchecked.add(fileId);
    for (const oldest of unchecked) {
      if (unchecked.size <= rememberedFiles) break;
      unchecked.delete(oldest);
    }
  }

  function start(begun: Begun, arrived: number): void {
    if (isClosed) return;
    const { submissionId, fileId, order, isAlone, isWhole, sizeBytes } = begun;
    const task = startCheckTask(services, submissionId, order, isAlone);
    const known = isWhole ? sizeBytes : arrived;
    const run: Run = { ...begun, task, arrived: known, movedAtMs: performance.now() };
    if (known > order.file.arrived) task.tell({ arrived: known } satisfies Arrived);
    runs.set(submissionId, run);
    byFile.set(fileId, run);
    background(ended(run));
  }

  async function ended(run: Run): Promise<void> {
    const { submissionId, run: number } = run;
    try {
      await reportDone(services, run, (await run.task.result) as Checked);
    } catch (error) {
      if (error instanceof TaskCancelled) return;
      services.log.error({ err: error, submissionId }, 'a file could not be checked');
      await reportFailed(services, submissionId, number);
    } finally {
      if (runs.get(submissionId) === run) {
        runs.delete(submissionId);
        byFile.delete(run.fileId);
      }
      services.bus.ring(`check:${submissionId}`);
    }
  }

  function forget(run: Run): void {
    runs.delete(run.submissionId);
    byFile.delete(run.fileId);
    run.task.cancel();
  }

  function parkTheStill(): void {
    const since = performance.now() - patienceMs;
    for (const run of runs.values()) {
      if (run.arrived >= run.sizeBytes || run.movedAtMs > since) continue;
      forget(run);
      background(reportPark(services, run.submissionId, run.run));
    }
  }

  services.jobs.handle(runJob, async (payload) => {
    const { submissionId } = z.object({ submissionId: z.uuid() }).parse(payload);
    const run = runs.get(submissionId);
    // Being read already, from its first byte on; only a run that was asked for anew takes its place.
    if (run && !(await isReplaced(run))) return;
    await begin({ submissionId }, null);
  });

  async function isReplaced({ submissionId, run }: Run): Promise<boolean> {
    return (await reportRun(services, submissionId)) !== run;
  }

  const stopHearing = services.bus.on('uploads', (payload) => {
    // A ring tells of no file.
    if (payload !== undefined) hear(payload as UploadSignal);
  });
  const timer = setInterval(parkTheStill, lookEveryMs);
  timer.unref();

  return {
    async idle() {
      while (working.size > 0) await Promise.all(working);
    },
    async close() {
      isClosed = true;
      stopHearing();
      clearInterval(timer);
      for (const run of [...runs.values()]) forget(run);
      await Promise.all(working);
    },
  };
}

/** At every start: what a crash left behind is begun anew. */
export async function resumeReports(services: Services): Promise<void> {
  await rm(repairsFolder(services), { recursive: true, force: true });
  for (const submissionId of await reportsLeft(services)) await reportAgain(services, submissionId);
}
