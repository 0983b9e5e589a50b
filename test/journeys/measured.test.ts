import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { costsOf, dearestOf, typicalOf } from '../../server/journeys/measured.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { blank, item, touchpoint } from './drawing.ts';

const cases = (name: string, ...costs: number[]) => costs.map((cost, at) => ({ name, projectId: `p${at}`, cost }));

describe('what is typical', () => {
  test.each([
    ['the middle of an odd number', cases('Send the feed', 9, 1, 2), [['Send the feed', 2, 3]]],
    ['the mean of two middles', cases('Send the feed', 4, 1, 2, 9), [['Send the feed', 3, 4]]],
    ['nothing under three projects', cases('Send the feed', 4, 1), []],
    [
      'one project once, however often',
      [...cases('Feed', 1, 1, 1), { name: ' FEED ', projectId: 'p2', cost: 5 }],
      [['Feed', 1, 3]],
    ],
    [
      'names in their order',
      [...cases('b', 1, 1, 1), ...cases('A', 2, 2, 2)],
      [
        ['A', 2, 3],
        ['b', 1, 3],
      ],
    ],
  ])('is %s', (_name, given, wanted) => {
    expect(typicalOf(given).map(({ name, cost, projectCount }) => [name, cost, projectCount])).toEqual(wanted);
  });
});

describe('what was measured', () => {
  const map = {
    ...blank,
    touchpoints: [touchpoint('t1', 'buy', { name: 'Send the  Feed' }), touchpoint('t2', 'own', { name: 'Call' })],
    items: [item('volume', { name: 'Order volume', ownerId: null }), item('feed', { name: 'Feed', homeIds: [] })],
  };
  const waits = [
    { name: 'send the feed', workingDays: 6, projectCount: 3 },
    { name: 'Elsewhere', workingDays: 60, projectCount: 3 },
  ];
  const rework = [{ name: 'ORDER VOLUME', rounds: 3, projectCount: 4 }];

  it('comes to the touchpoint and to the information of the same name', () => {
    const costs = costsOf(map, { waits, rework });
    expect([...(costs.waitingMinutesOfTouchpoint ?? [])]).toEqual([['t1', 6 * 480]]);
    expect([...(costs.reworkOfItem ?? [])]).toEqual([['volume', 3]]);
  });

  it('makes a gap graver, and no other', () => {
    const flows = map.items.map(({ id }) => ({
      ...{ id: `f ${id}`, touchpointId: 't2', departmentId: 'sales', kind: 'USE' as const, itemId: id, systemId: null },
      ...{ isAutomatic: false, isAskedOfClient: false, value: null },
    }));
    const severities = (measured: Parameters<typeof costsOf>[1]) =>
      findGaps({ ...map, flows }, costsOf(map, measured))
        .filter(({ kind }) => kind === 'NO_OWNER' || kind === 'NO_HOME')
        .map(({ key, severity }) => `${key} ${severity}`)
        .sort();
    expect(severities({ waits: [], rework: [] })).toEqual(['NO_HOME:feed 2', 'NO_OWNER:volume 1']);
    expect(severities({ waits, rework })).toEqual(['NO_HOME:feed 2', 'NO_OWNER:volume 3']);
  });

  it('is told by the dearest of what a gap is about, and not at all where it is nothing', () => {
    const days = ({ workingDays }: { workingDays: number }) => workingDays;
    const more = [...waits, { name: 'Call', workingDays: 9, projectCount: 5 }];
    expect(dearestOf(map.touchpoints, more, days)?.name).toBe('Call');
    expect(dearestOf(map.touchpoints, [{ name: 'Call', workingDays: 0, projectCount: 5 }], days)).toBeNull();
    expect(dearestOf([], more, days)).toBeNull();
  });
});

describe('the measures of a company', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ sample: true });
  }, 120_000);
  afterAll(() => app.close());
  const text = `{ journeyMeasures { waits { name workingDays projectCount } rework { name rounds projectCount } } }`;

  it('are of its projects, by three at least, and no client learns of them', async () => {
    const pm = await app.signIn(app.world.pm);
    const { waits, rework } = (await pm.ask(text)).journeyMeasures;
    expect(waits.length).toBeGreaterThan(0);
    for (const { workingDays, projectCount } of waits) {
      expect(workingDays).toBeGreaterThanOrEqual(0);
      expect(projectCount).toBeGreaterThanOrEqual(3);
    }
    expect(rework.length).toBeGreaterThan(0);
    const client = await app.signIn(app.world.client);
    expect((await client.ask(text)).journeyMeasures).toEqual({ waits: [], rework: [] });
  });
});
