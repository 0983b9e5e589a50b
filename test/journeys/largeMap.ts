import { randomUUID } from 'node:crypto';
import type { Flow, JourneyMap } from '../../server/journeys/map.ts';
import type { Random } from '../support/random.ts';
import { goal, item, touchpoint } from './drawing.ts';

/**
 *   USUAL   an item is produced by one department and then had and used by some others, mostly later
 *   CHANCE  anybody does anything with anything anywhere
 *   LINKED  as by chance, and each system passes everything, or some items, to every other
 */
export type Shape = 'USUAL' | 'CHANCE' | 'LINKED';

/** 1,000 touchpoints in 12 stages, 40 departments, 400 items, 6,000 flows, 30 systems, 120 goals; ids as in the database. */
export function largeMap(random: Random, shape: Shape): JourneyMap {
  const many = <Thing>(count: number, make: (id: string, at: number) => Thing) =>
    Array.from({ length: count }, (_, at) => make(randomUUID(), at));
  const stages = many(12, (id, at) => ({ id, name: `Stage ${at}` }));
  const departments = many(40, (id, at) => ({
    id,
    name: `Department ${at}`,
    kind: at === 0 ? ('CUSTOMER' as const) : at === 1 ? ('THIRD_PARTY' as const) : ('TEAM' as const),
  }));
  const systems = many(30, (id, at) => ({
    id,
    name: `System ${at}`,
    kind: at === 0 ? ('SLIPWAY' as const) : ('OTHER' as const),
    ownerId: random.pick(departments).id,
  }));
  const items = many(400, (id) =>
    item(id, {
      ownerId: random.chance(0.9) ? random.pick(departments).id : null,
      homeIds: random.chance(0.9) ? [random.pick(systems).id] : [],
    }),
  );
  const touchpoints = many(1_000, (id, at) =>
    touchpoint(id, stages[Math.floor((at * 12) / 1_000)]!.id, {
      departmentIds: [departments[0]!.id, random.pick(departments).id],
      initiatorId: random.pick(departments).id,
      receiverId: random.pick(departments).id,
      tools: [random.pick(systems).id],
    }),
  );
  const goals = many(120, (id) =>
    goal(id, random.pick(departments).id, {
      itemIds: [random.pick(items).id, random.pick(items).id],
      touchpointIds: [random.pick(touchpoints).id],
    }),
  );
  const links = systems.flatMap((from) =>
    systems.flatMap((to) => {
      if (from === to || !random.chance(shape === 'LINKED' ? 1 : 0.05)) return [];
      const itemIds = random.chance(0.3) ? null : Array.from({ length: 20 }, () => random.pick(items).id);
      return [{ id: randomUUID(), fromId: from.id, toId: to.id, itemIds }];
    }),
  );
  const flows = many(6_000, (id, at): Flow => {
    const number = at % items.length;
    const round = Math.floor(at / items.length);
    const isFirst = shape === 'USUAL' && round === 0;
    // The usual item is born early, and each further flow of it lies a little later.
    const place = shape === 'USUAL' ? Math.min(999, random.below(300) + round * 45) : random.below(1_000);
    return {
      id,
      touchpointId: touchpoints[place]!.id,
      departmentId: random.pick(departments).id,
      kind: isFirst ? 'OUTPUT' : random.pick(['INPUT', 'USE', 'USE', 'OUTPUT'] as const),
      itemId: items[number]!.id,
      systemId: random.chance(0.6) ? systems[shape === 'USUAL' ? number % 30 : random.below(30)]!.id : null,
      isAutomatic: random.chance(0.3),
      isAskedOfClient: random.chance(0.05),
      value: random.chance(0.02) ? `Value ${random.below(3)}` : null,
    };
  });
  return { stages, departments, goals, touchpoints, items, systems, links, flows, painPoints: [] };
}
