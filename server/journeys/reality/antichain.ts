/*
 * The heaviest set of elements of which none stands above another, in a strict partial order of few elements.
 * By Dilworth's theorem it is as heavy as the smallest cover by chains; Fulkerson (1956) finds that cover as a matching
 * of each element's upper with its lower side, and König's theorem reads the set off the vertex cover that the matching
 * gives. An element of weight w is w elements that are not compared with each other.
 */

/**
 * @param weights positive whole numbers, few: each is counted out.
 * @param isAbove of a strict partial order over the places of `weights`.
 * @returns the places of a heaviest antichain, rising; of equals always the same one.
 */
export function heaviestAntichain(
  weights: readonly number[],
  isAbove: (upper: number, lower: number) => boolean,
): number[] {
  const below = weights.map((_, upper) => weights.flatMap((_, lower) => (isAbove(upper, lower) ? [lower] : [])));
  const copies = weights.flatMap((weight, place) => Array.from({ length: weight }, () => place));
  const firstCopy: number[] = [];
  for (const [copy, place] of copies.entries()) firstCopy[place] ??= copy;
  const copiesBelow = (copy: number) =>
    (below[copies[copy] as number] ?? []).flatMap((place) =>
      Array.from({ length: weights[place] as number }, (_, nth) => (firstCopy[place] as number) + nth),
    );
  const matching = matchingOf(copies.map((_, copy) => copiesBelow(copy)));
  const { uppers, lowers } = reachedBy(matching);
  const chosen = new Set(copies.filter((_, copy) => uppers[copy] && !lowers[copy]));
  return [...chosen].sort((one, other) => one - other);
}

type Matching = { below: readonly (readonly number[])[]; lowerOf: Int32Array; upperOf: Int32Array };

/** A largest matching (Hopcroft and Karp, 1973): shortest ways first, so that a long trace stays quick. */
function matchingOf(below: readonly (readonly number[])[]): Matching {
  const lowerOf = new Int32Array(below.length).fill(-1);
  const upperOf = new Int32Array(below.length).fill(-1);
  const matching = { below, lowerOf, upperOf };
  for (;;) {
    const distances = distancesIn(matching);
    let isLonger = false;
    for (let upper = 0; upper < below.length; upper++)
      if (lowerOf[upper] === -1 && isMatchedAlong(upper, distances, matching)) isLonger = true;
    if (!isLonger) return matching;
  }
}

/** How many steps each upper side is from one that is not matched; -1: not reached. */
function distancesIn({ below, lowerOf, upperOf }: Matching): Int32Array {
  const distances = new Int32Array(below.length).fill(-1);
  const queue: number[] = [];
  for (let upper = 0; upper < below.length; upper++) {
    if (lowerOf[upper] !== -1) continue;
    distances[upper] = 0;
    queue.push(upper);
  }
  for (let at = 0; at < queue.length; at++) {
    const upper = queue[at] as number;
    for (const lower of below[upper] ?? []) {
      const next = upperOf[lower] as number;
      if (next === -1 || distances[next] !== -1) continue;
      distances[next] = (distances[upper] as number) + 1;
      queue.push(next);
    }
  }
  return distances;
}

/** Depth first by a stack of its own: a chain may be as long as the trace. */
function isMatchedAlong(start: number, distances: Int32Array, { below, lowerOf, upperOf }: Matching): boolean {
  const way: { upper: number; tried: number }[] = [{ upper: start, tried: 0 }];
  for (let step = way.at(-1); step; step = way.at(-1)) {
    const { upper } = step;
    const lower = below[upper]?.[step.tried];
    if (lower === undefined) {
      distances[upper] = -1;
      way.pop();
      continue;
    }
    step.tried++;
    const next = upperOf[lower] as number;
    if (next === -1) {
      for (const one of way) {
        const taken = below[one.upper]?.[one.tried - 1] as number;
        lowerOf[one.upper] = taken;
        upperOf[taken] = one.upper;
      }
      return true;
    }
    if (distances[next] === (distances[upper] as number) + 1) way.push({ upper: next, tried: 0 });
  }
  return false;
}

/** What ways that alternate reach from upper sides without a match: König's cover is the uppers not reached and the lowers that are. */
function reachedBy({ below, lowerOf, upperOf }: Matching): { uppers: boolean[]; lowers: boolean[] } {
  const uppers = below.map((_, upper) => lowerOf[upper] === -1);
  const lowers = below.map(() => false);
  const open = below.flatMap((_, upper) => (uppers[upper] ? [upper] : []));
  for (let upper = open.pop(); upper !== undefined; upper = open.pop()) {
    for (const lower of below[upper] ?? []) {
      if (lowers[lower]) continue;
      lowers[lower] = true;
      const next = upperOf[lower] as number;
      if (next === -1 || uppers[next]) continue;
      uppers[next] = true;
      open.push(next);
    }
  }
  return { uppers, lowers };
}
