import { describe, expect, test } from 'vitest';
import { readSiteHints } from '../../server/firstLook/brand/hints.ts';
import type { SourceProduct } from '../../server/firstLook/shapes.ts';
import { readShopPage } from '../../server/firstLook/website/page.ts';
import { cpuMs } from '../support/stall.ts';

const at = 'https://shop.example/products/blue-mug';
const productOf = (html: string, url = at) => readShopPage(html, url).product;
const ld = (value: unknown) =>
  `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;
const mug = { '@context': 'https://schema.org', '@type': 'Product', name: 'Blue mug' };
const offer = { '@type': 'Offer', price: '12.90', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' };
const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** As their own themes write it. */
const shops: Record<string, { html: string; url: string; product: SourceProduct }> = {
  'Shopify, with a group of variants': {
    url: 'https://shop.example/collections/mugs/products/blue-mug?variant=2',
    html: `<head><title>Blue mug – Nordlicht</title><link rel="canonical" href="https://shop.example/products/blue-mug">
      <meta property="og:type" content="product"><meta property="og:price:amount" content="12,90"><meta property="og:price:currency" content="EUR">
      ${ld({
        '@context': 'http://schema.org/',
        '@id': '/products/blue-mug#product',
        '@type': 'ProductGroup',
        brand: { '@type': 'Brand', name: 'Nordlicht' },
        category: 'Mugs',
        description: 'A mug of stoneware.\nHolds &amp; warms.',
        hasVariant: [
          {
            '@type': 'Product',
            name: 'Blue mug - S',
            sku: 'MUG-S',
            image: 'https://cdn.shop.example/s.jpg',
            offers: {
              '@type': 'Offer',
              availability: 'http://schema.org/OutOfStock',
              price: '9.90',
              priceCurrency: 'EUR',
            },
          },
          {
            '@type': 'Product',
            name: 'Blue mug - L',
            sku: 'MUG-L',
            gtin: '4006381333931',
            image: 'https://cdn.shop.example/l.jpg',
            offers: {
              '@type': 'Offer',
              availability: 'http://schema.org/InStock',
              price: '12.90',
              priceCurrency: 'EUR',
            },
          },
        ],
        name: 'Blue mug',
        productGroupID: '8123',
        url: 'https://shop.example/products/blue-mug',
      })}</head>`,
    product: {
      ...{ id: 'MUG-L', title: 'Blue mug', description: 'A mug of stoneware. Holds & warms.' },
      ...{ link: at, image: 'https://cdn.shop.example/l.jpg', price: eur(12.9), salePrice: null, isAvailable: true },
      ...{ brand: 'Nordlicht', category: ['Mugs'], groupId: '8123', gtin: '4006381333931', mpn: null, rating: null },
    },
  },
  'Magento, with microdata': {
    url: 'https://shop.example/blue-mug.html',
    html: `<body><div itemscope itemtype="http://schema.org/Product"><h1 class="page-title"><span class="base" data-ui-id="x" itemprop="name">Blue <b>mug</b></span></h1>
      <meta itemprop="sku" content="24-MB01"/><img itemprop="image" src="/media/mug.jpg" alt="">
      <div class="product-reviews-summary" itemprop="aggregateRating" itemscope itemtype="http://schema.org/AggregateRating"><span><span itemprop="ratingValue">87</span>% of <span itemprop="bestRating">100</span></span><span itemprop="reviewCount">3</span></div>
      <div class="price-box" itemprop="offers" itemscope itemtype="http://schema.org/Offer"><span data-price-amount="1299" class="price-wrapper"><span class="price">1.299,00&nbsp;€</span></span><meta itemprop="price" content="1299"/><meta itemprop="priceCurrency" content="EUR"/><link itemprop="availability" href="http://schema.org/InStock"/></div>
      <div itemprop="description"><p>Of stone.</p><script>var a = "<b>";</script></div></div></body>`,
    product: {
      ...{ id: '24-MB01', title: 'Blue mug', description: 'Of stone.', link: 'https://shop.example/blue-mug.html' },
      ...{ image: 'https://shop.example/media/mug.jpg', price: eur(1299), salePrice: null, isAvailable: true },
      ...{ brand: null, category: [], groupId: null, gtin: null, mpn: null, rating: { value: 4.35, count: 3 } },
    },
  },
  'WooCommerce, with a graph that refers': {
    url: 'https://shop.example/product/blue-mug/',
    html: ld({
      '@context': 'https://schema.org/',
      '@graph': [
        {
          '@type': 'BreadcrumbList',
          '@id': 'https://shop.example/product/blue-mug/#breadcrumb',
          itemListElement: [
            { '@type': 'ListItem', position: 1, item: { name: 'Home', '@id': 'https://shop.example' } },
            {
              '@type': 'ListItem',
              position: 3,
              item: { name: 'Mugs', '@id': 'https://shop.example/product-category/kitchen/mugs/' },
            },
            {
              '@type': 'ListItem',
              position: 2,
              item: { name: 'Kitchen', '@id': 'https://shop.example/product-category/kitchen/' },
            },
            {
              '@type': 'ListItem',
              position: 4,
              item: { name: 'Blue mug', '@id': 'https://shop.example/product/blue-mug/' },
            },
          ],
        },
        { '@type': 'ImageObject', '@id': '#primaryimage', url: 'https://shop.example/wp-content/mug.jpg' },
        {
          '@type': 'Product',
          '@id': 'https://shop.example/product/blue-mug/#product',
          name: 'Blue mug',
          sku: 241,
          image: { '@id': '#primaryimage' },
          description: '<p>Of <em>stone</em>.</p>',
          offers: [
            {
              '@type': 'Offer',
              priceSpecification: [
                { '@type': 'UnitPriceSpecification', price: '9.90', priceCurrency: 'EUR' },
                {
                  '@type': 'UnitPriceSpecification',
                  price: '12.90',
                  priceCurrency: 'EUR',
                  priceType: 'https://schema.org/ListPrice',
                },
              ],
              availability: 'http://schema.org/InStock',
            },
          ],
          aggregateRating: { '@type': 'AggregateRating', ratingValue: '4.50', reviewCount: '12' },
        },
      ],
    }),
    product: {
      ...{ id: '241', title: 'Blue mug', description: 'Of stone .', link: 'https://shop.example/product/blue-mug/' },
      ...{ image: 'https://shop.example/wp-content/mug.jpg', price: eur(12.9), salePrice: eur(9.9), isAvailable: true },
      ...{ brand: null, category: ['Kitchen', 'Mugs'], groupId: null, gtin: null, mpn: null },
      rating: { value: 4.5, count: 12 },
    },
  },
  'PrestaShop, with lists and Open Graph': {
    url: 'https://shop.example/cuisine/12-mug-bleu.html',
    html: `<meta property="og:type" content="product"><meta property="og:title" content="Mug bleu"><meta property="product:price:amount" content="11.9"><meta property="product:price:currency" content="EUR">
      ${ld({
        '@context': 'https://schema.org/',
        '@type': 'Product',
        name: 'Mug bleu',
        mpn: '12',
        sku: 'demo_12',
        category: 'Cuisine',
        image: ['https://shop.example/12-large/mug.jpg', 'https://shop.example/13.jpg'],
        brand: [{ '@type': 'Thing', name: 'Studio' }],
        gtin13: '3274080005003',
        offers: {
          '@type': 'AggregateOffer',
          lowPrice: '11,90',
          highPrice: '15,90',
          priceCurrency: 'EUR',
          offerCount: 3,
        },
      })}`,
    product: {
      ...{ id: 'demo_12', title: 'Mug bleu', description: '', link: 'https://shop.example/cuisine/12-mug-bleu.html' },
      ...{ image: 'https://shop.example/12-large/mug.jpg', price: eur(11.9), salePrice: null, isAvailable: true },
      ...{ brand: 'Studio', category: ['Cuisine'], groupId: null, gtin: '3274080005003', mpn: '12', rating: null },
    },
  },
  'Open Graph alone': {
    url: at,
    html: `<meta property="og:type" content="og:product"><meta property="og:title" content="Blue mug"><meta property="og:image" content="/mug.jpg">
      <meta property="product:original_price:amount" content="20"><meta property="product:price:amount" content="15.00"><meta property="product:price:currency" content="GBP">
      <meta property="product:availability" content="out of stock"><meta property="product:category" content="Home &gt; Mugs"><meta property="product:brand" content="Acme">`,
    product: {
      ...{ id: 'blue-mug', title: 'Blue mug', description: '', link: at, image: 'https://shop.example/mug.jpg' },
      ...{ price: { amount: 20, currency: 'GBP' }, salePrice: { amount: 15, currency: 'GBP' }, isAvailable: false },
      ...{ brand: 'Acme', category: ['Home', 'Mugs'], groupId: null, gtin: null, mpn: null, rating: null },
    },
  },
};

describe('a page of a product', () => {
  test.each(Object.entries(shops))('of %s is read', (_, { html, url, product }) => {
    expect(productOf(html, url)).toEqual(product);
  });

  test.each<[string, unknown, Partial<SourceProduct>]>([
    ['broken by line breaks inside of texts', `{"@type":"Product","name":"Blue\nmug"}`, { title: 'Blue mug' }],
    ['with a comma too many', '{"@type":"Product","name":"Blue mug",}', { title: 'Blue mug' }],
    ['in comments', `//<![CDATA[\n${JSON.stringify(mug)}\n//]]>`, { title: 'Blue mug' }],
    ['of several types', { ...mug, '@type': ['https://schema.org/Product', 'Car'] }, { title: 'Blue mug' }],
    [
      'in lists everywhere',
      [[{ ...mug, name: ['Blue mug'], image: [['/a.jpg']], offers: [[offer]] }]],
      { title: 'Blue mug', price: eur(12.9), image: 'https://shop.example/a.jpg' },
    ],
    ['without a currency', { ...mug, offers: { price: '12.90' } }, { price: null }],
    ['with the currency in the price', { ...mug, offers: { price: '12,90 €' } }, { price: eur(12.9) }],
    ['"from" a price', { ...mug, offers: { price: 'from 12', priceCurrency: 'EUR' } }, { price: eur(12) }],
    [
      'sold out',
      { ...mug, offers: [{ ...offer, availability: 'OutOfStock' }] },
      { isAvailable: false, price: eur(12.9) },
    ],
    [
      'to be ordered ahead',
      { ...mug, offers: [{ ...offer, availability: 'https://schema.org/PreOrder' }] },
      { isAvailable: true },
    ],
    [
      'of which one of two is left',
      { ...mug, offers: [{ ...offer, price: 5, availability: 'SoldOut' }, offer] },
      { isAvailable: true, price: eur(12.9) },
    ],
    [
      'in three currencies',
      { ...mug, offers: [offer, { ...offer, price: 3, priceCurrency: 'GBP' }, { ...offer, price: 11 }] },
      { price: eur(11) },
    ],
    [
      'with a rating of ten',
      { ...mug, aggregateRating: { ratingValue: 9, bestRating: 10, ratingCount: 2 } },
      { rating: { value: 4.5, count: 2 } },
    ],
    ['with a rating of nobody', { ...mug, aggregateRating: { ratingValue: 5, ratingCount: 0 } }, { rating: null }],
    [
      'with a rating beyond its scale',
      { ...mug, aggregateRating: { ratingValue: 50, ratingCount: 9 } },
      { rating: null },
    ],
    ['with a picture that is none', { ...mug, image: 'javascript:alert(1)' }, { image: null }],
    [
      'with data for a picture',
      { ...mug, image: ['data:image/png;base64,AA', { contentUrl: '//cdn.example/a.jpg' }] },
      { image: 'https://cdn.example/a.jpg' },
    ],
    [
      'with markup in its name',
      { ...mug, name: '<img src=x onerror=alert(1)>Blue &lt;b&gt;mug&lt;/b&gt;' },
      { title: 'Blue mug' },
    ],
    ['whose name turns around', { ...mug, name: 'Blue \u202egum\u202c \u0000mug' }, { title: 'Blue gum mug' }],
    ['in Hebrew', { ...mug, name: 'ספל כחול' }, { title: 'ספל כחול' }],
  ])('%s', (_, written, wanted) => {
    expect(productOf(ld(written))).toMatchObject(wanted);
  });

  test('whose name is 400 emoji is cut between two of them', () => {
    const { title } = productOf(ld({ ...mug, name: '🫖'.repeat(400) }))!;
    expect(title).toBe('🫖'.repeat(150));
  });

  test('whose texts hold halves of characters gets a mark in their place, since no database keeps them', () => {
    const halves = '{"@type":"Product","name":"Blue \\ud83d mug","sku":"\\udc00-1","brand":"A\\ud800"}';
    const found = productOf(ld(halves))!;
    expect(found).toMatchObject({ title: 'Blue \ufffd mug', id: '\ufffd-1', brand: 'A\ufffd' });
    const page = readShopPage('<meta property="og:site_name" content="A&#xd800;&#0;">', 'https://shop.test/');
    expect(readSiteHints(page, 'https://shop.test/').name ?? '').not.toMatch(/\p{Surrogate}|\0/u);
  });

  test('leaves what is inherited, and keys that are named like it, alone', () => {
    const written =
      '{"@type":"Product","name":"Blue mug","__proto__":{"sku":"EVIL","isAvailable":false},"constructor":{"name":"x"},"offers":{"__proto__":{"price":1,"priceCurrency":"EUR"}}}';
    expect(productOf(ld(written))).toMatchObject({ id: 'blue-mug', price: null, isAvailable: true });
    expect(productOf(ld('{"@type":"Product"}'))).toBeNull();
    expect(
      productOf(
        '<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Blue mug</b><i itemprop="__proto__">x</i><i itemprop="constructor">y</i></div>',
      ),
    ).toMatchObject({ title: 'Blue mug' });
    expect(({} as Record<string, unknown>).sku).toBeUndefined();
  });

  test('is the one that the page is about, and not one that it recommends', () => {
    const similar = { ...mug, name: 'Red mug', url: 'https://shop.example/products/red-mug' };
    expect(productOf(ld({ ...mug, isRelatedTo: similar, isSimilarTo: [similar] }))).toMatchObject({
      title: 'Blue mug',
    });
    expect(productOf(ld([similar, { ...mug, url: at }]))).toMatchObject({ title: 'Blue mug' });
    expect(productOf(ld([similar, similar, similar, similar]))).toBeNull();
    expect(productOf(ld({ '@type': 'ItemList', itemListElement: [similar] }))).toBeNull();
  });

  test.each([
    ['nothing', ''],
    [
      'an article',
      `<meta property="og:type" content="article"><meta property="og:title" content="News">${ld({ '@type': 'Article', name: 'x' })}`,
    ],
    ['broken JSON', ld('{"@type":"Product","name":')],
    ['a product without a name', ld({ '@type': 'Product', offers: offer })],
    ['numbers and texts', ld([1, 'x', null, [true]])],
  ])('is not found in %s', (_, html) => {
    expect(productOf(html)).toBeNull();
  });
});

