import type { Side } from '../../../drizzle/schema/index.ts';
import { compile } from '../schedule/compiled.ts';
import type { PlanFacts } from '../schedule/facts.ts';
import { forward, momentsFor } from '../schedule/passes.ts';
import { endsOf } from '../schedule/schedule.ts';
import { dayNumber, dayOfNumber } from '../schedule/workdayIndex.ts';
import { drawsOf } from './draws.ts';
import { deviationsAt, shareBelow } from './normal.ts';

/*
 * How long tasks really take: log-normal, the shape that actual times over estimated ones were found to have (Little,
 * "Schedule Estimation and Uncertainty Surrounding the Cone of Uncertainty", IEEE Software 23(3), 2006; Trietsch and
 * others, "Modeling activity times by the Parkinson distribution with a lognormal core", EJOR 216(2), 2012). A planned
 * duration is a promise, made with room for what goes wrong (Goldratt, "Critical Chain", 1997): it is taken as what is
 * kept in 8 cases of 10, and not as the middle. How far the cases lie apart, by side, is an assumption that stands here
 * until it is learnt from what was measured.
 */
export const promisedShare = 0.8;
/** Standard deviations of the logarithm of a duration. */
export type Spreads = Readonly<Record<Side, number>>;
export const assumedSpreads: Spreads = { CLIENT: 0.5, COMPANY: 0.35, THIRD_PARTY: 0.6 };

export const simulatedRuns = 1_000;

export type SimulationOptions = { seed: string; runs?: number; spreads?: Spreads };

/** The days by which the project is live in half, and in 8 of 10, of all runs; null: nothing to do, or a circle. */
export type Forecast = { p50On: string; p80On: string };

/** Plays the plan forward again and again, each task with a duration of its own luck. The same facts and seed give the same days. */
export function simulate(
  facts: PlanFacts,
  { seed, runs = simulatedRuns, spreads = assumedSpreads }: SimulationOptions,
): Forecast | null {
  const plan = compile(facts);
  if ('cycle' in plan || plan.tasks.length === 0) return null;
  const live = facts.tasks.filter((task) => !task.isCancelled);
  const today = dayNumber(facts.today);
  const drawn = live.map((task, place) => {
    const { days, duration, startedAt, finishedAt } = plan.tasks[place] as (typeof plan.tasks)[number];
    if (finishedAt !== null || duration === 0) return null;
    // Working days that it has already taken, and was not finished in.
    const taken = startedAt === null ? 0 : Math.max(0, days.before(today) - days.before(startedAt));
    return luckOf(duration, spreads[task.side], taken, drawsOf(`${seed} ${task.id}`));
  });
  const durations = Int32Array.from(plan.tasks, (task) => task.duration);
  const moments = momentsFor(plan);
  const ends = new Float64Array(runs);
  for (let run = 0; run < runs; run++) {
    for (let place = 0; place < drawn.length; place++) {
      const draw = drawn[place];
      if (draw) durations[place] = draw();
    }
    forward(plan, durations, moments);
    ends[run] = endsOf(plan, moments.finishes).goLive;
  }
  ends.sort();
  const dayAt = (share: number) => dayOfNumber((ends[Math.max(0, Math.ceil(runs * share) - 1)] as number) - 1);
  return { p50On: dayAt(0.5), p80On: dayAt(0.8) };
}

/** One duration after another, in whole working days, at least one; of a task under way only such as are longer than it has taken. */
function luckOf(planned: number, spread: number, taken: number, draw: () => number): () => number {
  if (spread === 0) return () => planned;
  const middle = planned * Math.exp(-deviationsAt(promisedShare) * spread);
  const below = taken === 0 ? 0 : shareBelow(Math.log(taken / middle) / spread);
  return () => {
    const share = below + (1 - below) * draw();
    return Math.max(1, taken, Math.round(middle * Math.exp(deviationsAt(share) * spread)));
  };
}
