import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { newBlobKey } from '../../platform/blobs/disk.ts';
import type { Services } from '../../platform/services.ts';
import { createThreads } from '../../platform/threads/threads.ts';
import type { FirstLookRow } from '../queries.ts';
import type { SettingsValues } from '../settings.ts';
import type { Answer, Ask, SourceProduct } from '../shapes.ts';
import {
  type BuildBegun,
  buildBegin,
  buildEnd,
  buildFailed,
  buildJob,
  buildsLeft,
  buildVain,
  type Came,
  pagesInstead,
} from './commands.ts';
import { type Asked, type Built, buildMemoryMb, firstLookThread, type ImageAsked } from './order.ts';

/** A thread may die of its neighbour's file, a disk may be away for a moment: once more then. */
const maxTries = 2;

export type FirstLookOptions = {
  /** Products of an index; of tests and benches. */
  limit?: number | undefined;
};

export type FirstLooks = {
  /** Null: nothing of the id that was asked for. `isGone`: its index was replaced. */
  ask(indexKey: string, ask: Ask, settings: SettingsValues): Promise<Asked>;
  /** The address of a product's picture. */
  imageOf(indexKey: string, productId: string): Promise<ImageAsked>;
  /** Makes the first look of products that were read elsewhere, for a run that `buildBegin` began. */
  buildFrom(
    begun: BuildBegun,
    products: AsyncIterable<SourceProduct> | Iterable<SourceProduct>,
    came: PagesRead,
  ): Promise<void>;
  /** At every start, once all jobs have their handlers. */
  resume(): Promise<void>;
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** `total`: pages that were looked at. */
export type PagesRead = { total: number; brand?: FirstLookRow['brand'] };

/**
 * Makes and asks the indexes of first looks, in a thread of their own: whoever types waits for no file that is being
 * checked. One build at a time, each alone in a thread. The rows are the truth; what is remembered here can be lost.
 */
export function createFirstLooks(services: Services, { limit }: FirstLookOptions = {}): FirstLooks {
  const askers = createThreads(firstLookThread, 1);
  const builders = createThreads(firstLookThread, 1, buildMemoryMb);
  const unfinished = join(services.config.dataDir, 'first-looks');
  // Of this process: what an earlier one left there can be told from what is being written.
  const folder = join(unfinished, newBlobKey());
  const waiting: string[] = [];
  const stop = new AbortController();
  let working: Promise<void> | null = null;

  function pump(): void {
    const next = working === null && !stop.signal.aborted ? waiting.shift() : undefined;
    if (next === undefined) return;
    working = build(next)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) services.log.error({ err: error, projectId: next }, 'first look');
      })
      .finally(() => {
        working = null;
        pump();
      });
  }

  /** What it is made of is looked up for each try: a feed that was fetched again meanwhile stands in another place. */
  async function build(projectId: string): Promise<void> {
    for (let left = maxTries - 1; ; left--) {
      const begun = await buildBegin(services, projectId);
      if (!begun || stop.signal.aborted) return;
      const { from } = begun;
      if (from === null) return begun.wantsPages ? pagesInstead(services, projectId) : buildVain(services, begun);
      const { submissionId, feed, orders } = from;
      const came = { source: 'FEED' as const, submissionId };
      const orderOf = (target: string) => ({ kind: 'feed', order: { feed, orders, target, limit } });
      if (await isSettled(begun, came, { orderOf, left })) return;
    }
  }

  type Try = { orderOf: (target: string) => { kind: string; order: object }; left: number; total?: number };

  /** One try; false: it broke, and there is another. */
  async function isSettled(begun: BuildBegun, came: Came, { orderOf, left, total }: Try): Promise<boolean> {
    // A file of its own for each try: a thread that is given up may still be writing.
    const target = join(folder, newBlobKey());
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const made = await run(orderOf(target));
      const built = total === undefined ? made : { ...made, total };
      if ((await buildEnd(services, begun, { built, target }, came)) === 'SHOWN') warmUp(begun.key);
      return true;
    } catch (error) {
      await rm(target, { force: true });
      // The server is being stopped: the row still says what is wanted.
      if (stop.signal.aborted) return true;
      services.log[left === 0 ? 'error' : 'warn']({ err: error, projectId: begun.projectId }, 'a first look broke off');
      if (left > 0) return false;
      await buildFailed(services, begun, 'BUILD_FAILED');
      return true;
    }
  }

  /** Whoever comes first finds it open: reading an index of a large shop takes a second. */
  function warmUp(key: string): void {
    askers.start('image', { ...placeOf(key), productId: '' });
  }

  async function run({ kind, order }: { kind: string; order: object }): Promise<Built> {
    stop.signal.throwIfAborted();
    const task = builders.start(kind, order, { isAlone: true });
    const cancel = () => task.cancel();
    stop.signal.addEventListener('abort', cancel);
    try {
      return (await task.result) as Built;
    } finally {
      stop.signal.removeEventListener('abort', cancel);
    }
  }

  services.jobs.handle(buildJob, async (payload) => {
    const { subjectId } = z.object({ subjectId: z.uuid() }).parse(payload);
    if (!waiting.includes(subjectId)) waiting.push(subjectId);
    pump();
  });

  const placeOf = (key: string) => ({ key, path: services.blobs.pathOf(key) });

  return {
    ask: async (key, ask, settings) =>
      (await askers.start('ask', { ...placeOf(key), ask, settings }).result) as Asked & { answer?: Answer | null },
    imageOf: async (key, productId) =>
      (await askers.start('image', { ...placeOf(key), productId }).result) as ImageAsked,
    async buildFrom(begun, products, { total, brand }) {
      const all: SourceProduct[] = [];
      for await (const product of products) all.push(product);
      const came: Came = { source: 'WEBSITE', submissionId: null, ...(brand !== undefined && { brand }) };
      const orderOf = (target: string) => ({ kind: 'products', order: { products: all, target } });
      for (let left = maxTries - 1; !(await isSettled(begun, came, { orderOf, left, total })); left--);
    },
    async resume() {
      const names = await readdir(unfinished).catch(() => []);
      const left = names.filter((name) => name !== basename(folder));
      await Promise.all(left.map((name) => rm(join(unfinished, name), { recursive: true, force: true })));
      await buildsLeft(services);
    },
    async idle() {
      while (working !== null) await working;
    },
    async close() {
      stop.abort();
      await working;
      await Promise.all([askers.close(), builders.close()]);
    },
  };
}
