import type { Cell } from '../../cell.ts';
import type { CellRule, RowRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import {
  dateFormOf,
  dateMsOf,
  declaredOrder,
  isoFormOf,
  isoMs,
  isoMsOf,
  repairDate,
  slashOf,
} from '../common/dates.ts';
import { firstOf, isBlank, isFoldedText, lastOf } from '../common/window.ts';
import { availabilityDates, prisjakt, specification } from './sources.ts';

/*
 * When a product comes, how long its sale and its entry hold. Judged as of the instant that the report states.
 */
const dayMs = 86_400_000;
const yearMs = 366 * dayMs;

function msOf(cell: Cell): number {
  return dateMsOf(cell);
}

function isDate(cell: Cell): boolean {
  return dateFormOf(cell) !== 0;
}

function dateForm(column: string): CellRule {
  return {
    id: `${column}.format`,
    scope: 'CELL',
    severity: 'WARNING',
    code: 'validation_invalid_format',
    covers: [`F1:${column}`],
    source: column === 'availability_date' ? availabilityDates : specification,
    title: `${column} is no date in the form of ISO 8601`,
    advice: 'Write 2026-12-24, or with time and offset 2026-12-24T09:00+01:00.',
    columns: [column],
    check: (cell) => (isDate(cell) && lastOf(cell) - firstOf(cell) <= 25 ? null : noParams),
    fix: (text, judging) => {
      const made = repairDate(text, declaredOrder(judging.declared));
      return made !== null && made.length <= 25 ? made : null;
    },
    accepted: [
      '2026-12-24',
      '2026-12-24T09:00',
      '2026-12-24T09:00+0100',
      '2026-12-24T09:00:00+01:00',
      '2026-12-24T09:00Z',
    ],
    refused: [
      '24.12.2026',
      '12/24/2026',
      '2026-13-01',
      '2026-02-30',
      'tomorrow',
      '2026-12-24T25:00',
      '03/04/2026',
      '20261224',
    ],
    fixed: {
      '24.12.2026': '2026-12-24',
      '12/24/2026': '2026-12-24',
      '24 Dec 2026': '2026-12-24',
      '03/04/2026': null,
      tomorrow: null,
    },
  };
}

const expected = ['preorder', 'backorder'];

function isExpected(availability: Cell): boolean {
  const start = firstOf(availability);
  const end = lastOf(availability);
  for (let at = 0; at < expected.length; at++) {
    if (isFoldedText(availability.bytes, start, end, expected[at] as string)) return true;
  }
  return false;
}

const dateNeeded: RowRule = {
  id: 'availability_date.needed',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers: ['F1:availability_date'],
  source: availabilityDates,
  title: 'A product to come does not say when',
  advice: 'preorder and backorder need an availability_date, like 2026-12-24.',
  columns: ['availability', 'availability_date'],
  needs: ['availability'],
  check: (cells) => {
    const [availability, date] = cells;
    return availability && date && isBlank(date) && isExpected(availability) ? brokenAt('availability_date') : null;
  },
  accepted: [
    { availability: 'preorder', availability_date: '2026-12-24' },
    { availability: 'in_stock', availability_date: '' },
    { availability: 'in_stock' },
  ],
  refused: [{ availability: 'preorder', availability_date: '' }, { availability: 'Backorder' }],
};

const dateUnneeded: RowRule = {
  id: 'availability_date.unneeded',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F1:availability_date'],
  source: availabilityDates,
  title: 'A date of arrival stands beside a product that is not to come',
  advice: 'Remove availability_date, or write preorder or backorder into availability.',
  columns: ['availability', 'availability_date'],
  needs: ['availability', 'availability_date'],
  check: (cells) => {
    const [availability, date] = cells;
    if (!availability || !date || isBlank(date) || isBlank(availability)) return null;
    return isExpected(availability) ? null : brokenAt('availability_date');
  },
  fix: () => '',
  accepted: [
    { availability: 'preorder', availability_date: '2026-12-24' },
    { availability: 'in_stock', availability_date: '' },
  ],
  refused: [{ availability: 'in_stock', availability_date: '2026-12-24' }],
  fixed: [{ row: { availability: 'in_stock', availability_date: '2026-12-24' }, to: '' }],
};

const dateRange: CellRule = {
  id: 'availability_date.range',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_date_out_of_range',
  covers: ['F1:availability_date'],
  source: availabilityDates,
  title: 'A date of arrival is past, or more than a year away',
  advice: 'Write a day from today to a year ahead, and in_stock once the product is there.',
  columns: ['availability_date'],
  check: (cell, judging) => {
    const ms = msOf(cell);
    // A day alone is today until it is over.
    return ms + dayMs <= judging.asOfMs || ms > judging.asOfMs + yearMs ? noParams : null;
  },
  accepted: ['2026-12-24', '2026-11-22', '2027-11-22', 'soon'],
  refused: ['2026-11-20', '2028-01-01', '2020-01-01T09:00Z'],
};

const expiry: CellRule = {
  id: 'expiration_date.range',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_date_out_of_range',
  covers: ['F1:expiration_date'],
  source: specification,
  title: 'An expiration date is past, or more than 30 days away',
  advice:
    'Write a day within the next 30 days, or leave the cell empty: products expire 30 days after the last upload anyway.',
  columns: ['expiration_date'],
  check: (cell, judging) => {
    const ms = msOf(cell);
    return ms <= judging.asOfMs - dayMs || ms > judging.asOfMs + 31 * dayMs ? noParams : null;
  },
  accepted: ['2026-12-01', '2026-12-22', 'never'],
  refused: ['2026-11-01', '2027-11-22'],
};

/** `2026-11-22T08:00+0100/2026-11-29T23:59+0100`: what is wrong with it. */
function intervalProblem(cell: Cell): 'FORM' | 'RANGE' | null {
  const start = firstOf(cell);
  const end = lastOf(cell);
  const slash = slashOf(cell.bytes, start, end);
  if (slash === -1 || end - start > 51) return 'FORM';
  const from = isoMs(cell.bytes, start, slash);
  const to = isoMs(cell.bytes, slash + 1, end);
  if (Number.isNaN(from) || Number.isNaN(to)) return 'FORM';
  return from < to && to - from <= yearMs ? null : 'RANGE';
}

const saleForm: CellRule = {
  id: 'sale_price_effective_date.format',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers: ['F1:sale_price_effective_date'],
  source: prisjakt,
  title: 'The time of a sale is not two dates with / between them',
  advice: 'Write start and end, like 2026-11-27T00:00+01:00/2026-11-30T23:59+01:00, in at most 51 characters.',
  columns: ['sale_price_effective_date'],
  check: (cell) => (intervalProblem(cell) === 'FORM' ? noParams : null),
  fix: (text, judging) => {
    const order = declaredOrder(judging.declared);
    const parts = text.split(/\s{0,9}(?:\/|–|—|\s-\s|\sto\s|\sbis\s)\s{0,9}/);
    if (parts.length !== 2) return null;
    const made = parts.map((part) => repairDate(part, order));
    const joined = made.join('/');
    return made.every((part) => part !== null && isoFormOf(part) !== 0) && joined.length <= 51 ? joined : null;
  },
  accepted: ['2026-11-27T00:00+01:00/2026-11-30T23:59+01:00', '2026-11-27/2026-11-30', '2026-11-30/2026-11-27'],
  refused: ['2026-11-27', '27.11.2026 - 30.11.2026', '2026-11-27/soon', '2026-11-27/2026-11-28/2026-11-29'],
  fixed: {
    '27.11.2026 - 30.11.2026': '2026-11-27/2026-11-30',
    '2026-11-27 / 2026-11-30': '2026-11-27/2026-11-30',
    '2026-11-27 to 2026-11-30': '2026-11-27/2026-11-30',
    '2026-11-27': null,
  },
};

const saleRange: CellRule = {
  id: 'sale_price_effective_date.range',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_date_out_of_range',
  covers: ['F1:sale_price_effective_date'],
  source: prisjakt,
  title: 'A sale ends before it begins, or lasts more than a year',
  advice: 'Put the earlier date first and let the sale last at most a year: 2026-11-27/2026-11-30.',
  columns: ['sale_price_effective_date'],
  check: (cell) => (intervalProblem(cell) === 'RANGE' ? noParams : null),
  fix: (text) => {
    const [from = '', to = '', ...more] = text.trim().split('/');
    const start = isoMsOf(from);
    const end = isoMsOf(to);
    return more.length === 0 && end < start && start - end <= yearMs ? `${to}/${from}` : null;
  },
  accepted: ['2026-11-27/2026-11-30', 'soon'],
  refused: ['2026-11-30/2026-11-27', '2026-11-27/2028-11-27', '2026-11-27/2026-11-27'],
  fixed: { '2026-11-30/2026-11-27': '2026-11-27/2026-11-30', '2026-11-27/2028-11-27': null },
};

const cutOff: CellRule = {
  id: 'handling_cutoff_time.format',
  scope: 'CELL',
  severity: 'HINT',
  code: 'validation_invalid_format',
  covers: ['F1:handling_cutoff_time'],
  source: specification,
  title: 'The hour until which orders leave the same day is no time',
  advice: 'Write hours and minutes of 24 hours, like 14:30.',
  columns: ['handling_cutoff_time'],
  check: (cell) => (isClock(cell) ? null : noParams),
  fix: (text) => clockOf(text),
  accepted: ['14:30', '00:00', '23:59'],
  refused: ['2:30 pm', '14.30', '24:00', '14:60', 'noon', '9:00'],
  fixed: { '2:30 pm': '14:30', '9:00': '09:00', '14.30': '14:30', '12:05 am': '00:05', noon: null },
};

function isClock(cell: Cell): boolean {
  const { bytes } = cell;
  const start = firstOf(cell);
  if (lastOf(cell) - start !== 5 || bytes[start + 2] !== 0x3a) return false;
  const at = (index: number) => (bytes[start + index] as number) - 0x30;
  const isDigits = [0, 1, 3, 4].every((index) => at(index) >= 0 && at(index) <= 9);
  return isDigits && at(0) * 10 + at(1) <= 23 && at(3) <= 5;
}

function clockOf(text: string): string | null {
  const [, hour = '', minute = '', half] = /^\s*(\d{1,2})[:.h](\d{2})(?::00)? ?([ap]m)?\s*$/i.exec(text) ?? [];
  if (hour === '' || Number(minute) > 59) return null;
  if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) return null;
  const full = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return full > 23 ? null : `${String(full).padStart(2, '0')}:${minute}`;
}

/** A sale without a price that it lowers. */
const saleAlone: RowRule = {
  id: 'sale_price_effective_date.alone',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F1:sale_price_effective_date'],
  source: prisjakt,
  title: 'A sale has dates and no price',
  advice: 'Fill sale_price, like 9.90 EUR, or leave sale_price_effective_date empty.',
  columns: ['sale_price', 'sale_price_effective_date'],
  needs: ['sale_price_effective_date'],
  check: (cells) => {
    const [price, dates] = cells;
    return price && dates && isBlank(price) && !isBlank(dates) ? brokenAt('sale_price') : null;
  },
  accepted: [
    { sale_price: '9.90 EUR', sale_price_effective_date: '2026-11-27/2026-11-30' },
    { sale_price: '', sale_price_effective_date: '' },
  ],
  refused: [{ sale_price: '', sale_price_effective_date: '2026-11-27/2026-11-30' }],
};

export const dateRules: readonly Rule[] = [
  dateForm('availability_date'),
  dateNeeded,
  dateUnneeded,
  dateRange,
  dateForm('expiration_date'),
  expiry,
  saleForm,
  saleRange,
  saleAlone,
  cutOff,
];
