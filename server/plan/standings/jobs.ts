import { transaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { everyProject, refreshJob, refreshSome, standingsEndAt } from './queries.ts';

/** Zones end their days at most every quarter of an hour. */
const leastMs = 900_000;
/** After so many the queue's other jobs have their turn; some two seconds of work. */
const batchesAtOnce = 8;

/**
 * Registers what computes standings in the background: those of a new day, so that the first reader of the morning does
 * not wait, and after an upgrade all of them, some at a time. What is computed is kept, so a restart goes on from there.
 */
export function standingsJobs(services: Services): void {
  services.jobs.handle(refreshJob, async () => {
    const now = services.clock.now();
    if (await refreshSome(services, batchesAtOnce)) return againAt(services, now);
    const ends = (await standingsEndAt(services))?.getTime() ?? now.getTime() + 24 * 3_600_000;
    await againAt(services, new Date(Math.max(ends, now.getTime() + leastMs)));
  });
}

/** At every start: what was remembered may be of another day, or of another version. */
export async function startStandings(services: Services): Promise<void> {
  await againAt(services, services.clock.now());
}

async function againAt(services: Services, at: Date): Promise<void> {
  await transaction(services, (tx) => services.jobs.due(tx, refreshJob, everyProject, at));
}
