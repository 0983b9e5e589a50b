import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pageSeen } from '../../server/firstLook/website/seen.ts';
import { lookAtShop, type ShopLook } from '../../server/firstLook/website/shop.ts';
import { createGuardedFetch } from '../../server/platform/fetching/guardedFetch.ts';
import { NamesUnanswered } from '../../server/platform/fetching/names.ts';
import { productPage, sitemapIndexOf, sitemapOf, startTestShop, type TestShop } from './testShop.ts';

let shop: TestShop;
const never = new AbortController().signal;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.pages = {};
  shop.asked.length = 0;
  shop.mostAtOnce = 0;
});

/** Short limits, so that what is slow is slow at once. */
const look = (website = shop.at, options: { patienceMs?: number; signal?: AbortSignal } = {}): Promise<ShopLook> =>
  lookAtShop(
    {
      read: async (html, url) => pageSeen(html, url),
      fetch: createGuardedFetch({
        ...shop.fetching,
        limits: { PAGE: { totalMs: 400 }, FEED: { totalMs: 2_000 }, IMAGE: { totalMs: 400 } },
      }),
    },
    website,
    options.signal ?? never,
    options,
  );
const idsOf = ({ products }: ShopLook) => products.map(({ id }) => id);
const home = '<title>Shop</title><a href="/products/1">Mug</a>';
/** A shop of so many products, listed in one sitemap. */
function fill(count: number, path = (n: number) => `/products/mug-${n}`): void {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  shop.pages = {
    '/': home,
    '/robots.txt': `User-agent: *\nDisallow: /cart\nSitemap: ${shop.at}/sitemap.xml`,
    '/sitemap.xml': sitemapOf([shop.at, `${shop.at}/blogs/news/x`, ...numbers.map((n) => `${shop.at}${path(n)}`)]),
    ...Object.fromEntries(numbers.map((n) => [path(n), productPage(n)])),
  };
}

