import { type Cell, Has } from '../../cell.ts';
import type { CellRule, FileRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { countryMeantBy, isCountryAt } from '../common/countries.ts';
import { dateOrderRules } from '../common/dateOrder.ts';
import { dateFormOf, dateMsOf, declaredOrder, isoFormOf, repairDate, Told } from '../common/dates.ts';
import { isTimeZone, timeZoneMeantBy } from '../common/timeZones.ts';
import { firstOf, isBlank, isDigit, isLetter, isLongerThan, lastOf, lengthOf } from '../common/window.ts';
import { bcp47, goodPractice, iana, iso3166, klaviyoDates, rfc3339 } from './sources.ts';

/*
 * What else is said of a person: name, language, country, birthday.
 */
const names = { scope: 'CELL', columns: ['first_name', 'last_name'], covers: ['F3:first_name, last_name'] } as const;

const nameLength: CellRule = {
  ...names,
  id: 'name.length',
  severity: 'WARNING',
  code: 'validation_invalid_length',
  source: goodPractice,
  title: 'A name is longer than 100 characters',
  advice: 'It has {length}. Look whether something else got into the column.',
  check: (cell) => (isLongerThan(cell, 100) ? { length: lengthOf(cell) } : null),
  accepted: ['Anna', 'ü'.repeat(100)],
  refused: ['x'.repeat(101)],
};

const nameUrl: CellRule = {
  ...names,
  id: 'name.url',
  severity: 'WARNING',
  code: 'validation_invalid_value',
  source: goodPractice,
  title: 'A web address stands where a name belongs',
  advice: 'Remove it, best with its row: names with an address in them come from forms that robots filled.',
  check: (cell) => (hasUrl(cell) ? noParams : null),
  accepted: ['Anna', 'Anna-Lena v. Berg', 'Dr. Berg', 'A. B. Com'],
  refused: ['https://win.example', 'Anna www.win.example', 'Win HTTP://x.example'],
};

/** `://`, or `www.` at the beginning of a word. */
function hasUrl({ bytes, start, end }: Cell): boolean {
  for (let at = start; at + 3 < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x3a && bytes[at + 1] === 0x2f && bytes[at + 2] === 0x2f) return true;
    const isWww =
      (byte | 0x20) === 0x77 &&
      ((bytes[at + 1] as number) | 0x20) === 0x77 &&
      ((bytes[at + 2] as number) | 0x20) === 0x77 &&
      bytes[at + 3] === 0x2e;
    if (isWww && (at === start || !isLetter(bytes[at - 1] as number))) return true;
  }
  return false;
}

const nameToken: CellRule = {
  ...names,
  id: 'name.token',
  severity: 'WARNING',
  code: 'validation_invalid_value',
  source: goodPractice,
  title: 'A name holds a placeholder of a template',
  advice: 'Words like {{ first_name }} would be filled in, or break the mail. Write the name, or leave the cell empty.',
  check: (cell) => (hasToken(cell) ? noParams : null),
  accepted: ['Anna', '{Anna}', 'A % B', '100 %'],
  refused: ['{{ first_name }}', 'Anna {{x', '{% if x %}', '*|FNAME|*', '%%first%%', '${name'],
};

/** By their two first signs: `{{`, `{%`, `*|`, `%%`, `${`. */
function hasToken({ bytes, start, end }: Cell): boolean {
  for (let at = start; at + 1 < end; at++) {
    const next = bytes[at + 1];
    switch (bytes[at]) {
      case 0x7b:
        if (next === 0x7b || next === 0x25) return true;
        break;
      case 0x2a:
        if (next === 0x7c) return true;
        break;
      case 0x25:
        if (next === 0x25) return true;
        break;
      case 0x24:
        if (next === 0x7b) return true;
        break;
    }
  }
  return false;
}

