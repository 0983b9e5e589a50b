import { grouped } from '../../numbers.ts';
import { commonPractice, type FactRule, type Mark, megabytes, rfc } from '../rule.ts';
import { type Counted, exampleSitemap, type SitemapFact, sitemapNamespace } from './sitemap.ts';

const protocol = { name: 'Sitemaps XML format', url: 'https://www.sitemaps.org/protocol.html' };
const urlset = (inside: string, root = 'urlset') =>
  `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="${sitemapNamespace}">${inside}</${root}>`;
const loc = (address: string, more = '') => `<url><loc>${address}</loc>${more}</url>`;
const good = exampleSitemap(
  urlset(loc('https://shop.example/p?a=1&amp;b=2', '<lastmod>2026-11-22T10:00:00+01:00</lastmod>')),
);
const one = { severity: 'ERROR', code: 'validation_invalid_format', covers: ['F6:MAP-01'], source: protocol } as const;

const mark = (fact: SitemapFact, more: Mark = {}): Mark => ({ at: fact.url, ...more });
const counted = (fact: SitemapFact, { count, samples }: Counted, more: Mark = {}) =>
  count === 0 ? null : mark(fact, { found: samples[0] ?? '', ...more, params: { count, ...more.params } });

export const sitemapRules: readonly FactRule<SitemapFact>[] = [
  {
    ...one,
    id: 'MAP-01.root',
    title: '{at} is no sitemap',
    advice:
      'Its first element has to be urlset or sitemapindex. It is {found}. Check that the address leads to the file itself.',
    check: (fact) =>
      fact.root === 'urlset' || fact.root === 'sitemapindex'
        ? null
        : mark(fact, { expected: 'urlset', found: fact.root ?? 'no XML' }),
    accepted: [
      good,
      exampleSitemap(urlset('<sitemap><loc>https://shop.example/a.xml</loc></sitemap>', 'sitemapindex')),
    ],
    refused: [exampleSitemap('<html></html>'), exampleSitemap('https://shop.example/'), exampleSitemap('')],
  },
  {
    ...one,
    id: 'MAP-01.namespace',
    title: '{at} does not name its vocabulary',
    advice: 'Write {expected} into its first element.',
    check: (fact) =>
      fact.root !== null && fact.namespace !== sitemapNamespace
        ? mark(fact, {
            expected: `xmlns="${sitemapNamespace}"`,
            found: fact.namespace,
            fix: `xmlns="${sitemapNamespace}"`,
          })
        : null,
    accepted: [good, exampleSitemap('')],
    refused: [
      exampleSitemap('<urlset></urlset>'),
      exampleSitemap('<urlset xmlns="http://www.google.com/schemas/sitemap/0.84"></urlset>'),
    ],
  },
  {
    ...one,
    id: 'MAP-01.encoding',
    code: 'validation_unreadable',
    title: '{at} is not UTF-8',
    advice: 'Save it as UTF-8, and say so in its first line.',
    check: (fact) => (fact.isUtf8 ? null : mark(fact, { expected: 'UTF-8' })),
    accepted: [good, exampleSitemap(urlset(loc('https://shop.example/ä')))],
    refused: [exampleSitemap(new Uint8Array([0x3c, 0x61, 0x3e, 0xe4, 0x20]))],
  },
  {
    ...one,
    id: 'MAP-01.doctype',
    code: 'validation_unreadable',
    source: commonPractice,
    title: '{at} declares a document type',
    advice: 'Take the DOCTYPE out: sitemaps have none, and it can hide entities.',
    check: (fact) => (fact.hasDoctype && fact.root !== 'html' ? mark(fact, { found: '<!DOCTYPE>' }) : null),
    accepted: [good, exampleSitemap('<!doctype html><html></html>')],
    refused: [exampleSitemap(`<!DOCTYPE urlset [<!ENTITY a "b">]>${urlset('')}`)],
  },
  {
    ...one,
    id: 'MAP-01.cut',
    code: 'validation_unreadable',
    title: '{at} ends before it is complete',
    advice: 'It has to end with </{root}>. Make it anew, and check that the server sends it whole.',
    check: (fact) =>
      fact.root !== null && fact.isUtf8 && !fact.isWhole ? mark(fact, { params: { root: fact.root } }) : null,
    accepted: [good],
    refused: [exampleSitemap(urlset(loc('https://shop.example/')).slice(0, -5))],
  },
  {
    ...one,
    id: 'MAP-01.escaped',
    title: 'Addresses with a bare &: {count}',
    advice: 'Write & as &amp; in XML, as in {expected}.',
    check: (fact) =>
      counted(fact, fact.unescaped, { expected: fact.unescaped.samples[0]?.replaceAll(/&(?!amp;)/g, '&amp;') ?? '' }),
    accepted: [good, exampleSitemap(urlset(loc('<![CDATA[https://shop.example/?a=1&b=2]]>')))],
    refused: [exampleSitemap(urlset(loc('https://shop.example/?a=1&b=2')))],
  },
  {
    ...one,
    id: 'MAP-01.empty',
    code: 'validation_missing_value',
    title: '{at} names no address',
    advice: 'Fill it with one <loc> for each page, and make it anew when pages change.',
    check: (fact) => ((fact.root === 'urlset' || fact.root === 'sitemapindex') && fact.locs === 0 ? mark(fact) : null),
    accepted: [good, exampleSitemap('')],
    refused: [exampleSitemap(urlset(''))],
  },
  {
    ...one,
    id: 'MAP-01.count',
    code: 'validation_invalid_length',
    title: '{at} names {found} addresses',
    advice: 'At most 50,000 stand in one file. Split it, and list the parts in a sitemap index.',
    check: (fact) => (fact.locs > 50_000 ? mark(fact, { expected: '50,000', found: grouped(fact.locs) }) : null),
    accepted: [good, { ...good, locs: 50_000 }],
    refused: [{ ...good, locs: 50_001 }],
  },
  {
    ...one,
    id: 'MAP-01.size',
    code: 'validation_invalid_length',
    title: '{at} has {found}',
    advice: 'At most 50 MB are read, counted before compression. Split it, and list the parts in a sitemap index.',
    check: (fact) => (fact.bytes > 52_428_800 ? mark(fact, { expected: '50 MB', found: megabytes(fact.bytes) }) : null),
    accepted: [good, { ...good, bytes: 52_428_800 }],
    refused: [{ ...good, bytes: 52_428_801 }],
  },
  {
    ...one,
    id: 'MAP-01.absolute',
    source: rfc(3986, '4.3'),
    title: 'Addresses that are not written in full: {count}',
    advice: 'Write each with https:// and the host. This one is not: {found}.',
    check: (fact) => counted(fact, fact.relative),
    accepted: [good],
    refused: [exampleSitemap(urlset(loc('/p/1'))), exampleSitemap(urlset(loc('shop.example/p/1')))],
  },
  {
    ...one,
    id: 'MAP-01.long',
    code: 'validation_invalid_length',
    title: 'Addresses of 2,048 characters or more: {count}',
    advice: 'Search engines skip them. Shorten the address, first of all what stands behind the question mark.',
    check: (fact) => counted(fact, fact.long),
    accepted: [good, exampleSitemap(urlset(loc(`https://shop.example/${'a'.repeat(2_026)}`)))],
    refused: [exampleSitemap(urlset(loc(`https://shop.example/${'a'.repeat(2_027)}`)))],
  },
  {
    ...one,
    id: 'MAP-01.host',
    code: 'validation_invalid_value',
    title: 'Addresses of another host: {count}',
    advice: 'A sitemap names pages of its own scheme and host alone. This one is elsewhere: {found}.',
    check: (fact) => counted(fact, fact.elsewhere),
    accepted: [good],
    refused: [
      exampleSitemap(urlset(loc('https://www.shop.example/'))),
      exampleSitemap(urlset(loc('http://shop.example/'))),
    ],
  },
  {
    ...one,
    id: 'MAP-01.folder',
    severity: 'WARNING',
    code: 'validation_invalid_value',
    title: 'Addresses that are not below the folder of the sitemap: {count}',
    advice: 'Put the sitemap into the root of the host, or name it in robots.txt. This address is outside: {found}.',
    check: (fact) => counted(fact, fact.outside),
    accepted: [good],
    refused: [exampleSitemap(urlset(loc('https://shop.example/p/1')), 'https://shop.example/media/sitemap.xml')],
  },
  {
    ...one,
    id: 'MAP-01.lastmod',
    severity: 'WARNING',
    source: { name: 'W3C: date and time formats', url: 'https://www.w3.org/TR/NOTE-datetime' },
    title: 'Dates that are not written as the W3C wants: {count}',
    advice: 'Write 2026-11-22 or 2026-11-22T10:00:00+01:00. This one is neither: {found}.',
    check: (fact) => counted(fact, fact.dates),
    accepted: [
      good,
      exampleSitemap(
        urlset(
          ['2026', '2026-11', '2026-11-22', '2026-11-22T10:00Z', '2026-11-22T10:00:00.5+01:00']
            .map((date) => loc('https://shop.example/', `<lastmod>${date}</lastmod>`))
            .join(''),
        ),
      ),
    ],
    refused: ['22.11.2026', '2026-13-01', '2026-11-22 10:00', '2026-11-22T10:00:00', 'today'].map((date) =>
      exampleSitemap(urlset(loc('https://shop.example/', `<lastmod>${date}</lastmod>`))),
    ),
  },
];
