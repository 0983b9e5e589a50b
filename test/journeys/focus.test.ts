import { describe, expect, test } from 'vitest';
import { centralisation } from '../../server/journeys/gaps/centralisation.ts';
import { focus } from '../../server/journeys/gaps/focus.ts';
import { toolsOf } from '../../server/journeys/gaps/toolsOf.ts';
import { blank, drawn, goal, item, link, touchpoint } from './drawing.ts';

describe('where one item goes', () => {
  const lines = [
    't3 support USE vat @desk',
    't1 sales OUTPUT vat @crm',
    't1 client INPUT vat asked',
    't1 agency USE vat',
    't2 finance USE name',
    't4 no-one USE vat',
  ];
  const map = drawn(lines, {
    links: [link('crm', 'slipway'), link('slipway', 'sheet', 'vat'), link('sheet', 'crm'), link('desk', 'crm', 'name')],
    items: [item('vat', { homeIds: ['slipway', 'no-system'] })],
  });

  test('is told along the journey, at one touchpoint from having to handing on', () => {
    const steps = focus(map, 'vat')?.steps ?? [];
    expect(
      steps.map(({ stageId, touchpointId, departmentId, flow }) => [stageId, touchpointId, departmentId, flow.kind]),
    ).toEqual([
      ['buy', 't1', 'client', 'INPUT'],
      ['buy', 't1', 'agency', 'USE'],
      ['buy', 't1', 'sales', 'OUTPUT'],
      ['own', 't3', 'support', 'USE'],
    ]);
    expect(steps.map(({ isSource }) => isSource)).toEqual([true, false, true, false]);
  });

  test('with the systems that take it on by themselves, round and round too', () => {
    const steps = focus(map, 'vat')?.steps ?? [];
    expect(steps.map(({ systemId, passedToIds }) => [systemId, passedToIds])).toEqual([
      [null, []],
      [null, []],
      ['crm', ['sheet', 'slipway']],
      ['desk', []],
    ]);
    expect(focus(map, 'vat')?.systemIds).toEqual(['crm', 'desk', 'sheet', 'slipway']);
  });

  test('an item without flows is where its home is; one that is not there has no trail', () => {
    expect(focus({ ...blank, items: [item('vat', { homeIds: ['crm'] })] }, 'vat')).toEqual({
      itemId: 'vat',
      steps: [],
      systemIds: ['crm'],
    });
    expect(focus(map, 'no-item')).toBeNull();
  });
});

describe('centralisation', () => {
  test('is the share of the items of the journey that have their home in Slipway alone', () => {
    const homes = {
      a: ['slipway'],
      b: ['crm'],
      c: ['slipway', 'crm'],
      d: [],
      e: ['slipway', 'no-system'],
      f: ['slipway'],
    };
    const items = Object.entries(homes).map(([id, homeIds]) => item(id, { homeIds }));
    const map = drawn(['t1 sales USE a', 't1 sales USE b', 't1 sales USE c', 't1 sales USE d'], {
      items,
      goals: [goal('g', 'sales', { itemIds: ['e'] })],
    });
    expect(centralisation(map)).toEqual({ items: 5, homeInSlipway: 2, share: 0.4 });
  });

  test('of no items is no share', () => {
    expect(centralisation(blank)).toEqual({ items: 0, homeInSlipway: 0, share: null });
    expect(centralisation({ ...blank, items: [item('a')] })).toEqual({ items: 0, homeInSlipway: 0, share: null });
  });
});

test('tools are the systems that people work with, the most widespread first', () => {
  const map = drawn(
    ['t1 sales USE vat @crm', 't2 sales USE vat @crm', 't2 finance USE name @desk', 't1 sales USE vat @no-system'],
    {
      items: [item('vat', { homeIds: ['sheet'] })],
      touchpoints: [
        touchpoint('t1', 'buy', { tools: ['desk', 'crm', 'no-system'] }),
        touchpoint('t2', 'buy'),
        touchpoint('t3', 'own', { tools: ['desk'] }),
        touchpoint('t4', 'no-stage', { tools: ['slipway'] }),
      ],
    },
  );
  expect(toolsOf(map)).toEqual([
    { systemId: 'desk', touchpoints: 3, departments: 1, items: 1 },
    { systemId: 'crm', touchpoints: 2, departments: 1, items: 1 },
  ]);
});
