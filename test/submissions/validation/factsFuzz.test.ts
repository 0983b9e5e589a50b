import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreed } from '../../../server/submissions/validation/facts/dns/answers.ts';
import { dkimRules } from '../../../server/submissions/validation/facts/dns/dkim.ts';
import { walkDmarc, walkTree } from '../../../server/submissions/validation/facts/dns/dmarc.ts';
import { dmarcRules } from '../../../server/submissions/validation/facts/dns/dmarcRules.ts';
import { exampleKeys } from '../../../server/submissions/validation/facts/dns/exampleKeys.ts';
import { readKey } from '../../../server/submissions/validation/facts/dns/keys.ts';
import { walkSpf } from '../../../server/submissions/validation/facts/dns/spf.ts';
import { spfRules } from '../../../server/submissions/validation/facts/dns/spfRules.ts';
import { walkZone, type Zone } from '../../../server/submissions/validation/facts/dns/walk.ts';
import { judge } from '../../../server/submissions/validation/facts/rule.ts';
import { readPage } from '../../../server/submissions/validation/facts/web/page.ts';
import { isAllowed } from '../../../server/submissions/validation/facts/web/robots.ts';
import { SitemapScan } from '../../../server/submissions/validation/facts/web/sitemap.ts';
import { exampleTag } from '../../../server/submissions/validation/facts/web/tag.ts';
import { tagRules } from '../../../server/submissions/validation/facts/web/tagRules.ts';
import { urlRules } from '../../../server/submissions/validation/facts/web/url.ts';
import { cpuMs } from '../../support/stall.ts';

const judging = {
  asOf: '2026-11-22T12:00:00Z',
  asOfMs: Date.parse('2026-11-22T12:00:00Z'),
  profile: null,
  declared: {},
};

describe('SPF, counted through what it includes', () => {
  const fact = (zone: Zone) => walkZone(walkSpf('shop.example', []), zone);
  const spf = (...terms: string[]) => [`v=spf1 ${terms.join(' ')}`];

  test('only terms that ask DNS count, behind every include and redirect', () => {
    const { lookups, all } = fact({
      'TXT shop.example': spf(
        'ip4:192.0.2.1',
        'a',
        'mx:mail.example',
        'include:a.example',
        'exists:%{i}.e.example',
        'ptr',
        'redirect=r.example',
      ),
      'A shop.example': ['192.0.2.1'],
      'MX mail.example': ['10 mx.example'],
      'TXT a.example': spf('ip6:2001:db8::/32', 'a:x.example', '-all'),
      'A x.example': ['192.0.2.2'],
      'TXT r.example': spf('include:a.example', '?all'),
    });
    expect(lookups).toHaveLength(9);
    expect(all).toBe('?');
  });

  test('what stands behind all, and a redirect beside it, is not followed', () => {
    expect(fact({ 'TXT shop.example': spf('-all', 'include:a.example', 'redirect=b.example') }).lookups).toEqual([]);
  });

  test('a name that is missing and one without such records are void lookups, a name with IPv6 alone is not', () => {
    const { voids } = fact({
      'TXT shop.example': spf('a:gone.example', 'mx:web.example', 'a:six.example', 'include:empty.example', '-all'),
      'A web.example': ['192.0.2.1'],
      'AAAA six.example': ['2001:db8::1'],
      'A empty.example': ['192.0.2.1'],
    });
    expect(voids).toEqual([
      'shop.example: a:gone.example',
      'shop.example: mx:web.example',
      'shop.example: include:empty.example',
    ]);
  });

  test('a circle is named by its way', () => {
    const zone = {
      'TXT shop.example': spf('include:a.example'),
      'TXT a.example': spf('include:b.example'),
      'TXT b.example': spf('include:shop.example'),
    };
    expect(fact(zone).loops).toEqual(['shop.example > a.example > b.example > shop.example']);
  });

  test('the same include twice is counted twice and is no circle', () => {
    const zone = {
      'TXT shop.example': spf('include:a.example', 'include:a.example', '-all'),
      'TXT a.example': spf('-all'),
    };
    expect(fact(zone)).toMatchObject({ loops: [], lookups: { length: 2 } });
  });
});

describe('DMARC, by the tree walk of RFC 9989', () => {
  const record = (more = '') => [`v=DMARC1; p=none${more}`];
  const organisation = (name: string, zone: Zone) => walkZone(walkTree(name), zone).organisation;

  test.each<[string, string, Zone]>([
    [
      'the highest name with a record',
      'a.b.shop.example',
      { 'TXT _dmarc.b.shop.example': record(), 'TXT _dmarc.shop.example': record() },
    ],
    [
      'psd=n ends the walk',
      'a.b.shop.example',
      { 'TXT _dmarc.shop.example': record('; psd=n'), 'TXT _dmarc.example': record() },
    ],
    ['right below psd=y', 'a.shop.example', { 'TXT _dmarc.example': record('; psd=y') }],
    ['two records at a name are none', 'shop.example', { 'TXT _dmarc.shop.example': [...record(), ...record()] }],
  ])('%s', (_, name, zone) => {
    expect(organisation(name, zone)).toBe('shop.example');
  });

  test('a long name costs eight questions', () => {
    const walk = walkTree('a.b.c.d.e.f.g.h.i.j.shop.example');
    const asked: string[] = [];
    for (let step = walk.next(); !step.done; step = walk.next([])) asked.push(step.value.name);
    expect(asked).toHaveLength(8);
    expect(asked.slice(0, 2)).toEqual(['_dmarc.a.b.c.d.e.f.g.h.i.j.shop.example', '_dmarc.f.g.h.i.j.shop.example']);
  });

  test('the policy of a name without one is that of its organisation', () => {
    const asked = { domain: 'mail.shop.example', signer: null, returnPath: null };
    const fact = walkZone(walkDmarc(asked), { 'TXT _dmarc.shop.example': record() });
    expect(fact).toMatchObject({ policyAt: 'shop.example', records: [] });
  });
});

