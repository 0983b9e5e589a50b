import { describe, expect, test } from 'vitest';
import { plainCalendar, type WorkingCalendar } from '../../server/calendar.ts';
import { minutesWithin } from '../../server/workload/spans/queries.ts';
import { horizonAt } from '../../server/workload/weeks.ts';

const at = (now: string, over: Partial<WorkingCalendar> = {}) =>
  horizonAt(new Date(now), { ...plainCalendar, ...over });

describe('the weeks ahead', () => {
  test.each<[what: string, now: string, over: Partial<WorkingCalendar>, days: number[], minutes: number]>([
    ['on a Monday morning', '2026-03-09T07:00:00Z', {}, [5, 5, 5], 480],
    ['on a Friday evening', '2026-03-13T18:00:00Z', {}, [0, 5, 5], 480],
    ['on a Sunday', '2026-03-15T12:00:00Z', {}, [0, 5, 5], 480],
    ['with a holiday', '2026-03-09T07:00:00Z', { holidays: ['2026-03-18'] }, [5, 4, 5], 480],
    [
      'of four days of six hours',
      '2026-03-09T07:00:00Z',
      { workingDays: [1, 2, 3, 4], opensAt: '10:00', closesAt: '16:00' },
      [4, 4, 4],
      360,
    ],
    ['where it is Tuesday already', '2026-03-09T20:00:00Z', { timeZone: 'Asia/Tokyo' }, [4, 5, 5], 480],
    ['over the change of clocks', '2026-03-23T07:00:00Z', { timeZone: 'Europe/Prague' }, [5, 5, 5], 480],
    ['in which nobody works', '2026-03-09T07:00:00Z', { workingDays: [] }, [0, 0, 0], 480],
  ])('%s', (_, now, over, days, minutes) => {
    const { weeks } = at(now, over);
    expect(weeks).toHaveLength(8);
    expect(weeks.slice(0, 3).map((week) => week.workingDays)).toEqual(days);
    expect(weeks.map((week) => week.capacityMinutes)).toEqual(weeks.map((week) => week.workingDays * minutes));
  });

  test('number their working days through, without overlap or hole', () => {
    const { weeks, days } = at('2026-03-11T09:00:00Z', { holidays: ['2026-03-19', '2026-04-03'] });
    let next = 0;
    for (const { first, last, from, to } of weeks) {
      expect(first).toBe(next);
      for (const day of days.slice(first, last + 1)) expect(day >= from && day <= to).toBe(true);
      next = last + 1;
    }
    expect(days[0]).toBe('2026-03-11');
    expect(days).toEqual([...new Set(days)].sort());
  });

  test('part a task among them without losing a minute', () => {
    const { weeks } = at('2026-03-09T07:00:00Z');
    const span = { first: 3, last: 27, minutes: 500 };
    const parts = weeks.map((week) => minutesWithin(span, week));
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(500);
    expect(parts).toEqual([40, 100, 100, 100, 100, 60, 0, 0]);
  });
});
