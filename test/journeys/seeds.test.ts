import { describe, expect, test } from 'vitest';
import { centralisation } from '../../server/journeys/gaps/centralisation.ts';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { type GapKind, keyOf } from '../../server/journeys/gaps/gap.ts';
import { toolsOf } from '../../server/journeys/gaps/toolsOf.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';
import {
  departmentKinds,
  flowKinds,
  goalKinds,
  mapLimits,
  sensitivities,
  systemKinds,
} from '../../server/journeys/shapes.ts';
import { company } from '../../server/sample/journeys/company.ts';
import { integrationToday } from '../../server/sample/journeys/integrationToday.ts';
import { integrationWithSlipway } from '../../server/sample/journeys/integrationWithSlipway.ts';
import { leadToSupport } from '../../server/sample/journeys/leadToSupport.ts';
import { expectPlain } from './said.ts';

type Named = [GapKind, ...string[]];
const keysOf = (map: JourneyMap) => findGaps(map).map(({ key }) => key);
const ofKind = (kind: GapKind, map: JourneyMap) => findGaps(map).filter((gap) => gap.kind === kind);

/** What a text says, in a few of its words, and the gaps by which the rules find it. */
function found(map: JourneyMap, cases: [string, Named[]][]) {
  const keys = keysOf(map);
  test.each(cases)('“%s”', (_, named) => {
    for (const [kind, ...ids] of named) expect(keys).toContain(keyOf(kind, ...ids));
  });
}

describe('the process of today, by the rules', () => {
  found(integrationToday, [
    [
      'documents and tools scattered',
      [
        ['TWO_HOMES', 'oldGuide'],
        ['TWO_HOMES', 'oldProposal'],
        ['REKEYED', 'oldGuide', 'mail'],
        ['REKEYED', 'oldPlan', 'mail'],
      ],
    ],
    [
      'confusion between the client and the product manager',
      [
        ['USE_UNPRODUCED', 'oldPromises'],
        ['NO_HOME', 'oldPromises'],
        ['OUTPUT_UNUSED', 'oldNotes', 'kickoff', 'pm'],
      ],
    ],
    [
      'decentralisation of information',
      [
        ['TWO_HOMES', 'oldState'],
        ['NO_OWNER', 'oldState'],
        ['REKEYED', 'oldState', 'sheet'],
        ['CONFLICTING_VALUES', 'oldGoLive'],
        ['NO_EXCHANGE', 'pm', 'tam'],
      ],
    ],
    [
      'unneeded strain on the relationship with the client',
      [
        ['ASKED_TWICE', 'oldContacts'],
        ['ASKED_TWICE', 'oldPlatform'],
      ],
    ],
    [
      'rework to validate files sent by clients',
      [
        ['ASKED_TWICE', 'oldFeed'],
        ['REKEYED', 'oldFeed', 'drive'],
      ],
    ],
    [
      'months pass before the customer sees any product',
      [
        ['INPUT_TOO_LATE', 'oldPreview', 'welcome', 'client'],
        ['INPUT_TOO_LATE', 'oldPreview', 'status', 'client'],
      ],
    ],
    [
      'documentation in one place, the file in another',
      [
        ['HELD_OUTSIDE', 'oldGuide'],
        ['HELD_OUTSIDE', 'oldFeed'],
      ],
    ],
  ]);

  test('documentation and input have no system in common', () => {
    const homes = (id: string) => integrationToday.items.find((item) => item.id === id)?.homeIds ?? [];
    expect(homes('oldGuide').length * homes('oldFeed').length).toBeGreaterThan(0);
    expect(homes('oldGuide').filter((id) => homes('oldFeed').includes(id))).toEqual([]);
  });
});

describe('the new process', () => {
  test('“centralise 90% of the required information”', () => {
    expect(centralisation(integrationToday).share).toBe(0);
    expect(centralisation(integrationWithSlipway).share).toBeGreaterThanOrEqual(0.9);
  });

  test('“greatly reduce the number of tools”', () => {
    expect(toolsOf(integrationToday).length).toBeGreaterThanOrEqual(8);
    expect(toolsOf(integrationWithSlipway).map(({ systemId }) => systemId)).toEqual(['slipway', 'crm']);
  });

  test('what is left is the one thing that Sales keeps', () => {
    expect(keysOf(integrationWithSlipway)).toEqual([keyOf('HELD_OUTSIDE', 'proposal')]);
    expect(findGaps(integrationToday).length).toBeGreaterThan(40);
  });

  test('the client sees the product before the developers have built anything', () => {
    const places = integrationWithSlipway.touchpoints.map(({ id }) => id);
    expect(places.indexOf('look')).toBeGreaterThan(-1);
    expect(places.indexOf('look')).toBeLessThan(places.indexOf('tasks'));
  });

  test('it feels better, and takes fewer steps', () => {
    const mean = ({ touchpoints }: JourneyMap) =>
      touchpoints.reduce((sum, { experience }) => sum + (experience ?? 0), 0) / touchpoints.length;
    expect(mean(integrationToday)).toBeLessThan(0);
    expect(mean(integrationWithSlipway)).toBeGreaterThan(1);
    expect(integrationWithSlipway.touchpoints.length).toBeLessThanOrEqual(integrationToday.touchpoints.length * 0.6);
  });
});

