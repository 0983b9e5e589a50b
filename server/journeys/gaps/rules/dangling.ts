import { type About, about, type Finding, keyOf, type Missing } from '../gap.ts';
import type { Reading } from '../reading.ts';

/**
 * DANGLING, of an id that is not there: a part of the map names a stage, department, touchpoint, item or system that was
 * deleted. One gap for all who name it, however many; a part that names it twice counts once. About the touchpoints,
 * goals, items, systems and flows that name it; of a link its systems that are there. Pain points are counted alone.
 * What is left out of the other rules by it, `reading.ts` says.
 */
export function dangling(reading: Reading): Finding[] {
  const { map, departments, items, systems } = reading;
  const stages = new Set(map.stages.map(({ id }) => id));
  const touchpoints = new Set(map.touchpoints.map(({ id }) => id));
  const found = new Map<string, Found>();
  const check = (there: There, missing: Missing, ids: readonly (string | null)[], by: By) => {
    for (const id of ids) {
      if (id === null || there.has(id)) continue;
      const key = keyOf('DANGLING', missing, id);
      const known = found.get(key) ?? { missing, id, by: new Set<By>() };
      found.set(key, known);
      known.by.add(by);
    }
  };

  for (const touchpoint of map.touchpoints) {
    const by: By = { touchpointIds: [touchpoint.id] };
    check(stages, 'STAGE', [touchpoint.stageId], by);
    check(departments, 'DEPARTMENT', touchpoint.departmentIds, by);
    check(departments, 'DEPARTMENT', [touchpoint.initiatorId, touchpoint.receiverId], by);
    check(systems, 'SYSTEM', touchpoint.tools, by);
  }
  for (const goal of map.goals) {
    const by: By = { goalIds: [goal.id] };
    check(departments, 'DEPARTMENT', [goal.departmentId], by);
    check(items, 'ITEM', goal.itemIds, by);
    check(touchpoints, 'TOUCHPOINT', goal.touchpointIds, by);
  }
  for (const item of map.items) {
    const by: By = { itemIds: [item.id] };
    check(departments, 'DEPARTMENT', [item.ownerId], by);
    check(systems, 'SYSTEM', item.homeIds, by);
  }
  for (const { id, ownerId } of map.systems) check(departments, 'DEPARTMENT', [ownerId], { systemIds: [id] });
  for (const { fromId, toId, itemIds } of map.links) {
    const by: By = { systemIds: [fromId, toId].filter((id) => systems.has(id)) };
    check(systems, 'SYSTEM', [fromId, toId], by);
    check(items, 'ITEM', itemIds ?? [], by);
  }
  for (const { id, touchpointId, departmentId, itemId, systemId } of map.flows) {
    const isWhole =
      touchpoints.has(touchpointId) &&
      departments.has(departmentId) &&
      items.has(itemId) &&
      (systemId === null || systems.has(systemId));
    if (isWhole) continue;
    const by: By = { flowIds: [id] };
    check(touchpoints, 'TOUCHPOINT', [touchpointId], by);
    check(departments, 'DEPARTMENT', [departmentId], by);
    check(items, 'ITEM', [itemId], by);
    check(systems, 'SYSTEM', [systemId], by);
  }
  for (const { touchpointId } of map.painPoints) check(touchpoints, 'TOUCHPOINT', [touchpointId], {});

  return [...found].map(([key, { missing, id, by }]) => ({
    kind: 'DANGLING',
    key,
    about: about({
      touchpointIds: idsOf(by, 'touchpointIds'),
      itemIds: idsOf(by, 'itemIds'),
      systemIds: idsOf(by, 'systemIds'),
      goalIds: idsOf(by, 'goalIds'),
      flowIds: idsOf(by, 'flowIds'),
    }),
    facts: { missing, missingId: id, references: by.size },
  }));
}

type There = { has(id: string): boolean };

/** A part of the map that names others: which ids stand for it in `about`. */
type By = Partial<About>;
type Found = { missing: Missing; id: string; by: Set<By> };

const idsOf = (by: ReadonlySet<By>, part: keyof About) => [...by].flatMap((one) => one[part] ?? []);
