import { expect, test } from 'vitest';
import { median } from '../../server/statistics/median.ts';

test.each<[what: string, values: number[], middle: number | null]>([
  ['no case', [], null],
  ['four cases tell of single projects', [10, 20, 30, 40], null],
  ['five', [50, 10, 30, 20, 40], 30],
  ['six: between the two in the middle', [10, 20, 30, 40, 50, 1000], 35],
  ['equal ones', [7, 7, 7, 7, 7], 7],
])('%s', (_, values, middle) => {
  expect(median(values)).toBe(middle);
});
