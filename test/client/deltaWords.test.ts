import { expect, test } from 'vitest';
import { deltaWords } from '../../client/features/submissions/report/verdictWords.ts';
import { t } from '../support/words.ts';

type Delta = Parameters<typeof deltaWords>[0];
const told = (delta: Partial<Delta>) =>
  deltaWords({ version: 1, before: 0, after: 0, fixed: 0, still: 0, new: 0, ...delta }, t);

test('what a version changed says what it counts, and none where there is nothing', () => {
  expect(told({ before: 1321, after: 13, fixed: 1312, still: 9, new: 4 })).toBe(
    'Since version 1, counted in places of the file: 1,312 fixed, 9 still to do, 4 new.',
  );
  expect(told({ before: 1, fixed: 1 })).toBe(
    'Since version 1, counted in places of the file: 1 fixed, none still to do, none new.',
  );
  expect(told({})).toBe('Since version 1: no error and no warning then, and none now.');
  const many = { before: 300_000, fixed: null, still: null, new: null, version: null };
  expect(told(many)).toBe('Since the file before, counted in places of the file: 300,000 to do then, none now.');
});
