import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exchangesOf } from '../../server/journeys/gaps/exchanges.ts';
import { maps } from './anyMap.ts';
import { drawn } from './drawing.ts';

test('a need is met from the last touchpoint before it that hands the item on, or asks the client', () => {
  const map = drawn([
    't1 sales OUTPUT vat @crm',
    't2 sales OUTPUT vat @crm',
    't2 sales OUTPUT name @crm',
    't3 support USE vat @desk',
    't3 support USE name @desk',
    't3 client INPUT phone asked',
    't4 finance USE phone',
    't4 finance USE vat',
  ]);
  const { exchanges, missing } = exchangesOf(map);
  expect(exchanges.map(({ fromId, toId, itemIds }) => [fromId, toId, itemIds])).toEqual([
    ['t2', 't3', ['vat', 'name']],
    ['t2', 't4', ['vat']],
    ['t3', 't4', ['phone']],
  ]);
  expect([...missing]).toEqual([]);
});

test('what is handed on where it is needed takes no way, and what comes later is missing', () => {
  const { exchanges, missing } = exchangesOf(
    drawn(['t1 sales OUTPUT vat', 't1 finance USE vat', 't2 support USE name', 't3 sales OUTPUT name']),
  );
  expect(exchanges).toEqual([]);
  expect([...missing]).toEqual([['t2', ['name']]]);
});

test('a way is automatic when no hand is needed at either end, for all that goes it', () => {
  const map = drawn(['t1 sales OUTPUT vat auto', 't2 finance USE vat auto', 't3 support USE vat']);
  expect(exchangesOf(map).exchanges.map(({ toId, isAutomatic }) => [toId, isAutomatic])).toEqual([
    ['t2', true],
    ['t3', false],
  ]);
});

test('on any map every way leads onward, and each need is met, missing, or met where it is', () => {
  fc.assert(
    fc.property(maps, (map) => {
      const { exchanges, missing } = exchangesOf(map);
      const order = map.stages.flatMap(({ id }) => map.touchpoints.filter((one) => one.stageId === id));
      const place = new Map(order.map(({ id }, at) => [id, at]));
      const has = (list: readonly { id: string }[], id: string) => list.some((one) => one.id === id);
      for (const { fromId, toId } of exchanges) expect(place.get(fromId)).toBeLessThan(place.get(toId)!);
      for (const flow of map.flows) {
        const at = place.get(flow.touchpointId);
        if (at === undefined || flow.kind === 'OUTPUT' || flow.isAskedOfClient) continue;
        if (!has(map.departments, flow.departmentId) || !has(map.items, flow.itemId)) continue;
        const isHere = map.flows.some(
          (one) =>
            one.touchpointId === flow.touchpointId &&
            one.itemId === flow.itemId &&
            (one.kind === 'OUTPUT' || one.isAskedOfClient) &&
            has(map.departments, one.departmentId),
        );
        const isMet = exchanges.some(
          ({ toId, itemIds }) => toId === flow.touchpointId && itemIds.includes(flow.itemId),
        );
        const isMissing = missing.get(flow.touchpointId)?.includes(flow.itemId) ?? false;
        expect([isHere, isMet, isMissing].filter(Boolean)).toHaveLength(1);
      }
    }),
    { numRuns: 300 },
  );
});
