import { type Cell, Has } from '../../cell.ts';
import type { CellRule, RowRule, Rule, Severity } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { isCurrency, minorUnitAt } from '../common/currencies.ts';
import {
  amountOf,
  currencyAt,
  decimalsOf,
  isGoodPrice,
  numberEndOf,
  Price,
  priceForm,
  readMoney,
  repairPrice,
} from '../common/money.ts';
import { firstOf, isBlank } from '../common/window.ts';
import { iso4217, prisjakt, specification } from './sources.ts';

/*
 * What a shop asks for. Columns whose breach blocks the row get a rule for each mistake; the others one rule for all.
 */
const columns = ['price', 'sale_price'];
const covers = ['F1:price', 'F1:sale_price'];

/** `12.90 EUR`, above zero, with the decimals of its currency: most prices, told in one look. */
function isOrdinary({ bytes, start, end }: Cell): boolean {
  const code = end - 3;
  const first = bytes[start] as number;
  if (code - start < 2 || first < 0x31 || first > 0x39 || bytes[code - 1] !== 0x20) return false;
  if (numberEndOf(bytes, start, code - 1) !== code - 1) return false;
  let decimals = 0;
  for (let at = start; at < code - 1; at++) if (bytes[at] === 0x2e) decimals = code - 2 - at;
  return minorUnitAt(bytes, code) >= decimals;
}

const format: CellRule = {
  id: 'price.format',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers,
  source: prisjakt,
  title: 'A price is not written as number, blank, currency',
  advice:
    'Write it like 12.90 EUR: a dot before the cents, no thousands mark, then one blank and the code of the currency in capitals.',
  columns,
  healthy: isOrdinary,
  check: (cell) => (priceForm(cell) === Price.other ? noParams : null),
  fix: (text, judging) => repairPrice(text, judging.declared.currency) ?? bareAmount(text),
  accepted: ['12.90 EUR', '12 EUR', '1200 JPY', '0.250 KWD', 'EUR 12.90', '12.90', ' 9.00 SEK '],
  refused: [
    '12,90 EUR',
    '€12.90',
    '1.234,50 EUR',
    '12.90EUR',
    '12.90 eur',
    '12.90 EURO',
    'free',
    '12. EUR',
    '1,234 EUR',
  ],
  fixed: {
    '12,90 EUR': '12.90 EUR',
    '1.234,50 EUR': '1234.50 EUR',
    '1,234.50 USD': '1234.50 USD',
    '€12.90': '12.90 EUR',
    '12,90 €': '12.90 EUR',
    '12.90eur': '12.90 EUR',
    '1 299,00 zł': '1299.00 PLN',
    '1,234 JPY': '1234 JPY',
    '12,- EUR': '12 EUR',
    '12,90': '12.90',
    '1,234 EUR': null,
    free: null,
  },
};

/** Without a currency, the number alone is made right. */
function bareAmount(text: string): string | null {
  const money = readMoney(text);
  return money?.currency === null ? money.amount : null;
}

const currency: CellRule = {
  id: 'price.currency',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers,
  source: iso4217,
  title: 'A price names no currency, or none that exists',
  advice:
    'Add the three letters of ISO 4217 behind the number, as in 12.90 EUR. If the whole file has one currency, say which and it is filled in.',
  columns,
  healthy: isOrdinary,
  check: (cell) => {
    const form = priceForm(cell);
    if (form === Price.other) return null;
    const at = currencyAt(cell);
    return at === -1 || minorUnitAt(cell.bytes, at) === -1 ? noParams : null;
  },
  fix: (text, judging) => {
    const { currency: declared } = judging.declared;
    return declared !== undefined && isCurrency(declared) ? repairPrice(text, declared) : null;
  },
  exampleDeclares: { currency: 'EUR' },
  accepted: ['12.90 EUR', 'SEK 12.90', '12,90'],
  refused: ['12.90', '1200', '12.90 XXX', '12.90 BGN'],
  fixed: { '12.90': '12.90 EUR', '12.90 XXX': null },
};

const currencyFirst: CellRule = {
  id: 'price.currency_first',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers,
  source: prisjakt,
  title: 'The currency stands before the number',
  advice: 'Some channels refuse this order. Write 12.90 EUR instead of EUR 12.90.',
  columns,
  healthy: isOrdinary,
  check: (cell) => (priceForm(cell) === Price.currencyFirst ? noParams : null),
  fix: (text) => repairPrice(text),
  accepted: ['12.90 EUR', '12.90', '€ 12.90'],
  refused: ['EUR 12.90', 'JPY 1200'],
  fixed: { 'EUR 12.90': '12.90 EUR', 'EUR 12': '12 EUR' },
};

