import { describe, expect, test } from 'vitest';
import { colourOf, isColourful, mostColourful } from '../../server/firstLook/brand/colours.ts';
import { readSiteHints } from '../../server/firstLook/brand/hints.ts';
import { logoOf } from '../../server/firstLook/brand/pictures.ts';
import { pngColours } from '../../server/firstLook/brand/png.ts';
import { readShopPage } from '../../server/firstLook/website/page.ts';
import { cpuMs, longestStallMs } from '../support/stall.ts';
import { chunk, palette, png, rgb, rgba, written } from './png.ts';

describe('the colours of a PNG', () => {
  test('are read through all five ways of writing a line', async () => {
    const noise = (x: number, y: number) => [(x * 7 + y * 3) % 256, (x * 7 + y * 3) % 256, (x * 7 + y * 3) % 256];
    const picture = png(60, 60, rgb, (x, y) => (x > 20 && x < 40 && y > 20 && y < 40 ? [15, 95, 92] : noise(x, y)));
    expect(await pngColours(picture)).toEqual({ accent: '#0f5f5c', ground: null });
  });

  test.each<[string, Buffer, { accent: string | null; ground: string | null }]>([
    [
      'a drawing on nothing',
      png(40, 40, rgba, (x) => (x > 10 && x < 30 ? [200, 30, 60, 255] : [0, 0, 0, 0])),
      { accent: '#c81e3c', ground: null },
    ],
    [
      'a drawing on white',
      png(40, 40, rgb, (x, y) => (x > 10 && x < 30 && y > 4 && y < 30 ? [200, 30, 60] : [255, 255, 255])),
      { accent: '#c81e3c', ground: '#ffffff' },
    ],
    [
      'a white drawing on a colour',
      png(40, 40, rgb, (x, y) => (x > 10 && x < 20 && y > 10 && y < 20 ? [255, 255, 255] : [0, 80, 200])),
      { accent: '#0050c8', ground: '#0050c8' },
    ],
    ['grey alone', png(40, 40, rgb, (x) => (x > 10 ? [60, 60, 64] : [255, 255, 255])), { accent: null, ground: null }],
    [
      'black on nothing',
      png(20, 20, rgba, (x) => (x > 5 && x < 15 ? [0, 0, 0, 255] : [0, 0, 0, 0])),
      { accent: null, ground: null },
    ],
    [
      'a palette with a see-through entry',
      png(40, 40, palette, (x) => (x > 10 && x < 30 ? [1] : [0]), [
        chunk('PLTE', Buffer.from([9, 9, 9, 0, 160, 90])),
        chunk('tRNS', Buffer.from([0])),
      ]),
      { accent: '#00a05a', ground: null },
    ],
    ['greys of one channel', png(20, 20, { type: 0, channels: 1 }, () => [255]), { accent: null, ground: '#ffffff' }],
    [
      'an entry that its palette has not',
      png(20, 20, palette, () => [200], [chunk('PLTE', Buffer.from([255, 0, 0]))]),
      { accent: null, ground: '#000000' },
    ],
  ])('%s', async (_, picture, colours) => {
    expect(await pngColours(picture)).toEqual(colours);
  });

  const good = png(30, 30, rgb, () => [200, 30, 60]);
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['something else', Buffer.from('GIF89a'.padEnd(100, 'x'))],
    ['cut off', good.subarray(0, good.length - 30)],
    ['without lines', written(30, 30, 2, Buffer.alloc(0))],
    ['that ends too early', written(30, 30, 2, Buffer.alloc(500))],
    ['with more than it has room for', written(10, 10, 2, Buffer.alloc(50_000_000))],
    ['as wide as the sea', written(4_000_000_000, 1, 2, Buffer.alloc(10))],
    ['of no width', written(0, 10, 2, Buffer.alloc(10))],
    ['of 16 bits', written(10, 10, 2, Buffer.alloc(610), [], 16)],
    ['interlaced', written(10, 10, 2, Buffer.alloc(310), [], 8, 1)],
    ['of an unknown kind', written(10, 10, 5, Buffer.alloc(310))],
    ['with lines written in no known way', written(10, 10, 2, Buffer.alloc(310, 9))],
    ['with a palette that is not there', written(10, 10, 3, Buffer.alloc(110))],
    [
      'of chunks that claim to be endless',
      Buffer.concat([good.subarray(0, 33), Buffer.from('ffffffff49444154', 'hex')]),
    ],
    [
      'of 100,000 chunks',
      Buffer.concat([good.subarray(0, 33), ...Array.from({ length: 100_000 }, () => chunk('tEXt', Buffer.alloc(1)))]),
    ],
  ])('%s gives none', async (_, picture) => {
    expect(await pngColours(picture)).toBeNull();
  });

  test('of four million pixels hold nobody up', async () => {
    const side = 2_000;
    const lines = Buffer.alloc((side * 4 + 1) * side, 77);
    for (let row = 0; row < side; row++) lines[row * (side * 4 + 1)] = 4;
    const large = written(side, side, 6, lines);
    expect(await longestStallMs(() => pngColours(large))).toBeLessThan(150);
  }, 30_000);
});

