import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { describe, expect, test } from 'vitest';
import { credentialsCalls, credentialsPlatforms } from '../../server/inputs.ts';
import { createDns } from '../../server/platform/fetching/dns.ts';
import { runCheck } from '../../server/submissions/fetching/runCheck.ts';
import type { CheckSpecOf } from '../../server/submissions/fetching/spec.ts';
import { certificateFor } from '../support/certificate.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { guard, listening, publicHere } from './fetchingWorld.ts';

type Platform = CheckSpecOf<'CREDENTIALS'>['platform'];
const canary = 'canary-7Qx-9f1c';
const right: Record<Platform, Record<string, string>> = {
  SHOPIFY: { address: 'alpenrose.myshopify.com', token: 'shpat_right' },
  MAGENTO: { address: 'https://shop.test/rest', token: 'magento-right' },
  WOOCOMMERCE: { address: 'shop.test', consumerKey: 'ck_right', consumerSecret: 'cs_right' },
  PRESTASHOP: { address: 'https://shop.test/boutique/api/', key: 'PRESTARIGHT' },
  BIGCOMMERCE: { storeHash: 'ab12cd', token: 'big-right' },
  VTEX: { account: 'alpenrose', appKey: 'vtexappkey-right', appToken: 'VTEXRIGHT' },
};
const basic = (user: string, password = '') => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
/** Each platform as far as one call goes: whose host, what is asked for, and with which header it opens. */
const played: Record<Platform, { host: string; path: string; header: [string, string]; body: string }> = {
  SHOPIFY: {
    host: 'alpenrose.myshopify.com',
    path: '/admin/oauth/access_scopes.json',
    header: ['x-shopify-access-token', 'shpat_right'],
    body: '{"access_scopes":[{"handle":"read_products"},{"handle":"write_orders"}]}',
  },
  MAGENTO: {
    host: 'shop.test',
    path: '/rest/V1/products?searchCriteria[pageSize]=1&fields=total_count',
    header: ['authorization', 'Bearer magento-right'],
    body: '{"total_count":3200}',
  },
  WOOCOMMERCE: {
    host: 'shop.test',
    path: '/wp-json/wc/v3/products?per_page=1&_fields=id',
    header: ['authorization', basic('ck_right', 'cs_right')],
    body: '[{"id":7}]',
  },
  PRESTASHOP: {
    host: 'shop.test',
    path: '/boutique/api/',
    header: ['authorization', basic('PRESTARIGHT')],
    body: `<?xml version="1.0"?><prestashop xmlns:xlink="http://www.w3.org/1999/xlink"><api shopName="B">
      <products xlink:href="https://shop.test/api/products" get="true" put="false" post="false" delete="false" head="true"/>
      <customers get="true" put="true"><description>x</description></customers></api></prestashop>`,
  },
  BIGCOMMERCE: {
    host: 'api.bigcommerce.com',
    path: '/stores/ab12cd/v3/catalog/summary',
    header: ['x-auth-token', 'big-right'],
    body: '{"data":{"variant_count":2}}',
  },
  VTEX: {
    host: 'alpenrose.vtexcommercestable.com.br',
    path: '/api/catalog_system/pvt/brand/pagedlist?page=1&pageSize=1',
    header: ['x-vtex-api-apptoken', 'VTEXRIGHT'],
    body: '{"items":[],"paging":{}}',
  },
};

const clock = new FakeClock();
const noDns = createDns({ resolvers: ['127.0.0.1:9'], timeoutMs: 50, tries: 1 });
const day = 86_400_000;

/** Made once for a host: a key takes long. */
const certificates = new Map<string, ReturnType<typeof certificateFor>>();
function certificateOf(host: string) {
  const made =
    certificates.get(host) ?? certificateFor(host, new Date(Date.now() - day), new Date(Date.now() + 90 * day));
  certificates.set(host, made);
  return made;
}

/** Tries values at a server of this test that stands where the platform would, and tells what it was asked. */
async function tried(
  platform: Platform,
  { values = {}, scopes = [], answer }: { values?: object; scopes?: string[]; answer?: RequestListener } = {},
) {
  const { host, path, header, body } = played[platform];
  const asked: { method: string; url: string }[] = [];
  const { cert, key } = certificateOf(host);
  const server = createServer({ cert, key }, (req, res) => {
    asked.push({ method: req.method ?? '', url: req.url ?? '' });
    if (answer) return answer(req, res);
    if (req.url !== path) return res.writeHead(404).end();
    res.writeHead(req.headers[header[0]] === header[1] ? 200 : 401).end(body);
  });
  const port = await listening(server);
  const guarded = guard([port], { ca: cert, resolve: async (name) => (name === host ? [publicHere] : []) });
  // Servers of this test have another port than those that they stand for.
  const fetch: typeof guarded = (url, request) => guarded(url.replace(`://${host}/`, `://${host}:${port}/`), request);
  const spec = { kind: 'CREDENTIALS' as const, platform, scopes, values: { ...right[platform], ...values } };
  const result = await runCheck({ fetch, dns: noDns, clock }, spec);
  const { facts, findings, verdict } = result;
  if (facts.kind !== 'CREDENTIALS') throw new Error('Other facts.');
  return {
    ...facts.credentials,
    asked,
    findings,
    verdict,
    rules: findings.map(({ rule }) => rule),
    text: JSON.stringify(result),
  };
}

