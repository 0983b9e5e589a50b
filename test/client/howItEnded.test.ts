import { expect, test } from 'vitest';
import { howItEnded, isLeftOut } from '../../client/screens/project/howItEnded.ts';

test.each([
  ['allDone', ['DONE', 'DONE', 'CANCELLED']],
  ['doneOrWaived', ['DONE', 'WAIVED']],
  ['allWaived', ['WAIVED', 'CANCELLED', 'WAIVED']],
] as const)('%s is said of %j', (said, states) => {
  expect(howItEnded(states)).toBe(said);
});

test.each([
  [true, ['WAIVED', 'CANCELLED']],
  [true, ['CANCELLED']],
  [false, ['WAIVED', 'DONE']],
  [false, ['WAIVED', 'READY']],
  [false, []],
] as const)('that a phase was left out is %s of %j', (said, states) => {
  expect(isLeftOut(states)).toBe(said);
});
