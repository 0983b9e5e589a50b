import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { IndexBuilder, isInSpread } from '../../server/firstLook/index/build.ts';
import { IndexFile, indexFrom } from '../../server/firstLook/index/file.ts';
import { LoadedIndex, priceOf } from '../../server/firstLook/index/loaded.ts';
import { mostOfOrder, mostTogether, OrderLines } from '../../server/firstLook/index/orders.ts';
import { cutText, isOneSlip, wordsOf } from '../../server/firstLook/index/words.ts';
import { answerOf } from '../../server/firstLook/mocks/registry.ts';
import { plainSettings, type SettingsValues } from '../../server/firstLook/settings.ts';
import type {
  CatalogueAnswer,
  EmailAnswer,
  RecommendAnswer,
  SearchAnswer,
  SearchAsk,
  SourceProduct,
  SuggestAnswer,
} from '../../server/firstLook/shapes.ts';
import { oneSlip, randomFrom } from '../bench/looking/shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'first-look-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const product = (id: string, more: Partial<SourceProduct> = {}): SourceProduct => ({
  ...{ id, title: `Mug ${id}`, description: '', link: null, image: `https://shop.example/${id}.jpg` },
  ...{ price: { amount: 10, currency: 'EUR' }, salePrice: null, isAvailable: true, brand: null, category: [] },
  ...{ groupId: null, gtin: null, mpn: null, rating: null, ...more },
});

let files = 0;
function indexOf(
  products: readonly SourceProduct[],
  orders: readonly [string, string][] = [],
  limit?: number,
): LoadedIndex {
  const path = join(folder, String(files++));
  const file = new IndexFile(path);
  const builder = new IndexBuilder(file, limit);
  for (const one of products) builder.add(one);
  const lines = new OrderLines(builder.ids);
  for (const [order, item] of orders) lines.add(order, item);
  builder.finish(lines.counts());
  file.close();
  return new LoadedIndex(indexFrom(readFileSync(path)));
}

const searched = (
  index: LoadedIndex,
  text: string,
  more: Partial<SearchAsk> = {},
  settings: Partial<SettingsValues> = {},
) =>
  answerOf(
    index,
    { kind: 'search', text, sort: 'RELEVANCE', first: 48, offset: 0, ...more },
    { ...plainSettings, ...settings },
  ) as SearchAnswer;
const suggested = (index: LoadedIndex, text: string) =>
  answerOf(index, { kind: 'suggest', text }, plainSettings) as SuggestAnswer;
const ids = ({ products }: { products: { id: string }[] }) => products.map(({ id }) => id);

const random = randomFrom(Number(process.env.SEED ?? 11));
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const nouns = 'trousers sneaker backpack teapot lantern cushion umbrella notebook'.split(' ');
const adjectives = 'crimson turquoise striped woollen leather foldable'.split(' ');
const brands = ['Nordlicht', 'Acme', 'Ærø', null];
const paths = [['Home', 'Kitchen'], ['Home', 'Light'], ['Fashion'], []];
const shop = Array.from({ length: 400 }, (_, at) =>
  product(`P${at}`, {
    title: `${pick(adjectives)} ${pick(nouns)} ${at}`,
    brand: pick(brands),
    category: pick(paths),
    price:
      random() < 0.05 ? null : { amount: Math.floor(random() * 100), currency: pick(['EUR', 'EUR', 'SEK', 'JPY']) },
    isAvailable: random() < 0.7,
  }),
);
const shopIndex = indexOf(shop);

test('a word with one letter left out, doubled, changed or swapped finds what it was meant to find', () => {
  for (let turn = 0; turn < 200; turn++) {
    const word = pick([...nouns, ...adjectives]);
    const wrong = oneSlip(word, random);
    if (wrong === word || word.startsWith(wrong)) continue;
    const { total, products, corrected } = searched(shopIndex, wrong);
    expect([wrong, total]).toEqual([wrong, shop.filter(({ title }) => title.includes(word)).length]);
    expect(products.every(({ title }) => title.includes(word))).toBe(true);
    expect(corrected).toBe(word);
  }
});

test('a short word is taken as it stands: a letter of three makes another word', () => {
  const index = indexOf([product('1', { title: 'Red tea' }), product('2', { title: 'Bed pea' })]);
  expect(ids(searched(index, 'red'))).toEqual(['1']);
  expect(ids(searched(index, 'ted'))).toEqual([]);
});