describe('keys', () => {
  test.each([
    [exampleKeys.rsa2048, 'rsa', { kind: 'RSA', bits: 2048 }],
    [exampleKeys.rsa1024, 'rsa', { kind: 'RSA', bits: 1024 }],
    [exampleKeys.rsa768, 'rsa', { kind: 'RSA', bits: 768 }],
    [exampleKeys.ed25519, 'ed25519', { kind: 'ED25519', bits: 256 }],
    [exampleKeys.rsa2048.slice(0, 255), 'rsa', 'CUT'],
    ['', 'rsa', 'NONE'],
    ['not base64!', 'rsa', 'NONE'],
  ] as const)('%#', (text, kind, key) => {
    expect(readKey(text, kind)).toEqual(key);
  });
});

describe('any text', () => {
  const words = fc.array(
    fc.constantFrom(
      'v=spf1',
      'v=DMARC1',
      'v=DKIM1',
      ';',
      ' ',
      'p=',
      'include:',
      'a.example',
      '-all',
      '+all',
      '%{',
      '}',
      '"',
      'rua=mailto:',
      'redirect=',
      '<',
      '>',
      'AAAA',
      '=',
      ':',
      '/',
      '\0',
      'ä',
    ),
    { maxLength: 30 },
  );
  const text = fc.oneof(
    words.map((parts) => parts.join('')),
    fc.string({ maxLength: 200 }),
  );

  test('as a record of DNS throws nothing and ends', () => {
    fc.assert(
      fc.property(text, text, (own, other) => {
        const zone = { 'TXT shop.example': [own], 'TXT a.example': [other], 'TXT _dmarc.shop.example': [own] };
        judge(spfRules, walkZone(walkSpf('shop.example', ['a.example']), zone), judging);
        judge(
          dmarcRules,
          walkZone(walkDmarc({ domain: 'shop.example', signer: 'a.example', returnPath: null }), zone),
          judging,
        );
        judge(dkimRules, { name: 's._domainkey.shop.example', answers: agreed(own), key: null }, judging);
      }),
      { numRuns: 1_000 },
    );
  });

  test('as a page, an address or a robots.txt throws nothing', () => {
    fc.assert(
      fc.property(text, text, (html, policy) => {
        readPage(html, 'https://shop.example/');
        judge(
          tagRules,
          exampleTag(`<script src="https://cdn.vendor.example/tag.js">${html}`, { policies: [policy], url: html }),
          judging,
        );
        isAllowed(html, 'Slipway', policy);
        for (const rule of urlRules) rule.check({ ...rule.accepted[0]!, url: html, finalUrl: policy }, judging);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    '<script>',
    '<script src=a>',
    '<a ',
    '<title',
    '<!--',
    '<script type="application/ld+json">[',
    '<meta name=a content="',
    'domain is ',
  ])('[U12] a page of two megabytes of %j is read in its own time', (part) => {
    const page = exampleTag(
      `<script async src="https://cdn.vendor.example/tag.js">${part.repeat(2_000_000 / part.length)}`,
    );
    expect(cpuMs(() => void judge(tagRules, page, judging))).toBeLessThan(3_000);
  });

  test('robots.txt of a hostile pattern is read in its own time', () => {
    const robots = `User-agent: *\n${`Disallow: /${'*a'.repeat(5_000)}$\n`.repeat(40)}`;
    expect(cpuMs(() => void isAllowed(robots, 'Slipway', `/${'a'.repeat(2_000)}b`))).toBeLessThan(2_000);
  });
});

describe('a sitemap in pieces', () => {
  const encoder = new TextEncoder();
  const whole = (bytes: Uint8Array, cuts: readonly number[]) => {
    const scan = new SitemapScan('https://shop.example/map/sitemap.xml');
    const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
    let at = 0;
    for (const end of ends) {
      scan.push(bytes.subarray(at, end));
      at = end;
    }
    return scan.end();
  };
  const piece = fc.constantFrom(
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    '</urlset>',
    '<loc>https://shop.example/map/ä</loc>',
    '<loc><![CDATA[https://shop.example/?a&b]]></loc>',
    '<loc>https://shop.example/?a&b</loc>',
    '<lastmod>2026-11-22</lastmod>',
    '<lastmod>x</lastmod>',
    '<!-- <loc>no</loc> -->',
    '<image:loc>/x</image:loc>',
    '<',
    '>',
    '&amp;',
    ']]>',
    '<!',
  );

  test('comes to the same wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(2_000), { maxLength: 8 }), (pieces, cuts) => {
        const bytes = encoder.encode(pieces.join(''));
        expect(whole(bytes, cuts)).toEqual(whole(bytes, []));
      }),
      { numRuns: 1_000 },
    );
  });
});
