import type { Cell } from '../../cell.ts';
import type { CellRule, RowRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { currencyOfSign, isCurrency, minorUnitAt } from '../common/currencies.ts';
import { decimalOf, isDecimal, isInteger, isNegative, repairDecimal, repairInteger } from '../common/numbers.ts';
import { firstOf, isBlank, lastOf } from '../common/window.ts';
import { emarsys, goodPractice, iso4217, leadConnector } from './sources.ts';
import { typeRule } from './types.ts';

/*
 * How many, and what they cost: the price is that of the whole line.
 */

function missing(column: string, title: string, advice: string): CellRule {
  return {
    id: `${column}.missing`,
    scope: 'CELL',
    severity: 'ERROR',
    code: 'validation_missing_value',
    covers: [`F2:${column}`],
    source: emarsys,
    title,
    advice,
    columns: [column],
    isForEmpty: true,
    check: (cell) => (isBlank(cell) ? noParams : null),
    accepted: ['1', '12.90', 'none'],
    refused: ['', '  '],
  };
}

const quantity: CellRule = {
  id: 'quantity.format',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers: ['F2:quantity'],
  source: goodPractice,
  title: 'A quantity is no whole number of at least 1',
  advice: 'Write how many pieces were bought, like 2. A line that was not bought does not belong into the file.',
  columns: ['quantity'],
  check: (cell) => (isBlank(cell) || (isInteger(cell) && decimalOf(cell) !== 0) ? null : noParams),
  fix: (text) => {
    const made = repairInteger(text);
    return made === null || made === '0' ? null : made;
  },
  accepted: ['1', '12', '-1', ' 2 '],
  refused: ['0', '1.0', '2,00', '1.5', 'two', '+', '-', '-0', '1e3', '2 pcs'],
  fixed: { '1.0': '1', '2,00': '2', '2 pcs': '2', '3x': '3', '-1.0': '-1', '1.5': null, '0': null },
};

const takenBack: RowRule = {
  id: 'quantity.negative',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F2:quantity'],
  source: emarsys,
  title: 'A quantity is negative, and nothing says that the goods came back',
  advice: 'A return has a negative price too (-2 and -25.80), or the word return in a column type.',
  columns: ['quantity', 'price', 'type'],
  needs: ['quantity'],
  check: ([amount, price, type]) =>
    amount && isNegative(amount) && isInteger(amount) && !(price && isNegative(price)) && !(type && !isBlank(type))
      ? brokenAt('quantity')
      : null,
  accepted: [
    { quantity: '1', price: '12.90' },
    { quantity: '-1', price: '-12.90' },
    { quantity: '-1', price: '12.90', type: 'return' },
  ],
  refused: [
    { quantity: '-1', price: '12.90' },
    { quantity: '-1', type: '' },
  ],
};

const price: CellRule = {
  id: 'price.format',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers: ['F2:price'],
  source: emarsys,
  title: 'The price of a line is no number with a dot before its decimals',
  advice:
    'Write the number alone, like 25.80: a dot before the cents, no thousands mark, and the currency in a column of its own.',
  columns: ['price'],
  check: (cell) => (isBlank(cell) || isDecimal(cell) ? null : noParams),
  fix: (text, judging) => repairDecimal(text, judging.declared.currency),
  exampleDeclares: { currency: 'EUR' },
  accepted: ['25.80', '25', '0', '-12.90', '0.5'],
  refused: ['25,80', '25.80 EUR', '€25.80', '1.234,50', '1,234.50', 'free', '25.', '.5', '1,234', '--1'],
  fixed: {
    '25,80': '25.80',
    '1.234,50': '1234.50',
    '1,234.50': '1234.50',
    '25.80 EUR': '25.80',
    '€25.80': '25.80',
    '-12,90': '-12.90',
    '25.80 USD': null,
    '1,234': null,
    free: null,
  },
};

/** By a hundredth for each piece, and what a binary fraction needs. */
const isNear = (first: number, second: number, by: number) => Math.abs(first - second) <= by + 1e-6;

const unitPrice: RowRule = {
  id: 'price.unit',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F2:price', 'F2:unit_price'],
  source: emarsys,
  title: 'The price of a line is not its unit price times its quantity',
  advice:
    '{quantity} times the unit price is {expected}, and the price says {price}.{more} Price is that of the whole line.',
  columns: ['price', 'unit_price', 'quantity', 'discount'],
  needs: ['price', 'unit_price', 'quantity'],
  check: ([total, unit, amount, discount]) => {
    if (!total || !unit || !amount) return null;
    const is = Math.abs(decimalOf(total));
    const one = Math.abs(decimalOf(unit));
    const pieces = Math.abs(decimalOf(amount));
    if (!(is >= 0 && one >= 0 && pieces >= 1)) return null;
    const tolerance = 0.01 * pieces;
    if (isNear(is, one * pieces, tolerance)) return null;
    const off = discount === undefined ? Number.NaN : Math.abs(decimalOf(discount));
    // A reduced line may say its price before or behind the discount.
    if (off > 0 && isNear(is, one * pieces - off, tolerance)) return null;
    return brokenAt('price', {
      quantity: pieces,
      expected: Number((one * pieces).toFixed(4)),
      price: is,
      more: isNear(is, one, 0.01) ? ' It looks like a unit price.' : '',
    });
  },
  accepted: [
    { price: '25.80', unit_price: '12.90', quantity: '2' },
    { price: '-25.80', unit_price: '12.90', quantity: '-2' },
    { price: '10.00', unit_price: '3.333', quantity: '3' },
    { price: '20.80', unit_price: '12.90', quantity: '2', discount: '5.00' },
    { price: '', unit_price: '12.90', quantity: '2' },
    { price: '25,80', unit_price: '12.90', quantity: '2' },
  ],
  refused: [
    { price: '12.90', unit_price: '12.90', quantity: '2' },
    { price: '30.00', unit_price: '12.90', quantity: '2' },
  ],
};

const currency: CellRule = {
  id: 'currency.code',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_enum',
  covers: ['F2:currency'],
  source: iso4217,
  title: 'A currency is none of ISO 4217',
  advice: 'Write its three letters in capitals, like EUR.',
  columns: ['currency'],
  check: (cell) => (isBlank(cell) || isCode(cell) ? null : noParams),
  fix: (text, judging) => {
    const upper = text.trim().toUpperCase();
    return isCurrency(upper) ? upper : currencyOfSign(text.trim(), judging.declared.currency);
  },
  accepted: ['EUR', 'JPY', ' SEK '],
  refused: ['eur', '€', 'EURO', 'XXX', '978', 'BGN'],
  fixed: { eur: 'EUR', '€': 'EUR', XXX: null, '978': null },
};

function isCode(cell: Cell): boolean {
  const start = firstOf(cell);
  return lastOf(cell) - start === 3 && minorUnitAt(cell.bytes, start) >= 0;
}

const currencyMissing: CellRule = {
  id: 'currency.missing',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers: ['F2:currency'],
  source: iso4217,
  title: 'A row has no currency, and others have one',
  advice: 'Fill the column in every row, like EUR. If the whole file has one currency, say which and it is filled in.',
  columns: ['currency'],
  isForEmpty: true,
  check: (cell) => (isBlank(cell) ? noParams : null),
  fix: (_, { declared }) =>
    declared.currency !== undefined && isCurrency(declared.currency) ? declared.currency : null,
  exampleDeclares: { currency: 'EUR' },
  accepted: ['EUR', 'x'],
  refused: ['', ' '],
  fixed: { '': 'EUR' },
};

const sides = ['unit_price', 'subtotal', 'discount', 'tax', 'shipping'];

const sideAmounts: CellRule = {
  id: 'amounts.format',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F2:unit_price', 'F2:discount', 'F2:tax', 'F2:shipping'],
  source: leadConnector,
  title: 'An amount beside the price is no number',
  advice: 'Write the number alone, like 4.90: a dot before the cents, no thousands mark, no currency, no percent.',
  columns: sides,
  check: (cell) => (isBlank(cell) || isDecimal(cell) ? null : noParams),
  fix: (text, judging) => repairDecimal(text, judging.declared.currency),
  accepted: ['4.90', '0', '-2.50', ''],
  refused: ['4,90', '19 %', '4.90 EUR', 'none'],
  fixed: { '4,90': '4.90', '1.234,50': '1234.50', '19 %': null },
};

const sum: RowRule = {
  id: 'amounts.sum',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F2:discount', 'F2:tax', 'F2:price'],
  source: leadConnector,
  title: 'The price is not subtotal less discount plus tax',
  advice: 'They come to {expected}, and the price says {price}. Look whether tax is contained in the subtotal already.',
  columns: ['price', 'subtotal', 'discount', 'tax'],
  needs: ['price', 'subtotal'],
  check: ([total, before, discount, tax]) => {
    if (!total || !before) return null;
    const is = decimalOf(total);
    // A discount is written with its sign by some and without by others.
    const expected = decimalOf(before) - Math.abs(amountOr0(discount)) + amountOr0(tax);
    if (Number.isNaN(is) || Number.isNaN(expected) || isNear(is, expected, 0.02)) return null;
    return brokenAt('price', { expected: Number(expected.toFixed(4)), price: is });
  },
  accepted: [
    { price: '21.40', subtotal: '20.00', discount: '2.00', tax: '3.40' },
    { price: '21.40', subtotal: '20.00', discount: '-2.00', tax: '3.40' },
    { price: '20.01', subtotal: '20.00' },
    { price: '20', subtotal: '' },
    { price: '20', subtotal: '30', discount: 'much' },
  ],
  refused: [
    { price: '25.00', subtotal: '20.00', discount: '2.00', tax: '3.40' },
    { price: '20.03', subtotal: '20.00' },
  ],
};

function amountOr0(cell: Cell | undefined): number {
  return cell === undefined || isBlank(cell) ? 0 : decimalOf(cell);
}

export const amountRules: readonly Rule[] = [
  missing('quantity', 'A row does not say how many were bought', 'Write the number of pieces, like 2.'),
  quantity,
  takenBack,
  missing('price', 'A row has no price', 'Write what the whole line cost: unit price times quantity, like 25.80.'),
  price,
  unitPrice,
  currency,
  currencyMissing,
  sideAmounts,
  sum,
  typeRule,
];
