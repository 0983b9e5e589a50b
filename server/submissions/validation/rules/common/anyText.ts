import { type Cell, Has } from '../../cell.ts';
import type { CellRule } from '../../types.ts';
import { noParams } from './answers.ts';
import { excerpt, firstOf, isDigit, lastOf } from './window.ts';

/*
 * Rules that every kind of table has, for the columns that the set names.
 */

/** Spreadsheets write long numbers as powers of ten, and the digits are lost. */
export function scientificRule(columns: readonly string[]): CellRule {
  return {
    id: 'CSV-09',
    scope: 'CELL',
    severity: 'ERROR',
    code: 'validation_invalid_format',
    covers: ['F0:CSV-09'],
    source: { name: 'Good practice', url: null },
    title: 'A number was turned into a power of ten by a spreadsheet',
    advice:
      '{value} has lost its last digits. Format the column as text in the spreadsheet, paste the values again and save.',
    columns,
    onlyIf: Has.upper | Has.lower,
    check: (cell) => (isScientific(cell) ? { value: excerpt(cell.text()) } : null),
    accepted: ['4006381333931', 'SKU-1E5', '12E', '1E5', 'E+12', '+491701234567'],
    refused: ['8.80E+12', '4,00638E+12', '9e+11'],
  };
}

/** `8.80E+12`, `8,8e+12`. */
function isScientific(cell: Cell): boolean {
  const { bytes } = cell;
  const end = lastOf(cell);
  let at = firstOf(cell);
  if (!isDigit(bytes[at] as number)) return false;
  while (at < end && isDigit(bytes[at] as number)) at++;
  if (bytes[at] === 0x2e || bytes[at] === 0x2c) at++;
  while (at < end && isDigit(bytes[at] as number)) at++;
  if (at + 2 >= end || ((bytes[at] as number) | 0x20) !== 0x65 || bytes[at + 1] !== 0x2b) return false;
  for (at += 2; at < end; at++) if (!isDigit(bytes[at] as number)) return false;
  return true;
}

/** What a spreadsheet would run when it opens the file. Plain numbers with a sign are none. */
export function formulaRule(columns: readonly string[]): CellRule {
  return {
    id: 'CSV-10',
    scope: 'CELL',
    severity: 'WARNING',
    code: 'validation_invalid_value',
    covers: ['F0:CSV-10'],
    source: {
      name: 'OWASP: CSV injection',
      url: 'https://owasp.org/www-community/attacks/CSV_Injection',
    },
    title: 'A text begins like a formula',
    advice:
      'A spreadsheet may run what begins with = + - or @. The value is kept as it is, and escaped when it is downloaded; let the text begin with a letter if you can.',
    columns,
    onlyIf: Has.formula,
    check: (cell) => (isSignedNumber(cell) ? null : noParams),
    accepted: ['Shoes', '-5', '+491701234567', '-5.00 EUR', '-'],
    refused: ['=1+1', '=HYPERLINK("https://shop.example")', '@SUM(A1)', '+cmd', '- 20 %', '\tx'],
  };
}

/** A lone dash, or a sign and a digit behind it with nothing but digits, marks and the letters of a currency. */
function isSignedNumber(cell: Cell): boolean {
  const { bytes, start, end } = cell;
  const sign = bytes[start];
  if (sign !== 0x2d && sign !== 0x2b) return false;
  if (end - start === 1) return true;
  if (!isDigit(bytes[start + 1] as number)) return false;
  let at = start + 1;
  while (at < end && isOfNumber(bytes[at] as number)) at++;
  return at === end || (end - at === 3 && (cell.flags & Has.lower) === 0);
}

function isOfNumber(byte: number): boolean {
  return isDigit(byte) || byte === 0x2e || byte === 0x2c || byte === 0x20;
}

/** Marks that turn the direction of a text around: what is read is then not what is written. */
export function directionRule(columns: readonly string[]): CellRule {
  return {
    id: 'CSV-08.direction',
    scope: 'CELL',
    severity: 'WARNING',
    code: 'validation_invalid_value',
    covers: ['F0:CSV-08'],
    source: { name: 'Unicode bidirectional algorithm', url: 'https://www.unicode.org/reports/tr9/' },
    title: 'A text holds invisible marks that turn its direction',
    advice:
      'Take the mark {found} out: letters behind it are shown in another order than they are written, and the value is found by nobody. Arabic and Hebrew run from right to left without such marks.',
    columns,
    onlyIf: Has.nonAscii,
    check: (cell) => {
      const found = directionMark(cell);
      return found === null ? null : { found };
    },
    fix: (text) => text.replace(directionMarks, ''),
    accepted: ['كوب أزرق', 'ספל כחול', 'Café – “blue”', '日本', 'a\u200fb'],
    refused: ['\u202eeulb\u202c', 'blue \u2066mug\u2069', 'x\u202a'],
    fixed: { '\u202eeulb\u202c mug': 'eulb mug', '\u2067mug\u2069': 'mug' },
  };
}

const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g;

/** Embeddings and overrides are E2 80 AA to AE, isolates E2 81 A6 to A9. */
function directionMark({ bytes, start, end }: Cell): string | null {
  for (let at = start; at + 2 < end; at++) {
    if (bytes[at] !== 0xe2) continue;
    const [second, third] = [bytes[at + 1] as number, bytes[at + 2] as number];
    const isTurn = second === 0x80 && third >= 0xaa && third <= 0xae;
    const isApart = second === 0x81 && third >= 0xa6 && third <= 0xa9;
    if (isTurn || isApart) return `U+${(0x2000 + ((second & 1) << 6) + (third & 0x3f)).toString(16).toUpperCase()}`;
  }
  return null;
}

/** Blanks around a value: they make two of what is one. */
export function trimRule(columns: readonly string[], covers: readonly string[]): CellRule {
  return {
    id: 'text.trim',
    scope: 'CELL',
    severity: 'WARNING',
    code: 'validation_invalid_format',
    covers,
    source: { name: 'Good practice', url: null },
    title: 'A value has blanks before or behind it',
    advice: 'Remove them: what differs by a blank alone is another value for many systems.',
    columns,
    onlyIf: Has.outerSpace,
    check: () => noParams,
    fix: (text) => text.trim(),
    accepted: ['red', 'dark red', ''],
    refused: [' red', 'red ', '\tred', '  '],
    fixed: { ' red ': 'red', '\tred': 'red', '  ': '' },
  };
}