describe('a shop that is looked at from its address alone', () => {
  test('gives its products from its sitemap, two pages at once, with no cookie and under our name', async () => {
    fill(30);
    const found = await look();
    expect(found).toMatchObject({ problem: null, pages: 30 });
    expect(idsOf(found).sort()).toEqual(Array.from({ length: 30 }, (_, n) => `SKU-${n + 1}`).sort());
    expect(found.products[0]).toMatchObject({
      title: 'Mug no 1',
      link: `${shop.at}/products/mug-1`,
      price: { amount: 12.9, currency: 'EUR' },
      image: `${shop.at}/i/1.png`,
    });
    expect(shop.mostAtOnce).toBeLessThanOrEqual(2);
    expect(shop.paths().slice(0, 3)).toEqual(['/robots.txt', '/', '/sitemap.xml']);
    expect(
      shop
        .paths()
        .slice(3)
        .every((path) => path.startsWith('/products/')),
    ).toBe(true);
    for (const { headers } of shop.asked) {
      expect(headers['user-agent']).toMatch(/^Slipway/);
      expect(headers.cookie ?? headers.authorization ?? headers.referer).toBeUndefined();
    }
  });

  test('with 5,000 products is asked for fifty of them, from all over its list', async () => {
    fill(5_000);
    const found = await look();
    expect(found).toMatchObject({ problem: null, pages: 50 });
    const numbers = idsOf(found).map((id) => Number(id.slice(4)));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n * 100 + 51));
    expect(shop.asked).toHaveLength(53);
  });

  test('that lists products in one of many packed sitemaps is asked for that one first', async () => {
    fill(0);
    shop.pages['/robots.txt'] =
      `Sitemap: ${shop.at}/sitemap_index.xml\nsitemap:http://elsewhere.test:${shop.port}/sitemap.xml`;
    shop.pages['/sitemap_index.xml'] = sitemapIndexOf(
      ['pages', 'category', 'product-1', 'posts'].map((name) => `${shop.at}/${name}-sitemap.xml.gz`),
    );
    shop.pages['/product-1-sitemap.xml.gz'] = {
      headers: { 'content-type': 'application/gzip' },
      body: gzipSync(sitemapOf([`${shop.at}/shop/mugs/blue/`, `${shop.at}/shop/`])),
    };
    shop.pages['/shop/mugs/blue/'] = productPage(1);
    expect(idsOf(await look())).toEqual(['SKU-1']);
    expect(shop.paths()).toEqual(
      ['/robots.txt', '/', '/sitemap_index.xml', '/product-1-sitemap.xml.gz', '/shop/mugs/blue/', '/shop/'].filter(
        (path) => shop.paths().includes(path),
      ),
    );
    expect(shop.asked.every(({ host }) => host === 'shop.test')).toBe(true);
  });

  test('without a sitemap is read through the links of its front page', async () => {
    shop.pages = {
      '/': `<a href="/products/1#reviews">a</a><a href="/products/1">a</a><a href="/cart">b</a><a href="http://other.test:${shop.port}/products/9">c</a><a href="javascript:alert(1)">d</a>`,
      '/products/1': productPage(1),
    };
    expect(await look()).toMatchObject({ problem: null, pages: 1 });
    expect(shop.paths().filter((path) => path.startsWith('/products'))).toEqual(['/products/1']);
    expect(shop.asked.every(({ host }) => host === 'shop.test')).toBe(true);
  });

  test('that has moved is looked at where it leads, by the robots.txt there', async () => {
    fill(3);
    shop.pages['/products/mug-2'] = { status: 301, headers: { location: '/cart' } };
    const found = await look(`http://old.test:${shop.port}/x`);
    expect(found.problem).toBe('NO_PRODUCTS');
    shop.pages['/x'] = { status: 301, headers: { location: `${shop.at}/` } };
    shop.asked.length = 0;
    expect(idsOf(await look(`http://old.test:${shop.port}/x`)).sort()).toEqual(['SKU-1', 'SKU-3']);
    expect(shop.paths().slice(0, 5)).toEqual(['/robots.txt', '/x', '/robots.txt', '/', '/sitemap.xml']);
    expect(shop.paths()).not.toContain('/cart');
  });

  test('gives each product once, however many addresses it has, and none up that shares a number', async () => {
    fill(4);
    shop.pages['/products/mug-2'] = productPage(1);
    shop.pages['/products/mug-3'] = productPage(1, { name: 'Something else' });
    shop.pages['/products/mug-4'] =
      `<link rel="canonical" href="/products/mug-1">${productPage(4, { name: 'Mug no 1 again' })}`;
    const { products } = await look();
    expect(products.map(({ title }) => title).sort()).toEqual(['Mug no 1', 'Something else']);
    expect(new Set(products.map(({ id }) => id)).size).toBe(2);
  });

  test('in two languages is read in that of its front page', async () => {
    fill(0);
    shop.pages['/sitemap.xml'] = sitemapOf(
      ['/products/a', '/fr/products/a', '/de/products/a'].map((path) => shop.at + path),
    );
    shop.pages['/products/a'] = productPage('a');
    await look();
    expect(shop.paths().slice(3)).toEqual(['/products/a']);
  });

  test('is left alone by form: addresses of one kind without a product are not all tried', async () => {
    fill(0);
    const posts = Array.from({ length: 80 }, (_, n) => `${shop.at}/ideas/a-nice-idea-${n}`);
    shop.pages['/sitemap.xml'] = sitemapOf([...posts, `${shop.at}/things/blue-mug`]);
    for (const url of posts) shop.pages[new URL(url).pathname] = '<title>An idea</title>';
    shop.pages['/things/blue-mug'] = productPage(1);
    const found = await look();
    expect(idsOf(found)).toEqual(['SKU-1']);
    expect(shop.paths().filter((path) => path.startsWith('/ideas')).length).toBeLessThan(10);
  });

  test('whose letters are of another charset is read in it, whether the answer or the page says so', async () => {
    fill(2);
    const page = (more = '') =>
      Buffer.from(more + productPage(1, { name: 'Šálek modrý' }).replace('Šálek modrý', 'S\xe1lek modr\xfd'), 'latin1');
    shop.pages['/products/mug-1'] = { headers: { 'content-type': 'text/html; charset=ISO-8859-2' }, body: page() };
    shop.pages['/products/mug-2'] = {
      headers: { 'content-type': 'text/html' },
      body: page('<meta charset="iso-8859-2"><meta name="x" content="2">'),
    };
    const { products } = await look();
    expect(products.map(({ title }) => title)).toEqual(['Sálek modrý']);
  });

  test('gives its name, its colour and its logo', async () => {
    fill(1);
    shop.pages['/'] =
      '<title>x</title><meta property="og:site_name" content="Nordlicht"><meta name="theme-color" content="#0a7"><link rel="manifest" href="/m.json">';
    shop.pages['/m.json'] = {
      headers: { 'content-type': 'application/manifest+json' },
      body: '{"background_color":"#FFF8F0"}',
    };
    expect((await look()).site).toEqual({ name: 'Nordlicht', accent: '#00aa77', ground: '#fff8f0', logo: null });
  });
});

