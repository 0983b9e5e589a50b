import { describe, expect, test } from 'vitest';
import type { Playbook, TaskTemplate } from '../../server/templates/document.ts';
import { mergePlaybooks } from '../../server/templates/merge.ts';
import { playbookKeys, readPlaybook } from '../../server/templates/playbooks.ts';

const task = (key: string, changed: Partial<TaskTemplate> = {}): TaskTemplate => ({
  key,
  title: key,
  purpose: 'so that it is there',
  documentation: '',
  minutes: 10,
  type: 'WORK',
  side: 'COMPANY',
  visibility: 'SHARED',
  isGate: false,
  assignee: null,
  isReviewWanted: false,
  inputs: [],
  after: [],
  dueInBusinessDays: 5,
  ...changed,
});
const playbook = (phases: Record<string, TaskTemplate[]>, targetInBusinessDays = 30): Playbook => ({
  key: 'x',
  version: 1,
  name: 'X',
  platform: 'SHOPIFY',
  products: ['SEARCH'],
  targetInBusinessDays,
  phases: Object.entries(phases).map(([key, tasks]) => ({ key, name: key, milestone: key, tasks })),
});
const shape = (...playbooks: Playbook[]) =>
  Object.fromEntries(mergePlaybooks(playbooks).phases.map((phase) => [phase.key, phase.tasks.map((one) => one.key)]));
const find = (key: string, ...playbooks: Playbook[]) =>
  mergePlaybooks(playbooks)
    .phases.flatMap((phase) => phase.tasks)
    .find((one) => one.key === key);

describe('templates put together', () => {
  test('phases keep their order, and one that only the second knows stands behind the one before it', () => {
    const first = playbook({ start: [task('a')], live: [task('z')] });
    const second = playbook({ start: [task('b')], middle: [task('m')], live: [task('z')] });
    expect(Object.keys(shape(first, second))).toEqual(['start', 'middle', 'live']);
    expect(shape(first, second)).toEqual({ start: ['a', 'b'], middle: ['m'], live: ['z'] });
  });

  test('one key is one task: earliest due, all it waits for, all it asks for, a gate if it is one in any', () => {
    const url = (key: string) => ({ key, label: key, isRequired: true, spec: { kind: 'URL' as const } });
    const first = playbook({ one: [task('a'), task('s', { after: ['a'], inputs: [url('x')], dueInBusinessDays: 9 })] });
    const other = { after: ['b'], inputs: [url('x'), url('y')], dueInBusinessDays: 4, isGate: true };
    const second = playbook({ one: [task('b'), task('s', other)] });
    expect(find('s', first, second)).toMatchObject({
      after: ['a', 'b'],
      dueInBusinessDays: 4,
      isGate: true,
      minutes: 20,
    });
    expect(find('s', first, second)?.inputs.map((input) => input.key)).toEqual(['x', 'y']);
  });

  test('a task that stands in another phase of the second stays where the first has it', () => {
    const first = playbook({ one: [task('s')], two: [task('t')] });
    expect(shape(first, playbook({ two: [task('s')] }))).toEqual({ one: ['s'], two: ['t'] });
  });

  test('where two order the same tasks the other way round, the first is followed and nothing waits in a circle', () => {
    const first = playbook({ one: [task('a'), task('b', { after: ['a'] })] });
    const second = playbook({ one: [task('b'), task('c', { after: ['b'] }), task('a', { after: ['c'] })] });
    expect(find('b', first, second)?.after).toEqual(['a']);
    expect(find('c', first, second)?.after).toEqual(['b']);
    expect(find('a', first, second)?.after).toEqual([]);
  });

  test('the target is that of the longest; nothing put together is nothing', () => {
    expect(
      mergePlaybooks([playbook({ a: [task('a')] }, 20), playbook({ b: [task('b')] }, 45)]).targetInBusinessDays,
    ).toBe(45);
    expect(mergePlaybooks([])).toEqual({ phases: [], targetInBusinessDays: 0 });
  });

  test('all that come with Slipway go together on their platform', () => {
    const all = playbookKeys.map(readPlaybook);
    for (const platform of ['SHOPIFY', 'MAGENTO', 'CUSTOM'] as const) {
      const merged = mergePlaybooks(all.filter((one) => one.platform === platform));
      const tasks = merged.phases.flatMap((phase) => phase.tasks);
      const place = new Map(tasks.map((one) => [one.key, one]));
      expect(tasks.length, platform).toBeGreaterThan(20);
      expect(place.size, platform).toBe(tasks.length);
      for (const one of tasks)
        for (const key of one.after) expect(place.has(key), `${one.key} after ${key}`).toBe(true);
    }
  });
});
