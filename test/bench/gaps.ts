import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { focus } from '../../server/journeys/gaps/focus.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';
import { largeMap } from '../journeys/largeMap.ts';
import { type Random, randomOf } from '../support/random.ts';
import { median, range } from './noting/figures.ts';
import type { BenchOptions } from './run.ts';

/*
 * The gaps of a map of 1,000 touchpoints, 40 departments, 400 items, 6,000 flows and 30 systems, found anew after one
 * edit: in the usual map, in one where everything flows by chance (thousands of gaps), in one whose systems are all
 * linked to each other, and in one that is only begun: five lanes over each touchpoint and no flows. Each is run until it
 * is warm, then five times, each time on a map that was just edited, so that nothing of the last time serves. It is CPU
 * that is counted, garbage collection included, since others may be using the machine; beside it what this machine takes
 * to parse 10 MB of JSON, by which other machines can be compared.
 */
const barMs = 50;
const rounds = 5;

export async function run({ isFull, seed }: BenchOptions): Promise<void> {
  const random = randomOf(seed);
  const usual = largeMap(random, 'USUAL');
  const lanes = usual.touchpoints.map((one) => ({ ...one, departmentIds: someOf(usual.departments, 5, random) }));
  const maps = {
    usual,
    chance: largeMap(random, 'CHANCE'),
    linked: largeMap(random, 'LINKED'),
    'lanes alone': { ...usual, touchpoints: lanes, flows: [] },
  };
  const json = JSON.stringify(
    Array.from({ length: 165_000 }, (_, id) => ({ id, title: `Row ${id}`, on: '2026-11-23', done: id % 3 === 0 })),
  );
  const base = median(times(() => JSON.parse(json), isFull));
  console.log(
    `seed ${seed}; yardstick, ${(json.length / 1e6).toFixed(1)} MB of JSON parsed: median ${base.toFixed(1)} ms of CPU`,
  );
  const tell = (what: string, of: number[], bar: string) =>
    console.log(`${what}: median ${range(of)} ms of CPU${bar}, ${(median(of) / base).toFixed(2)}x the yardstick`);
  const medians: number[] = [];
  for (const [name, map] of Object.entries(maps)) {
    let edited = map;
    let found = 0;
    const took = times(() => {
      edited = edit(edited, random);
      found = findGaps(edited).length;
    }, isFull);
    medians.push(median(took));
    tell(`${name}: ${found} gaps of ${map.flows.length} flows after an edit`, took, ` (bar ${barMs} ms)`);
  }
  tell(
    'trail of one item',
    times(() => focus(maps.usual, maps.usual.items[random.below(400)]!.id), isFull),
    '',
  );
  if (Math.max(...medians) > barMs) throw new Error('Finding gaps takes too long.');
}

const someOf = (things: readonly { id: string }[], count: number, random: Random) =>
  Array.from({ length: count }, () => random.pick(things).id);

/** What one edit is: a flow is drawn elsewhere. */
function edit(map: JourneyMap, random: Random): JourneyMap {
  const at = random.below(map.flows.length);
  const touchpointId = random.pick(map.touchpoints).id;
  return { ...map, flows: map.flows.map((flow, index) => (index === at ? { ...flow, touchpointId } : flow)) };
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
