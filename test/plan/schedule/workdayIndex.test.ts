import { expect, test } from 'vitest';
import { addBusinessDays, businessDaysBetween, isWorkingDay, plainCalendar } from '../../../server/calendar.ts';
import { dayNumber, dayOfNumber, workdayIndexOf } from '../../../server/plan/schedule/workdayIndex.ts';
import { randomOf } from '../../support/random.ts';

test('a day and its number are one, also before 1970 and over leap days', () => {
  for (const day of ['1969-12-28', '1970-01-01', '2000-02-29', '2026-03-29', '2100-03-01']) {
    expect(dayOfNumber(dayNumber(day))).toBe(day);
  }
  expect(dayNumber('2024-03-01') - dayNumber('2024-02-28')).toBe(2);
});

test.each(Array.from({ length: 12 }, (_, seed) => seed))('its numbers count as the calendar walks, seed %i', (seed) => {
  const random = randomOf(seed);
  const start = dayNumber('2026-01-01') + random.below(400) - 200;
  const calendar = {
    ...plainCalendar,
    workingDays: [1, 2, 3, 4, 5, 6, 7].filter(() => random.chance(0.6)),
    holidays: Array.from({ length: random.below(60) }, () => dayOfNumber(start + random.below(200) - 50)),
  };
  const index = workdayIndexOf(calendar);
  if (calendar.workingDays.length === 0) {
    // Such a calendar counts every day.
    expect(index.dayAt(index.before(start) + 3)).toBe(start + 3);
    return;
  }
  for (let at = 0; at < 30; at++) {
    const day = start + random.below(150) - 30;
    const next = dayNumber(addBusinessDays(dayOfNumber(day), 0, calendar));
    expect(index.dayAt(index.before(day))).toBe(next);
    const more = random.below(80);
    expect(index.dayAt(index.before(next) + more)).toBe(dayNumber(addBusinessDays(dayOfNumber(next), more, calendar)));
    expect(index.before(day + more + 1) - index.before(day + 1)).toBe(
      businessDaysBetween(dayOfNumber(day), dayOfNumber(day + more), calendar),
    );
    expect(isWorkingDay(dayOfNumber(index.dayAt(more - 40)), calendar)).toBe(true);
  }
});
