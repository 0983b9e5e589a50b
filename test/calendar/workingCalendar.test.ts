import { describe, expect, test } from 'vitest';
import {
  addBusinessDays,
  businessDaysBetween,
  dayOf,
  endOfBusiness,
  instantOf,
  isPastClose,
  isWithinHours,
  isWorkingDay,
  plainCalendar,
  startOfBusiness,
  type WorkingCalendar,
} from '../../server/calendar.ts';

const berlin: WorkingCalendar = {
  timeZone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closesAt: '17:30',
  // Good Friday and Easter Monday; Christmas, of which one is a Saturday; New Year.
  holidays: ['2026-04-03', '2026-04-06', '2026-12-25', '2026-12-26', '2027-01-01'],
};
const riyadh: WorkingCalendar = { ...plainCalendar, timeZone: 'Asia/Riyadh', workingDays: [7, 1, 2, 3, 4] };
const never: WorkingCalendar = { ...plainCalendar, workingDays: [] };

describe('working days', () => {
  test.each([
    ['a Tuesday', '2026-03-10', berlin, true],
    ['a Saturday', '2026-03-14', berlin, false],
    ['a holiday', '2026-04-03', berlin, false],
    ['a holiday on a Saturday', '2026-12-26', berlin, false],
    ['a Sunday where people work on Sundays', '2026-03-15', riyadh, true],
    ['a Friday where they do not', '2026-03-13', riyadh, false],
  ] as const)('%s', (_, day, calendar, wanted) => {
    expect(isWorkingDay(day, calendar)).toBe(wanted);
  });

  test.each([
    ['over Easter', '2026-04-02', 1, berlin, '2026-04-07'],
    ['back over Easter', '2026-04-07', -1, berlin, '2026-04-02'],
    ['from a holiday', '2026-04-03', 0, berlin, '2026-04-07'],
    ['a holiday that is a Saturday takes no working day', '2026-12-24', 1, berlin, '2026-12-28'],
    ['over the end of the year', '2026-12-30', 2, berlin, '2027-01-04'],
    ['from Thursday where the week ends on Thursday', '2026-03-12', 1, riyadh, '2026-03-15'],
    ['back from a Sunday', '2026-03-15', -1, plainCalendar, '2026-03-13'],
    ['over a leap day', '2028-02-28', 2, plainCalendar, '2028-03-01'],
    ['a calendar without working days does not wait for ever', '2026-03-10', 0, never, '2026-03-10'],
  ] as const)('adding: %s', (_, from, days, calendar, wanted) => {
    expect(addBusinessDays(from, days, calendar)).toBe(wanted);
  });

  test.each([
    ['the same day', '2026-03-10', '2026-03-10', berlin, 0],
    ['to the next', '2026-03-10', '2026-03-11', berlin, 1],
    ['over a weekend', '2026-03-13', '2026-03-16', berlin, 1],
    ['over Easter', '2026-04-02', '2026-04-08', berlin, 2],
    ['to a Sunday', '2026-03-13', '2026-03-15', berlin, 0],
    ['backwards', '2026-03-16', '2026-03-10', berlin, -4],
    ['over the end of the year', '2026-12-23', '2027-01-05', berlin, 7],
  ] as const)('between: %s', (_, from, to, calendar, wanted) => {
    expect(businessDaysBetween(from, to, calendar)).toBe(wanted);
  });
});

describe('working hours', () => {
  test.each([
    ['in winter', '2026-03-10', '2026-03-10T08:00:00.000Z', '2026-03-10T16:30:00.000Z'],
    ['in summer', '2026-06-10', '2026-06-10T07:00:00.000Z', '2026-06-10T15:30:00.000Z'],
    ['the Monday after the clocks went forward', '2026-03-30', '2026-03-30T07:00:00.000Z', '2026-03-30T15:30:00.000Z'],
    ['the Monday after they went back', '2026-10-26', '2026-10-26T08:00:00.000Z', '2026-10-26T16:30:00.000Z'],
    ['a holiday ends with the next working day', '2026-04-03', '2026-04-07T07:00:00.000Z', '2026-04-07T15:30:00.000Z'],
    ['a Saturday ends with Monday', '2026-03-14', '2026-03-16T08:00:00.000Z', '2026-03-16T16:30:00.000Z'],
  ])('%s', (_, day, start, end) => {
    expect(startOfBusiness(day, berlin).toISOString()).toBe(start);
    expect(endOfBusiness(day, berlin).toISOString()).toBe(end);
  });

  test.each([
    ['a minute before they open', '2026-03-10T07:59:59Z', false],
    ['as they open', '2026-03-10T08:00:00Z', true],
    ['a second before they close', '2026-03-10T16:29:59Z', true],
    ['as they close', '2026-03-10T16:30:00Z', false],
    ['on a Saturday', '2026-03-14T10:00:00Z', false],
    ['on a holiday', '2026-04-06T10:00:00Z', false],
  ])('people are at work: %s', (_, at, wanted) => {
    expect(isWithinHours(new Date(at), berlin)).toBe(wanted);
  });

  test.each([
    ['before the close of the day', '2026-03-10', '2026-03-10T16:29:00Z', false],
    ['after it', '2026-03-10', '2026-03-10T16:30:00Z', true],
    ['in the night after', '2026-03-10', '2026-03-10T23:30:00Z', true],
    ['due on a Saturday, on that Saturday', '2026-03-14', '2026-03-14T20:00:00Z', false],
    ['due on a Saturday, on Monday evening', '2026-03-14', '2026-03-16T17:00:00Z', true],
    ['due on Good Friday, on the Tuesday after', '2026-04-03', '2026-04-07T10:00:00Z', false],
  ])('a day has passed: %s', (_, day, at, wanted) => {
    const now = new Date(at);
    expect(isPastClose(day, now, berlin, dayOf(now, berlin.timeZone))).toBe(wanted);
  });
});

describe('the wall clock of a zone', () => {
  test.each([
    ['plain', '2026-03-10', '12:00', 'Europe/Berlin', '2026-03-10T11:00:00.000Z'],
    ['west of Greenwich', '2026-03-10', '22:00', 'America/Los_Angeles', '2026-03-11T05:00:00.000Z'],
    ['half an hour off', '2026-03-10', '09:00', 'Asia/Kolkata', '2026-03-10T03:30:00.000Z'],
    ['a time that the clocks skip', '2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['a time that comes twice', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['a midnight that does not exist', '2026-09-06', '00:00', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['the first minute of a year', '2027-01-01', '00:00', 'Pacific/Kiritimati', '2026-12-31T10:00:00.000Z'],
  ])('%s', (_, day, time, zone, wanted) => {
    expect(instantOf(day, time, zone).toISOString()).toBe(wanted);
  });

  test.each([
    ['2026-03-10T23:30:00Z', 'Europe/Berlin', '2026-03-11'],
    ['2026-03-10T02:00:00Z', 'America/New_York', '2026-03-09'],
    ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
  ])('the day at %s in %s', (at, zone, wanted) => {
    expect(dayOf(new Date(at), zone)).toBe(wanted);
  });
});
