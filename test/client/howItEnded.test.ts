import { expect, test } from 'vitest';
import { howItEnded } from '../../client/screens/project/howItEnded.ts';

test.each([
  ['allDone', ['DONE', 'DONE', 'CANCELLED']],
  ['doneOrWaived', ['DONE', 'WAIVED']],
  ['allWaived', ['WAIVED', 'CANCELLED', 'WAIVED']],
] as const)('%s is said of %j', (said, states) => {
  expect(howItEnded(states)).toBe(said);
});
