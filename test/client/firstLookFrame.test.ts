import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { coloursOf, contrast, rgbOf } from '../../client/frame/colours.ts';
import { initialsOf, toneOf } from '../../client/frame/initials.ts';
import {
  amountOf,
  categoryTree,
  nowChosen,
  placeOf,
  type Question,
  questionAt,
  tellApart,
} from '../../client/frame/mocks/search/filters.ts';
import { moneyIn, reduction } from '../../client/frame/money.ts';
import { fromFrame, type Place, placeFrom, waitingFor } from '../../client/frame/protocol.ts';
import { wordsIn } from '../../client/frame/words.ts';
import { placeIn } from '../../client/screens/firstLook/place.ts';
import { code, root } from '../support/source.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the frame of a first look', () => {
  test('knows what mocks ask and are answered by the very words of the server', () => {
    const typesOf = (text: string) => text.replaceAll(/\/\*.*?\*\//gs, '').trim();
    const [asked] = read('server/firstLook/shapes.ts').split('/** A product on its way into the index');
    expect(typesOf(read('client/frame/shapes.ts'))).toBe(typesOf(asked ?? ''));
  });

  test('is one script below 80 kB and one style below 6 kB, gzipped', () => {
    const weigh = (name: string) => gzipSync(read(`dist/client/frame/${name}`), { level: 9 }).length;
    expect(weigh('frame.js')).toBeLessThan(80_000);
    expect(weigh('frame.css')).toBeLessThan(6_000);
  });

  test('has no word, no address and no HTML of its own', () => {
    const sources = code('client/frame').filter(({ path }) => !path.endsWith('vite.config.ts'));
    expect(sources.length).toBeGreaterThan(20);
    for (const { path, text } of sources) {
      const found =
        /dangerouslySetInnerHTML|innerHTML|fetch\(|XMLHttpRequest|https?:|href=|from '\.\.\/\.\.\/(?!\.)(?!.*frame)/.exec(
          path.includes('/mocks/') ? text.replaceAll(/from '\.\.\/\.\.\//g, '') : text,
        );
      expect([path, found?.[0]]).toEqual([path, undefined]);
    }
  });

  test.each([
    { accent: '#f5b301', ground: '#ffffff' },
    { accent: '#ffffff', ground: '#ffffff' },
    { accent: '#000000', ground: '#0a0a0a' },
    { accent: '#7c4dff', ground: '#15121c' },
    { accent: '#777777', ground: '#808080' },
    { accent: '#00ff00', ground: '#ff00ff' },
    { accent: null, ground: null },
    { accent: 'red', ground: 'url(x)' },
  ])('writes what can be read in %j', (brand) => {
    for (const isAroundDark of [false, true]) {
      const colours = coloursOf(brand, isAroundDark);
      const ratio = (text: string, ground: string) => contrast(rgbOf(text)!, rgbOf(ground)!);
      for (const ground of [colours.ground, colours.well]) {
        for (const text of [colours.ink, colours.inkSoft, colours.accentText]) {
          expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5);
        }
      }
      expect(ratio(colours.accentText, colours.accentWell)).toBeGreaterThanOrEqual(4.5);
      expect(ratio(colours.onAccent, colours.accent)).toBeGreaterThanOrEqual(4.5);
      expect(ratio(colours.edge, colours.ground)).toBeGreaterThanOrEqual(3);
    }
  });

  test('says each price in its own currency, and none in another one', () => {
    const money = moneyIn('en-GB');
    expect(money({ amount: 12.5, currency: 'EUR' })).toBe('€12.50');
    expect(money({ amount: 1999, currency: 'JPY' })).toBe('JP¥1,999');
    expect(money({ amount: 349, currency: 'CZK' })).toBe('CZK\u00a0349.00');
    expect(money({ amount: 5, currency: 'gold' })).toBe('5.00 gold');
    expect(reduction({ amount: 10, currency: 'EUR' }, { amount: 7.5, currency: 'EUR' })).toBe(25);
    expect(reduction({ amount: 10, currency: 'EUR' }, { amount: 7.5, currency: 'USD' })).toBe(0);
    expect(reduction({ amount: 10, currency: 'EUR' }, null)).toBe(0);
  });

  test('counts in words, and puts values in as they are', () => {
    const t = wordsIn(
      { 'a.x_one': '{{count}} product', 'a.x_other': '{{count}} products', 'a.y': '“{{text}}”' },
      'en-GB',
    );
    expect([t('a.x', { count: 1 }), t('a.x', { count: 2 }), t('a.y', { text: '$& {{count}}' }), t('a.z')]).toEqual([
      '1 product',
      '2 products',
      '“$& {{count}}”',
      '',
    ]);
  });

  test('opens a category once it is chosen, or the only one', () => {
    const counts = ['Home', 'Home > Lamps', 'Home > Lamps > Desk', 'Bath'].map((value) => ({ value, count: 1 }));
    const shown = (chosen: string[]) => categoryTree(counts, chosen).map(({ value, depth }) => `${depth} ${value}`);
    expect(shown([])).toEqual(['0 Home', '0 Bath']);
    expect(shown(['Home'])).toEqual(['0 Home', '1 Home > Lamps', '2 Home > Lamps > Desk', '0 Bath']);
    expect(categoryTree([{ value: 'A > B', count: 1 }], []).map(({ value }) => value)).toEqual(['A > B']);
  });
});

