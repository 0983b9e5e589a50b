/*
 * Working days and hours. Days are YYYY-MM-DD; instants come out of a day, a time of the wall clock and a zone, so that a
 * day ends when the people there go home, also on the two days a year that are an hour shorter or longer. No I/O.
 */
const dayMs = 86_400_000;
/** A calendar without a single working day in ten years counts every day, so that nothing waits for ever. */
const farthestDays = 3_653;

export type WorkingCalendar = {
  readonly timeZone: string;
  /** Days of the week, from 1 (Monday) to 7 (Sunday). */
  readonly workingDays: readonly number[];
  /** HH:MM of the wall clock in `timeZone`. */
  readonly opensAt: string;
  readonly closesAt: string;
  /** Days off, YYYY-MM-DD. */
  readonly holidays: readonly string[];
};

/** Monday to Friday, nine to five, without holidays. */
export const plainCalendar: WorkingCalendar = {
  timeZone: 'UTC',
  workingDays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closesAt: '17:00',
  holidays: [],
};

export function isWorkingDay(day: string, calendar: WorkingCalendar = plainCalendar): boolean {
  const weekday = new Date(atMidnight(day)).getUTCDay() || 7;
  return calendar.workingDays.includes(weekday) && !calendar.holidays.includes(day);
}

/** The day itself when it is a working day, else the next one. */
export function workingDayFrom(day: string, calendar: WorkingCalendar = plainCalendar): string {
  return addBusinessDays(day, 0, calendar);
}

/**
 * The working day `days` working days after `day`, or before it when negative. A day off counts as the one before it:
 * one working day after Saturday is Monday, as it is after Friday. With 0: the day itself, or the next working day.
 */
export function addBusinessDays(day: string, days: number, calendar: WorkingCalendar = plainCalendar): string {
  const step = days < 0 ? -1 : 1;
  let at = day;
  for (let left = Math.abs(days), tried = 0; left > 0; ) {
    at = daysAfter(at, step);
    tried += 1;
    const isHopeless = tried > farthestDays + Math.abs(days) * 7;
    if (isHopeless || isWorkingDay(at, calendar)) left -= 1;
  }
  for (let tried = 0; !isWorkingDay(at, calendar); tried++) {
    if (tried > farthestDays) return day;
    at = daysAfter(at, step);
  }
  return at;
}

/** How many working days lie after `from` up to and with `to`; negative when `to` is before `from`. */
export function businessDaysBetween(from: string, to: string, calendar: WorkingCalendar = plainCalendar): number {
  if (to < from) return -businessDaysBetween(to, from, calendar);
  let count = 0;
  for (let day = daysAfter(from, 1); day <= to; day = daysAfter(day, 1)) if (isWorkingDay(day, calendar)) count += 1;
  return count;
}

/** When work begins on a day; on a day off, when it begins on the next working day. */
export function startOfBusiness(day: string, calendar: WorkingCalendar): Date {
  return instantOf(workingDayFrom(day, calendar), calendar.opensAt, calendar.timeZone);
}

/** When work ends on a day; on a day off, when it ends on the next working day: nobody is late on a day off. */
export function endOfBusiness(day: string, calendar: WorkingCalendar): Date {
  return instantOf(workingDayFrom(day, calendar), calendar.closesAt, calendar.timeZone);
}

/** Whether a day's close of business has passed. `today` is the day that it is in the calendar's zone at `at`. */
export function isPastClose(day: string, at: Date, calendar: WorkingCalendar, today: string): boolean {
  const last = workingDayFrom(day, calendar);
  return last < today || (last === today && at >= endOfBusiness(last, calendar));
}

/** Whether people are at work at this moment. */
export function isWithinHours(at: Date, calendar: WorkingCalendar): boolean {
  const zone = zoneOf(calendar.timeZone);
  const day = dayIn(at, zone);
  if (!isWorkingDay(day, calendar)) return false;
  return at >= instantIn(day, calendar.opensAt, zone) && at < instantIn(day, calendar.closesAt, zone);
}

/** When people are at work on each working day that a stretch of time touches, in order and whole. */
export function workingSpans(from: Date, to: Date, calendar: WorkingCalendar): { from: Date; to: Date }[] {
  const zone = byDay(zoneOf(calendar.timeZone));
  const last = dayIn(to, zone);
  const spans: { from: Date; to: Date }[] = [];
  for (let day = dayIn(from, zone); day <= last; day = daysAfter(day, 1)) {
    if (!isWorkingDay(day, calendar)) continue;
    const opens = instantIn(day, calendar.opensAt, zone);
    const closes = instantIn(day, calendar.closesAt, zone);
    if (opens < closes) spans.push({ from: opens, to: closes });
  }
  return spans;
}

/** The same zone, asked once for each day in which its clocks stay as they are: no zone changes them twice in three days. */
function byDay(zone: Zone): Zone {
  const known = new Map<number, number>();
  const atStartOf = (day: number): number => {
    const offset = known.get(day) ?? zone(day * dayMs);
    known.set(day, offset);
    return offset;
  };
  return (at) => {
    const day = Math.floor(at / dayMs);
    const offset = atStartOf(day);
    return offset === atStartOf(day + 1) ? offset : zone(at);
  };
}

/** The day of the calendar that it is at a moment, in a zone. */
export function dayOf(at: Date, timeZone: string): string {
  return dayIn(at, zoneOf(timeZone));
}

/**
 * The instant at which the wall clock of a zone shows this day and time. A time that the clocks skip in spring is the
 * instant at which they skip it; of one that comes twice in autumn the first is meant.
 */
export function instantOf(day: string, time: string, timeZone: string): Date {
  return instantIn(day, time, zoneOf(timeZone));
}

function dayIn(at: Date, zone: Zone): string {
  return new Date(at.getTime() + zone(at.getTime())).toISOString().slice(0, 10);
}

function instantIn(day: string, time: string, zone: Zone): Date {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const offsets = [zone(wall - dayMs), zone(wall + dayMs)];
  const fits = offsets.map((offset) => wall - offset).filter((at) => at + zone(at) === wall);
  return new Date(fits.length > 0 ? Math.min(...fits) : changeBefore(wall - Math.min(...offsets), zone));
}

/** The last moment, to the minute, at which the zone's clocks were put forward within the hours before `at`. */
function changeBefore(at: number, zone: Zone): number {
  const after = zone(at);
  let moment = at;
  while (at - moment < dayMs && zone(moment - 60_000) === after) moment -= 60_000;
  return moment;
}

/** How far the wall clock of a zone is ahead of UTC at a moment, in milliseconds. */
type Zone = (at: number) => number;

/** Made once for all that is asked of it: to make the format takes ten times as long as to use it. */
function zoneOf(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = format.formatToParts(at);
    const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return wall - Math.floor(at / 1000) * 1000;
  };
}

/** Whether there is such a day. JavaScript alone takes 30 February for 2 March, and the database has no year 0. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return false;
  const at = atMidnight(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function atMidnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function daysAfter(day: string, days: number): string {
  return new Date(atMidnight(day) + days * dayMs).toISOString().slice(0, 10);
}