const decimals: CellRule = {
  id: 'price.decimals',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers,
  source: iso4217,
  title: 'A price has more decimals than its currency',
  advice:
    '{currency} has {allowed} decimals, and this price has {decimals}. Round it, for example 12.90 EUR or 1290 JPY.',
  columns,
  healthy: isOrdinary,
  check: (cell) => {
    const at = currencyAt(cell);
    if (at === -1) return null;
    const unit = minorUnitAt(cell.bytes, at);
    if (unit === -1) return null;
    const written = decimalsOf(cell);
    if (written <= unit) return null;
    const code = String.fromCharCode(...cell.bytes.subarray(at, at + 3));
    return { currency: code, allowed: unit, decimals: written };
  },
  fix: (text) => repairPrice(text),
  accepted: ['12.90 EUR', '12.9 EUR', '12 EUR', '1200 JPY', '1.234 KWD', '12.90 XXX'],
  refused: ['12.345 EUR', '1200.00 JPY', '12.9000 EUR', 'EUR 9.999'],
  fixed: {
    '1200.00 JPY': '1200 JPY',
    '12.9000 EUR': '12.90 EUR',
    '1299.000 EUR': '1299.00 EUR',
    '12.345 EUR': null,
    '12.9999 EUR': null,
  },
};

const zero: CellRule = {
  id: 'price.positive',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers,
  source: prisjakt,
  title: 'A price is zero or negative',
  advice: 'A product needs a price above 0. Leave out what is not for sale, or write the price that a buyer pays.',
  columns,
  healthy: isOrdinary,
  check: (cell) => {
    const first = cell.bytes[firstOf(cell)] as number;
    if (first >= 0x31 && first <= 0x39) return null;
    return amountOf(cell) <= 0 ? noParams : null;
  },
  accepted: ['0.01 EUR', '12.90 EUR', 'EUR 1', 'free', '12.90'],
  refused: ['0 EUR', '0.00 EUR', '-5.00 EUR', 'EUR 0', '0'],
};

const missing: CellRule = {
  id: 'price.missing',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers: ['F1:price'],
  source: specification,
  title: 'A product has no price',
  advice: 'Write what a buyer pays, like 12.90 EUR.',
  columns: ['price'],
  isForEmpty: true,
  onlyIf: Has.outerSpace,
  check: (cell) => (isBlank(cell) ? noParams : null),
  accepted: ['12.90 EUR', 'free'],
  refused: ['', '  '],
};

/** A sale that is none: compared only where both are prices of one currency. */
const sale: RowRule = {
  id: 'sale_price.lower',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F1:sale_price'],
  source: prisjakt,
  title: 'The sale price is not below the price, or has another currency',
  advice:
    'price is what it cost before, sale_price what it costs now: 9.90 EUR beside a price of 12.90 EUR. Leave sale_price empty when there is no sale.',
  columns: ['price', 'sale_price'],
  needs: ['price', 'sale_price'],
  check: (cells) => {
    const [full, reduced] = cells;
    if (!full || !reduced || full.isEmpty || reduced.isEmpty) return null;
    const fullAt = currencyAt(full);
    const reducedAt = currencyAt(reduced);
    if (fullAt === -1 || reducedAt === -1) return null;
    const isSameCurrency =
      full.bytes[fullAt] === reduced.bytes[reducedAt] &&
      full.bytes[fullAt + 1] === reduced.bytes[reducedAt + 1] &&
      full.bytes[fullAt + 2] === reduced.bytes[reducedAt + 2];
    return isSameCurrency && amountOf(reduced) < amountOf(full) ? null : broken;
  },
  accepted: [
    { price: '12.90 EUR', sale_price: '9.90 EUR' },
    { price: '12.90 EUR', sale_price: '' },
    { price: '12,90 EUR', sale_price: '15 EUR' },
  ],
  refused: [
    { price: '12.90 EUR', sale_price: '12.90 EUR' },
    { price: '12.90 EUR', sale_price: '15.00 EUR' },
    { price: '12.90 EUR', sale_price: '9.90 USD' },
  ],
};

const broken = brokenAt('sale_price');

/** A price that blocks noParams: one rule for all that can be wrong with it. */
function sideAmount(column: string, severity: Severity, title: string): CellRule {
  return {
    id: `${column}.format`,
    scope: 'CELL',
    severity,
    code: 'validation_invalid_format',
    covers: [`F1:${column}`],
    source: specification,
    title,
    advice: 'Write it like 12.90 EUR: a dot before the cents, one blank, the code of the currency in capitals.',
    columns: [column],
    check: (cell) => (isGoodPrice(cell) ? null : noParams),
    fix: (text, judging) => repairPrice(text, judging.declared.currency),
    accepted: ['7.50 EUR', '0 EUR', '900 JPY'],
    refused: ['7,50 EUR', '7.50', 'EUR 7.50', '7.505 EUR', '7.50 XXX'],
    fixed: { '7,50 EUR': '7.50 EUR', 'EUR 7.50': '7.50 EUR', '7.505 EUR': null },
  };
}

export const priceRules: readonly Rule[] = [
  missing,
  format,
  currency,
  currencyFirst,
  decimals,
  zero,
  sale,
  sideAmount('cost_of_goods_sold', 'WARNING', 'The cost of goods is not written like a price'),
  sideAmount('minimum_order_value', 'HINT', 'The smallest order is not written like a price'),
];
