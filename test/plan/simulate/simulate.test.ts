import { describe, expect, test } from 'vitest';
import type { PlanFacts } from '../../../server/plan/schedule/facts.ts';
import { schedule } from '../../../server/plan/schedule/schedule.ts';
import { drawsOf } from '../../../server/plan/simulate/draws.ts';
import { deviationsAt, shareBelow } from '../../../server/plan/simulate/normal.ts';
import { assumedSpreads, simulate } from '../../../server/plan/simulate/simulate.ts';
import { randomOf } from '../../support/random.ts';
import { links, planFacts, planTask, randomPlan } from '../schedule/plans.ts';

const none = { CLIENT: 0, COMPANY: 0, THIRD_PARTY: 0 };
const seeds = Array.from({ length: 25 }, (_, seed) => seed);
/** Weeks without a day off, so that days are counted on paper. */
const everyDay = { workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] };
const calendars = { CLIENT: everyDay, COMPANY: everyDay, THIRD_PARTY: everyDay };
const one = (durationDays: number, over: Partial<PlanFacts['tasks'][number]> = {}) =>
  planFacts({ tasks: [planTask('a', durationDays, over)], calendars });
/** How many days from the beginning of the plan until the end of a day. */
const daysTo = (on: string | undefined) =>
  (Date.parse(`${on}T00:00:00Z`) - Date.parse('2026-03-02T00:00:00Z')) / 864e5 + 1;

describe('the normal distribution', () => {
  test.each([
    [0, 0.5],
    [1, 0.841345],
    [-1, 0.158655],
    [1.959964, 0.975],
    [0.841621, 0.8],
    [3, 0.99865],
  ])('%d deviations lie above %d of all cases', (deviations, share) => {
    expect(shareBelow(deviations)).toBeCloseTo(share, 5);
    expect(deviationsAt(share)).toBeCloseTo(deviations, 2);
  });
});

test('draws are even, the same for the same words, and others for other words', () => {
  const draw = drawsOf('project task');
  const drawn = Array.from({ length: 20_000 }, draw);
  expect(drawn.reduce((sum, each) => sum + each, 0) / drawn.length).toBeCloseTo(0.5, 2);
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = drawn.filter((each) => Math.floor(each * 10) === tenth).length / drawn.length;
    expect(share).toBeCloseTo(0.1, 1);
  }
  const [again, other] = [drawsOf('project task'), drawsOf('project tasks')];
  expect(Array.from({ length: 5 }, again)).toEqual(drawn.slice(0, 5));
  expect(Array.from({ length: 5 }, other)).not.toEqual(drawn.slice(0, 5));
});

