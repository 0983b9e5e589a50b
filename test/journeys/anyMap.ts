import fc from 'fast-check';
import type { JourneyMap } from '../../server/journeys/map.ts';
import { touchpoint } from './drawing.ts';

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
/** Any map, small and crowded. */
export const maps: fc.Arbitrary<JourneyMap> = fc.record({
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
