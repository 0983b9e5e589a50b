import type { JourneyMap } from '../map.ts';
import { isNeed, isSource, itemsWithFlows, read, type Step } from './reading.ts';

/** Information that goes from one touchpoint to a later one; all that goes the same way is one. */
export type Exchange = {
  fromId: string;
  toId: string;
  itemIds: readonly string[];
  /** Each of it by itself: put down by no hand, and taken by none. */
  isAutomatic: boolean;
};

export type Exchanges = {
  exchanges: readonly Exchange[];
  /** What is needed at a touchpoint and was handed on at none before it, by touchpoint. */
  missing: ReadonlyMap<string, readonly string[]>;
};

/**
 * Where each need of a map is met from: the last touchpoint before it, or itself, at which the item is handed on or the
 * client is asked for it. In the order of the journey, by what is needed.
 */
export function exchangesOf(map: JourneyMap): Exchanges {
  const reading = read(map);
  const found = new Map<string, { from: number; to: number; itemIds: Set<string>; isAutomatic: boolean }>();
  const missing = new Map<number, Set<string>>();
  for (const [item, steps] of itemsWithFlows(reading)) {
    const sources = steps.filter(isSource);
    for (const need of steps.filter(isNeed)) {
      const source = lastBefore(sources, need.place);
      if (source === undefined) missing.set(need.place, (missing.get(need.place) ?? new Set()).add(item.id));
      else if (source.place !== need.place) {
        const key = `${source.place} ${need.place}`;
        const isAutomatic = source.flow.isAutomatic && need.flow.isAutomatic;
        const known = found.get(key);
        if (known) known.isAutomatic &&= isAutomatic;
        const exchange = known ?? { from: source.place, to: need.place, itemIds: new Set<string>(), isAutomatic };
        exchange.itemIds.add(item.id);
        found.set(key, exchange);
      }
    }
  }
  const idAt = (place: number) => reading.touchpoints[place]?.touchpoint.id ?? '';
  const inOrder = [...found.values()].sort((one, other) => one.from - other.from || one.to - other.to);
  return {
    exchanges: inOrder.map(({ from, to, itemIds, isAutomatic }) => ({
      ...{ fromId: idAt(from), toId: idAt(to), itemIds: [...itemIds], isAutomatic },
    })),
    missing: new Map([...missing].sort(([a], [b]) => a - b).map(([place, ids]) => [idAt(place), [...ids]])),
  };
}

function lastBefore(sources: readonly Step[], place: number): Step | undefined {
  let last: Step | undefined;
  for (const step of sources) if (step.place <= place && (last === undefined || step.place > last.place)) last = step;
  return last;
}
