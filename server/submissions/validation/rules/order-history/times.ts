import type { Cell } from '../../cell.ts';
import type { CellRule, Judging, Rule } from '../../types.ts';
import { noParams } from '../common/answers.ts';
import { dateOrderRules } from '../common/dateOrder.ts';
import { declaredOrder, dateFormOf as formOf, isoFormOf, dateMsOf as msOf, repairDate, Told } from '../common/dates.ts';
import { isBlank } from '../common/window.ts';
import { algolia, emarsys, emarsysBatch, leadConnector, rfc3339 } from './sources.ts';

/*
 * When something was bought: to the second where the profile wants it, in order that days can be counted.
 */
const columns = ['timestamp'];
const covers = ['F2:timestamp'];
const head = { scope: 'CELL', columns, covers, healthy: isOrdinary } as const;

const whole: number = Told.time | Told.seconds | Told.zone;

/** A whole moment between the first shops and now, and young enough for any profile: most of them, told in one look. */
function isOrdinary(cell: Cell, judging: Judging): boolean {
  const form = formOf(cell);
  const ms = msOf(cell);
  if ((form & whole) !== whole || form >= 7 * Told.fraction || ms < earliestMs || ms > judging.asOfMs) return false;
  return judging.profile !== 'algolia' || !isOlderThan(ms, algoliaDays, judging);
}

/** Seconds or milliseconds since 1970 (10 or 13 digits: 2001 to 2286). */
function repairEpoch(text: string): string | null {
  const digits = text.trim();
  if (!/^(?:[1-9]\d{9}|[1-9]\d{12})$/.test(digits)) return null;
  const date = new Date(digits.length === 10 ? Number(digits) * 1000 : Number(digits));
  return digits.length === 10 ? date.toISOString().replace('.000Z', 'Z') : date.toISOString();
}

const missing: CellRule = {
  ...head,
  id: 'timestamp.missing',
  severity: 'ERROR',
  code: 'validation_missing_value',
  source: emarsys,
  title: 'A row does not say when it was bought',
  advice: 'Fill day and time of the order, like 2026-11-20T14:30:05Z.',
  isForEmpty: true,
  check: (cell) => (isBlank(cell) ? noParams : null),
  accepted: ['2026-11-20T14:30:05Z', 'yesterday'],
  refused: ['', ' '],
};

const format: CellRule = {
  ...head,
  id: 'timestamp.format',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  source: rfc3339,
  title: 'The time of an order is not in the form of ISO 8601',
  advice: 'Write it like 2026-11-20T14:30:05Z, or with the offset of your shop, 2026-11-20T15:30:05+01:00.',
  check: (cell) => (isBlank(cell) || formOf(cell) !== 0 ? null : noParams),
  fix: (text, judging) => repairDate(text, declaredOrder(judging.declared)) ?? repairEpoch(text),
  accepted: ['2026-11-20T14:30:05Z', '2026-11-20', '2026-11-20 14:30:05', '2026-11-20T15:30:05.123+01:00'],
  refused: ['20.11.2026 14:30', '11/20/2026', '03/04/2026', '2026-13-01', 'yesterday', '1763649005', '20261120'],
  fixed: {
    '20.11.2026 14:30': '2026-11-20T14:30',
    '11/20/2026': '2026-11-20',
    '20261120': '2026-11-20',
    '1763649005': '2025-11-20T14:30:05Z',
    '1763649005123': '2025-11-20T14:30:05.123Z',
    '03/04/2026': null,
    yesterday: null,
  },
};

const dateAlone: CellRule = {
  ...head,
  id: 'timestamp.date_alone',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  source: emarsys,
  title: 'An order has a day and no time',
  advice:
    'It counts as 00:00:00 UTC, which puts all orders of a day into one moment. Send the time too if your shop knows it.',
  check: (cell, judging) => (judging.profile !== 'emarsys' && formOf(cell) === Told.date ? noParams : null),
  fix: (text) => `${text.trim()}T00:00:00Z`,
  accepted: ['2026-11-20T14:30:05Z', '20.11.2026'],
  refused: ['2026-11-20'],
  fixed: { '2026-11-20': '2026-11-20T00:00:00Z' },
};

const zone: CellRule = {
  ...head,
  id: 'timestamp.zone',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  source: rfc3339,
  title: 'The time of an order does not say in which time zone',
  advice: 'It is taken for UTC. Add Z for UTC, or the offset of your shop, as in 2026-11-20T15:30:05+01:00.',
  check: (cell, judging) => {
    if (judging.profile === 'emarsys') return null;
    const form = formOf(cell);
    return (form & Told.time) !== 0 && (form & Told.zone) === 0 ? noParams : null;
  },
  accepted: ['2026-11-20T14:30:05Z', '2026-11-20', '2026-11-20T15:30:05+01:00', 'soon'],
  refused: ['2026-11-20T14:30:05', '2026-11-20 14:30'],
};

