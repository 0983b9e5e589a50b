import type { Department, Flow, Goal, InformationItem, JourneyMap, System, SystemLink, Touchpoint } from '../map.ts';

/**
 * The map with its ids looked up, once, for all rules. What is not there is left out here, so that no rule has to ask:
 *   - a touchpoint counts when its stage is there; its place is that in the order of stages, then of touchpoints
 *   - a flow counts when its touchpoint counts and its department and item are there; a system that is not there is none
 *   - a goal counts when its department is there, a link when both its systems are
 * `DANGLING` says what was left out and why.
 */
export type Reading = {
  map: JourneyMap;
  /** In the order of the journey; a touchpoint's index is its place. */
  touchpoints: readonly Placed[];
  placeOf: ReadonlyMap<string, number>;
  departments: ReadonlyMap<string, Department>;
  items: ReadonlyMap<string, InformationItem>;
  systems: ReadonlyMap<string, System>;
  /** Those of an item, in no order. */
  flowsOf: ReadonlyMap<string, readonly Step[]>;
  goals: readonly Goal[];
  links: readonly SystemLink[];
};

export type Placed = {
  touchpoint: Touchpoint;
  /** Who takes part: the lanes, whoever begins and receives, and whoever has a flow there; of those that are there. */
  departmentIds: ReadonlySet<string>;
};

/** A flow that counts, and where. */
export type Step = { flow: Flow; place: number; systemId: string | null };

export function read(map: JourneyMap): Reading {
  const departments = byId(map.departments);
  const items = byId(map.items);
  const systems = byId(map.systems);
  const inOrder = placed(map);
  const placeOf = new Map(inOrder.map((touchpoint, place) => [touchpoint.id, place]));
  const takingPart = inOrder.map(({ departmentIds, initiatorId, receiverId }) => {
    const named = [...departmentIds, initiatorId, receiverId];
    return new Set(named.filter((id) => id !== null && departments.has(id)) as string[]);
  });
  const flowsOf = new Map<string, Step[]>();
  for (const flow of map.flows) {
    const place = placeOf.get(flow.touchpointId);
    if (place === undefined || !departments.has(flow.departmentId) || !items.has(flow.itemId)) continue;
    takingPart[place]?.add(flow.departmentId);
    const systemId = flow.systemId !== null && systems.has(flow.systemId) ? flow.systemId : null;
    const step = { flow, place, systemId };
    const steps = flowsOf.get(flow.itemId);
    if (steps) steps.push(step);
    else flowsOf.set(flow.itemId, [step]);
  }
  return {
    map,
    touchpoints: inOrder.map((touchpoint, place) => ({
      touchpoint,
      departmentIds: takingPart[place] ?? new Set<string>(),
    })),
    placeOf,
    departments,
    items,
    systems,
    flowsOf,
    goals: map.goals.filter(({ departmentId }) => departments.has(departmentId)),
    links: map.links.filter(({ fromId, toId }) => systems.has(fromId) && systems.has(toId)),
  };
}

const byId = <Thing extends { id: string }>(things: readonly Thing[]): ReadonlyMap<string, Thing> =>
  new Map(things.map((thing) => [thing.id, thing]));

/** Touchpoints whose stage is there, by stage and then as they were given. */
function placed(map: JourneyMap): Touchpoint[] {
  const inStage = new Map(map.stages.map(({ id }): [string, Touchpoint[]] => [id, []]));
  for (const touchpoint of map.touchpoints) inStage.get(touchpoint.stageId)?.push(touchpoint);
  return [...inStage.values()].flat();
}

/** It comes into the world here: a department hands it on, or the client is asked for it. */
export const isSource = ({ flow }: Step) => flow.kind === 'OUTPUT' || flow.isAskedOfClient;

/** Somebody relies on its being there: has it or works with it, without asking the client. */
export const isNeed = ({ flow }: Step) => flow.kind !== 'OUTPUT' && !flow.isAskedOfClient;

/** The steps of all items, with the item. */
export function* itemsWithFlows({ map, flowsOf }: Reading): Generator<[InformationItem, readonly Step[]]> {
  for (const item of map.items) {
    const steps = flowsOf.get(item.id);
    if (steps) yield [item, steps];
  }
}

/**
 * The items of this journey: those that flow on it, or that a goal needs. Items belong to the company, and one that
 * only another journey touches is no gap of this one.
 */
export function itemsOfJourney(reading: Reading): InformationItem[] {
  const wanted = new Set(reading.goals.flatMap(({ itemIds }) => itemIds));
  return reading.map.items.filter(({ id }) => reading.flowsOf.has(id) || wanted.has(id));
}

/** The systems of record that are there, each once. */
export const homesOf = (item: InformationItem, { systems }: Reading): System[] =>
  [...new Set(item.homeIds)].flatMap((id) => systems.get(id) ?? []);

/** All that these flows touch, for `about`. */
export function aboutSteps(steps: readonly Step[]) {
  const touched = {
    touchpointIds: [] as string[],
    itemIds: [] as string[],
    departmentIds: [] as string[],
    systemIds: [] as string[],
    flowIds: [] as string[],
  };
  for (const { flow, systemId } of steps) {
    touched.touchpointIds.push(flow.touchpointId);
    touched.itemIds.push(flow.itemId);
    touched.departmentIds.push(flow.departmentId);
    if (systemId !== null) touched.systemIds.push(systemId);
    touched.flowIds.push(flow.id);
  }
  return touched;
}

/** The first on the journey; at one touchpoint the one whose department has the smaller id, so that order of flows decides nothing. */
export function earliest(steps: readonly Step[]): Step | undefined {
  let found: Step | undefined;
  for (const step of steps) if (found === undefined || isBefore(step, found)) found = step;
  return found;
}

function isBefore(one: Step, other: Step): boolean {
  if (one.place !== other.place) return one.place < other.place;
  return one.flow.departmentId < other.flow.departmentId;
}

/** The steps by touchpoint and department. */
export function byOccasion(steps: readonly Step[]): Step[][] {
  if (steps.length < 2) return steps.map((step) => [step]);
  const places = new Map<number, Map<string, Step[]>>();
  for (const step of steps) {
    const there = places.get(step.place) ?? new Map<string, Step[]>();
    places.set(step.place, there);
    const same = there.get(step.flow.departmentId);
    if (same) same.push(step);
    else there.set(step.flow.departmentId, [step]);
  }
  return [...places.values()].flatMap((there) => [...there.values()]);
}
