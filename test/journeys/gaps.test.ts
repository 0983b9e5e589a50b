import { describe, expect, test } from 'vitest';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { type Gap, keyOf } from '../../server/journeys/gaps/gap.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';
import { blank, drawn, flow, item, link } from './drawing.ts';

const empty: JourneyMap = {
  stages: [],
  departments: [],
  goals: [],
  touchpoints: [],
  items: [],
  systems: [],
  links: [],
  flows: [],
  painPoints: [],
};
const of = (kind: Gap['kind'], gaps: readonly Gap[]) => gaps.filter((gap) => gap.kind === kind);

test('a map without anything has no gaps', () => {
  expect(findGaps(empty)).toEqual([]);
});

describe('what a gap is about', () => {
  test('is told for a canvas to mark: each id once, sorted', () => {
    const lines = [
      't3 support INPUT vat @desk asked',
      't1 sales INPUT vat @crm asked',
      't1 finance INPUT vat @crm asked',
    ];
    expect(of('ASKED_TWICE', findGaps(drawn(lines)))[0]?.about).toEqual({
      touchpointIds: ['t1', 't3'],
      itemIds: ['vat'],
      departmentIds: ['finance', 'sales', 'support'],
      systemIds: ['crm', 'desk'],
      goalIds: [],
      flowIds: [...lines].sort(),
    });
  });

  test('is in the map, also where the map names what is not', () => {
    const map = drawn(['t1 sales USE vat @no-system', 't2 no-one USE vat', 'no-where sales USE vat']);
    const [gap] = of('USE_UNPRODUCED', findGaps(map));
    expect(gap?.about).toMatchObject({ touchpointIds: ['t1'], departmentIds: ['sales'], systemIds: [] });
  });
});

describe('keys', () => {
  test('stay when flows are redrawn, renamed and reordered, so that what was dismissed stays so', () => {
    const before = drawn(['t1 sales USE vat', 't2 support OUTPUT vat', 't3 finance INPUT vat @crm']);
    const redrawn = [...before.flows].reverse().map((one, at) => ({ ...one, id: `new ${at}`, value: 'DE 1' }));
    const renamed = before.items.map((one) => ({ ...one, name: 'VAT number' }));
    const keys = (map: JourneyMap) => findGaps(map).map(({ key }) => key);
    expect(keys(before)).toContain('INPUT_TOO_LATE:vat:t1:sales');
    expect(keys({ ...before, flows: redrawn, items: renamed })).toEqual(keys(before));
  });

  test('tell apart ids that hold their separator', () => {
    expect(keyOf('REKEYED', 'a:b', 'c')).not.toBe(keyOf('REKEYED', 'a', 'b:c'));
    expect(keyOf('REKEYED', 'a%3Ab', 'c')).not.toBe(keyOf('REKEYED', 'a:b', 'c'));
  });
});

describe('severity', () => {
  const map = drawn(['t1 sales OUTPUT vat', 't2 sales INPUT name'], { items: [item('vat', { ownerId: null })] });
  const severityOf = (kind: Gap['kind'], costs: Parameters<typeof findGaps>[1]) =>
    of(kind, findGaps(map, costs))[0]?.severity;
  const waiting = (minutes: number) => ({ waitingMinutesOfTouchpoint: new Map([['t1', minutes]]) });
  const rework = (rounds: number) => ({ reworkOfItem: new Map([['vat', rounds]]) });

  test.each([
    ['nothing was measured', {}, 1],
    ['nobody waits', waiting(0), 1],
    ['less than a working day', waiting(479), 1],
    ['a working day', waiting(480), 2],
    ['a working week', waiting(2_400), 3],
    ['less than one round of rework', rework(0.9), 1],
    ['one round', rework(1), 2],
    ['three rounds', rework(3), 3],
    ['the graver of two', { ...waiting(500), ...rework(5) }, 3],
    ['no number', { ...waiting(Number.NaN), ...rework(-1) }, 1],
    ['a touchpoint that it is not about', { waitingMinutesOfTouchpoint: new Map([['t4', 9_999]]) }, 1],
  ])('of an unused output where %s', (_, costs, expected) => {
    expect(severityOf('OUTPUT_UNUSED', costs)).toBe(expected);
  });

  test('what is grave unmeasured stays so where nobody waits', () => {
    const free = { waitingMinutesOfTouchpoint: new Map([['t2', 0]]), reworkOfItem: new Map([['name', 0]]) };
    expect(severityOf('USE_UNPRODUCED', free)).toBe(3);
  });

  test('a gap of an item costs the rework of the item, wherever people wait', () => {
    expect(severityOf('NO_OWNER', waiting(9_999))).toBe(1);
    expect(severityOf('NO_OWNER', rework(2))).toBe(2);
  });

  test('the gravest comes first', () => {
    const severities = findGaps(map, rework(2)).map(({ severity }) => severity);
    expect(severities).toEqual([...severities].sort((a, b) => b - a));
    expect(new Set(severities).size).toBe(3);
  });
});

describe('bad input', () => {
  test('a map that names nothing but what is no more only says so', () => {
    const gone: JourneyMap = {
      ...empty,
      flows: drawn(['no-t no-d USE no-i @no-s']).flows,
      links: [link('no-s', 'no-s')],
    };
    expect(new Set(findGaps(gone).map(({ kind }) => kind))).toEqual(new Set(['DANGLING']));
  });

  test.each(['__proto__', 'constructor', '', ' ', ':', '%', '\ud800', '💳'])('%j is an id like any other', (id) => {
    const map: JourneyMap = {
      ...blank,
      systems: [...blank.systems, { id, name: 'Odd', kind: 'OTHER', ownerId: id }],
      departments: [...blank.departments, { id, name: 'Odd', kind: 'TEAM' }],
      items: [item(id, { homeIds: [id], ownerId: id })],
      links: [link(id, 'crm'), link('crm', id)],
      flows: [{ ...flow('t1 sales USE vat'), id, itemId: id, departmentId: id, systemId: id }],
    };
    const kinds = findGaps(map).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['USE_UNPRODUCED', 'HELD_OUTSIDE']));
    expect(kinds).not.toContain('DANGLING');
    expect(kinds).not.toContain('CYCLE');
  });

  test('links round and round through a thousand systems end, and are one circle', () => {
    const ids = Array.from({ length: 1_000 }, (_, at) => `s${String(at).padStart(4, '0')}`);
    const map = drawn(['t1 sales OUTPUT vat @s0000', 't2 support INPUT vat @s0999', 't3 finance USE vat'], {
      systems: ids.map((id) => ({ id, name: id, kind: 'OTHER', ownerId: null })),
      links: ids.flatMap((id, at) => [link(id, ids[(at + 1) % 1_000]!), link(ids[(at + 1) % 1_000]!, id, 'vat')]),
      items: [item('vat', { homeIds: [] })],
    });
    const gaps = findGaps(map);
    expect(of('CYCLE', gaps).map(({ facts }) => facts)).toEqual([{ systems: 1_000, items: 1 }]);
    expect(of('REKEYED', gaps)).toEqual([]);
  });
});
