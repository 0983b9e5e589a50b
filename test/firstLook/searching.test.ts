import { expect, test, vi } from 'vitest';
import { priceOf } from '../../server/firstLook/index/loaded.ts';
import { wordsOf } from '../../server/firstLook/index/words.ts';
import { answerOf } from '../../server/firstLook/mocks/registry.ts';
import { plainSettings } from '../../server/firstLook/settings.ts';
import type { EmailAnswer, RecommendAnswer, SourceProduct } from '../../server/firstLook/shapes.ts';
import { oneSlip } from '../bench/looking/shop.ts';
import { chance, ids, indexOf, product, searched, suggested } from './indexWorld.ts';

const { random, pick } = chance();

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

test('however many words are said to mean the same, a question looks for a bounded number of them', () => {
  const all = [...nouns, ...adjectives];
  const phrase = (at: number) => [0, 1, 2, 3, 4, 5, 6].map((n) => all[(at * 5 + n * 3) % all.length]).join(' ');
  const synonyms = Array.from({ length: 100 }, (_, group) => [
    ...all.slice(0, 5),
    ...Array.from({ length: 5 }, (__, n) => phrase(group * 5 + n)),
  ]);
  const index = indexOf(shop);
  const looked = vi.spyOn(index, 'term');
  const { total } = searched(index, all.join(' '), {}, { synonyms });
  expect(looked.mock.calls.length).toBeLessThanOrEqual(12 * 12 * 6);
  expect(total).toBeGreaterThan(0);
  // Said twelve times is said once.
  expect(ids(searched(index, 'teapot '.repeat(12)))).toEqual(ids(searched(index, 'teapot')));
});

test('words that mean the same find what each of them finds, and of a phrase all words must be there', () => {
  const synonyms = [['teapot', 'crimson lantern']];
  const found = searched(shopIndex, 'teapot', {}, { synonyms });
  const isMeant = ({ title }: SourceProduct) =>
    title.includes('teapot') || (title.includes('crimson') && title.includes('lantern'));
  expect(found.total).toBe(shop.filter(isMeant).length);
});

test('a short word is taken as it stands: a letter of three makes another word', () => {
  const index = indexOf([product('1', { title: 'Red tea' }), product('2', { title: 'Bed pea' })]);
  expect(ids(searched(index, 'red'))).toEqual(['1']);
  expect(ids(searched(index, 'ted'))).toEqual([]);
});

test('a word that was typed in two is taken for the one it makes, and says so', () => {
  const index = indexOf([
    product('1', { title: 'Stoneware teapot' }),
    product('2', { title: 'Tea towel' }),
    product('3', { title: 'Teal cushion' }),
    product('4', { title: 'Flower pot' }),
  ]);
  for (const text of ['te apot', 'tea pot', 'teap ot', 'stoneware te apot']) {
    const { products, corrected } = searched(index, text);
    expect([text, products.map(({ id }) => id), corrected]).toEqual([
      text,
      ['1'],
      text.startsWith('stone') ? 'stoneware teapot' : 'teapot',
    ]);
  }
  expect(suggested(index, 'te apot').words).toEqual(['teapot']);
  // Two words that a product has are two words, also where they would make one.
  const both = indexOf([product('1', { title: 'Teapot' }), product('2', { title: 'Tea in a pot' })]);
  expect(searched(both, 'tea pot')).toMatchObject({ total: 1, corrected: null, products: [{ id: '2' }] });
  // And what somebody suggested goes before.
  const synonyms = [['tea pot', 'cushion']];
  expect(ids(searched(index, 'tea pot', {}, { synonyms }))).toEqual(['3']);
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
