import { about, type Finding, keyOf } from '../gap.ts';
import {
  aboutSteps,
  byOccasion,
  earliest,
  isNeed,
  isSource,
  itemsWithFlows,
  type Reading,
  type Step,
} from '../reading.ts';

/*
 * Does what one department produces reach who needs it, in time? Of an item,
 *   a source is an OUTPUT, or a flow of any kind in which the client is asked for it
 *   a need is an INPUT or USE in which the client is not asked
 * An occasion is one department at one touchpoint with one item; several flows of one occasion are one gap.
 */
export function supply(reading: Reading): Finding[] {
  return [...itemsWithFlows(reading)].flatMap(([{ id }, steps]) => {
    const sources = steps.filter(isSource);
    const needs = steps.filter(isNeed);
    return [...unused(id, steps, needs), ...unproduced(id, sources, needs), ...late(id, sources, needs)];
  });
}

/**
 * OUTPUT_UNUSED, of an occasion with an OUTPUT: no need of the item stands at a later touchpoint, and none of another
 * department at the same one. Asking the client anew is no use of it. About the occasion's OUTPUTs.
 */
function* unused(itemId: string, steps: readonly Step[], needs: readonly Step[]): Generator<Finding> {
  const last = needs.reduce((latest, { place }) => Math.max(latest, place), -1);
  const neededLast = new Set(needs.flatMap(({ place, flow }) => (place === last ? flow.departmentId : [])));
  const outputs = steps.filter(({ flow, place }) => flow.kind === 'OUTPUT' && place >= last);
  for (const occasion of byOccasion(outputs)) {
    const [{ flow, place }] = occasion as [Step];
    const { touchpointId, departmentId } = flow;
    const takenThere = place === last && (neededLast.size > 1 || !neededLast.has(departmentId));
    if (takenThere) continue;
    yield {
      kind: 'OUTPUT_UNUSED',
      key: keyOf('OUTPUT_UNUSED', itemId, touchpointId, departmentId),
      about: about(aboutSteps(occasion)),
      facts: { itemId, touchpointId, departmentId },
    };
  }
}

/** USE_UNPRODUCED, of an item: it has a need and no source anywhere on the journey. About all needs. */
function* unproduced(itemId: string, sources: readonly Step[], needs: readonly Step[]): Generator<Finding> {
  const first = earliest(needs);
  if (first === undefined || sources.length > 0) return;
  const { touchpointId, departmentId } = first.flow;
  const touchpoints = new Set(needs.map(({ place }) => place)).size;
  yield {
    kind: 'USE_UNPRODUCED',
    key: keyOf('USE_UNPRODUCED', itemId),
    about: about(aboutSteps(needs)),
    facts: { itemId, touchpointId, departmentId, touchpoints },
  };
}

/**
 * INPUT_TOO_LATE, of an occasion with a need: the item has sources, and the first of them stands at a later touchpoint.
 * At the same touchpoint is in time. About the occasion's needs, and the touchpoint and department of that source.
 */
function* late(itemId: string, sources: readonly Step[], needs: readonly Step[]): Generator<Finding> {
  const first = earliest(sources);
  if (first === undefined) return;
  const producedAtId = first.flow.touchpointId;
  for (const occasion of byOccasion(needs.filter(({ place }) => place < first.place))) {
    const [{ flow }] = occasion as [Step];
    const { touchpointId, departmentId } = flow;
    const parts = aboutSteps(occasion);
    yield {
      kind: 'INPUT_TOO_LATE',
      key: keyOf('INPUT_TOO_LATE', itemId, touchpointId, departmentId),
      about: about({
        ...parts,
        touchpointIds: [touchpointId, producedAtId],
        departmentIds: [departmentId, first.flow.departmentId],
      }),
      facts: { itemId, touchpointId, departmentId, producedAtId },
    };
  }
}