describe('one task, worked out by hand', () => {
  test.each([
    // A log-normal whose 80th of 100 cases is the plan: the middle is plan * exp(-0.8416 * spread).
    [100, 'COMPANY', 74],
    [100, 'CLIENT', 66],
    [100, 'THIRD_PARTY', 60],
    [10, 'CLIENT', 7],
  ] as const)(
    'planned for %d days, a %s has done it after %d in half of the runs, and as planned in 8 of 10',
    (days, side, half) => {
      const forecast = simulate(one(days, { side }), { seed: 'x', runs: 8_000 });
      expect(Math.abs(daysTo(forecast?.p50On) - half)).toBeLessThanOrEqual(days / 100);
      expect(Math.abs(daysTo(forecast?.p80On) - days)).toBeLessThanOrEqual(days / 100);
    },
  );

  test('of one under way only such durations are drawn as are longer than it has taken', () => {
    const { p50On, p80On } = simulate(one(10, { startedOn: '2026-02-20' }), { seed: 'x', runs: 8_000 }) ?? {};
    // Ten days have passed: by the plan it is done today. Half of those that take longer take 12 days and more.
    expect(daysTo(p50On)).toBeGreaterThan(1);
    expect(daysTo(p80On)).toBeGreaterThan(daysTo(p50On));
    expect(daysTo(p80On)).toBeLessThan(10);
  });

  test('two in a row vary less than one as long: luck evens out', () => {
    const spreadOf = (facts: PlanFacts) => {
      const { p50On, p80On } = simulate(facts, { seed: 'x', runs: 8_000 }) ?? {};
      return daysTo(p80On) - daysTo(p50On);
    };
    const row = planFacts({ tasks: [planTask('a', 50), planTask('b', 50)], links: links('b after a'), calendars });
    expect(spreadOf(row)).toBeLessThan(spreadOf(one(100)));
  });

  test('the later of two side by side comes later than either: paths that meet delay', () => {
    const both = planFacts({ tasks: [planTask('a', 50), planTask('b', 50)], calendars });
    expect(simulate(both, { seed: 'x' })?.p50On).not.toBe(simulate(one(50), { seed: 'x' })?.p50On);
    expect(daysTo(simulate(both, { seed: 'x' })?.p50On)).toBeGreaterThan(
      daysTo(simulate(one(50), { seed: 'x' })?.p50On),
    );
  });

  test('nothing to do, or a circle, has no forecast', () => {
    expect(simulate(planFacts(), { seed: 'x' })).toBeNull();
    expect(simulate(planFacts({ tasks: [planTask('a', 1)], links: links('a after a') }), { seed: 'x' })).toBeNull();
  });
});

describe('any plan', () => {
  test('the same facts give the same days, another project others', () => {
    const facts = randomPlan(randomOf(3), 30, true);
    expect(simulate(facts, { seed: 'x' })).toEqual(simulate(facts, { seed: 'x' }));
    const days = new Set(seeds.map((seed) => JSON.stringify(simulate(facts, { seed: `${seed}`, runs: 20 }))));
    expect(days.size).toBeGreaterThan(1);
  });

  test('without any spread it is the schedule', () => {
    for (const seed of seeds) {
      const facts = randomPlan(randomOf(seed), 20, true);
      const on = schedule(facts).goLiveOn;
      expect(simulate(facts, { seed: 'x', runs: 5, spreads: none })).toEqual(on && { p50On: on, p80On: on });
    }
  });

  test('P80 is never before P50, and neither before today while something is to do', () => {
    for (const seed of seeds) {
      const facts = randomPlan(randomOf(seed), 20, true);
      const { p50On = '', p80On = '' } = simulate(facts, { seed: 'x', runs: 200 }) ?? {};
      expect(p80On >= p50On).toBe(true);
    }
  });

  test('a longer task never brings going live forward, and a shorter one never puts it off', () => {
    for (const seed of seeds) {
      const drawn = randomPlan(randomOf(seed), 15, true);
      const facts = { ...drawn, links: drawn.links.map((link) => ({ ...link, kind: 'FINISH_TO_START' as const })) };
      const before = simulate(facts, { seed: 'x', runs: 200 });
      for (const { id } of facts.tasks.slice(0, 6)) {
        const tasks = facts.tasks.map((task) =>
          task.id === id && task.durationDays > 0 ? { ...task, durationDays: task.durationDays + 4 } : task,
        );
        const after = simulate({ ...facts, tasks }, { seed: 'x', runs: 200 });
        expect((after?.p50On ?? '') >= (before?.p50On ?? ''), `seed ${seed}: ${id}`).toBe(true);
        expect((after?.p80On ?? '') >= (before?.p80On ?? ''), `seed ${seed}: ${id}`).toBe(true);
      }
    }
  });

  test('more spread widens what is between them', () => {
    const facts = one(100);
    const widths = [0.2, 0.5, 0.9].map((spread) => {
      const spreads = { ...assumedSpreads, COMPANY: spread };
      const { p50On, p80On } = simulate(facts, { seed: 'x', runs: 5_000, spreads }) ?? {};
      return daysTo(p80On) - daysTo(p50On);
    });
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(widths[0]).toBeLessThan(widths[2] ?? 0);
  });
});
