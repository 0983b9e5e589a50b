import type { JourneyMap } from '../map.ts';
import { read } from './reading.ts';

/** A system that people work with on the journey, and how widely. */
export type Tool = {
  systemId: string;
  /** Where it is named as a tool, or by a flow. */
  touchpoints: number;
  /** Whose flows name it. */
  departments: number;
  /** What stands in it by those flows. */
  items: number;
};

/**
 * The tools of a journey, the most widespread first: every system that is there and that a touchpoint or a flow which
 * counts names. Slipway is one, if it is used. A system that is only the home of something is none: nobody works in it.
 */
export function toolsOf(map: JourneyMap): Tool[] {
  const { touchpoints, flowsOf, systems } = read(map);
  const used = new Map<string, { places: Set<number>; departments: Set<string>; items: Set<string> }>();
  const entryOf = (systemId: string) => {
    const entry = used.get(systemId) ?? { places: new Set(), departments: new Set(), items: new Set() };
    used.set(systemId, entry);
    return entry;
  };
  for (const [place, { touchpoint }] of touchpoints.entries()) {
    for (const id of touchpoint.tools) if (systems.has(id)) entryOf(id).places.add(place);
  }
  for (const { flow, place, systemId } of [...flowsOf.values()].flat()) {
    if (systemId === null) continue;
    const entry = entryOf(systemId);
    entry.places.add(place);
    entry.departments.add(flow.departmentId);
    entry.items.add(flow.itemId);
  }
  return [...used]
    .map(([systemId, { places, departments, items }]) => ({
      systemId,
      touchpoints: places.size,
      departments: departments.size,
      items: items.size,
    }))
    .sort((one, other) => other.touchpoints - one.touchpoints || (one.systemId < other.systemId ? -1 : 1));
}