const locale: CellRule = {
  id: 'locale.form',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F3:locale / country / timezone'],
  source: bcp47,
  title: 'A language is not written as BCP 47 wants it',
  advice: 'Write the language, and the country behind a dash if it matters: de or de-AT.',
  columns: ['locale'],
  check: (cell) => (isBlank(cell) || isLocale(cell) ? null : noParams),
  fix: (text) => {
    const [language = '', script = '', region = ''] =
      /^\s*([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:\.utf-?8)?\s*$/i.exec(text)?.slice(1) ?? [''];
    if (language === '') return null;
    const parts = [language.toLowerCase(), script && (script[0] ?? '').toUpperCase() + script.slice(1).toLowerCase()];
    return [...parts, region.toUpperCase()].filter(Boolean).join('-');
  },
  accepted: ['de', 'de-AT', 'zh-Hant-TW', 'es-419', ''],
  refused: ['de_AT', 'de-at', 'DE', 'German', 'de-', 'de_DE.UTF-8', '-'],
  fixed: { de_AT: 'de-AT', 'de-at': 'de-AT', DE: 'de', 'de_DE.UTF-8': 'de-DE', zh_hant_tw: 'zh-Hant-TW', German: null },
};

/** Language, script, region, in the capitals that BCP 47 recommends; what is rarer is looked at no further than its form. */
function isLocale(cell: Cell): boolean {
  if (lastOf(cell) - firstOf(cell) > 35) return false;
  return /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*$/.test(
    cell.text().trim(),
  );
}

const country: CellRule = {
  id: 'country.code',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_enum',
  covers: ['F3:locale / country / timezone'],
  source: iso3166,
  title: 'A country is no code of ISO 3166-1',
  advice: 'Write its two letters in capitals, like DE or GB.',
  columns: ['country'],
  check: (cell) => (isBlank(cell) || isCountryAt(cell.bytes, firstOf(cell), lastOf(cell)) ? null : noParams),
  fix: countryMeantBy,
  accepted: ['DE', 'GB', ''],
  refused: ['de', 'UK', 'Germany', 'DEU', 'XX'],
  fixed: { de: 'DE', UK: 'GB', Germany: 'DE', DEU: 'DE', XX: null },
};

const zone: CellRule = {
  id: 'timezone.name',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_enum',
  covers: ['F3:locale / country / timezone'],
  source: iana,
  title: 'A time zone is none of the IANA database',
  advice: 'Write it like Europe/Berlin. Offsets such as +01:00 and short names such as CEST change with the season.',
  columns: ['timezone'],
  check: (cell) => (isBlank(cell) || isTimeZone(cell.text().trim()) ? null : noParams),
  fix: timeZoneMeantBy,
  accepted: ['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', ''],
  refused: ['CEST', '+01:00', 'europe/berlin', 'Berlin', 'America/New York'],
  fixed: { 'europe/berlin': 'Europe/Berlin', 'America/New York': 'America/New_York', CEST: null },
};

/** `MM/DD/YYYY`, of the calendar. */
function isSlashed(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 10 || bytes[start + 2] !== 0x2f || bytes[start + 5] !== 0x2f) return false;
  const digit = (at: number) => (bytes[start + at] as number) - 0x30;
  for (const at of [0, 1, 3, 4, 6, 7, 8, 9]) if (!isDigit(bytes[start + at] as number)) return false;
  const month = digit(0) * 10 + digit(1);
  const day = digit(3) * 10 + digit(4);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

const birthday: CellRule = {
  id: 'birthday.format',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers: ['F3:birthday, dates'],
  source: klaviyoDates,
  title: 'A birthday is not written as year, month and day',
  advice: 'Write 1987-05-23 (or 05/23/1987), the same way in the whole file.',
  columns: ['birthday'],
  check: (cell) => {
    const start = firstOf(cell);
    const end = lastOf(cell);
    return isBlank(cell) || dateFormOf(cell) === Told.date || isSlashed(cell.bytes, start, end) ? null : noParams;
  },
  fix: (text, { declared }) => {
    const made = repairDate(text, declaredOrder(declared));
    return made === null || isoFormOf(made) === 0 ? null : made.slice(0, 10);
  },
  accepted: ['1987-05-23', '05/23/1987', ''],
  refused: ['23.05.1987', '5/23/1987', '23/05/1987', '1987-05-23T00:00:00Z', '1987', '23 May', '1987-02-30'],
  fixed: {
    '23.05.1987': '1987-05-23',
    '23/05/1987': '1987-05-23',
    '5/23/1987': '1987-05-23',
    '1987-05-23T00:00:00Z': '1987-05-23',
    '1987': null,
  },
};

const birthdayRange: CellRule = {
  id: 'birthday.range',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_date_out_of_range',
  covers: ['F3:birthday, dates'],
  source: goodPractice,
  title: 'A birthday is in the future, or before 1900',
  advice:
    'Look whether it is right: 1900-01-01 and 1970-01-01 stand for “not known” in many exports, and such a cell is better empty.',
  columns: ['birthday'],
  check: (cell, { asOfMs }) => {
    const ms = dateMsOf(cell);
    return ms > asOfMs || ms <= earliest ? noParams : null;
  },
  accepted: ['1987-05-23', '05/23/1987', ''],
  refused: ['2027-01-01', '1900-01-01', '1876-05-23'],
};
const earliest = Date.UTC(1900, 0, 1);

const added: CellRule = {
  id: 'date_added.format',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F3:birthday, dates'],
  source: rfc3339,
  title: 'A date is not in the form of ISO 8601',
  advice: 'Write it like 2026-03-14T09:26:53+01:00.',
  columns: ['date_added'],
  check: (cell) => (isBlank(cell) || dateFormOf(cell) !== 0 ? null : noParams),
  fix: (text, { declared }) => repairDate(text, declaredOrder(declared)),
  accepted: ['2026-03-14T09:26:53+01:00', '2026-03-14', ''],
  refused: ['14.03.2026', '3/14/2026', 'March'],
  fixed: { '14.03.2026': '2026-03-14', '3/14/2026': '2026-03-14', March: null },
};

/** Ways to write a day: `1987-05-23`, `23.05.1987`, `05/23/1987`, anything else with digits. */
const Way = { none: 0, dashes: 1, dots: 2, slashes: 3, other: 4 } as const;
const examples = ['', '1987-05-23', '23.05.1987', '05/23/1987', 'something else'];

function wayOf(cell: Cell): number {
  if ((cell.flags & Has.digit) === 0) return Way.none;
  const start = firstOf(cell);
  const end = Math.min(lastOf(cell), start + 10);
  for (let at = start; at < end; at++) {
    const byte = cell.bytes[at];
    if (byte === 0x2d) return Way.dashes;
    if (byte === 0x2e) return Way.dots;
    if (byte === 0x2f) return Way.slashes;
  }
  return Way.other;
}

const dateColumns = ['birthday', 'date_added', 'consent_timestamp'];

const mixedWays: FileRule = {
  id: 'dates.mixed',
  scope: 'FILE',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F3:birthday, dates', 'F3:*file*'],
  source: klaviyoDates,
  title: 'Dates of one column are written in different ways',
  advice: 'Some are like {first} and {count} like {second}, first in row {row}. Write all of them as 1987-05-23.',
  columns: dateColumns,
  watch: () => {
    const counts = dateColumns.map(() => new Uint32Array(examples.length));
    const firstRows = dateColumns.map(() => new Uint32Array(examples.length));
    return {
      row: (cells, row) => {
        for (let at = 0; at < cells.length; at++) {
          const way = wayOf(cells[at] as Cell);
          const [ways, rows] = [counts[at] as Uint32Array, firstRows[at] as Uint32Array];
          if (ways[way] === 0) rows[way] = row;
          ways[way] = (ways[way] as number) + 1;
        }
        return null;
      },
      end: () =>
        dateColumns.flatMap((column, at) => {
          const ways = counts[at] as Uint32Array;
          const used = [Way.dashes, Way.dots, Way.slashes, Way.other].filter((way) => ways[way] !== 0);
          used.sort((a, b) => (ways[b] as number) - (ways[a] as number) || a - b);
          const [most, next] = used;
          if (most === undefined || next === undefined) return [];
          return [
            brokenAt(column, {
              first: examples[most] ?? '',
              second: examples[next] ?? '',
              count: ways[next] as number,
              row: firstRows[at]?.[next] ?? 0,
            }),
          ];
        }),
    };
  },
  accepted: [{ rows: [{ birthday: '1987-05-23' }, { birthday: '' }, { birthday: '1990-01-01' }] }],
  refused: [
    { rows: [{ birthday: '1987-05-23' }, { birthday: '05/23/1987' }] },
    { rows: [{ date_added: '1.2.2026' }, { date_added: '2026-02-01' }] },
  ],
};

export const profileRules: readonly Rule[] = [
  nameLength,
  nameUrl,
  nameToken,
  locale,
  country,
  zone,
  birthday,
  birthdayRange,
  added,
  mixedWays,
  ...dateOrderRules('date_added', ['F3:birthday, dates'], klaviyoDates),
  ...dateOrderRules('consent_timestamp', ['F3:consent_timestamp'], klaviyoDates),
];