test('accents, case and letters of their own are found however they are typed', () => {
  const index = indexOf([
    product('1', { title: 'Crème brûlée Schüssel', brand: 'Ærø' }),
    product('2', { title: 'Straße ŁÓDŹ' }),
    product('3', { title: 'İstanbul tea' }),
  ]);
  for (const [text, id] of [
    ['creme brulee', '1'],
    ['SCHUSSEL', '1'],
    ['aero', '1'],
    ['strasse', '2'],
    ['lodz', '2'],
    ['istanbul', '3'],
  ]) {
    expect([text, ids(searched(index, text!))]).toEqual([text, [id]]);
  }
});

test('an id, a GTIN and a number of the maker find their product first, with or without dashes', () => {
  const index = indexOf([
    product('SKU-77/b', { gtin: '4006381333931', mpn: 'KX 90' }),
    product('2', { title: 'SKU 77 holder' }),
  ]);
  for (const text of ['sku-77/b', 'SKU77B', '4006381333931', '400638', 'kx90']) {
    expect([text, ids(searched(index, text))[0]]).toEqual([text, 'SKU-77/b']);
  }
});

test('what begins so is found while it is typed, with ways to go on and categories', () => {
  const index = indexOf([
    product('1', { title: 'Walking boots', category: ['Shoes', 'Boots'] }),
    product('2', { title: 'Boot polish', category: ['Care'] }),
    product('3', { title: 'Teapot', category: ['Home'] }),
  ]);
  const { products, words, categories } = suggested(index, 'boo');
  expect(products.map(({ id }) => id).sort()).toEqual(['1', '2']);
  expect(words).toEqual(['boot', 'boots']);
  expect(categories).toEqual([{ value: 'Shoes > Boots', count: 1 }]);
  expect(suggested(index, 'walking bo').words).toEqual(['walking boots']);
  expect(suggested(index, '').products).toHaveLength(3);
});

test('all words must be there; where nothing has them all, one is enough', () => {
  const index = indexOf([product('1', { title: 'Blue shirt' }), product('2', { title: 'Blue jacket' })]);
  expect(ids(searched(index, 'blue shirt'))).toEqual(['1']);
  expect(ids(searched(index, 'shirt jacket')).sort()).toEqual(['1', '2']);
  expect(searched(index, 'zzzzzz')).toMatchObject({ total: 0, products: [], corrected: null });
});

test('counts of facets are those of a plain count, under all other filters', () => {
  for (let turn = 0; turn < 150; turn++) {
    const text = pick(['', ...nouns, ...adjectives, `${pick(adjectives)} ${pick(nouns)}`]);
    const some = <T>(value: T) => (random() < 0.5 ? value : undefined);
    const filters = {
      brand: some([pick(brands) ?? 'Acme', 'Acme']),
      category: some([pick(['Home', 'Home > Light', 'Fashion'])]),
      price: some({ currency: pick(['EUR', 'SEK']), min: 10, max: 70 }),
      isAvailable: some(true as const),
    };
    const wanted = wordsOf(text);
    const passes = {
      brand: ({ brand }: SourceProduct) => !filters.brand || (brand !== null && filters.brand.includes(brand)),
      category: ({ category }: SourceProduct) =>
        !filters.category ||
        category.some((_, at) => filters.category?.includes(category.slice(0, at + 1).join(' > '))),
      price: (one: SourceProduct) => {
        const price = priceOf(one);
        return (
          !filters.price ||
          (price !== null && price.currency === filters.price.currency && price.amount >= 10 && price.amount <= 70)
        );
      },
      isAvailable: ({ isAvailable }: SourceProduct) => !filters.isAvailable || isAvailable,
    };
    const all = shop.filter(({ title }) => wanted.every((word) => title.includes(word)));
    // A pair of words that no product has is another question, which is tested above.
    if (all.length === 0) continue;
    const under = (but: keyof typeof passes | null) =>
      all.filter((one) => Object.entries(passes).every(([name, pass]) => name === but || pass(one)));
    const { total, facets } = searched(shopIndex, text, filters);
    expect(total).toBe(under(null).length);
    const counted = new Map<string, number>();
    for (const { brand } of under('brand')) if (brand) counted.set(brand, (counted.get(brand) ?? 0) + 1);
    expect(new Map(facets.brand.map(({ value, count }) => [value, count]))).toEqual(counted);
    const ofPath = new Map<string, number>();
    for (const { category } of under('category'))
      category.forEach((_, at) => {
        const path = category.slice(0, at + 1).join(' > ');
        ofPath.set(path, (ofPath.get(path) ?? 0) + 1);
      });
    expect(new Map(facets.category.map(({ value, count }) => [value, count]))).toEqual(ofPath);
    for (const { currency, min, max } of facets.price) {
      const amounts = under('price').flatMap((one) => (one.price?.currency === currency ? [one.price.amount] : []));
      expect([min, max]).toEqual([Math.min(...amounts), Math.max(...amounts)]);
    }
    expect(facets.available).toBe(under('isAvailable').filter(({ isAvailable }) => isAvailable).length);
  }
});