describe('a logo', () => {
  test('is a picture that can be shown; an SVG gives its colours alone', async () => {
    const picture = png(64, 64, rgb, () => [200, 30, 60]);
    expect(await logoOf(picture)).toEqual({ accent: '#c81e3c', ground: '#c81e3c', isShown: true });
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#111111"/><path fill="#c81e3c"/></svg>';
    expect(await logoOf(Buffer.from(svg))).toEqual({ accent: '#c81e3c', ground: null, isShown: false });
    const jpeg = Buffer.from('ffd8ffc0001108010001000301220002110103110100', 'hex');
    expect(await logoOf(jpeg)).toEqual({ accent: null, ground: null, isShown: true });
  });

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a dot', png(1, 1, rgb, () => [200, 30, 60])],
    ['a page', Buffer.from('<!doctype html><title>x</title>')],
    ['an archive', Buffer.from('PK\u0003\u0004'.padEnd(200, 'x'))],
    ['six megabytes', Buffer.alloc(6_000_000, 0xff)],
  ])('is not %s', async (_, bytes) => {
    expect(await logoOf(bytes)).toBeNull();
  });
});

describe('colours', () => {
  test.each<[string | undefined, string | null]>([
    ['#0f5f5c', '#0f5f5c'],
    [' #0F5F5C ', '#0f5f5c'],
    ['#0af', '#00aaff'],
    ['#0f5f5cff', '#0f5f5c'],
    ['rgb(15, 95, 92)', '#0f5f5c'],
    ['rgb(15 95 92)', '#0f5f5c'],
    ['rgba(15,95,92,.5)', '#0f5f5c'],
    ['rgb(300,0,0)', null],
    ['red; background:url(x)', null],
    ['#12', null],
    ['', null],
    [undefined, null],
  ])('%j is %j', (written, colour) => {
    expect(colourOf(written)).toBe(colour);
  });

  test('white, black and grey are nobody’s accent', () => {
    expect(['#ffffff', '#000000', '#333a40', '#0f5f5c', '#ff0000'].filter(isColourful)).toEqual(['#0f5f5c', '#ff0000']);
    expect(mostColourful(['#111111', '#0f5f5c', '#ff0000', 'white'])).toBe('#ff0000');
    expect(mostColourful(['#111111', '#c'])).toBeNull();
  });
});

describe('the looks of a page', () => {
  const hints = (html: string) => readSiteHints(readShopPage(html, 'https://shop.example/'), 'https://shop.example/');

  test('are its name, its theme colour, its manifest and what may be its logo', () => {
    expect(
      hints(`<meta property="og:site_name" content="Nord &amp; licht"><meta name="theme-color" content="#0F5F5C">
        <link rel="manifest" href="/site.webmanifest"><link rel="icon" href="/favicon.ico"><link rel="icon" sizes="32x32" href="/32.png">
        <link rel="apple-touch-icon" sizes="60x60" href="/60.png"><link rel="apple-touch-icon" sizes="180x180" href="/180.png">
        <script type="application/ld+json">{"@type":"Organization","name":"N","logo":{"@type":"ImageObject","url":"/logo.png"}}</script>`),
    ).toEqual({
      name: 'Nord & licht',
      theme: '#0f5f5c',
      manifest: 'https://shop.example/site.webmanifest',
      logos: [
        'https://shop.example/logo.png',
        'https://shop.example/180.png',
        'https://shop.example/60.png',
        'https://shop.example/32.png',
      ],
    });
  });

  test('are none of a page that says nothing, or nonsense', () => {
    const none = { name: null, theme: null, manifest: null, logos: [] };
    expect(hints('')).toEqual(none);
    expect(
      hints(
        '<meta name="theme-color" content="url(javascript:alert(1))"><link rel="apple-touch-icon" href="data:image/png,x"><link rel="manifest" href="file:///etc/passwd"><script type="application/ld+json">{"@type":"Organization","logo":{"url":["javascript:x"]}}</script>',
      ),
    ).toEqual(none);
  });

  test('of a name as long as a book are cut', () => {
    expect(
      hints(`<meta property="og:site_name" content="${'Shop '.repeat(100_000)}">`).name?.length,
    ).toBeLessThanOrEqual(60);
    expect(cpuMs(() => void hints('<link rel="icon" href="/a.png">'.repeat(60_000)))).toBeLessThan(2_000);
  });
});