const batch: CellRule = {
  ...head,
  id: 'timestamp.batch',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  source: emarsysBatch,
  profiles: ['emarsys'],
  title: 'The time of an order lacks its seconds or its time zone',
  advice:
    'Emarsys wants seconds and an offset or Z, and at most six digits behind the seconds: 2026-11-20T14:30:05Z or 2026-11-20T15:30:05.123+01:00.',
  check: (cell) => {
    const form = formOf(cell);
    if (form === 0) return null;
    return (form & whole) === whole && form < 7 * Told.fraction ? null : noParams;
  },
  fix: (text) => {
    const trimmed = text.trim();
    if (isoFormOf(trimmed) === Told.date) return `${trimmed}T00:00:00Z`;
    const made = trimmed
      .replace(/([.,]\d{6})\d+/, '$1')
      .replace(/^(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2})([Zz]|[+-]\d{2}:?\d{0,2})$/, '$1:00$2');
    const form = isoFormOf(made);
    return made !== trimmed && (form & whole) === whole && form < 7 * Told.fraction ? made : null;
  },
  accepted: ['2026-11-20T14:30:05Z', '2026-11-20T15:30:05.123456+01:00', '20.11.2026'],
  refused: ['2026-11-20', '2026-11-20T14:30Z', '2026-11-20T14:30:05', '2026-11-20T14:30:05.1234567Z'],
  fixed: {
    '2026-11-20': '2026-11-20T00:00:00Z',
    '2026-11-20T14:30Z': '2026-11-20T14:30:00Z',
    '2026-11-20T14:30:05.1234567Z': '2026-11-20T14:30:05.123456Z',
    '2026-11-20T14:30:05': null,
  },
};

const future: CellRule = {
  ...head,
  id: 'timestamp.future',
  severity: 'ERROR',
  code: 'validation_date_out_of_range',
  source: emarsys,
  title: 'An order lies in the future',
  advice:
    'Look whether day and month changed places, or the time zone is missing. Orders to come do not belong into a history.',
  check: (cell, judging) => (msOf(cell) > judging.asOfMs + 5 * 60_000 ? noParams : null),
  accepted: ['2026-11-20T14:30:05Z', '2026-11-22T00:05:00Z', 'tomorrow'],
  refused: ['2026-11-22T00:05:01Z', '2027-01-01'],
};

/** 1995-01-01, in milliseconds since 1970. */
export const earliestMs = 788_918_400_000;

const early: CellRule = {
  ...head,
  id: 'timestamp.early',
  severity: 'ERROR',
  code: 'validation_date_out_of_range',
  source: { name: 'Good practice', url: null },
  title: 'An order is older than shops on the web',
  advice:
    'It lies before 1995. Look whether the year is right: 1970-01-01 and 1900-01-01 stand for “no date” in many exports.',
  check: (cell) => (msOf(cell) < earliestMs ? noParams : null),
  accepted: ['2026-11-20', '1995-01-01', 'long ago'],
  refused: ['1970-01-01T00:00:00Z', '1994-12-31', '0001-01-01'],
};

/** Events that old are passed over. */
export const algoliaDays = 90;

const ignored: CellRule = {
  ...head,
  id: 'timestamp.ignored',
  severity: 'WARNING',
  code: 'validation_date_out_of_range',
  covers: ['F2:timestamp', 'F2:*file*'],
  source: algolia,
  profiles: ['algolia'],
  title: 'A row is older than 90 days',
  advice: 'Algolia passes it over. Nothing has to be done, as long as 30 days or more remain.',
  check: (cell, judging) => (isOlderThan(msOf(cell), algoliaDays, judging) ? noParams : null),
  accepted: ['2026-11-20', '2026-08-24', 'soon'],
  refused: ['2026-08-23', '2025-01-01T10:00:00Z'],
};

export function isOlderThan(ms: number, days: number, judging: Judging): boolean {
  return ms < judging.asOfMs - days * 86_400_000;
}

export const timeRules: readonly Rule[] = [
  missing,
  format,
  dateAlone,
  zone,
  batch,
  future,
  early,
  ignored,
  ...dateOrderRules('timestamp', ['F2:timestamp', 'F2:*file*'], leadConnector),
];
