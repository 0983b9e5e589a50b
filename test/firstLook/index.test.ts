import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { IndexBuilder, isInSpread } from '../../server/firstLook/index/build.ts';
import { IndexFile, indexFrom } from '../../server/firstLook/index/file.ts';
import { LoadedIndex } from '../../server/firstLook/index/loaded.ts';
import { mostOfOrder, mostTogether } from '../../server/firstLook/index/orders.ts';
import { cutText, isOneSlip } from '../../server/firstLook/index/words.ts';
import { answerOf } from '../../server/firstLook/mocks/registry.ts';
import { plainSettings } from '../../server/firstLook/settings.ts';
import type { CatalogueAnswer, EmailAnswer, RecommendAnswer } from '../../server/firstLook/shapes.ts';
import { chance, ids, indexOf, product, searched, withFile } from './indexWorld.ts';

const { random, pick } = chance();

test('what was bought together is what a count of all pairs of all orders says', () => {
  const items = Array.from({ length: 30 }, (_, at) => `I${at}`);
  const orders: [string, string][] = [];
  for (let order = 0; order < 400; order++) {
    for (let line = 0; line < 1 + random() * 5; line++) orders.push([`O${order}`, pick([...items, 'gone'])]);
  }
  // Lines of an order need not stand together.
  orders.sort(() => random() - 0.5);
  const index = indexOf(
    items.map((id) => product(id)),
    orders,
  );
  const held = new Map<string, Set<string>>();
  for (const [order, item] of orders) held.set(order, (held.get(order) ?? new Set()).add(item));
  for (const id of items) {
    const counts = items
      .filter((other) => other !== id)
      .map((other) => ({ other, count: [...held.values()].filter((own) => own.has(id) && own.has(other)).length }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.other < b.other ? -1 : 1))
      .slice(0, mostTogether);
    const answer = answerOf(
      index,
      { kind: 'recommend', productId: id },
      { ...plainSettings, results: 48 },
    ) as RecommendAnswer;
    expect(answer.together.map(({ product: { id: other }, count }) => ({ other, count }))).toEqual(counts);
    const popularity = [...held.values()].filter((own) => own.has(id)).length;
    expect(index.popularity(index.place(id)!)).toBe(popularity);
  }
});

test('of the order of a reseller only the first items count, and it takes no time', () => {
  const items = Array.from({ length: 2_000 }, (_, at) => `I${at}`);
  const index = indexOf(
    items.map((id) => product(id)),
    items.map((id) => ['O', id]),
  );
  expect(index.orders?.together[0]).toHaveLength(mostTogether);
  expect(index.orders?.popularity.reduce((sum, one) => sum + one, 0)).toBe(mostOfOrder);
});

test('hostile titles come through as plain text, cut without halving a character', () => {
  const title = '<img src=x onerror=alert(1)> \u202Eesrever\u0000 "quoted" ';
  const emoji = '👩‍👩‍👧‍👦'.repeat(150);
  const index = indexOf([
    product('1', { title }),
    product('2', { title: emoji }),
    product('3', { title: '\ud800 lone' }),
  ]);
  const byId = Object.fromEntries(searched(index, '').products.map((one) => [one.id, one.title]));
  expect(byId['1']).toBe('<img src=x onerror=alert(1)> \u202Eesrever "quoted"');
  expect(byId['2']!.length).toBeLessThanOrEqual(300);
  expect([...byId['2']!].every((letter) => !/^\p{Surrogate}$/u.test(letter))).toBe(true);
  expect(byId['3']).toBe('\ufffd lone');
  expect(ids(searched(index, 'onerror'))).toEqual(['1']);
  expect(() => searched(index, '👩‍👩‍👧‍👦 \u202E <script> %_\\ ".*')).not.toThrow();
});

test('links and pictures that are not of the web are left out', () => {
  const bad = [
    'javascript:alert(1)',
    'data:text/html,x',
    ' JaVaScRiPt:alert(1)',
    'file:///etc/passwd',
    'nothing',
    '//x',
  ];
  const index = indexOf([
    ...bad.map((link, at) => product(String(at), { link, image: link })),
    product('ok', { link: 'https://shop.example/a' }),
  ]);
  const shown = searched(index, '').products;
  expect(shown.filter(({ link }) => link !== null).map(({ id }) => id)).toEqual(['ok']);
  expect(shown.filter(({ hasImage }) => hasImage).map(({ id }) => id)).toEqual(['ok']);
  expect(JSON.stringify(shown)).not.toContain('jpg');
});

test('suggested synonyms and boosts hold for the next question', () => {
  const index = indexOf([
    product('1', { title: 'Sofa grey', brand: 'Acme' }),
    product('2', { title: 'Couch grey', brand: 'Nordlicht' }),
    product('3', { title: 'Sleeping sofa bed' }),
  ]);
  const synonyms = [['sofa', 'couch', 'day bed']];
  expect(ids(searched(index, 'sofa')).sort()).toEqual(['1', '3']);
  expect(ids(searched(index, 'sofa', {}, { synonyms })).sort()).toEqual(['1', '2', '3']);
  expect(ids(searched(index, 'day bed grey', {}, { synonyms })).sort()).toEqual(['1', '2']);
  const boosted = (value: string, field: 'BRAND' | 'ID' = 'BRAND') =>
    ids(searched(index, 'grey', {}, { boosts: [{ field, value, factor: 10 }] }))[0];
  expect([boosted('acme'), boosted('NORDLICHT'), boosted('2', 'ID')]).toEqual(['1', '2', '2']);
  const less = searched(index, 'grey', {}, { boosts: [{ field: 'ID', value: '1', factor: 0.1 }] });
  expect(ids(less)).toEqual(['2', '1']);
});

