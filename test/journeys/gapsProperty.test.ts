import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centralisation } from '../../server/journeys/gaps/centralisation.ts';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { focus } from '../../server/journeys/gaps/focus.ts';
import { gapKinds } from '../../server/journeys/gaps/gap.ts';
import { toolsOf } from '../../server/journeys/gaps/toolsOf.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';
import { maps } from './anyMap.ts';
import { oracle } from './oracle.ts';

const byKey = (map: JourneyMap) =>
  findGaps(map)
    .map(({ severity: _, ...rest }) => rest)
    .sort((a, b) => (a.key < b.key ? -1 : 1));

test('on any map the engine finds just what the definitions say, with the same facts', () => {
  const met = new Map<string, number>();
  fc.assert(
    fc.property(maps, (map) => {
      const found = byKey(map);
      for (const { kind } of found) met.set(kind, (met.get(kind) ?? 0) + 1);
      expect(found).toEqual(oracle(map));
    }),
    { numRuns: 1_000 },
  );
  // Else the agreement of the two would be an agreement on nothing.
  for (const kind of gapKinds) expect(met.get(kind) ?? 0, kind).toBeGreaterThan(40);
});

test('the order of flows, links, goals and pain points changes nothing', () => {
  fc.assert(
    fc.property(maps, fc.infiniteStream(fc.nat()), (map, chance) => {
      const mixed = <Thing>(things: readonly Thing[]) =>
        things
          .map((thing) => ({ thing, at: chance.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ thing }) => thing);
      const other: JourneyMap = {
        ...map,
        flows: mixed(map.flows),
        links: mixed(map.links),
        goals: mixed(map.goals),
        painPoints: mixed(map.painPoints),
      };
      expect(findGaps(other)).toEqual(findGaps(map));
      expect(toolsOf(other)).toEqual(toolsOf(map));
      for (const { id } of map.items) expect(focus(other, id)).toEqual(focus(map, id));
    }),
    { numRuns: 200 },
  );
});

test('no key is given twice', () => {
  fc.assert(
    fc.property(maps, (map) => {
      const keys = findGaps(map).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 300 },
  );
});

test('an item of the journey is in Slipway, held outside or without a home, and never two of them', () => {
  fc.assert(
    fc.property(maps, (map) => {
      const { items, homeInSlipway, share } = centralisation(map);
      const others = findGaps(map).filter(({ kind }) => kind === 'HELD_OUTSIDE' || kind === 'NO_HOME');
      expect(homeInSlipway + others.length).toBe(items);
      expect(share).toBe(items === 0 ? null : homeInSlipway / items);
    }),
    { numRuns: 300 },
  );
});

test('a trail tells every flow that counts once, forward on the journey', () => {
  fc.assert(
    fc.property(maps, (map) => {
      const told = map.items.flatMap(({ id }) => focus(map, id)?.steps ?? []);
      const counts = map.flows.filter(
        (flow) =>
          map.touchpoints.some(
            (t) => t.id === flow.touchpointId && map.stages.some((stage) => stage.id === t.stageId),
          ) &&
          map.departments.some(({ id }) => id === flow.departmentId) &&
          map.items.some(({ id }) => id === flow.itemId),
      );
      expect(told.map(({ flow }) => flow.id).sort()).toEqual(counts.map(({ id }) => id).sort());
      for (const { id } of map.items) {
        const places = (focus(map, id)?.steps ?? []).map(
          ({ stageId, touchpointId }) =>
            map.stages.findIndex((stage) => stage.id === stageId) * 1_000 +
            map.touchpoints.findIndex((t) => t.id === touchpointId),
        );
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }
    }),
    { numRuns: 300 },
  );
});
