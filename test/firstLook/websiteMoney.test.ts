import { describe, expect, test } from 'vitest';
import { amountOf, currencyOf } from '../../server/firstLook/website/money.ts';

describe('a price', () => {
  test.each<[unknown, number | null, string?]>([
    ['1.299,00 €', 1299],
    ['€1,299.00', 1299],
    ['1 299,00 kr', 1299],
    ['1\u202f299,00 €', 1299],
    ["CHF 1'299.–", 1299],
    ['CHF 1’299.50', 1299.5],
    ['1.299', 1299],
    ['1,299', 1299],
    ['1.299.000', 1_299_000],
    ['12.990', 12990],
    ['12.990', 12.99, 'KWD'],
    ['0.500', 0.5],
    ['19.9900', 19.99],
    ['19,9', 19.9],
    ['12,34', 12.34],
    ['from 12', 12],
    ['ab 12,50 €', 12.5],
    ['12.00 - 15.00', 12],
    ['$12.34 USD', 12.34],
    ['Rs. 1,29,900.00', 129_900],
    [12.5, 12.5],
    [1299, 1299],
    ['1234567.89', 1_234_567.89],
    // What is none.
    ['', null],
    ['free', null],
    ['0.00', null],
    [0, null],
    ['-5.00', null],
    ['−5,00 €', null],
    [-5, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    ['99999999999999', null],
    [{ amount: 5 }, null],
    [['5'], null],
    [true, null],
  ])('%j is %j', (written, amount, currency) => {
    expect(amountOf(written, currency ?? null)).toBe(amount);
  });

  test.each<[unknown[], string | null]>([
    [['EUR'], 'EUR'],
    [['eur'], 'EUR'],
    [['', 'CHF 12.00'], 'CHF'],
    [['12,00 €'], 'EUR'],
    [['£12'], 'GBP'],
    [['129 Kč'], 'CZK'],
    [['XYZ'], null],
    // Of many countries.
    [['$12'], null],
    [['129 kr'], null],
    [['12'], null],
    [[null, 5, {}], null],
  ])('the currency of %j is %j', (values, currency) => {
    expect(currencyOf(...values)).toBe(currency);
  });

  test('of a megabyte is read as far as a price goes', () => {
    expect(amountOf('1 '.repeat(500_000))).toBe(1);
    expect(amountOf(`${'1.'.repeat(500_000)}5`)).toBeNull();
  });
});