describe.each(credentialsPlatforms)('credentials of %s', (platform) => {
  test('are tried by one call that reads, and work', async () => {
    const { asked, answer, verdict } = await tried(platform);
    expect(asked).toEqual([{ method: 'GET', url: played[platform].path }]);
    expect([answer, verdict]).toEqual(['TAKEN', 'ACCEPTED']);
  });

  test('are refused where the platform refuses them, without a word of what was entered', async () => {
    const secret = credentialsCalls[platform].fields.at(-1)!;
    const { answer, rules, text, asked } = await tried(platform, { values: { [secret]: canary } });
    expect([answer, rules]).toEqual(['REFUSED', ['CRED-01.refused']]);
    expect(asked).toHaveLength(1);
    for (const told of [canary, ...Object.values(right[platform])]) expect(text).not.toContain(told);
  });

  test('are not tried at all with a blank in them, and are refused', async () => {
    const secret = credentialsCalls[platform].fields.at(-1)!;
    for (const value of [`${canary} `, `${canary}\r\nx-other: 1`, 'ключ', '']) {
      const { asked, rules } = await tried(platform, { values: { [secret]: value } });
      expect([asked, rules]).toEqual([[], ['CRED-01.refused']]);
    }
  });

  test('are tried at a place with blanks around it, as it was copied', async () => {
    const place = credentialsCalls[platform].fields[0]!;
    const { asked, answer } = await tried(platform, {
      values: { [place]: ` ${Reflect.get(right[platform], place)}\n` },
    });
    expect([asked.length, answer]).toEqual([1, 'TAKEN']);
  });

  test('go through no redirect, wherever it leads', async () => {
    for (const location of ['http://127.0.0.2/', 'https://inside.test/', 'https://shop.test/other']) {
      const seen = await tried(platform, { answer: (_, res) => void res.writeHead(302, { location }).end(canary) });
      expect([seen.asked.length, seen.rules]).toEqual([1, ['CRED-01.address']]);
      expect(seen.text).not.toMatch(/127\.0\.0\.2|inside|canary/);
    }
  });

  test('get no verdict from a platform that is down, busy or breaks off', async () => {
    const answers: RequestListener[] = [
      (_, res) => void res.writeHead(503).end(),
      (_, res) => void res.writeHead(429).end(),
      (_, res) => void res.destroy(),
      (_, res) => void res.writeHead(200, { 'content-length': '500' }).write('{', () => res.destroy()),
    ];
    for (const answer of answers) {
      const seen = await tried(platform, { answer });
      expect([seen.answer, seen.findings]).toEqual(['SILENT', []]);
    }
  });

  test('find something else than the platform: another page, or nothing', async () => {
    for (const body of [
      '<!doctype html><title>Shop</title>',
      '{}',
      '"x"',
      'null',
      '',
      `{"access_scopes":"${canary}"}`,
    ]) {
      const seen = await tried(platform, { answer: (_, res) => void res.end(body) });
      expect([seen.answer, seen.rules]).toEqual(['ELSEWHERE', ['CRED-01.address']]);
      expect(seen.text).not.toContain(canary);
    }
    expect((await tried(platform, { answer: (_, res) => void res.writeHead(404).end() })).rules).toEqual([
      'CRED-01.address',
    ]);
  });
});