describe('a hostile page', () => {
  const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);
  test.each<[string, string]>([
    ['10 MB of JSON-LD', ld(`{"@type":"Product","name":"${'x'.repeat(10_000_000)}"}`)],
    ['a list of a million products', ld(`[${'{"@type":"Product"},'.repeat(100_000)}{}]`)],
    ['100,000 lists in lists', ld(deep('[', ']', 100_000))],
    ['objects 100,000 deep', ld(`${'{"offers":'.repeat(90_000)}1${'}'.repeat(90_000)}`)],
    ['commas and blanks', ld(`{${', '.repeat(400_000)}`)],
    [
      'a million elements that nothing closes',
      `<div itemscope itemtype="https://schema.org/Product">${'<b itemprop="name">'.repeat(130_000)}`,
    ],
    ['items in items', '<div itemscope itemprop="offers" itemtype="Product">'.repeat(50_000)],
    ['elements that are closed without being open', `<p itemscope>${'<i>'.repeat(5_000)}${'</b>'.repeat(600_000)}`],
    ['marks alone', `<p itemscope>${'<'.repeat(2_500_000)}`],
    ['references alone', ld({ ...mug, description: '&lt;'.repeat(600_000) })],
    ['40 scripts of a megabyte', ld(`[${'1,'.repeat(400_000)}1]`).repeat(40)],
  ])('of %s is read in its own time', (_, html) => {
    expect(cpuMs(() => void productOf(html))).toBeLessThan(2_000);
  });
});