describe('from the lead to support, by the rules', () => {
  found(leadToSupport, [
    ['leads dropping into a black hole', [['OUTPUT_UNUSED', 'lead', 'nurture', 'marketing']]],
    [
      'no idea how your customers fare',
      [
        ['USE_UNPRODUCED', 'wellbeing'],
        ['NO_HOME', 'wellbeing'],
        ['NO_OWNER', 'wellbeing'],
      ],
    ],
    [
      'different systems of record',
      [
        ['TWO_HOMES', 'customer'],
        ['CONFLICTING_VALUES', 'customer'],
        ['CYCLE', 'automation', 'crm'],
      ],
    ],
    [
      'where is information not being passed?',
      [
        ['NO_EXCHANGE', 'marketing', 'support'],
        ['OUTPUT_UNUSED', 'registered', 'register', 'marketing'],
      ],
    ],
    [
      'where do you need to integrate systems?',
      [
        ['REKEYED', 'order', 'books'],
        ['REKEYED', 'customer', 'books'],
        ['REKEYED', 'bought', 'desk'],
      ],
    ],
    ['what information the team could use', [['OPPORTUNITY', 'support', 'registered']]],
    [
      'what information other teams could use',
      [
        ['OPPORTUNITY', 'sales', 'feedback'],
        ['OPPORTUNITY', 'marketing', 'order'],
      ],
    ],
    ['process improvements to better support the customer', [['ASKED_TWICE', 'bought']]],
    ['goals by customer stage and touchpoint', [['GOAL_WITHOUT_TOUCHPOINT', 'supportAhead']]],
  ]);

  test('“timely” for the customer, and “the cost per incident” for the department', () => {
    const support = leadToSupport.goals.filter(({ departmentId }) => departmentId === 'support');
    const kindsAtAnswer = support
      .filter(({ touchpointIds }) => touchpointIds.includes('solve'))
      .map(({ kind }) => kind);
    expect(new Set(kindsAtAnswer)).toEqual(new Set(goalKinds));
    const [gap] = ofKind('OPPORTUNITY', leadToSupport).filter(({ key }) => key.endsWith(':support:registered'));
    expect(gap?.about.goalIds).toEqual(['supportCost', 'supportTime']);
  });

  test('every department that meets the customer has goals of both kinds', () => {
    const meeting = new Set(leadToSupport.touchpoints.flatMap(({ departmentIds }) => departmentIds));
    for (const id of meeting) {
      if (id === 'client') continue;
      const kinds = leadToSupport.goals.filter(({ departmentId }) => departmentId === id).map(({ kind }) => kind);
      expect(new Set(kinds), id).toEqual(new Set(goalKinds));
    }
  });
});

describe.each(Object.entries({ integrationToday, integrationWithSlipway, leadToSupport }))('%s', (_, map) => {
  const parts = Object.values(map).flat() as readonly { id: string; name?: string }[];

  test('names nothing that is not there, in this map or beside its rules', () => {
    expect(ofKind('DANGLING', map)).toEqual([]);
    const places = new Set(map.touchpoints.map(({ id }) => id));
    expect(map.painPoints.every(({ touchpointId }) => places.has(touchpointId))).toBe(true);
    expect(map).toMatchObject(company);
  });

  test('has ids that are each once', () => {
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  });

  test('holds words of the sizes and kinds that a map takes', () => {
    for (const { id, name = 'x' } of parts) {
      expect(name.trim().length, id).toBeGreaterThan(0);
      expect(name.length, id).toBeLessThanOrEqual(mapLimits.name);
    }
    for (const { objective, tasks, channel, id } of map.touchpoints) {
      expect(objective?.length ?? 0, id).toBeGreaterThan(0);
      expect(objective?.length ?? 0, id).toBeLessThanOrEqual(mapLimits.text);
      expect(channel.length, id).toBeGreaterThan(0);
      expect(tasks.length, id).toBeGreaterThan(0);
      expect(tasks.length, id).toBeLessThanOrEqual(mapLimits.tasks);
      for (const task of tasks) expect(task.length, id).toBeLessThanOrEqual(mapLimits.task);
    }
    for (const { text } of map.painPoints) expect(text.length).toBeLessThanOrEqual(mapLimits.text);
    for (const { value, id, kind } of map.flows) {
      expect(value?.length ?? 0, id).toBeLessThanOrEqual(mapLimits.name);
      expect(flowKinds, id).toContain(kind);
    }
    for (const { kind } of map.departments) expect(departmentKinds).toContain(kind);
    for (const { kind } of map.systems) expect(systemKinds).toContain(kind);
    for (const { sensitivity } of map.items) expect(sensitivities).toContain(sensitivity);
  });

  test('says each of its gaps plainly', () => expectPlain(map));

  test('is of a size that one can take in', () => {
    const used = new Set([...map.flows.map(({ itemId }) => itemId), ...map.goals.flatMap(({ itemIds }) => itemIds)]);
    expect(map.touchpoints.length).toBeGreaterThanOrEqual(8);
    expect(map.touchpoints.length).toBeLessThanOrEqual(16);
    expect(used.size).toBeGreaterThanOrEqual(12);
    expect(used.size).toBeLessThanOrEqual(25);
    expect(map.flows.length).toBeGreaterThanOrEqual(25);
    expect(map.flows.length).toBeLessThanOrEqual(60);
  });
});

test('no item is of two of the integration journeys: today and tomorrow have homes of their own', () => {
  const items = (map: JourneyMap) => new Set(map.flows.map(({ itemId }) => itemId));
  const today = items(integrationToday);
  expect([...items(integrationWithSlipway)].filter((id) => today.has(id))).toEqual([]);
});

test('everything of the company is on a journey', () => {
  const maps = [integrationToday, integrationWithSlipway, leadToSupport];
  const items = new Set(maps.flatMap(({ flows }) => flows.map(({ itemId }) => itemId)));
  const systems = new Set(maps.flatMap((map) => toolsOf(map).map(({ systemId }) => systemId)));
  expect(company.items.map(({ id }) => id).filter((id) => !items.has(id))).toEqual([]);
  expect(company.systems.map(({ id }) => id).filter((id) => !systems.has(id))).toEqual([]);
});
