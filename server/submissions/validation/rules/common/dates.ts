import type { Cell } from '../../cell.ts';
import { firstOf, isDigit, lastOf } from './window.ts';

/*
 * ISO 8601 as files write it: `2026-11-22`, `2026-11-22T14:30`, `...T14:30:05.123+0100`, `...Z`; a blank does for the T.
 * Judged on bytes; what else people write is turned into it only where the order of day and month is certain.
 */

/** Bits of what a date tells. 0: no ISO 8601 date, or none of the calendar. */
export const Told = {
  date: 1,
  time: 2,
  seconds: 4,
  zone: 8,
  /** Digits behind the seconds' dot, times 16. */
  fraction: 16,
} as const;

/** What the bytes tell: `Told` bits, 0 for no date. */
export function isoForm(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 10 || bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d) return 0;
  const year = numberOf(bytes, start, 4);
  const month = numberOf(bytes, start + 5, 2);
  const day = numberOf(bytes, start + 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return 0;
  if (end - start === 10) return Told.date;
  const mark = bytes[start + 10];
  if (mark !== 0x54 && mark !== 0x74 && mark !== 0x20) return 0;
  return timeForm(bytes, start + 11, end);
}

/** `hh:mm[:ss[.fff]][Z|±hh[:]mm]` from `at` to the end. */
function timeForm(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < 5 || bytes[at + 2] !== 0x3a) return 0;
  const hour = numberOf(bytes, at, 2);
  const minute = numberOf(bytes, at + 3, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return 0;
  let form: number = Told.date | Told.time;
  let next = at + 5;
  if (next < end && bytes[next] === 0x3a) {
    const second = end - next >= 3 ? numberOf(bytes, next + 1, 2) : -1;
    if (second < 0 || second > 60) return 0;
    form |= Told.seconds;
    next += 3;
    if (next < end && (bytes[next] === 0x2e || bytes[next] === 0x2c)) {
      const dot = next++;
      while (next < end && isDigit(bytes[next] as number)) next++;
      if (next === dot + 1) return 0;
      form |= (next - dot - 1) * Told.fraction;
    }
  }
  if (next === end) return form;
  return isZone(bytes, next, end) ? form | Told.zone : 0;
}

function isZone(bytes: Uint8Array, at: number, end: number): boolean {
  const sign = bytes[at];
  if (sign === 0x5a || sign === 0x7a) return end === at + 1;
  if (sign !== 0x2b && sign !== 0x2d) return false;
  const hour = end - at >= 3 ? numberOf(bytes, at + 1, 2) : -1;
  if (hour < 0 || hour > 14) return false;
  if (end === at + 3) return true;
  const minuteAt = bytes[at + 3] === 0x3a ? at + 4 : at + 3;
  const minute = end - minuteAt === 2 ? numberOf(bytes, minuteAt, 2) : -1;
  return minute >= 0 && minute <= 59;
}

/** Milliseconds since 1970 of an ISO date; no zone counts as UTC, no time as midnight; NaN for no date. */
export function isoMs(bytes: Uint8Array, start: number, end: number): number {
  return msOfForm(isoForm(bytes, start, end), bytes, start, end);
}

/** `Told` bits of a cell, blanks around it left out; 0 for no date. */
export function dateFormOf(cell: Cell): number {
  if (cell.dateForm === -1) read(cell);
  return cell.dateForm;
}

/** As `isoMs` of a cell, blanks around it left out. */
export function dateMsOf(cell: Cell): number {
  if (cell.dateForm === -1) read(cell);
  return cell.dateMs;
}

function read(cell: Cell): void {
  const start = firstOf(cell);
  const end = lastOf(cell);
  cell.dateForm = isoForm(cell.bytes, start, end);
  cell.dateMs = msOfForm(cell.dateForm, cell.bytes, start, end);
}

/** Days from 1970 to a day of the calendar. Not by `Date`, which takes the years 0 to 99 for those of the last century. */
export function daysTo(year: number, month: number, day: number): number {
  // Years that begin in March: the day that leap years add is their last.
  const from = month > 2 ? year : year - 1;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return from * 365 + Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400) + ofYear - 719_468;
}

function msOfForm(form: number, bytes: Uint8Array, start: number, end: number): number {
  if (form === 0) return Number.NaN;
  const days = daysTo(numberOf(bytes, start, 4), numberOf(bytes, start + 5, 2), numberOf(bytes, start + 8, 2));
  let ms = days * 86_400_000;
  if ((form & Told.time) === 0) return ms;
  ms += numberOf(bytes, start + 11, 2) * 3_600_000 + numberOf(bytes, start + 14, 2) * 60_000;
  if (form & Told.seconds) ms += numberOf(bytes, start + 17, 2) * 1000;
  for (let at = start + 20, part = 100; at < end && isDigit(bytes[at] as number) && part >= 1; at++, part /= 10) {
    if (form >= Told.fraction) ms += ((bytes[at] as number) - 0x30) * part;
  }
  return form & Told.zone ? ms - offsetMs(bytes, start, end) : ms;
}

function offsetMs(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[end - 1] === 0x5a || bytes[end - 1] === 0x7a) return 0;
  let at = end - 1;
  while (at > start + 10 && bytes[at] !== 0x2b && bytes[at] !== 0x2d) at--;
  const hours = numberOf(bytes, at + 1, 2);
  const minutes = end - at > 3 ? numberOf(bytes, end - 2, 2) : 0;
  return (bytes[at] === 0x2d ? -1 : 1) * (hours * 3_600_000 + minutes * 60_000);
}