test.each([
  ['Desk lamp Sand', 'DL'],
  ['Savon de Marseille, 100 g', 'SM'],
  ['Men’s boots', 'MB'],
  ['🕯🕯 candle', 'C'],
  ['مصباح مكتبي', 'مم'],
  ['tea', 'T'],
  ['12 345', ''],
])('without a picture, "%s" is %s', (title, letters) => {
  expect(initialsOf(title)).toBe(letters);
  expect([0, 1, 2, 3]).toContain(toneOf(title, 4));
});

test.each([
  ['Light > Lamps', ['Light'], ['Light > Lamps']],
  ['Light', ['Light > Lamps', 'Light > Lamps > Desk', 'Bath'], ['Bath', 'Light']],
  ['Lighter', ['Light'], ['Light', 'Lighter']],
])('%s, chosen with %j: %j', (last, before, chosen) => {
  expect(nowChosen([...before, last])).toEqual(chosen);
});

test.each([
  ['1,000', 1000],
  ['1.904,90', 1904.9],
  ['1,904.90', 1904.9],
  ['12,5', 12.5],
  [' 1 000 ', 1000],
  ['7.', 7],
  ['abc', null],
  ['-3', null],
  ['1e9', null],
  ['', null],
])('a price typed as "%s" is %s', (text, amount) => {
  expect(amountOf(text)).toBe(amount);
});

describe('what a frame says is believed only when it is', () => {
  const ask = { kind: 'suggest', text: 'mug' };

  test.each([
    { kind: 'height', px: 812.5 },
    { kind: 'ask', id: 1, mock: 'SEARCH', ask },
    { kind: 'image', id: 2, productId: 'A-1' },
    { kind: 'image', id: 3, productId: null },
    { kind: 'place', mock: 'SEARCH', place: { q: 'mug', brand: ['A', 'B'], open: 'A-1' }, step: 'IN' },
    { kind: 'place', mock: 'SEARCH', place: {}, step: 'OUT' },
  ])('%j is', (said) => {
    expect(fromFrame(said)).toEqual(said);
    expect(fromFrame({ ...said, more: 'of it' })).toEqual(said);
  });

  test.each([
    null,
    'height',
    [],
    { kind: 'start' },
    { kind: 'height', px: Number.POSITIVE_INFINITY },
    { kind: 'height', px: '900' },
    { kind: 'height', px: -1 },
    { kind: 'ask', id: 1.5, mock: 'SEARCH', ask },
    { kind: 'ask', id: 1, mock: 7, ask },
    { kind: 'ask', id: 1, mock: 'SEARCH', ask: { kind: 'everything' } },
    { kind: 'ask', id: 1, mock: 'SEARCH', ask: { ...ask, text: 'x'.repeat(2_000) } },
    { kind: 'ask', id: 1, mock: 'SEARCH', ask: [ask] },
    { kind: 'image', id: 2 },
    { kind: 'image', id: 2, productId: '' },
    { kind: 'image', id: 2, productId: 'x'.repeat(501) },
    { kind: 'image', id: '2', productId: 'A-1' },
    { kind: 'navigate', id: 1, href: '/' },
    { kind: 'place', mock: 'SEARCH', place: { q: 'mug' } },
    { kind: 'place', mock: 'SEARCH', place: { q: 'mug' }, step: 'AWAY' },
    { kind: 'place', mock: 'SEARCH', place: { q: 7 }, step: 'IN' },
    { kind: 'place', mock: 'SEARCH', place: { q: ['mug', null] }, step: 'IN' },
    { kind: 'place', mock: 'SEARCH', place: 'q=mug', step: 'IN' },
    { kind: 'place', mock: 'SEARCH', place: { q: 'x'.repeat(1_501) }, step: 'IN' },
    { kind: 'place', mock: 'SEARCH', place: { q: 'x'.repeat(800), open: 'x'.repeat(800) }, step: 'IN' },
    { kind: 'place', mock: 'SEARCH', place: { brand: Array.from({ length: 31 }, () => 'A') }, step: 'IN' },
  ])('%j is not', (said) => {
    expect(fromFrame(said)).toBeNull();
  });

  const circle: Record<string, unknown> = { ...ask };
  circle.again = circle;
  test.each<[string, unknown]>([
    ['a number that JSON does not know', { kind: 'ask', id: 1, mock: 'SEARCH', ask: { ...ask, first: 1n } }],
    ['half a character', { kind: 'ask', id: 1, mock: 'SEARCH', ask: { ...ask, text: 'mug \ud83d' } }],
    ['something that holds itself', { kind: 'ask', id: 1, mock: 'SEARCH', ask: circle }],
    ['a million bytes', { kind: 'ask', id: 1, mock: 'SEARCH', ask: { ...ask, more: new Uint8Array(1_000_000) } }],
    ['a million keys', { kind: 'ask', id: 1, mock: 'SEARCH', ask: Object.fromEntries(new Uint8Array(99).entries()) }],
    ['a map', { kind: 'ask', id: 1, mock: 'SEARCH', ask: new Map(Object.entries(ask)) }],
    ['a date', { kind: 'ask', id: 1, mock: 'SEARCH', ask: { ...ask, at: new Date(Number.NaN) } }],
    ['a picture of half a character', { kind: 'image', id: 1, productId: '\udc00' }],
    ['a picture of a number', { kind: 'image', id: 1, productId: 1n }],
  ])('%s is refused without a word, and whoever waits for it is known', (_, said) => {
    expect(fromFrame(said)).toBeNull();
    expect(waitingFor(said)).toEqual({ kind: (said as { kind: string }).kind, id: 1 });
  });

  test.each<unknown>([null, 'ask', [], { kind: 'ask' }, { kind: 'height', id: 1 }, { kind: 'ask', id: 1n }])(
    'nobody waits for an answer to it',
    (said) => {
      expect(waitingFor(said)).toBeNull();
    },
  );
});

