import { schedule } from '../../server/plan/schedule/schedule.ts';
import { dayOfNumber } from '../../server/plan/schedule/workdayIndex.ts';
import { simulate } from '../../server/plan/simulate/simulate.ts';
import { randomPlan } from '../plan/schedule/plans.ts';
import { randomOf } from '../support/random.ts';
import { median, range } from './noting/figures.ts';
import type { BenchOptions } from './run.ts';

/*
 * A project of 2,000 tasks planned anew, both ways, with its slack, critical path and conflicts, from its facts to days
 * as text; and a project of 40 tasks played 1,000 times. Each is run until it is warm, then five times. It is CPU that is
 * counted, garbage collection included, since others may be using the machine; beside them what
 * this machine takes to parse 10 MB of JSON, by which other machines can be compared.
 */
const bars = { planMs: 50, simulateMs: 40 };
const rounds = 5;

export async function run({ isFull, seed }: BenchOptions): Promise<void> {
  const random = randomOf(seed);
  // Some tasks given up, done and pinned, three calendars with holidays, links of every kind.
  const large = randomPlan(random, 2_000, true);
  const usual = randomPlan(random, 40, true);
  const json = yardstick();
  const yard = times(() => JSON.parse(json), isFull);
  const forward = times(() => schedule(large), isFull);
  const backward = times(() => schedule(large, 'BACKWARD'), isFull);
  const played = times(() => simulate(usual, { seed: 'bench' }), isFull);
  const planned = schedule(large);
  console.log(
    `seed ${seed}: ${planned.tasks.length} tasks, ${large.links.length} links, ends ${planned.endOn}, ${planned.conflicts.length} conflicts`,
  );
  const base = median(yard);
  const tell = (what: string, of: number[], bar: string) =>
    console.log(`${what}: median ${range(of)} ms of CPU${bar}, ${(median(of) / base).toFixed(2)}x the yardstick`);
  tell(`yardstick, ${(json.length / 1e6).toFixed(1)} MB of JSON parsed`, yard, '');
  tell('forward', forward, ` (bar ${bars.planMs} ms)`);
  tell('backward', backward, ` (bar ${bars.planMs} ms)`);
  tell('1,000 runs of 40 tasks', played, ` (bar ${bars.simulateMs} ms)`);
  if (Math.max(median(forward), median(backward)) > bars.planMs) throw new Error('Planning takes too long.');
  if (median(played) > bars.simulateMs) throw new Error('The simulation takes too long.');
}

function times(work: () => unknown, isFull: boolean): number[] {
  for (let warm = 0; warm < 40; warm++) work();
  return Array.from({ length: isFull ? rounds * 4 : rounds }, () => {
    const begun = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1_000;
  });
}

/** Rows as an API gives them, the same ones each time. */
function yardstick(): string {
  const row = (at: number) => ({
    id: at,
    title: `Row ${at}`,
    on: dayOfNumber(20_000 + (at % 999)),
    done: at % 3 === 0,
  });
  return JSON.stringify(Array.from({ length: 165_000 }, (_, at) => row(at)));
}
