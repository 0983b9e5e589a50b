import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { type Finding, type GapKind, gapKinds } from '../../server/journeys/gaps/gap.ts';
import { hintOf, sentenceOf, sentencesOf, titleOf } from '../../server/journeys/gaps/sentence.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';
import { maps } from './anyMap.ts';
import { blank, drawn, goal, item, link, touchpoint } from './drawing.ts';
import { expectPlain } from './said.ts';

function said(kind: GapKind, map: JourneyMap, gone?: (id: string) => string | undefined): string {
  const gap = findGaps(map).find((one) => one.kind === kind) as Finding;
  return sentenceOf(gap, map, gone);
}

const orders = item('orders', { name: 'Order volume' });
const of = (lines: string[], over: Partial<JourneyMap> = {}) =>
  drawn(lines, { items: [orders], touchpoints: named, ...over });
const named = [
  touchpoint('t1', 'buy', { name: 'First call' }),
  touchpoint('t2', 'buy', { name: 'Offer' }),
  touchpoint('t3', 'own', { name: 'Set-up' }),
  touchpoint('t4', 'own', { name: 'Review' }),
];
const wish = goal('g', 'support', { name: 'Answer in time', itemIds: ['orders'] });
const two = (homeIds: string[]) => [item('orders', { name: 'Order volume', homeIds })];

