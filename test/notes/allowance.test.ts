import { expect, test } from 'vitest';
import { Allowance } from '../../server/notes/allowance.ts';

test('[Y12] what was not used is there at once, up to a bound; more has to be waited for', () => {
  let now = 0;
  const allowance = new Allowance({ burst: 100, perSecond: 50 }, () => now);
  expect(allowance.take(100)).toBe(0);
  // 25 too many are half a second's; the rest is a little longer, so that it is worth its timer.
  expect(allowance.take(25)).toBe(520);
  now += 500;
  expect(allowance.take(0)).toBe(0);
  expect(allowance.take(1)).toBeGreaterThan(0);
  now += 3_600_000;
  expect([allowance.take(100), allowance.take(1) > 0]).toEqual([0, true]);
});

test('nobody rests so long that they could not answer a ping', () => {
  const allowance = new Allowance({ burst: 1, perSecond: 1 }, () => 0);
  expect(allowance.take(1_000_000)).toBeLessThanOrEqual(5_000);
});
