import type { Flow, FlowKind, JourneyMap } from '../map.ts';
import { passing } from './passing.ts';
import { isSource, read } from './reading.ts';

/** "Where does the VAT number go?" */
export type Trail = {
  itemId: string;
  /** In the order of the journey; at one touchpoint INPUT, USE, OUTPUT, then by department and flow. */
  steps: readonly TrailStep[];
  /** All systems that the item comes to, by a flow, as its home, or passed on by themselves; sorted. */
  systemIds: readonly string[];
};

export type TrailStep = {
  flow: Flow;
  stageId: string;
  touchpointId: string;
  departmentId: string;
  /** In which it stands here; null: none, or one that is no more. */
  systemId: string | null;
  /** It comes into the world, or is handed on, here: an OUTPUT, or the client is asked. */
  isSource: boolean;
  /** Systems to which a chain of links takes it from `systemId` by itself; sorted, without that one. */
  passedToIds: readonly string[];
};

/** The way of one item over stages, departments and systems; null: the item is not there. */
export function focus(map: JourneyMap, itemId: string): Trail | null {
  const reading = read(map);
  const item = reading.items.get(itemId);
  if (item === undefined) return null;
  const passes = passing(reading.links);
  const reachOf = new Map<string, string[]>();
  const reachedFrom = (systemId: string) => {
    const known = reachOf.get(systemId) ?? [...passes.from(itemId, systemId, new Set())].sort();
    reachOf.set(systemId, known);
    return known;
  };
  const inOrder = [...(reading.flowsOf.get(itemId) ?? [])].sort(
    (a, b) => a.place - b.place || order[a.flow.kind] - order[b.flow.kind] || compare(a.flow, b.flow),
  );
  const steps = inOrder.map((step): TrailStep => {
    const { flow, place, systemId } = step;
    return {
      flow,
      stageId: reading.touchpoints[place]?.touchpoint.stageId ?? '',
      touchpointId: flow.touchpointId,
      departmentId: flow.departmentId,
      systemId,
      isSource: isSource(step),
      passedToIds: systemId === null ? [] : reachedFrom(systemId).filter((id) => id !== systemId),
    };
  });
  const standsIn = [...steps.map(({ systemId }) => systemId), ...item.homeIds];
  const systemIds = new Set(standsIn.flatMap((id) => (id !== null && reading.systems.has(id) ? reachedFrom(id) : [])));
  return { itemId, steps, systemIds: [...systemIds].sort() };
}

const order: Readonly<Record<FlowKind, number>> = { INPUT: 0, USE: 1, OUTPUT: 2 };

function compare(one: Flow, other: Flow): number {
  if (one.departmentId !== other.departmentId) return one.departmentId < other.departmentId ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