describe('the sentence of a gap', () => {
  const cases: [GapKind, JourneyMap, string][] = [
    [
      'OUTPUT_UNUSED',
      of(['t2 sales OUTPUT orders']),
      '“Order volume” is handed on by Sales at “Offer”, but nobody works with it after that.',
    ],
    [
      'USE_UNPRODUCED',
      of(['t1 support USE orders']),
      '“Order volume” is used by Support at “First call”, but nobody hands it on.',
    ],
    [
      'USE_UNPRODUCED',
      of(['t1 support USE orders', 't3 sales INPUT orders']),
      '“Order volume” is needed at 2 touchpoints, first by Support at “First call”, but nobody hands it on.',
    ],
    [
      'INPUT_TOO_LATE',
      of(['t1 support USE orders', 't3 sales OUTPUT orders']),
      '“Order volume” is needed by Support at “First call”, but it is there only from “Set-up” on.',
    ],
    [
      'REKEYED',
      of(['t1 sales OUTPUT orders @crm', 't3 support INPUT orders @desk']),
      '“Order volume” is put into Help desk by hand at “Set-up”, although CRM has it already.',
    ],
    [
      'ASKED_TWICE',
      of(['t1 sales INPUT orders @crm asked', 't2 sales INPUT orders asked', 't3 support INPUT orders asked']),
      'The client is asked for “Order volume” at 3 touchpoints, although CRM has it by “Offer”.',
    ],
    [
      'ASKED_TWICE',
      of(['t1 sales OUTPUT orders @crm', 't3 support INPUT orders asked']),
      'The client is asked for “Order volume” at “Set-up”, although CRM has it by then.',
    ],
    [
      'ASKED_TWICE',
      of(['t1 sales INPUT orders asked', 't3 support INPUT orders asked']),
      'The client is asked for “Order volume” again at “Set-up”, and has told it before.',
    ],
    [
      'CONFLICTING_VALUES',
      of(['t1 sales OUTPUT orders =10', 't2 support USE orders =20']),
      '“Order volume” is written down with 2 different values on this journey.',
    ],
    [
      'NO_OWNER',
      of(['t1 sales OUTPUT orders'], { items: [item('orders', { name: 'Order volume', ownerId: null })] }),
      'No department answers for “Order volume”.',
    ],
    [
      'NO_HOME',
      of(['t1 sales OUTPUT orders'], { items: two([]) }),
      '“Order volume” has no system of record, so nobody can look up what is right.',
    ],
    [
      'TWO_HOMES',
      of(['t1 sales OUTPUT orders'], { items: two(['crm', 'sheet']) }),
      '“Order volume” has 2 systems of record. When they differ, nobody knows which is right.',
    ],
    [
      'HELD_OUTSIDE',
      of(['t1 sales OUTPUT orders'], { items: two(['crm']) }),
      '“Order volume” is kept in CRM, outside Slipway.',
    ],
    [
      'CYCLE',
      of(['t1 sales OUTPUT orders @crm'], { links: [link('crm', 'desk'), link('desk', 'crm')] }),
      'CRM and Help desk pass “Order volume” round in a circle. Whatever was written last wins, right or not.',
    ],
    [
      'CYCLE',
      of(['t1 sales OUTPUT orders @crm', 't1 sales OUTPUT vat @crm'], {
        links: [link('crm', 'desk'), link('desk', 'sheet'), link('sheet', 'crm')],
      }),
      '3 systems pass 2 items round in a circle. Whatever was written last wins, right or not.',
    ],
    [
      'NO_EXCHANGE',
      of(['t1 sales OUTPUT orders', 't2 finance OUTPUT vat']),
      'Finance and Sales both take part in “Buying”, but no information goes from one to the other.',
    ],
    [
      'NO_EXCHANGE',
      of(['t1 sales OUTPUT orders', 't2 finance OUTPUT vat', 't3 finance OUTPUT vat', 't4 sales OUTPUT orders']),
      'Finance and Sales share 2 stages, first “Buying”, but no information goes from one to the other.',
    ],
    [
      'GOAL_WITHOUT_TOUCHPOINT',
      of(['t1 support OUTPUT orders'], { goals: [wish] }),
      '“Answer in time” is a goal of Support, but no touchpoint serves it.',
    ],
    ['TOUCHPOINT_WITHOUT_GOAL', of([]), '“First call” serves no goal of those who take part in it.'],
    [
      'OPPORTUNITY',
      of(['t1 sales OUTPUT orders'], { goals: [wish] }),
      'Support could use “Order volume”, which is known to Sales from “First call” on.',
    ],
    ['DANGLING', of(['t1 no-one OUTPUT orders']), 'A department was removed, but one part of the map still names it.'],
    [
      'DANGLING',
      of(['t1 no-one OUTPUT orders', 't2 no-one USE orders']),
      'A department was removed, but 2 parts of the map still name it.',
    ],
  ];
  test.each(cases)('%s', (kind, map, sentence) => expect(said(kind, map)).toBe(sentence));

  test('every kind has one here, a title and a hint', () => {
    expect(new Set(cases.map(([kind]) => kind))).toEqual(new Set(gapKinds));
    expect(new Set(gapKinds.map(titleOf)).size).toBe(gapKinds.length);
    for (const kind of gapKinds) {
      expect(titleOf(kind)).toMatch(/^[A-Z][^.]{5,60}$/);
      expect(hintOf(kind)).toMatch(/^[A-Z].{10,90}\.$/);
    }
  });

  test('what was removed is said by its name where that is known', () => {
    const map = of(['t1 sales OUTPUT orders']);
    const gap = findGaps(map).find(({ kind }) => kind === 'OUTPUT_UNUSED') as Finding;
    const later = { ...map, items: [], departments: [] };
    expect(sentenceOf(gap, later)).toBe(
      'Something that was removed is handed on by something that was removed at “First call”, but nobody works with it after that.',
    );
    expect(sentenceOf(gap, later, (id) => `old ${id}`)).toBe(
      '“old orders” is handed on by old sales at “First call”, but nobody works with it after that.',
    );
    expect(said('DANGLING', of(['t1 no-one OUTPUT orders']), () => 'Growth')).toBe(
      '“Growth” was removed, but one part of the map still names it.',
    );
  });

  test('a name is text, whatever it holds and however long it is', () => {
    const names = ['<img src=x onerror=alert(1)>', '$& $1 %s {name} &amp;', '“', 'é'.repeat(120), 'constructor'];
    for (const name of names) {
      const map = of(['t1 sales OUTPUT orders'], { items: [item('orders', { name })] });
      expect(said('OUTPUT_UNUSED', map)).toContain(`“${name}” is handed on by Sales at`);
    }
  });

  test('one thing may have the id of another of a different kind', () => {
    const departments = [{ id: 'orders', name: 'Orders desk', kind: 'TEAM' as const }];
    const map = of(['t1 orders OUTPUT orders'], { departments });
    expect(said('OUTPUT_UNUSED', map)).toContain('“Order volume” is handed on by Orders desk');
  });
});

test('on any map, each gap has its sentence', () => {
  fc.assert(fc.property(maps, expectPlain), { numRuns: 300 });
});

test('a map where everything was removed meanwhile still lets its gaps be said', () => {
  const empty = { ...blank, stages: [], departments: [], touchpoints: [], systems: [] };
  fc.assert(
    fc.property(maps, (map) => {
      const say = sentencesOf(empty);
      for (const gap of findGaps(map)) expect(say(gap)).toMatch(/^[A-Z0-9].*\.$/);
    }),
    { numRuns: 100 },
  );
});