describe('the address of a shop', () => {
  test.each([
    ['SHOPIFY', 'https://admin.shopify.com/store/alpenrose/products'],
    ['SHOPIFY', 'https://alpenrose.myshopify.com/admin'],
    ['SHOPIFY', 'ALPENROSE.myshopify.com/'],
    ['MAGENTO', 'shop.test'],
    ['MAGENTO', 'https://shop.test//rest/V1/products'],
    ['WOOCOMMERCE', 'https://shop.test/wp-admin/index.php'],
    ['PRESTASHOP', 'shop.test/boutique'],
  ] as const)('of %s may be given as %s', async (platform, address) => {
    expect((await tried(platform, { values: { address } })).answer).toBe('TAKEN');
  });

  test.each([
    ['SHOPIFY', 'www.alpenrose.example', 'myshopify'],
    ['SHOPIFY', 'alpenrose.myshopify.com.evil.test', 'myshopify'],
    ['SHOPIFY', 'evil.test/alpenrose.myshopify.com', 'myshopify'],
    ['MAGENTO', 'http://shop.test', 'https'],
    ['MAGENTO', 'ftp://shop.test', 'begins with neither'],
    ['MAGENTO', 'https://user:word@shop.test', 'user name'],
    ['MAGENTO', 'https://10.0.0.1/', 'public internet'],
    ['MAGENTO', 'https://unknown.test/', 'public internet'],
    ['MAGENTO', 'https://shop.test:22/', 'ports'],
    ['BIGCOMMERCE', '../../../other', 'store hash'],
    ['VTEX', 'evil.test/x', 'account'],
  ] as const)('of %s is not %s', async (platform, given, why) => {
    const field = credentialsCalls[platform].fields[0]!;
    const seen = await tried(platform, { values: { [field]: given } });
    expect([seen.rules, seen.asked]).toEqual([['CRED-01.address'], []]);
    expect(seen.findings[0]!.message).toContain(why);
    expect(seen.text).not.toContain(given);
  });

  test('may stand behind a door of its own, which is not the platform that refuses', async () => {
    const answer: RequestListener = (_, res) =>
      void res.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    expect((await tried('MAGENTO', { answer })).rules).toEqual(['CRED-01.address']);
    expect((await tried('PRESTASHOP', { answer })).rules).toEqual(['CRED-01.refused']);
  });

  test('needs a certificate that is right', async () => {
    const port = await listening(createPlainServer((_, res) => void res.end('[]')));
    const fetch = guard([port]);
    const values = { ...right.MAGENTO, address: `https://shop.test:${port}` };
    const spec = { kind: 'CREDENTIALS' as const, platform: 'MAGENTO' as const, scopes: [], values };
    const plain = await runCheck({ fetch, dns: noDns, clock }, spec);
    expect(plain.facts).toMatchObject({ credentials: { answer: 'SILENT' } });
    const { cert, key } = certificateFor('other.test', new Date(Date.now() - day), new Date(Date.now() + day));
    const tls = await listening(createServer({ cert, key }, (_, res) => void res.end('[]')));
    const wrong = { ...spec, values: { ...values, address: `https://shop.test:${tls}` } };
    const { findings } = await runCheck({ fetch: guard([tls], { ca: cert }), dns: noDns, clock }, wrong);
    expect(findings.map(({ rule }) => rule)).toEqual(['CRED-01.address']);
  });
});

describe('rights', () => {
  test('that are missing are listed, and those too many', async () => {
    const shopify = await tried('SHOPIFY', { scopes: ['read_products', 'read_orders', 'read_inventory'] });
    expect(shopify.rules).toEqual(['CRED-01.scopes', 'CRED-01.excess']);
    expect(shopify.findings[0]!.message).toContain('read_inventory.');
    expect(shopify.findings[1]!.message).toContain('write_orders.');
    expect(shopify.verdict).toBe('REJECTED');
    const presta = await tried('PRESTASHOP', { scopes: ['products:get'] });
    expect(presta.granted).toEqual(['customers:get', 'customers:put', 'products:get']);
    expect([presta.rules, presta.verdict]).toEqual([['CRED-01.excess'], 'ACCEPTED_WITH_WARNINGS']);
  });

  test('are names, never what was sent back or anything else', async () => {
    const secret = 'abc_secret_token';
    const handles = [secret, secret.slice(0, 8), '<b>x</b>', 7, null, 'read_products', 'x'.repeat(500)];
    const body = JSON.stringify({ access_scopes: handles.map((handle) => ({ handle })) });
    const seen = await tried('SHOPIFY', {
      values: { token: secret },
      scopes: ['read_products'],
      answer: (_, res) => void res.end(body),
    });
    expect(seen.granted).toEqual(['read_products']);
    expect(seen.text).not.toContain('abc_secr');
  });

  test('of a token that tells its own end are warned of a month before', async () => {
    const endsIn = async (days: number) => {
      const exp = Math.floor(clock.now().getTime() / 1000) + days * 86_400;
      const token = ['{"alg":"none"}', JSON.stringify({ exp })].map((part) => Buffer.from(part).toString('base64url'));
      return tried('MAGENTO', {
        values: { token: [...token, 'sig'].join('.') },
        answer: (_, res) => void res.end('{"total_count":1}'),
      });
    };
    expect((await endsIn(10)).rules).toEqual(['CRED-01.ending']);
    expect((await endsIn(60)).rules).toEqual([]);
  });
});
