/*
 * What a plan says of the order of its activities, as a strict partial order: a before b if a way of `before` leads from
 * a to b and none leads back. Activities in a ring have no order among themselves, so a plan with a ring is judged by
 * what is left of it, and nothing here runs in circles.
 */
export type PlannedActivity = {
  id: string;
  /** May be left out: nobody who does so has skipped anything. */
  isOptional: boolean;
};

export type PlannedOrder = {
  activities: readonly PlannedActivity[];
  /** Pairs of ids, the first before the second; what names no activity is ignored. */
  before: readonly (readonly [string, string])[];
};

export type Order = {
  placeOf: ReadonlyMap<string, number>;
  isOptional: readonly boolean[];
  /** By places. */
  isBefore: (first: number, second: number) => boolean;
};

export function orderOf({ activities, before }: PlannedOrder): Order {
  const placeOf = new Map(activities.map(({ id }, place) => [id, place]));
  const next: number[][] = activities.map(() => []);
  for (const [first, second] of before) {
    const from = placeOf.get(first);
    const to = placeOf.get(second);
    if (from !== undefined && to !== undefined) next[from]?.push(to);
  }
  const reached = next.map((_, place) => reachedFrom(place, next));
  const leads = (from: number, to: number) => reached[from]?.has(to) ?? false;
  return {
    placeOf,
    isOptional: activities.map(({ isOptional }) => isOptional),
    isBefore: (first, second) => first !== second && leads(first, second) && !leads(second, first),
  };
}

function reachedFrom(place: number, next: readonly (readonly number[])[]): Set<number> {
  const reached = new Set<number>();
  const open = [place];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const one of next[at] ?? []) {
      if (reached.has(one)) continue;
      reached.add(one);
      open.push(one);
    }
  }
  return reached;
}
