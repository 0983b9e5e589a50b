import { heaviestAntichain } from './antichain.ts';
import { type Order, orderOf, type PlannedOrder } from './order.ts';

/*
 * How what happened fits what was planned: an optimal alignment (Adriansyah, van Dongen and van der Aalst, "Conformance
 * checking using cost-based fitness analysis", EDOC 2011) with costs of 1 for whatever stands on one side alone.
 *
 * A plan here is a partial order in which everything happens once, or at most once if it is optional; so the optimum
 * needs no search. Two events contradict each other if they are of one activity, or if the later is of an activity that
 * comes before the earlier one's. That relation is itself a partial order, and the events that fit are its heaviest
 * antichain: an event of a required activity saves two moves (one on each side), of an optional one a single move.
 */
export type Happening = { activityId: string; at: number };

export type Move =
  /** Happened as planned. */
  | { kind: 'BOTH'; activityId: string; event: number }
  /** Happened, and the plan has no place for it there. */
  | { kind: 'LOG'; activityId: string; event: number }
  /** Planned, and did not happen where it should have. */
  | { kind: 'MODEL'; activityId: string };

export type Alignment = {
  /** Events in the order in which they happened; what did not happen stands before the first that should have waited for it. */
  moves: readonly Move[];
  /** Moves that stand on one side alone. */
  cost: number;
  /** What it would cost if nothing fitted: every event, and every activity that is required. */
  worst: number;
  /** 1 - cost / worst, 0 to 1; 1 where nothing was planned and nothing happened. */
  fitness: number;
};

/** More events of one case than this are not aligned: nobody has worked on a shop that often. */
export const mostEvents = 500;

/**
 * @param happened in the order in which it happened.
 * @param isFinished false for a case under way: of the plan then counts what should have come before anything that
 *   happened, and what happened; what is still to come was not skipped.
 * @throws RangeError for more than `mostEvents` events.
 */
export function alignmentOf(plan: PlannedOrder, happened: readonly Happening[], isFinished = true): Alignment {
  if (happened.length > mostEvents) throw new RangeError(`more than ${mostEvents} events of one case`);
  const order = orderOf(plan);
  const places = happened.map(({ activityId }) => order.placeOf.get(activityId) ?? -1);
  const known = places.flatMap((place, event) => (place === -1 ? [] : [event]));
  const placeAt = (nth: number) => places[known[nth] as number] as number;
  const fitting = heaviestAntichain(
    known.map((_, nth) => (order.isOptional[placeAt(nth)] ? 1 : 2)),
    (first, second) =>
      first < second && (placeAt(first) === placeAt(second) || order.isBefore(placeAt(second), placeAt(first))),
  );
  const events = new Set(fitting.map((nth) => known[nth] as number));
  const required = requiredOf(order, isFinished ? null : new Set(places));
  const matched = new Set([...events].map((event) => places[event] as number));
  const missing = required.filter((place) => !matched.has(place));
  const cost = happened.length - events.size + missing.length;
  const worst = happened.length + required.length;
  return {
    moves: movesOf({ plan, order, happened, places, events, missing }),
    cost,
    worst,
    fitness: worst === 0 ? 1 : 1 - cost / worst,
  };
}

/** Places of what has to happen; `seen`: only of what comes before any of these, and of these. */
function requiredOf({ isOptional, isBefore }: Order, seen: ReadonlySet<number> | null): number[] {
  const isDue = (place: number) => seen === null || seen.has(place) || [...seen].some((one) => isBefore(place, one));
  return isOptional.flatMap((optional, place) => (!optional && isDue(place) ? [place] : []));
}

type Matched = {
  plan: PlannedOrder;
  order: Order;
  happened: readonly Happening[];
  places: readonly number[];
  events: ReadonlySet<number>;
  missing: readonly number[];
};

function movesOf({ plan, order, happened, places, events, missing }: Matched): Move[] {
  const moves: Move[] = [];
  let waiting = inOrder(missing, order);
  const idOf = (place: number) => plan.activities[place]?.id ?? '';
  for (const [event, { activityId }] of happened.entries()) {
    if (!events.has(event)) {
      moves.push({ kind: 'LOG', activityId, event });
      continue;
    }
    const place = places[event] as number;
    for (const one of waiting) if (order.isBefore(one, place)) moves.push({ kind: 'MODEL', activityId: idOf(one) });
    waiting = waiting.filter((one) => !order.isBefore(one, place));
    moves.push({ kind: 'BOTH', activityId, event });
  }
  for (const one of waiting) moves.push({ kind: 'MODEL', activityId: idOf(one) });
  return moves;
}

/** Places so that none stands behind one that it comes before; otherwise as they stand in the plan. */
function inOrder(places: readonly number[], { isBefore }: Order): number[] {
  const left = [...places];
  const sorted: number[] = [];
  while (left.length > 0) {
    const at = left.findIndex((place) => !left.some((other) => isBefore(other, place)));
    sorted.push(...left.splice(at, 1));
  }
  return sorted;
}

/** The fitness of many cases of one plan: the sum of their costs over the sum of their worst; null without a case. */
export function fitnessOfAll(alignments: readonly Alignment[]): number | null {
  if (alignments.length === 0) return null;
  const worst = alignments.reduce((sum, one) => sum + one.worst, 0);
  const cost = alignments.reduce((sum, one) => sum + one.cost, 0);
  return worst === 0 ? 1 : 1 - cost / worst;
}