test('what is sold out stands behind everything that can be bought, in every order and whatever is boosted', () => {
  const boosts = [{ field: 'ID' as const, value: shop.find(({ isAvailable }) => !isAvailable)!.id, factor: 10 }];
  const isSorted = (list: readonly { isAvailable: boolean }[]) =>
    list.every(({ isAvailable }, at) => at === 0 || !isAvailable || list[at - 1]!.isAvailable);
  for (const sort of ['RELEVANCE', 'PRICE_UP', 'PRICE_DOWN', 'NAME'] as const) {
    for (const text of ['', 'crimson', 'tea']) {
      for (let offset = 0; offset < 400; offset += 48) {
        expect(isSorted(searched(shopIndex, text, { sort, offset }, { boosts }).products)).toBe(true);
      }
      const [first] = searched(shopIndex, text, { sort }, { boosts }).products;
      expect(first?.isAvailable).toBe(true);
    }
  }
  expect(isSorted(suggested(shopIndex, 'crimson').products)).toBe(true);
  const recommended = answerOf(shopIndex, { kind: 'recommend', productId: 'P1' }, plainSettings) as RecommendAnswer;
  expect(isSorted(recommended.similar) && isSorted(recommended.popular)).toBe(true);
  const { hero, products } = answerOf(shopIndex, { kind: 'email' }, plainSettings) as EmailAnswer;
  expect([hero?.isAvailable, products.every(({ isAvailable }) => isAvailable)]).toEqual([true, true]);
});

test('pages follow each other without a gap, in every order', () => {
  for (const sort of ['RELEVANCE', 'PRICE_UP', 'PRICE_DOWN', 'NAME'] as const) {
    const pages = Array.from({ length: 34 }, (_, page) =>
      ids(searched(shopIndex, '', { sort, first: 12, offset: page * 12 })),
    );
    expect(new Set(pages.flat()).size).toBe(400);
  }
});

test('prices of three currencies are kept apart, each sorted by itself, the commonest first', () => {
  const { products } = searched(shopIndex, '', { sort: 'PRICE_UP', isAvailable: true });
  const all = Array.from(
    { length: 9 },
    (_, page) => searched(shopIndex, '', { sort: 'PRICE_UP', isAvailable: true, offset: page * 48 }).products,
  ).flat();
  const order = all.map(({ price }) => price?.currency ?? 'none');
  expect(products[0]?.price?.currency).toBe('EUR');
  expect(order.filter((one, at) => one !== order[at - 1])).toHaveLength(new Set(order).size);
  expect(order.at(-1)).toBe('none');
  for (const currency of ['EUR', 'SEK', 'JPY']) {
    const amounts = all.flatMap(({ price }) => (price?.currency === currency ? [price.amount] : []));
    expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
  }
});

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
  const path = join(folder, 'cut');
  const file = new IndexFile(path);
  file.products([]);
  file.close();
  expect(() => indexFrom(readFileSync(path))).toThrow('cut off');
});

test('slips and cuts of words', () => {
  expect(isOneSlip('shirt', 'shrit')).toBe(true);
  expect(isOneSlip('shirt', 'shirt')).toBe(false);
  expect(isOneSlip('shirt', 'shrti')).toBe(false);
  expect(cutText(`ab${'👍'}`, 3)).toBe('ab');
  expect(cutText(' a \n\t b ', 10)).toBe('a b');
});
