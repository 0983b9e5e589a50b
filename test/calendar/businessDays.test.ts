import { expect, it } from 'vitest';
import { addBusinessDays } from '../../server/calendar.ts';

it.each([
  { from: '2026-11-20', days: 0, to: '2026-11-20', what: 'none from a Friday is that Friday' },
  { from: '2026-11-20', days: 1, to: '2026-11-23', what: 'one from a Friday is Monday' },
  { from: '2026-11-21', days: 0, to: '2026-11-23', what: 'none from a Saturday is Monday' },
  { from: '2026-11-22', days: 5, to: '2026-11-27', what: 'five from a Sunday is the Friday after' },
  { from: '2026-12-30', days: 10, to: '2027-01-13', what: 'ten over the turn of the year are two weeks' },
])('$what', ({ from, days, to }) => {
  expect(addBusinessDays(from, days)).toBe(to);
});
