import { describe, expect, test } from 'vitest';
import { placeFiles, type Taker } from '../../client/features/submissions/several/placeFiles.ts';

const feed: Taker = { inputId: 'feed', label: 'Product feed', acceptedExtensions: ['.csv', '.xml'], isFree: true };
const orders: Taker = { inputId: 'orders', label: 'Order history', acceptedExtensions: ['.csv'], isFree: true };
const logo: Taker = { inputId: 'logo', label: 'Your logo', acceptedExtensions: ['.svg'], isFree: true };
const named = (...names: string[]) => names.map((name) => new File(['x'], name));

function fates(names: string[], takers: Taker[], at: string | null = takers[0]!.inputId) {
  const placed = placeFiles(named(...names), { takers, at, isSound: ({ name }) => !name.startsWith('empty') });
  return placed.map(({ file, fate, inputId, ...more }) => [file.name, fate, inputId, ...Object.values(more).flat()]);
}

describe('several files at once', () => {
  test('an input takes the first of its kind; nothing is done with the others unasked', () => {
    expect(fates(['a.pdf', 'b.csv', 'c.csv', 'empty.csv'], [feed])).toEqual([
      ['a.pdf', 'REFUSED', 'feed'],
      ['b.csv', 'NEXT', 'feed'],
      ['c.csv', 'LEFT', 'feed', 'b.csv'],
      ['empty.csv', 'REFUSED', 'feed'],
    ]);
  });

  test('each goes to the input that takes its kind, on whichever of them it was dropped', () => {
    expect(fates(['products.xml', 'LOGO.SVG', 'orders.csv'], [feed, orders, logo], 'logo')).toEqual([
      ['products.xml', 'NEXT', 'feed'],
      ['LOGO.SVG', 'NEXT', 'logo'],
      ['orders.csv', 'NEXT', 'orders'],
    ]);
  });

  test('what several inputs take is asked of the person, the likely one first, and never guessed', () => {
    expect(fates(['orders-2026.csv', 'products.csv'], [feed, orders], null)).toEqual([
      ['orders-2026.csv', 'UNPLACED', 'feed', 'orders', 'feed'],
      ['products.csv', 'UNPLACED', 'feed', 'feed', 'orders'],
    ]);
  });

  test('an input to which something is on its way takes nothing more by itself', () => {
    expect(fates(['a.svg'], [feed, { ...logo, isFree: false }], null)).toEqual([['a.svg', 'LEFT', 'logo', null]]);
  });
});
