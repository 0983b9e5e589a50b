import { about, type Finding, keyOf } from '../gap.ts';
import { aboutSteps, earliest, isSource, type Reading } from '../reading.ts';

/*
 * Is what departments want on the map, and do they get what it takes? Who takes part in a touchpoint: its lanes, who
 * begins and who receives, and whoever has a flow there.
 */
export function goals(reading: Reading): Finding[] {
  return [...withoutTouchpoint(reading), ...touchpointsWithout(reading), ...opportunities(reading)];
}

/**
 * GOAL_WITHOUT_TOUCHPOINT, of a goal: it names no touchpoint that counts, and its department takes part in the journey
 * somewhere; a department that this journey does not touch has its goals on another.
 */
function* withoutTouchpoint({ goals, touchpoints, placeOf }: Reading): Generator<Finding> {
  const takingPart = new Set<string>();
  for (const { departmentIds } of touchpoints) for (const id of departmentIds) takingPart.add(id);
  for (const { id: goalId, departmentId, touchpointIds } of goals) {
    if (!takingPart.has(departmentId) || touchpointIds.some((id) => placeOf.has(id))) continue;
    yield {
      kind: 'GOAL_WITHOUT_TOUCHPOINT',
      key: keyOf('GOAL_WITHOUT_TOUCHPOINT', goalId),
      about: about({ goalIds: [goalId], departmentIds: [departmentId] }),
      facts: { goalId, departmentId },
    };
  }
}

/** TOUCHPOINT_WITHOUT_GOAL, of a touchpoint: no goal of a department that takes part in it names it. About those departments. */
function* touchpointsWithout({ goals, touchpoints, placeOf }: Reading): Generator<Finding> {
  const served = new Set<number>();
  for (const { departmentId, touchpointIds } of goals) {
    for (const id of touchpointIds) {
      const place = placeOf.get(id);
      if (place !== undefined && touchpoints[place]?.departmentIds.has(departmentId)) served.add(place);
    }
  }
  for (const [place, { touchpoint, departmentIds }] of touchpoints.entries()) {
    if (served.has(place)) continue;
    yield {
      kind: 'TOUCHPOINT_WITHOUT_GOAL',
      key: keyOf('TOUCHPOINT_WITHOUT_GOAL', touchpoint.id),
      about: about({ touchpointIds: [touchpoint.id], departmentIds }),
      facts: { touchpointId: touchpoint.id },
    };
  }
}

/**
 * OPPORTUNITY, of a department and an item: a goal of the department names the item, another department has a source of
 * it (an OUTPUT, or it asks the client), and the department has no flow of it at all. A department may be on none of the
 * journey's lanes and still have one. About the others' sources, the department, and its goals that name the item.
 */
function* opportunities({ goals, flowsOf }: Reading): Generator<Finding> {
  const wishes = new Map<string, Map<string, string[]>>();
  for (const { id, departmentId, itemIds } of goals) {
    for (const itemId of itemIds) {
      const ofItem = wishes.get(itemId) ?? new Map<string, string[]>();
      wishes.set(itemId, ofItem);
      const goalIds = ofItem.get(departmentId);
      if (goalIds) goalIds.push(id);
      else ofItem.set(departmentId, [id]);
    }
  }
  for (const [itemId, wishing] of wishes) {
    const steps = flowsOf.get(itemId) ?? [];
    const sources = steps.filter(isSource);
    const first = earliest(sources);
    if (first === undefined) continue;
    const having = new Set(steps.map(({ flow }) => flow.departmentId));
    const { departmentId: producerId, touchpointId } = first.flow;
    // Once for all who wish for it: an item may have thousands of sources.
    const parts = about(aboutSteps(sources));
    for (const [departmentId, goalIds] of wishing) {
      if (having.has(departmentId)) continue;
      yield {
        kind: 'OPPORTUNITY',
        key: keyOf('OPPORTUNITY', departmentId, itemId),
        about: about({ ...parts, departmentIds: [...parts.departmentIds, departmentId], goalIds }),
        facts: { itemId, departmentId, producerId, touchpointId },
      };
    }
  }
}
