import { transaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { refreshStandings, standingsEndAt } from './queries.ts';

/** The job is of all projects; its due moment needs an id all the same. */
const everyProject = '00000000-0000-7000-8000-000000000002';
/** Zones end their days at most every quarter of an hour. */
const leastMs = 900_000;

/** Registers what computes a new day's standings, so that the first reader of the morning does not wait for it. */
export function standingsJobs(services: Services): void {
  services.jobs.handle('standings.refresh', async () => {
    await refreshStandings(services);
    const now = services.clock.now().getTime();
    const ends = (await standingsEndAt(services))?.getTime() ?? now + 24 * 3_600_000;
    await againAt(services, new Date(Math.max(ends, now + leastMs)));
  });
}

/** At every start: what was remembered may be of another day, or of another version. */
export async function startStandings(services: Services): Promise<void> {
  await againAt(services, services.clock.now());
}

async function againAt(services: Services, at: Date): Promise<void> {
  await transaction(services, (tx) => services.jobs.due(tx, 'standings.refresh', everyProject, at));
}