function numberOf(bytes: Uint8Array, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const byte = bytes[index] as number;
    if (!isDigit(byte)) return -1;
    value = value * 10 + byte - 0x30;
  }
  return value;
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const encoder = new TextEncoder();

export function isoFormOf(text: string): number {
  const bytes = encoder.encode(text);
  return isoForm(bytes, 0, bytes.length);
}

export function isoMsOf(text: string): number {
  const bytes = encoder.encode(text);
  return isoMs(bytes, 0, bytes.length);
}

/** Where an interval's `/` stands; -1 when there is not exactly one. */
export function slashOf(bytes: Uint8Array, start: number, end: number): number {
  let found = -1;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== 0x2f) continue;
    if (found !== -1) return -1;
    found = at;
  }
  return found;
}

/** Which comes first in `03/04/2026`. */
export type DateOrder = 'DMY' | 'MDY';

/** `dateOrder` as a person declared it, or null. */
export function declaredOrder(declared: Readonly<Record<string, string>>): DateOrder | null {
  const said = declared.dateOrder?.toUpperCase();
  return said === 'DMY' || said === 'MDY' ? said : null;
}

/**
 * Other spellings as ISO 8601: `2026/11/22`, `20261122`, `22.11.2026` (dots put the day first everywhere), `22/11/2026`
 * when no month can be meant or the order is known, `22 Nov 2026`; a time behind it is kept. Null: not certain.
 */
export function repairDate(text: string, order: DateOrder | null): string | null {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (isoFormOf(trimmed) !== 0) return trimmed;
  const whole =
    /^([0-9a-z./, -]{6,20}?)(?:[T ,]{1,2}(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)( ?[ap]m)?( ?(?:Z|[+-]\d{2}:?\d{2}))?)?$/i.exec(
      trimmed,
    );
  if (whole === null) return null;
  const [, day = '', time, half, zone] = whole;
  const date = repairDay(day.trim().replace(/,$/, ''), order);
  if (date === null) return null;
  if (time === undefined) return date;
  const clock = clockOf(time, half?.trim().toLowerCase());
  const made = clock === null ? null : `${date}T${clock}${zone?.trim() ?? ''}`;
  return made !== null && isoFormOf(made) !== 0 ? made : null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function repairDay(text: string, order: DateOrder | null): string | null {
  const yearFirst = /^(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (yearFirst) return dayOf(yearFirst[1], yearFirst[2], yearFirst[3]);
  const named = /^(\d{1,2})\.?[ -]([a-z]{3,9})\.?,?[ -](\d{4})$/i.exec(text);
  if (named) return dayOf(named[3], monthNamed(named[2]), named[1]);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i.exec(text);
  if (monthFirst) return dayOf(monthFirst[3], monthNamed(monthFirst[1]), monthFirst[2]);
  const yearLast = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!yearLast) return null;
  const [, first = '', mark, second = '', year] = yearLast;
  const asked = mark === '.' ? 'DMY' : Number(first) > 12 ? 'DMY' : Number(second) > 12 ? 'MDY' : order;
  if (first === second) return dayOf(year, first, second);
  if (asked === null) return null;
  return asked === 'DMY' ? dayOf(year, second, first) : dayOf(year, first, second);
}

/** English names and their short forms. */
function monthNamed(name = ''): string {
  const at = months.indexOf(name.slice(0, 3).toLowerCase());
  return at === -1 ? '' : String(at + 1);
}

function dayOf(year = '', month = '', day = ''): string | null {
  const made = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isoFormOf(made) === Told.date ? made : null;
}

function clockOf(time: string, half: string | undefined): string | null {
  const [hour = '', ...rest] = time.split(':');
  if (half === undefined) return [hour.padStart(2, '0'), ...rest].join(':');
  const value = Number(hour);
  if (value < 1 || value > 12) return null;
  const full = (value % 12) + (half === 'pm' ? 12 : 0);
  return [String(full).padStart(2, '0'), ...rest].join(':');
}

/** What a column of `03/04/2026` says about itself: a value over 12 in one place decides for all. */
export class OrderSeen {
  #dayFirst = 0;
  #monthFirst = 0;
  #open = 0;

  see(bytes: Uint8Array, start: number, end: number): void {
    // The year first: it says nothing of the other two.
    if (isDigit(bytes[start] as number) && isDigit(bytes[start + 1] as number) && isDigit(bytes[start + 2] as number))
      return;
    let at = start;
    const first = partAt(bytes, at, end);
    at += digitsAt(bytes, at, end);
    const mark = bytes[at];
    if (first < 1 || at === start || at - start > 2 || (mark !== 0x2f && mark !== 0x2d)) return;
    const second = partAt(bytes, ++at, end);
    if (second < 1 || digitsAt(bytes, at, end) > 2) return;
    if (first > 12 && second <= 12) this.#dayFirst++;
    else if (second > 12 && first <= 12) this.#monthFirst++;
    else this.#open++;
  }

  /** `MIXED`: both orders stand in one column; `UNDECIDED`: no value decides; `NONE`: nothing of this kind. */
  get order(): DateOrder | 'MIXED' | 'UNDECIDED' | 'NONE' {
    if (this.#dayFirst > 0 && this.#monthFirst > 0) return 'MIXED';
    if (this.#dayFirst > 0) return 'DMY';
    if (this.#monthFirst > 0) return 'MDY';
    return this.#open > 0 ? 'UNDECIDED' : 'NONE';
  }
}

function digitsAt(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && isDigit(bytes[next] as number)) next++;
  return next - at;
}

function partAt(bytes: Uint8Array, at: number, end: number): number {
  const digits = digitsAt(bytes, at, end);
  return digits === 0 || digits > 2 ? -1 : numberOf(bytes, at, digits);
}
