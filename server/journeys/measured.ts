import type { Costs } from './gaps/severity.ts';
import type { JourneyMap } from './map.ts';
import { sameName } from './sameName.ts';

/*
 * What was measured on live projects, brought to a map by names: a touchpoint is the task that is called as it is, a
 * piece of information what is handed in under its name. Pure, for the browser too.
 */

/** Over how many projects, and the one in their middle. */
type Typical = { name: string; projectCount: number };
/** Working days that a project waits at a task; rounds that what is handed in takes beyond the first. */
export type Measured = {
  waits: readonly (Typical & { workingDays: number })[];
  rework: readonly (Typical & { rounds: number })[];
};

/** Under so many projects a figure tells of single ones. */
export const leastProjects = 3;
const minutesOfDay = 480;

/** The costs of a map's touchpoints and information, for the severity of its gaps. */
export function costsOf({ touchpoints, items }: Pick<JourneyMap, 'touchpoints' | 'items'>, measured: Measured): Costs {
  const waits = byName(measured.waits);
  const rework = byName(measured.rework);
  return {
    waitingMinutesOfTouchpoint: new Map(
      touchpoints.flatMap(({ id, name }) => {
        const found = waits.get(sameName(name));
        return found ? [[id, found.workingDays * minutesOfDay] as const] : [];
      }),
    ),
    reworkOfItem: new Map(
      items.flatMap(({ id, name }) => {
        const found = rework.get(sameName(name));
        return found ? [[id, found.rounds] as const] : [];
      }),
    ),
  };
}

/** The dearest of those that a gap is about, for people to read why it is as grave; null where nothing was measured. */
export function dearestOf<T extends { name: string }>(
  things: readonly { name: string }[],
  measured: readonly T[],
  costOf: (one: T) => number,
): T | null {
  const known = byName(measured);
  return things
    .flatMap(({ name }) => known.get(sameName(name)) ?? [])
    .reduce<T | null>((most, one) => (costOf(one) > 0 && (!most || costOf(one) > costOf(most)) ? one : most), null);
}

/**
 * What is typical, by name: the middle of what each project took, between two of them the mean. Names under
 * `leastProjects` projects are left out; the others stand in the order of the alphabet.
 */
export function typicalOf(
  cases: readonly { name: string; projectId: string; cost: number }[],
): (Typical & { cost: number })[] {
  const found = new Map<string, { name: string; ofProject: Map<string, number> }>();
  for (const { name, projectId, cost } of cases) {
    const key = sameName(name);
    const known = found.get(key) ?? { name, ofProject: new Map<string, number>() };
    known.ofProject.set(projectId, (known.ofProject.get(projectId) ?? 0) + cost);
    found.set(key, known);
  }
  return [...found.values()]
    .filter(({ ofProject }) => ofProject.size >= leastProjects)
    .map(({ name, ofProject }) => ({ name, projectCount: ofProject.size, cost: middle([...ofProject.values()]) }))
    .sort((one, other) => (sameName(one.name) < sameName(other.name) ? -1 : 1));
}

function middle(costs: number[]): number {
  const sorted = costs.sort((one, other) => one - other);
  const at = sorted.length >> 1;
  const [below = 0, above = 0] = [sorted[at - 1], sorted[at]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

const byName = <T extends { name: string }>(all: readonly T[]) => new Map(all.map((one) => [sameName(one.name), one]));
