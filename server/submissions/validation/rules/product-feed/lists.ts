import { type Cell, Has } from '../../cell.ts';
import type { CellRule, RowRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { countryMeantBy, isCountryAt } from '../common/countries.ts';
import { firstOf, isDigit, isFoldedText, isText, lastOf } from '../common/window.ts';
import { prisjakt, specification } from './sources.ts';

/*
 * Highlights, details, certificates and the country of dispatch.
 */
const comma = 0x2c;

/** Calls back with each value between commas that stand in no double quotes; stops when it answers true. */
function someValue(cell: Cell, isWanted: (start: number, end: number) => boolean): boolean {
  const { bytes } = cell;
  const end = lastOf(cell);
  let start = firstOf(cell);
  let isQuoted = false;
  for (let at = start; at <= end; at++) {
    if (at < end && bytes[at] === 0x22) isQuoted = !isQuoted;
    if (at < end && (bytes[at] !== comma || isQuoted)) continue;
    if (isWanted(start, at)) return true;
    start = at + 1;
  }
  return false;
}

const highlights: CellRule = {
  id: 'product_highlight.length',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_length',
  covers: ['F1:product_highlight'],
  source: specification,
  title: 'A highlight is longer than 150 characters',
  advice: 'Say one thing in each, like “Waterproof to 10 m”, and part them by commas.',
  columns: ['product_highlight'],
  check: (cell) =>
    cell.end - cell.start > 150 && someValue(cell, (start, end) => end - start > 150 && countIn(cell, start, end) > 150)
      ? noParams
      : null,
  accepted: ['Waterproof to 10 m,Weighs 200 g', `"${'x'.repeat(100)}, ${'y'.repeat(40)}",b`],
  refused: ['x'.repeat(151), `a,${'x'.repeat(151)}`],
};

function countIn(cell: Cell, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (((cell.bytes[at] as number) & 0xc0) !== 0x80) count++;
  return count;
}

const highlightCount: CellRule = {
  id: 'product_highlight.count',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_length',
  covers: ['F1:product_highlight'],
  source: specification,
  title: 'There are too few or too many highlights',
  advice: 'There are {count}: write 2 to 10, parted by commas; beyond 100 none is shown.',
  columns: ['product_highlight'],
  check: (cell) => {
    let count = 0;
    someValue(cell, () => ++count > 1000);
    return count < 2 || count > 100 ? { count } : null;
  },
  accepted: ['Waterproof,Light', Array.from({ length: 10 }, (_, at) => `h${at}`).join(',')],
  refused: ['Waterproof', '"Waterproof, light"', Array.from({ length: 101 }, (_, at) => `h${at}`).join(',')],
};

const details: CellRule = {
  id: 'product_detail.format',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F1:product_detail'],
  source: prisjakt,
  title: 'A detail is not section, name and value',
  advice:
    'Write Section:Name:Value, like Display:Size:6.1 in; 140, 140 and 1,000 characters at most. The section may be empty.',
  columns: ['product_detail'],
  check: (cell) => (someValue(cell, (start, end) => !isDetail(cell, start, end)) ? noParams : null),
  accepted: ['Display:Size:6.1 in', ':Size:6.1 in', 'Display:Size:6.1 in,Camera:Zoom:3:1', 'A:B:"1,5"'],
  refused: [
    'Size:6.1 in',
    'Size',
    'Display::6 in',
    'Display:Size:',
    `A:${'x'.repeat(141)}:c`,
    `${'x'.repeat(141)}:b:c`,
  ],
};

function isDetail(cell: Cell, start: number, end: number): boolean {
  const { bytes } = cell;
  let first = start;
  while (first < end && bytes[first] !== 0x3a) first++;
  let second = first + 1;
  while (second < end && bytes[second] !== 0x3a) second++;
  if (second >= end) return false;
  return (
    countIn(cell, start, first) <= 140 &&
    second - first > 1 &&
    countIn(cell, first + 1, second) <= 140 &&
    end - second > 1 &&
    countIn(cell, second + 1, end) <= 1000
  );
}

const certificate: CellRule = {
  id: 'certification.format',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F1:certification'],
  source: specification,
  title: 'A certificate is not authority, name and number',
  advice: 'Write EC:EPREL: and the number of the product in the EPREL register, like EC:EPREL:123456.',
  columns: ['certification'],
  check: (cell) => (someValue(cell, (start, end) => !isCertificate(cell, start, end)) ? noParams : null),
  fix: (text) => {
    const [, number] =
      /^\s*(?:(?:ec\s?[:/-]\s?)?eprel\s?[:/-]?\s?|https:\/\/eprel\.ec\.europa\.eu\/(?:screen\/product\/[a-z0-9]{1,40}|qr)\/)([0-9]{1,12})\s*$/i.exec(
        text,
      ) ?? [];
    return number === undefined ? null : `EC:EPREL:${number}`;
  },
  accepted: ['EC:EPREL:123456', 'EC:EPREL:1,EC:EPREL:2'],
  refused: ['EPREL:123456', 'ec:eprel:123456', '123456', 'EC:EPREL:', 'EC:EPREL:12a'],
  fixed: {
    'EPREL:123456': 'EC:EPREL:123456',
    'ec:eprel:123456': 'EC:EPREL:123456',
    'EPREL 123456': 'EC:EPREL:123456',
    'https://eprel.ec.europa.eu/qr/123456': 'EC:EPREL:123456',
    '123456': null,
  },
};

function isCertificate(cell: Cell, from: number, to: number): boolean {
  let start = from;
  while (start < to && cell.bytes[start] === 0x20) start++;
  if (to - start < 10 || !isText(cell.bytes, start, start + 9, 'EC:EPREL:')) return false;
  for (let at = start + 9; at < to; at++) if (!isDigit(cell.bytes[at] as number)) return false;
  return true;
}

const dispatch: CellRule = {
  id: 'ships_from_country.code',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_enum',
  covers: ['F1:ships_from_country'],
  source: { name: 'ISO 3166-1 alpha-2', url: 'https://www.iso.org/iso-3166-country-codes.html' },
  title: 'The country of dispatch is no code of two letters',
  advice: 'Write the code of ISO 3166-1 in capitals, like DE or SE.',
  columns: ['ships_from_country'],
  check: (cell) => (isCountryAt(cell.bytes, firstOf(cell), lastOf(cell)) ? null : noParams),
  fix: countryMeantBy,
  accepted: ['DE', 'SE', 'GB'],
  refused: ['de', 'Germany', 'UK', 'DEU', 'XX'],
  fixed: { de: 'DE', Germany: 'DE', UK: 'GB', DEU: 'DE', XX: null },
};

const classes = ['g', 'f', 'e', 'd', 'c', 'b', 'a', 'a+', 'a++', 'a+++'];

function classOf(cell: Cell): number {
  const start = firstOf(cell);
  const end = lastOf(cell);
  for (let at = 0; at < classes.length; at++)
    if (isFoldedText(cell.bytes, start, end, classes[at] as string)) return at;
  return -1;
}

const classOrder: RowRule = {
  id: 'energy_efficiency_class.order',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F1:energy_efficiency_class', 'F1:min_energy_efficiency_class', 'F1:max_energy_efficiency_class'],
  source: specification,
  title: 'An energy class lies outside its scale',
  advice: 'The class lies between min and max of its scale: C where the scale goes from G to A.',
  columns: ['energy_efficiency_class', 'min_energy_efficiency_class', 'max_energy_efficiency_class'],
  needs: ['energy_efficiency_class'],
  check: (cells) => {
    const [own, lowest, highest] = cells;
    if (!own || own.isEmpty || !lowest || !highest) return null;
    const at = classOf(own);
    const low = lowest.isEmpty ? -1 : classOf(lowest);
    const high = highest.isEmpty ? -1 : classOf(highest);
    if (at === -1) return null;
    return (low !== -1 && at < low) || (high !== -1 && at > high) || (low !== -1 && high !== -1 && low > high)
      ? brokenAt('energy_efficiency_class')
      : null;
  },
  accepted: [
    { energy_efficiency_class: 'C', min_energy_efficiency_class: 'G', max_energy_efficiency_class: 'A' },
    { energy_efficiency_class: 'C' },
  ],
  refused: [
    { energy_efficiency_class: 'A+', min_energy_efficiency_class: 'G', max_energy_efficiency_class: 'A' },
    { energy_efficiency_class: 'C', min_energy_efficiency_class: 'A', max_energy_efficiency_class: 'G' },
  ],
};

const promotionSigns: CellRule = {
  id: 'promotion_id.characters',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F1:promotion_id'],
  source: specification,
  title: 'A promotion id has blanks or signs',
  advice: 'Use letters, digits, _ and - alone, like SUMMER26; several ids with commas.',
  columns: ['promotion_id'],
  onlyIf: Has.space | Has.nonAscii | Has.markup,
  check: (cell) =>
    someValue(cell, (start, end) => {
      for (let at = start; at < end; at++) {
        const byte = cell.bytes[at] as number;
        const isOuterBlank = byte === 0x20 && (at === start || at === end - 1);
        if ((byte === 0x20 && !isOuterBlank) || byte >= 0x80 || byte === 0x26 || byte === 0x3c || byte === 0x3e)
          return true;
      }
      return false;
    })
      ? noParams
      : null,
  accepted: ['SUMMER26', 'SUMMER26, FREE_1'],
  refused: ['SUMMER 26', 'été', 'A&B'],
};

export const listRules: readonly Rule[] = [
  highlights,
  highlightCount,
  details,
  certificate,
  dispatch,
  classOrder,
  promotionSigns,
];
