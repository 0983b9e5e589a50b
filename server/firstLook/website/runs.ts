import { z } from 'zod';
import { NamesUnanswered } from '../../platform/fetching/names.ts';
import { createBeside } from '../../platform/jobs/beside.ts';
import type { Services } from '../../platform/services.ts';
import { brandPaint } from '../brand/commands.ts';
import { buildBegin, buildFailed, buildVain, websiteJob } from '../run/commands.ts';
import type { FirstLooks } from '../run/runs.ts';
import { bareHost } from './choosing.ts';
import { websiteBegin, websiteLater, websitesNew } from './commands.ts';
import { withPageReader } from './reading.ts';
import { lookAtShop, type ShopLook } from './shop.ts';

/** Shops that are looked at at once; none of them is waited for. */
const maxAtOnce = 2;
/** Our name servers may be away for a moment, or for a while. */
const waitsMs = [60_000, 600_000];

export type Websites = {
  /** At every start, once all jobs have their handlers. */
  resume(): Promise<void>;
  idle(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Reads shops' own pages beside the job queue, whose jobs are short. The rows are the truth; what is remembered here can
 * be lost: a crash begins a look anew, and with it the tries.
 */
export function createWebsites(services: Services, firstLooks: Pick<FirstLooks, 'buildFrom'>): Websites {
  /** How often nobody could be asked for a shop's name. */
  const unasked = new Map<string, number>();
  /** Hosts that are being asked: two projects of one shop are read one after the other. */
  const asked = new Map<string, Promise<void>>();
  const stop = new AbortController();
  const beside = createBeside(
    {
      maxAtOnce,
      stop: stop.signal,
      onError: (error, projectId) => services.log.error({ err: error, projectId }, "reading a shop's pages"),
    },
    look,
  );

  async function look(projectId: string): Promise<void> {
    const begun = await websiteBegin(services, projectId);
    if (!begun || stop.signal.aborted) return;
    // This installation asks no shop.
    if (services.config.websitePages === 0) return await buildVain(services, begun);
    try {
      const found = await inTurn(bareHost(begun.website), () => read(begun.website));
      unasked.delete(projectId);
      if (found.site !== null) await brandPaint(services, projectId, found.site);
      // A feed came meanwhile, or another address: what was read is not wanted any more.
      const build = await buildBegin(services, projectId, begun.run);
      if (build === null) return;
      const counts = { total: found.pages, usable: found.products.length, source: 'WEBSITE' as const };
      if (found.problem !== null) await buildFailed(services, build, found.problem, counts);
      else await firstLooks.buildFrom(build, found.products, { total: found.pages });
    } catch (error) {
      // The server is being stopped: the row still says what is wanted.
      if (stop.signal.aborted) return;
      if (!(error instanceof NamesUnanswered)) {
        await buildFailed(services, begun, 'BUILD_FAILED');
        throw error;
      }
      await askLater(projectId, begun.run);
    }
  }

  function read(website: string): Promise<ShopLook> {
    const { fetch, config } = services;
    return withPageReader((readPage) =>
      lookAtShop({ fetch, read: readPage }, website, stop.signal, { maxPages: config.websitePages }),
    );
  }

  async function inTurn<T>(host: string, work: () => Promise<T>): Promise<T> {
    while (asked.has(host)) await asked.get(host);
    const result = work();
    asked.set(
      host,
      result.then(
        () => {},
        () => {},
      ),
    );
    try {
      return await result;
    } finally {
      asked.delete(host);
    }
  }

  async function askLater(projectId: string, run: number): Promise<void> {
    const times = unasked.get(projectId) ?? 0;
    const waitMs = waitsMs[times];
    services.log.info({ projectId, times }, "no name server answered for a shop's address");
    if (waitMs === undefined) {
      unasked.delete(projectId);
      await buildFailed(services, { projectId, run }, 'BUILD_FAILED');
      return;
    }
    unasked.set(projectId, times + 1);
    await websiteLater(services, projectId, waitMs);
  }

  services.jobs.handle(websiteJob, async (payload) => {
    const { subjectId } = z.object({ subjectId: z.uuid() }).parse(payload);
    beside.add(subjectId);
  });

  return {
    resume: () => websitesNew(services),
    idle: beside.idle,
    async close() {
      stop.abort();
      await beside.idle();
    },
  };
}
