import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase, type Database } from '../../server/platform/database/connect.ts';
import { copyEmbedded, makeDataDir } from './both.ts';

let database: Database;
beforeAll(async () => {
  const dataDir = makeDataDir();
  await copyEmbedded(dataDir);
  database = await connectDatabase({ dataDir, databaseUrl: null });
});
afterAll(() => database.close());

const busyForTwoSeconds = `do $$
  declare until timestamptz := clock_timestamp() + interval '2 seconds'; total float8 := 0;
  begin
    while clock_timestamp() < until loop
      select total + sum(sqrt(n)) into total from generate_series(1, 20000) as n;
    end loop;
  end $$`;

/** How long this thread was ready to run but other work had the processor; Linux counts it. */
function waitedForProcessorMs(): number {
  const counts = `/proc/self/task/${process.pid}/schedstat`;
  return existsSync(counts) ? Number(readFileSync(counts, 'utf8').split(' ')[1]) / 1e6 : 0;
}

/** The longest that the main loop was held up while the database was busy; waiting for a processor is not the database's doing. */
async function longestStallMs(): Promise<number> {
  let longest = 0;
  let at = performance.now();
  let waited = waitedForProcessorMs();
  const timer = setInterval(() => {
    const [now, waitedNow] = [performance.now(), waitedForProcessorMs()];
    longest = Math.max(longest, now - at - (waitedNow - waited));
    [at, waited] = [now, waitedNow];
  }, 5);
  const started = performance.now();
  await database.sql.unsafe(busyForTwoSeconds);
  clearInterval(timer);
  expect(performance.now() - started).toBeGreaterThanOrEqual(1_990);
  return longest;
}

test('a 2-second query on the embedded database holds the main loop under 50 ms', async () => {
  // A garbage collection or a paused machine can add to a run: the best of three is the database's own doing.
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3 && best >= 50; run++) best = Math.min(best, await longestStallMs());
  console.log(`longest stall: ${best.toFixed(1)} ms`);
  expect(best).toBeLessThan(50);
}, 60_000);