test('a sale is one only when it is cheaper, in the same money', () => {
  const money = (amount: number, currency = 'EUR') => ({ amount, currency });
  const index = indexOf([
    product('1', { price: money(10), salePrice: money(8) }),
    product('2', { price: money(10), salePrice: money(12) }),
    product('3', { price: money(10), salePrice: money(8, 'SEK') }),
  ]);
  expect(searched(index, '').products.map(({ salePrice }) => salePrice?.amount ?? null)).toEqual([8, null, null]);
});

test('variants of a product are not similar to it, and stand once in a newsletter', () => {
  const variants = ['S', 'M', 'L'].map((size) =>
    product(size, { title: `Shirt ${size}`, groupId: 'shirt', category: ['A'] }),
  );
  const index = indexOf([...variants, product('hat', { title: 'Hat', category: ['A'] })]);
  const { similar } = answerOf(index, { kind: 'recommend', productId: 'M' }, plainSettings) as RecommendAnswer;
  expect(similar.map(({ id }) => id)).toEqual(['hat']);
  const { hero, products } = answerOf(index, { kind: 'email' }, plainSettings) as EmailAnswer;
  expect([hero!.id, ...products.map(({ id }) => id)].filter((id) => 'SML'.includes(id))).toHaveLength(1);
});

test('one product is a shop, too', () => {
  const index = indexOf([product('only')]);
  expect(ids(searched(index, 'mug'))).toEqual(['only']);
  const recommended = answerOf(index, { kind: 'recommend', productId: null }, plainSettings) as RecommendAnswer;
  expect([recommended.product.id, recommended.similar, recommended.together, recommended.popular]).toEqual([
    'only',
    [],
    [],
    [],
  ]);
  expect(answerOf(index, { kind: 'recommend', productId: 'foreign' }, plainSettings)).toBeNull();
  expect(answerOf(index, { kind: 'reviews', productId: 'foreign' }, plainSettings)).toBeNull();
  expect(answerOf(index, { kind: 'reviews', productId: null }, plainSettings)).toMatchObject({
    product: { id: 'only' },
    rating: null,
  });
  expect(answerOf(index, { kind: 'catalogue', first: 9, offset: 0 }, plainSettings) as CatalogueAnswer).toMatchObject({
    total: 1,
  });
});

test('beyond the limit every n-th row stands for all', () => {
  for (const [rows, limit] of [
    [10, 50],
    [100, 7],
    [2_000_000, 50_000],
    [50_001, 50_000],
  ] as const) {
    const taken: number[] = [];
    for (let row = 0; row < rows; row++) if (isInSpread(row, rows, limit)) taken.push(row);
    expect(taken).toHaveLength(Math.min(rows, limit));
    const gaps = taken.slice(1).map((row, at) => row - taken[at]!);
    if (rows > limit) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
  }
});

test('an index that was cut off, or is of another version, is none', () => {
  withFile((path) => {
    const file = new IndexFile(path);
    file.products([]);
    file.close();
    expect(() => indexFrom(readFileSync(path))).toThrow('cut off');
  });
});

test('slips and cuts of words', () => {
  expect(isOneSlip('shirt', 'shrit')).toBe(true);
  expect(isOneSlip('shirt', 'shirt')).toBe(false);
  expect(isOneSlip('shirt', 'shrti')).toBe(false);
  expect(cutText(`ab${'👍'}`, 3)).toBe('ab');
  expect(cutText(' a \n\t b ', 10)).toBe('a b');
});

test('a shop whose every title is noise takes no more room than any other, and its products are there', () => {
  const noise = Array.from({ length: 60 }, (_, at) => product(`N${at}`, { title: `common w${at}a w${at}b` }));
  const index = withFile((path) => {
    const file = new IndexFile(path);
    const builder = new IndexBuilder(file, 100, 40);
    for (const one of noise) builder.add(one);
    builder.finish();
    file.close();
    return new LoadedIndex(indexFrom(readFileSync(path)));
  });
  expect(index.terms).toHaveLength(40);
  expect(searched(index, 'common').total).toBe(60);
  expect(ids(searched(index, 'w3b'))).toEqual(['N3']);
  expect(ids(searched(index, 'N59'))).toEqual(['N59']);
});

test('a name that nobody can see is the id, and a price beyond all prices is none', () => {
  const index = indexOf([
    product('A-1', { title: '\u200b\u2060\u3164' }),
    product('A-2', { price: { amount: 1e23, currency: 'EUR' } }),
    product('A-3', { price: { amount: 1e12, currency: 'VND' } }),
  ]);
  const { products, facets } = searched(index, '');
  expect(products.map(({ title }) => title).sort()).toEqual(['A-1', 'Mug A-2', 'Mug A-3']);
  expect(products.find(({ id }) => id === 'A-2')?.price).toBeNull();
  expect(facets.price.find(({ currency }) => currency === 'VND')).toEqual({ currency: 'VND', min: 1e12, max: 1e12 });
  expect(facets.price.find(({ currency }) => currency === 'EUR')).toEqual({ currency: 'EUR', min: 10, max: 10 });
});
