import type { Cell } from '../../cell.ts';
import type { CellRule, RowRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { enumOf, isCellOneOfFolded } from '../common/enums.ts';
import { Gtin, gtinProblem, isbn13Of, isGtin, upcAOf } from '../common/gtin.ts';
import { areSame, firstOf, isBlank, isDigit, isLongerThan, lastOf } from '../common/window.ts';
import { goodPractice, gs1, gtins, identifiers, prisjakt } from './sources.ts';

/*
 * What the maker numbers a product by: GTIN, maker's part number, brand. A GTIN cell may hold up to ten, parted by commas.
 */
const columns = ['gtin'];
const covers = ['F1:gtin'];
const comma = 0x2c;

/** The first problem of the cell's values that is one of `problems`; 0: none. */
function worstOf(cell: Cell, problem: number): number {
  const { bytes } = cell;
  const end = lastOf(cell);
  let from = firstOf(cell);
  for (let at = from; at <= end; at++) {
    if (at < end && bytes[at] !== comma) continue;
    const found = gtinProblem(bytes, from, at);
    if (found === problem) return found;
    from = at + 1;
  }
  return Gtin.fine;
}

/** One number alone, right, without blanks or dashes, and of no reserved kind: most of them, told in one look. */
function isOneGood({ bytes, start, end }: Cell): boolean {
  if (end - start > 14) return false;
  for (let at = start; at < end; at++) if (!isDigit(bytes[at] as number)) return false;
  return gtinProblem(bytes, start, end) === Gtin.fine;
}

function gtinRule(
  head: Omit<CellRule, 'scope' | 'columns' | 'covers' | 'severity' | 'check'>,
  problem: number,
): CellRule {
  return {
    ...head,
    scope: 'CELL',
    severity: 'ERROR',
    covers,
    columns,
    healthy: isOneGood,
    check: (cell) => (worstOf(cell, problem) === problem ? noParams : null),
  };
}

/** Each of several values through the same repair; null when one cannot be repaired. */
function repairEach(text: string, repair: (value: string) => string | null): string | null {
  const made = text.split(',').map((value) => (isGtin(value.trim()) ? value.trim() : repair(value.trim())));
  return made.every((value) => value !== null) ? made.join(',') : null;
}

const digits = gtinRule(
  {
    id: 'gtin.digits',
    code: 'validation_invalid_format',
    source: gtins,
    title: 'A GTIN has something else than digits',
    advice:
      'Write the digits under the bar code alone, for example 4006381333931. Leave the cell empty when the product has none.',
    fix: (text) => repairEach(text, digitsOnly),
    accepted: ['4006381333931', '4006-3813-33931', '4006381333931,96385074', '123'],
    refused: ['EAN 4006381333931', 'n/a', '4.00638E+12', "'4006381333931", '080442957X', '-'],
    fixed: {
      'EAN 4006381333931': '4006381333931',
      "'4006381333931": '4006381333931',
      '4006381333931.0': '4006381333931',
      '080442957X': '9780804429573',
      '4.00638E+12': null,
      'n/a': null,
    },
  },
  Gtin.notDigits,
);

/** `EAN: 4006...`, `'4006...` and `4006....0` are what exports make of a number; only whole, right numbers come out. */
function digitsOnly(value: string): string | null {
  const isbn = isbn13Of(value);
  if (isbn !== null) return isbn;
  const [, number = ''] =
    /^(?:(?:gtin|ean|upc|isbn|jan)(?:-?\d{1,2})?[ :#]{1,3}|')?([0-9 -]{8,20})(?:\.0)?'?$/i.exec(value) ?? [];
  const bare = number.replace(/[ -]/g, '');
  return isGtin(bare) ? bare : null;
}

const length = gtinRule(
  {
    id: 'gtin.length',
    code: 'validation_invalid_length',
    source: gtins,
    title: 'A GTIN has not 8, 12, 13 or 14 digits',
    advice:
      'Look whether a spreadsheet dropped the zeros at the start: 036000291452 has 12 digits with its zero. An ISBN of 10 digits becomes one of 13.',
    fix: (text) => repairEach(text, isbn13Of),
    accepted: ['4006381333931', '96385074', '036000291452', '10614141123459'],
    refused: ['36000291452', '123', '0804429571', '400638133393100'],
    fixed: { '0306406152': '9780306406157', '0-306-40615-2': '9780306406157', '36000291452': null },
  },
  Gtin.length,
);

const checkDigit = gtinRule(
  {
    id: 'gtin.check_digit',
    code: 'validation_gtin_invalid_check_digit',
    source: gs1,
    title: 'The last digit of a GTIN does not fit the others',
    advice:
      'A digit is mistyped, or it is a number of your own. Compare it with the bar code: 4006381333931 is right, 4006381333932 is not.',
    fix: (text) => repairEach(text, upcAOf),
    accepted: [
      ...['4006381333931', '5901234123457', '7300011000017', '8904000210037', '4901234567894', '49123456', '96385074'],
      ...['036000291452', '10614141123459', '9781455582341', '3234567890126'],
    ],
    refused: [
      ...['026282818705', '046282818705', '03628281', '97795145', '8801088269696', '323456789012', '4006381333932'],
      ...['96385074,96385075', '04252614'],
    ],
    fixed: { '04252614': '042100005264', '4006381333932': null },
  },
  Gtin.checkDigit,
);

const restricted = gtinRule(
  {
    id: 'gtin.restricted',
    code: 'validation_gtin_prefix_not_allowed',
    source: prisjakt,
    title: 'A GTIN begins with digits that are for use inside one shop',
    advice:
      'Numbers that begin with 02, 04 or 2 are given by shops to themselves. Write the number of the maker, or leave the cell empty.',
    accepted: ['4006381333931', '036000291452', '3234567890126'],
    refused: ['2000000000015', '0200000000011', '0400000000015'],
  },
  Gtin.restricted,
);

const coupon = gtinRule(
  {
    id: 'gtin.coupon',
    code: 'validation_gtin_prefix_not_allowed',
    source: prisjakt,
    title: 'A GTIN is the number of a coupon',
    advice:
      'Numbers that begin with 05, 98 or 99 are coupons, not products. Write the number of the maker, or leave the cell empty.',
    accepted: ['4006381333931', '9781455582341'],
    refused: ['9900114145837', '0500000000012'],
  },
  Gtin.coupon,
);

const allEqual = gtinRule(
  {
    id: 'gtin.all_equal',
    code: 'validation_invalid_value',
    source: goodPractice,
    title: 'A GTIN repeats one digit',
    advice: 'This is a stand-in, not a number. Leave the cell empty when the product has no GTIN.',
    accepted: ['4006381333931'],
    refused: ['0000000000000', '00000000', '111111111111'],
  },
  Gtin.allEqual,
);

const separators: CellRule = {
  id: 'gtin.separators',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers,
  source: gtins,
  title: 'A GTIN has blanks or dashes between its digits',
  advice: 'They are ignored here, and not everywhere. Write 4006381333931 instead of 4-006381-333931.',
  columns,
  healthy: isOneGood,
  check: (cell) => {
    const { bytes } = cell;
    const end = lastOf(cell);
    for (let at = firstOf(cell); at < end; at++) {
      const byte = bytes[at] as number;
      if ((byte === 0x20 || byte === 0x2d) && !isBesideComma(cell, at, end)) return noParams;
    }
    return null;
  },
  fix: (text) => {
    const bare = text.replace(/[ \t-]/g, '');
    return /^[0-9,]+$/.test(bare) ? bare : null;
  },
  accepted: ['4006381333931', '4006381333931, 96385074'],
  refused: ['4-006381-333931', '4006 3813 33931'],
  fixed: { '4-006381-333931': '4006381333931', '978-1-4555-8234-1': '9781455582341', 'EAN 4006381333931': null },
};

function isBesideComma(cell: Cell, at: number, end: number): boolean {
  return cell.bytes[at - 1] === comma || (at + 1 < end && cell.bytes[at + 1] === comma);
}

const many: CellRule = {
  id: 'gtin.count',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_length',
  covers,
  source: gtins,
  title: 'A product has more than 10 GTINs',
  advice: 'Write the number of this very variant; a product that comes in {count} packages is {count} products.',
  columns,
  healthy: isOneGood,
  check: (cell) => {
    if (cell.end - cell.start < 80) return null;
    let count = 1;
    for (let at = cell.start; at < cell.end; at++) if (cell.bytes[at] === comma) count++;
    return count > 10 ? { count } : null;
  },
  accepted: ['4006381333931', Array.from({ length: 10 }, () => '96385074').join(',')],
  refused: [Array.from({ length: 11 }, () => '96385074').join(',')],
};

const mpnLength: CellRule = {
  id: 'mpn.length',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_length',
  covers: ['F1:mpn'],
  source: prisjakt,
  title: 'A part number has more than 70 characters',
  advice: 'Write the number that the maker gave the product, for example GO12345OOGLE.',
  columns: ['mpn'],
  check: (cell) => (isLongerThan(cell, 70) ? noParams : null),
  accepted: ['GO12345OOGLE', 'x'.repeat(70), 'ä'.repeat(70)],
  refused: ['x'.repeat(71)],
};

const mpnIsId: RowRule = {
  id: 'mpn.own',
  scope: 'ROW',
  severity: 'HINT',
  code: 'validation_invalid_value',
  covers: ['F1:mpn'],
  source: identifiers,
  title: 'The part number is the shop’s own id',
  advice: 'mpn is the number that the maker gave the product. Leave it empty when you do not know it.',
  columns: ['id', 'mpn'],
  needs: ['id', 'mpn'],
  check: (cells) => {
    const [id, mpn] = cells;
    if (!id || !mpn || mpn.isEmpty) return null;
    return areSame(id, mpn) ? brokenAt('mpn') : null;
  },
  accepted: [
    { id: 'A1', mpn: 'GO12345' },
    { id: 'A1', mpn: '' },
  ],
  refused: [{ id: 'SKU-1', mpn: 'SKU-1' }],
};

const no = enumOf(['no', 'false'], { no: ['nein', 'non', 'nej', 'nee'], false: ['0'] });
const saysNo = (cell: Cell | undefined) => cell !== undefined && !cell.isEmpty && isCellOneOfFolded(no, cell);

const identified: RowRule = {
  id: 'mpn.or_gtin',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers: ['F1:mpn', 'F1:gtin', 'F1:brand'],
  source: identifiers,
  title: 'A product has neither a GTIN nor a brand with a part number',
  advice: 'Give the gtin, or brand and mpn. If the maker gave it no number at all, write no into identifier_exists.',
  columns: ['gtin', 'mpn', 'brand', 'identifier_exists'],
  // Also where the file has none of them: then no product can be told.
  needs: [],
  check: (cells) => {
    const [gtin, mpn, brand, exists] = cells;
    if (gtin !== undefined && !isBlank(gtin)) return null;
    if (mpn !== undefined && brand !== undefined && !isBlank(mpn) && !isBlank(brand)) return null;
    return saysNo(exists) ? null : brokenAt('gtin');
  },
  accepted: [
    { gtin: '4006381333931', mpn: '', brand: '', identifier_exists: '' },
    { gtin: '', mpn: 'GO1', brand: 'Acme', identifier_exists: '' },
    { gtin: '', mpn: '', brand: '', identifier_exists: 'no' },
    { gtin: '', mpn: '', brand: 'Acme', identifier_exists: 'FALSE' },
  ],
  refused: [
    { gtin: '', mpn: '', brand: 'Acme', identifier_exists: '' },
    { gtin: '', mpn: 'GO1', brand: '', identifier_exists: 'yes' },
    { brand: 'Acme' },
    { id: 'SHOE-42' },
  ],
};

const noButGtin: RowRule = {
  id: 'identifier_exists.with_gtin',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F1:identifier_exists'],
  source: identifiers,
  title: 'A product is said to have no identifiers and has a GTIN',
  advice: 'Remove identifier_exists here, or the GTIN when it is none.',
  columns: ['identifier_exists', 'gtin'],
  needs: ['identifier_exists', 'gtin'],
  check: (cells) => {
    const [exists, gtin] = cells;
    return saysNo(exists) && gtin !== undefined && !isBlank(gtin) ? brokenAt('identifier_exists') : null;
  },
  accepted: [
    { identifier_exists: 'yes', gtin: '4006381333931' },
    { identifier_exists: 'no', gtin: '' },
  ],
  refused: [{ identifier_exists: 'no', gtin: '4006381333931' }],
};

export const articleNumberRules: readonly Rule[] = [
  digits,
  length,
  checkDigit,
  restricted,
  coupon,
  allEqual,
  separators,
  many,
  mpnLength,
  mpnIsId,
  identified,
  noButGtin,
];