describe('a shop that gives nothing', () => {
  test('because it forbids us is FORBIDDEN, and asked for nothing more', async () => {
    fill(5);
    shop.pages['/robots.txt'] = 'User-agent: Slipway\nDisallow: /\n\nUser-agent: *\nAllow: /';
    expect(await look()).toEqual({ problem: 'FORBIDDEN', pages: 0, products: [], site: null });
    expect(shop.paths()).toEqual(['/robots.txt']);
  });

  test('because its products are forbidden is FORBIDDEN, too', async () => {
    fill(5);
    shop.pages['/robots.txt'] = `User-agent: *\nDisallow: /products\nSitemap: ${shop.at}/sitemap.xml`;
    expect((await look()).problem).toBe('FORBIDDEN');
    expect(shop.paths()).toEqual(['/robots.txt', '/', '/sitemap.xml']);
  });

  test('what robots.txt forbids of it is left out, and others are asked in its place', async () => {
    fill(200);
    shop.pages['/robots.txt'] = `User-agent: *\nDisallow: /products/mug-1\nSitemap: ${shop.at}/sitemap.xml`;
    const found = await look();
    expect(found.pages).toBe(50);
    expect(shop.paths().some((path) => path.startsWith('/products/mug-1'))).toBe(false);
  });

  test.each([403, 401, 429])('because it answers %i is FORBIDDEN', async (status) => {
    fill(5);
    shop.pages['/'] = { status, body: 'Are you human?' };
    expect((await look()).problem).toBe('FORBIDDEN');
  });

  test('because it asks us to stop is left at once, with what was read', async () => {
    fill(40);
    for (let n = 20; n <= 40; n++) shop.pages[`/products/mug-${n}`] = { status: 429 };
    const found = await look();
    expect(found).toMatchObject({ problem: null, pages: 19 });
    expect(shop.asked.length).toBeLessThanOrEqual(3 + 19 + 2);
  });

  test('because it is down is UNREACHABLE', async () => {
    expect((await look(`http://shop.test:${shop.deadPort}`)).problem).toBe('UNREACHABLE');
    expect((await look('http://nobody.example')).problem).toBe('UNREACHABLE');
    shop.pages = { '/': { status: 503 } };
    expect((await look()).problem).toBe('UNREACHABLE');
    shop.asked.length = 0;
    shop.pages = { '/robots.txt': { status: 503 }, '/': home };
    expect((await look()).problem).toBe('UNREACHABLE');
    expect(shop.paths()).toEqual(['/robots.txt']);
    shop.asked.length = 0;
    shop.pages = { '/robots.txt': { status: 429 }, '/': home };
    expect((await look()).problem).toBe('UNREACHABLE');
    expect(shop.paths()).toEqual(['/robots.txt']);
  });

  test('because it is on a private address, or leads to one, is UNREACHABLE and not asked', async () => {
    expect((await look(`http://inside.test:${shop.port}`)).problem).toBe('UNREACHABLE');
    expect((await look(`http://127.0.0.2:${shop.port}`)).problem).toBe('UNREACHABLE');
    expect(shop.asked).toEqual([]);
    shop.pages = { '/': { status: 302, headers: { location: `http://inside.test:${shop.port}/` } } };
    expect((await look()).problem).toBe('UNREACHABLE');
    expect(shop.asked.every(({ host }) => host === 'shop.test')).toBe(true);
  });

  test('because it has no products says NO_PRODUCTS', async () => {
    shop.pages = {
      '/': '<title>Us</title><a href="/our-story">x</a><a href="/contact">y</a>',
      '/our-story': '<title>x</title>',
    };
    expect(await look()).toMatchObject({ problem: 'NO_PRODUCTS', pages: 1, products: [] });
    shop.pages = { '/': { headers: { 'content-type': 'application/pdf' }, body: 'x' } };
    expect((await look()).problem).toBe('NO_PRODUCTS');
  });

  test.each(['', 'not an address', 'ftp://shop.test', 'javascript:alert(1)'])(
    'because %j is no address says NO_WEBSITE',
    async (website) => {
      expect((await look(website)).problem).toBe('NO_WEBSITE');
    },
  );

  test('because our own name servers are silent is no verdict', async () => {
    await expect(look('http://silent.test')).rejects.toThrow(NamesUnanswered);
  });
});

