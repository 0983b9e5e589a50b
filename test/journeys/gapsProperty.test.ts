import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centralisation } from '../../server/journeys/gaps/centralisation.ts';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { focus } from '../../server/journeys/gaps/focus.ts';
import { gapKinds } from '../../server/journeys/gaps/gap.ts';
import { toolsOf } from '../../server/journeys/gaps/toolsOf.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';
import { touchpoint } from './drawing.ts';
import { oracle } from './oracle.ts';

/** Of few things much, so that rules meet; and now and then an id that nothing has, as a deletion leaves it. */
const one = (letter: string, count: number) => {
  const ids = Array.from({ length: count }, (_, at) => `${letter}${at}`);
  return fc.constantFrom(...ids, ...ids, ...ids, ...ids, `${letter}-gone`);
};
const some = (letter: string, count: number, maxLength = 3) => fc.array(one(letter, count), { maxLength });
const orNull = (arbitrary: fc.Arbitrary<string>) => fc.option(arbitrary, { freq: 2 });
/** So many of a sort, or now and then few, with the ids 0, 1, 2... in an order of their own. */
const all = <Thing>(letter: string, most: number, rest: fc.Arbitrary<Thing>) => {
  const many = fc.array(rest, { minLength: Math.ceil(most * 0.7), maxLength: most });
  const few = fc.array(rest, { maxLength: most });
  return fc
    .oneof({ weight: 9, arbitrary: many }, { weight: 1, arbitrary: few })
    .map((things) => things.map((thing, at) => ({ id: `${letter}${at}`, ...thing })))
    .chain((things) => fc.shuffledSubarray(things, { minLength: things.length }));
};

const [stages, departments, touchpoints, items, systems] = [3, 4, 6, 3, 4];
const maps: fc.Arbitrary<JourneyMap> = fc.record({
  stages: all('s', stages, fc.constant({ name: 'Stage' })),
  departments: all(
    'd',
    departments,
    fc.record({ name: fc.constant('D'), kind: fc.constantFrom('CUSTOMER', 'TEAM', 'TEAM', 'TEAM', 'THIRD_PARTY') }),
  ),
  touchpoints: all(
    't',
    touchpoints,
    fc.record({
      stageId: one('s', stages),
      departmentIds: some('d', departments),
      initiatorId: orNull(one('d', departments)),
      receiverId: orNull(one('d', departments)),
      tools: some('y', systems),
    }),
  ).map((given) => given.map(({ id, stageId, ...over }) => touchpoint(id, stageId, over))),
  goals: all(
    'g',
    4,
    fc.record({
      departmentId: one('d', departments),
      kind: fc.constantFrom('FOR_CUSTOMER', 'FOR_DEPARTMENT'),
      name: fc.constant('Goal'),
      metric: fc.constant(null),
      target: fc.constant(null),
      itemIds: some('i', items, 2),
      touchpointIds: some('t', touchpoints, 2),
    }),
  ),
  items: all(
    'i',
    items,
    fc.record({
      name: fc.constant('Item'),
      ownerId: orNull(one('d', departments)),
      sensitivity: fc.constantFrom('PUBLIC', 'SECRET'),
      homeIds: some('y', systems, 2),
      factKey: fc.constant(null),
    }),
  ),
  systems: all(
    'y',
    systems,
    fc.record({
      name: fc.constant('System'),
      kind: fc.constantFrom('SLIPWAY', 'SLIPWAY', 'CRM', 'SHEET'),
      ownerId: orNull(one('d', departments)),
    }),
  ),
  links: all(
    'l',
    6,
    fc.record({
      fromId: one('y', systems),
      toId: one('y', systems),
      itemIds: fc.option(some('i', items), { freq: 2 }),
    }),
  ),
  flows: all(
    'f',
    16,
    fc.record({
      touchpointId: one('t', touchpoints),
      departmentId: one('d', departments),
      kind: fc.constantFrom('INPUT', 'USE', 'OUTPUT'),
      itemId: one('i', items),
      systemId: orNull(one('y', systems)),
      isAutomatic: fc.boolean(),
      isAskedOfClient: fc.integer({ min: 0, max: 3 }).map((chance) => chance === 0),
      value: fc.option(fc.constantFrom('DE 1', ' de  1', 'DE 2', ' '), { freq: 2 }),
    }),
  ),
  painPoints: all(
    'p',
    2,
    fc.record({
      touchpointId: one('t', touchpoints),
      text: fc.constant('Slow'),
      severity: fc.constantFrom(1, 2, 3),
      votes: fc.nat(9),
    }),
  ),
});

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
