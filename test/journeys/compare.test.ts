import { describe, expect, test } from 'vitest';
import { compare, figuresOf } from '../../server/journeys/compare.ts';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { integrationToday } from '../../server/sample/journeys/integrationToday.ts';
import { integrationWithSlipway } from '../../server/sample/journeys/integrationWithSlipway.ts';
import { drawn } from './drawing.ts';

describe('two maps side by side', () => {
  test('a map and itself differ in nothing', () => {
    const same = compare(integrationToday, integrationToday);
    expect([same.gaps, same.gone, same.added, same.changed]).toEqual([[], [], [], []]);
    expect(same.before).toEqual(same.after);
  });

  test('touchpoints are the same by name, moved by stage, and felt by what was said', () => {
    const before = drawn(['t1 sales OUTPUT vat', 't2 finance USE vat', 't3 support USE vat']);
    const [first, second, third] = before.touchpoints.map((one, at) => ({ ...one, name: `Step ${at + 1}` }));
    const other = before.stages.find(({ id }) => id !== second!.stageId)!;
    const old = { ...before, touchpoints: [first!, second!, third!] };
    const next = {
      ...old,
      touchpoints: [
        { ...first!, id: 'x', experience: 2 as const },
        { ...second!, id: 'y', name: '  step  2', stageId: other.id },
        { ...third!, id: 'z', name: 'Step 4' },
      ],
    };
    const { gone, added, changed } = compare(old, next);
    expect([gone.map(({ name }) => name), added.map(({ name }) => name)]).toEqual([['Step 3'], ['Step 4']]);
    expect(changed.map(({ name, felt, stages }) => [name, felt, stages !== null])).toEqual([
      ['Step 1', [first!.experience, 2], false],
      ['  step  2', null, true],
    ]);
  });

  test('the process with Slipway has fewer tools and gaps than the one before, and asks the client less', () => {
    const { before, after, gaps } = compare(integrationToday, integrationWithSlipway);
    expect(after.tools).toBeLessThan(before.tools);
    expect(after.gaps).toBeLessThan(before.gaps);
    expect(after.asked).toBeLessThan(before.asked);
    expect(after.centralised).toBeGreaterThanOrEqual(0.9);
    expect(after.experience!).toBeGreaterThan(before.experience!);
    const moved = gaps.reduce((sum, one) => sum + one.after - one.before, 0);
    expect(moved).toBe(findGaps(integrationWithSlipway).length - findGaps(integrationToday).length);
  });

  test('of an empty map nothing is said', () => {
    const blank = { ...drawn([]), touchpoints: [], flows: [], items: [], goals: [] };
    expect(figuresOf(blank)).toMatchObject({ touchpoints: 0, gaps: 0, centralised: null, experience: null });
  });
});