describe('a place in a mock', () => {
  const asked: Question = {
    text: 'red mug',
    sort: 'PRICE_UP',
    filters: {
      ...{ brand: ['Nordlicht', 'Kiku'], category: ['Home > Mugs'], isAvailable: true },
      price: { currency: 'EUR', min: 5, max: 12.5 },
    },
  };

  test('is what is asked there, by way of the address and back', () => {
    const place = placeFrom({ ...placeOf(asked), open: 'A-1' }) as Place;
    expect(place).toEqual({
      ...{ q: 'red mug', sort: 'PRICE_UP', brand: ['Nordlicht', 'Kiku'], category: 'Home > Mugs' },
      ...{ price: 'EUR 5 12.5', stock: 'in', open: 'A-1' },
    });
    expect(questionAt(placeIn({ ...place, product: 'SEARCH' }))).toEqual(asked);
    expect(placeIn({ ...place, product: 'SEARCH' })).toEqual(place);
  });

  test('without anything is the beginning', () => {
    const start = {
      text: '',
      sort: 'RELEVANCE',
      filters: { brand: [], category: [], price: null, isAvailable: false },
    };
    expect(questionAt({})).toEqual(start);
    expect(placeFrom(placeOf(start as never))).toEqual({});
  });

  test.each<[Record<string, unknown>, Place]>([
    [
      { q: 42, open: true },
      { q: '42', open: 'true' },
    ],
    [{ q: { a: 1 }, sort: 'NAME' }, { sort: 'NAME' }],
    [{ q: 'x'.repeat(1_501), open: 'A' }, { open: 'A' }],
    [{ q: '', more: 'of it' }, {}],
    [{ brand: ['A', 7] }, {}],
    [{ q: 'x'.repeat(1_000), open: 'y'.repeat(1_000) }, {}],
  ])('%j in an address is as much of a place as it can be', (search, place) => {
    expect(placeIn(search)).toEqual(place);
  });

  test.each(['', 'EUR', 'EUR 5', 'EUR x 7', 'GOLD 1 2', 'EUR -1 5', 'EUR 1 1e13'])(
    'a price "%s" narrows nothing',
    (price) => {
      expect(questionAt({ price }).filters.price).toBeNull();
    },
  );

  test('names categories by as much of their path as tells them apart', () => {
    expect(tellApart(['Men > Shoes', 'Women > Shoes', 'Women > Hats'])).toEqual([
      'Men › Shoes',
      'Women › Shoes',
      'Hats',
    ]);
    expect(tellApart(['Shoes', 'Women > Shoes', 'A > Women > Shoes'])).toEqual([
      'Shoes',
      'Women › Shoes',
      'A › Women › Shoes',
    ]);
    expect(tellApart(['Running Shoes', 'Men > Shoes'])).toEqual(['Running Shoes', 'Shoes']);
  });
});
