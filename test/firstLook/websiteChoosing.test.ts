import { describe, expect, test } from 'vitest';
import { bareHost, chooseCandidates, isProductSitemap, spread } from '../../server/firstLook/website/choosing.ts';
import { sitemapsOf } from '../../server/firstLook/website/door.ts';
import { cpuMs } from '../support/stall.ts';

const home = 'https://www.shop.example/';
const choose = (paths: readonly string[], { isProduct = false, most = 50, at = home } = {}) =>
  chooseCandidates(
    paths.map((path) => ({ url: path.startsWith('/') ? `https://shop.example${path}` : path, isProduct })),
    at,
    most,
  ).map(({ url }) => url.replace('https://shop.example', ''));

describe('addresses that look like products', () => {
  test.each([
    ['Shopify', '/products/blue-mug'],
    ['Shopify, within a collection', '/collections/mugs/products/blue-mug'],
    ['Magento', '/blue-mug.html'],
    ['Magento without a name', '/catalog/product/view/id/12'],
    ['WooCommerce', '/product/blue-mug/'],
    ['WooCommerce in German', '/produkt/blaue-tasse/'],
    ['PrestaShop', '/kitchen/12-blue-mug.html'],
    ['PrestaShop without an ending', '/12-blue-mug'],
    ['a short form', '/p/blue-mug-1234'],
    ['a short form at the end', '/blue-mug-p-1234.html'],
    ['Shopware', '/detail/0a1b2c3d4e5f60718293a4b5c6d7e8f9'],
  ])('%s: %s', (_, path) => {
    expect(choose([path])).toEqual([path]);
  });

  test.each([
    ['/'],
    ['/cart'],
    ['/collections/mugs'],
    ['/blogs/news/our-blue-mug'],
    ['/pages/about-us'],
    ['/de/'],
    ['/account/login'],
    ['/sitemap.xml'],
    ['/files/catalogue.pdf'],
    ['/terms.html'],
    ['/mugs'],
    ['https://other.example/products/x'],
    ['mailto:a@shop.example'],
    ['javascript:alert(1)'],
    ['not an address'],
  ])('%s is none', (path) => {
    expect(choose([path])).toEqual([]);
  });

  test('what a sitemap of products lists is one, whatever its form', () => {
    expect(choose(['/mugs/blue', '/blue', '/', '/cart'], { isProduct: true })).toEqual(['/mugs/blue', '/blue']);
  });

  test('sure ones come before likely ones, these before all others', () => {
    const paths = ['/our-story-of-mugs', '/blue-mug.html', '/products/red-mug'];
    expect(choose(paths)).toEqual([...paths].reverse());
    expect(choose(paths, { most: 1 })).toEqual(['/products/red-mug']);
  });

  test('one product in many collections, and the same address twice, are one', () => {
    expect(
      choose(['/collections/a/products/x', '/collections/b/products/x', '/products/x', '/products/x#reviews']),
    ).toHaveLength(1);
  });

  test('of several languages that of the front page is taken, else the plain one, else the largest', () => {
    const paths = ['/products/a', '/de/products/a', '/de/products/b', '/fr/products/a'];
    expect(choose(paths)).toEqual(['/products/a']);
    expect(choose(paths, { at: 'https://shop.example/de/' })).toEqual(['/de/products/a', '/de/products/b']);
    expect(choose(paths.slice(1))).toEqual(['/de/products/a', '/de/products/b']);
  });

  test('reserves stand behind the chosen ones, from all over the rest', () => {
    const listed = Array.from({ length: 1_000 }, (_, n) => ({
      url: `https://shop.example/products/${n}`,
      isProduct: true,
    }));
    const chosen = chooseCandidates(listed, home, 10, 5).map(({ url }) => Number(url.split('/').at(-1)));
    expect(chosen.slice(0, 10)).toEqual([50, 150, 250, 350, 450, 550, 650, 750, 850, 950]);
    expect(new Set(chosen).size).toBe(15);
  });

  test('50,000 long ones are chosen from in their own time', () => {
    for (const ending of ['.html', '', '/x.htm', '-p', '1'.repeat(400)]) {
      const paths = Array.from(
        { length: 50_000 },
        (_, n) => `/${'a-'.repeat(ending.length > 9 ? 40 : 900)}${n}${ending}`,
      );
      expect(cpuMs(() => void choose(paths))).toBeLessThan(3_000);
    }
  });
});

test('things are spread evenly, and all of few are taken', () => {
  expect(spread([1, 2, 3], 5)).toEqual([1, 2, 3]);
  expect(spread([1, 2, 3, 4], 2)).toEqual([2, 4]);
  expect(spread([1, 2], 0)).toEqual([]);
  expect(spread([1, 2], -3)).toEqual([]);
});

test.each([
  ['/sitemap_products_1.xml?from=1&to=2', true],
  ['/product-sitemap2.xml.gz', true],
  ['/sitemap/artikel.xml', true],
  ['/product_cat-sitemap.xml', false],
  ['/product-categories.xml', false],
  ['/post-sitemap.xml', false],
])('%s lists products: %j', (path, isProduct) => {
  expect(isProductSitemap(`https://shop.example${path}`)).toBe(isProduct);
});

test('sitemaps are named in robots.txt in any case, resolved, and no others than of the web', () => {
  const robots =
    'User-agent: *\nSitemap: https://shop.example/a.xml\n  sitemap:/b.xml\nSITEMAP : file:///etc/passwd\n#Sitemap: /c.xml\nSitemap:';
  expect(sitemapsOf(robots, 'https://shop.example')).toEqual([
    'https://shop.example/a.xml',
    'https://shop.example/b.xml',
  ]);
  expect(cpuMs(() => void sitemapsOf(' '.repeat(500_000), 'https://shop.example'))).toBeLessThan(500);
});

test('www is the same shop, and another port is none', () => {
  expect([home, 'http://shop.example/x', 'https://shop.example:8443', 'nothing'].map(bareHost)).toEqual([
    'shop.example',
    'shop.example',
    'shop.example:8443',
    '',
  ]);
});