describe('a hostile shop', () => {
  test('that trickles is left after a few pages', async () => {
    fill(50);
    const drip = (res: import('node:http').ServerResponse) => {
      res.writeHead(200, { 'content-type': 'text/html' });
      const timer = setInterval(() => res.write('<p>'), 20);
      res.once('close', () => clearInterval(timer));
    };
    for (let n = 1; n <= 50; n++) shop.pages[`/products/mug-${n}`] = drip;
    expect((await look()).problem).toBe('UNREACHABLE');
    expect(shop.paths().filter((path) => path.startsWith('/products')).length).toBeLessThan(8);
  });

  test('whose every second page trickles gives the others as long as there is time', async () => {
    fill(50);
    const silent = () => {};
    for (let n = 2; n <= 50; n += 2) shop.pages[`/products/mug-${n}`] = silent;
    const found = await look(shop.at, { patienceMs: 1_500 });
    expect(found.problem).toBeNull();
    expect(found.products.length).toBeGreaterThan(2);
    expect(found.products.length).toBeLessThan(50);
  });

  test('is left at once when whoever asked does not want it any more', async () => {
    fill(50);
    const stop = new AbortController();
    shop.pages['/products/mug-5'] = () => stop.abort(new Error('closing'));
    await expect(look(shop.at, { signal: stop.signal })).rejects.toThrow('closing');
  });

  test('that leads in circles, to other schemes and down to http is left', async () => {
    fill(3);
    shop.pages['/products/mug-1'] = { status: 302, headers: { location: '/products/mug-1' } };
    shop.pages['/products/mug-2'] = { status: 302, headers: { location: 'file:///etc/passwd' } };
    shop.pages['/products/mug-3'] = { status: 302, headers: { location: `http://inside.test:${shop.port}/` } };
    expect((await look()).problem).toBe('NO_PRODUCTS');
    expect(shop.paths().filter((path) => path === '/products/mug-1')).toHaveLength(4);
  });

  test('whose sitemaps hold each other, are endless or bombs does not hold us', async () => {
    fill(0);
    const bomb = gzipSync(Buffer.alloc(200_000_000, ' '));
    shop.pages['/sitemap.xml'] = sitemapIndexOf(
      [...Array(50).keys()].map((n) => `${shop.at}/product-${n}.xml`).concat(`${shop.at}/sitemap.xml`),
    );
    shop.pages['/product-0.xml'] = shop.pages['/sitemap.xml'] as string;
    for (let n = 1; n < 50; n++) shop.pages[`/product-${n}.xml`] = bomb;
    expect((await look(shop.at, { patienceMs: 10_000 })).problem).toBe('NO_PRODUCTS');
    expect(shop.paths().filter((path) => path.endsWith('.xml')).length).toBeLessThanOrEqual(12);
  });
});
