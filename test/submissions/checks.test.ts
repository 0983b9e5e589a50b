import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createDns } from '../../server/platform/fetching/dns.ts';
import { createGuardedFetch } from '../../server/platform/fetching/guardedFetch.ts';
import { NamesUnanswered } from '../../server/platform/fetching/names.ts';
import type { CheckDeps } from '../../server/submissions/fetching/deps.ts';
import { runCheck } from '../../server/submissions/fetching/runCheck.ts';
import { checkSpec } from '../../server/submissions/fetching/spec.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { hereOnly } from '../support/hereOnly.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

const noDns = createDns({ resolvers: ['127.0.0.1:9'], timeoutMs: 50, tries: 1 });

/** A shop on this machine that answers as shop.test, and what a check needs to reach it. */
async function shop(answer: RequestListener) {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const fetch = createGuardedFetch({
    allowedPorts: [port],
    isPublic: (address) => address === '127.0.0.1',
    resolve: async (name) => (name.endsWith('shop.test') ? ['127.0.0.1'] : []),
  });
  const deps: CheckDeps = { fetch, dns: noDns, clock: new FakeClock() };
  const run = async (spec: object, options?: Parameters<typeof runCheck>[2]) =>
    runCheck(deps, checkSpec.parse(spec), options);
  return { at: `http://shop.test:${port}`, deps, run };
}

const ids = ({ findings }: Awaited<ReturnType<typeof runCheck>>) => findings.map(({ rule }) => rule).sort();

test.each([
  { kind: 'URL' },
  { kind: 'IMAGE', use: 'product' },
  { kind: 'SITEMAP' },
  { kind: 'FEED' },
  { kind: 'WEBHOOK', secret: `whsec_${'A'.repeat(32)}` },
  { kind: 'TAG', wanted: { script: 'tag.js' }, hosts: [] },
  { kind: 'CREDENTIALS', platform: 'MAGENTO', scopes: [], values: { address: 'https://silent.test', token: 'abc' } },
])('$kind: a name that our name servers cannot be asked about is no fault of whoever gave it', async (check) => {
  const url = 'https://silent.test/';
  const given = { TAG: { pages: [{ url, type: 'HOME' }] }, CREDENTIALS: {} }[check.kind as string] ?? { url };
  const deps = { fetch: createGuardedFetch(hereOnly), dns: noDns, clock: new FakeClock() };
  await expect(runCheck(deps, checkSpec.parse({ ...check, ...given }))).rejects.toBeInstanceOf(NamesUnanswered);
});

describe('an address', () => {
  const html =
    (body: string): RequestListener =>
    (_, res) =>
      res.setHeader('content-type', 'text/html').end(body);

  test('a page that answers passes; wrong status, type and kind of page are named', async () => {
    const { at, run } = await shop((req, res) => {
      const [, status = '200', kind = 'html'] = /^\/(\d+)\/(\w+)/.exec(req.url ?? '') ?? [];
      res.writeHead(req.url === '/robots.txt' ? 404 : Number(status), {
        'content-type': kind === 'pdf' ? 'application/pdf' : 'text/html',
      });
      res.end(
        kind === 'login'
          ? '<title>Please log in</title><input type=password>'
          : kind === 'parked'
            ? 'This domain is for sale'
            : '<title>Shop</title>',
      );
    });
    const check = async (path: string) =>
      ids(await run({ kind: 'URL', url: `${at}${path}`, expects: { types: ['text/html'] } }));
    expect(await check('/200/html')).toEqual([]);
    expect(await check('/404/html')).toEqual(['URL-02.status']);
    expect(await check('/200/pdf')).toEqual(['URL-02.type']);
    expect(await check('/200/login')).toEqual(['URL-02.other']);
    expect(await check('/200/parked')).toEqual(['URL-02.other']);
  });

  test('robots.txt is heeded', async () => {
    const paths: (string | undefined)[] = [];
    const { at, run } = await shop((req, res) => {
      paths.push(req.url);
      res
        .setHeader('content-type', 'text/html')
        .end(req.url === '/robots.txt' ? 'User-agent: *\nDisallow: /private*/x$\nAllow: /' : 'ok');
    });
    expect(ids(await run({ kind: 'URL', url: `${at}/private/a/x` }))).toEqual(['URL-02.robots']);
    expect(paths).toEqual(['/robots.txt']);
    expect(ids(await run({ kind: 'URL', url: `${at}/private/a/xy` }))).toEqual([]);
  });

  test('[O7] a private host, one that is not there and a name of nobody come to the same finding', async () => {
    const { at, run } = await shop(html('internal secret'));
    const port = new URL(at).port;
    const found = await Promise.all(
      ['127.0.0.2', '10.0.0.1', 'nobody.test', '169.254.169.254'].map(async (host) => {
        const { findings } = await run({ kind: 'URL', url: `http://${host}:${port}/` });
        return JSON.stringify(findings).replaceAll(host, 'HOST');
      }),
    );
    expect(new Set(found).size).toBe(1);
    expect(found[0]).toContain('URL-02.unreachable');
  });

  test('what is no address is not fetched', async () => {
    const { run } = await shop(html('x'));
    expect(ids(await run({ kind: 'URL', url: 'file:///etc/passwd' }))).toEqual(['URL-01.form']);
    expect(ids(await run({ kind: 'FEED', url: 'not an address' }))).toEqual(['URL-01.form']);
    expect(ids(await run({ kind: 'WEBHOOK', url: 'x', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }))).toEqual([
      'URL-01.form',
    ]);
  });

  test('an image is judged by its head', async () => {
    const { at, run } = await shop((_, res) =>
      res.setHeader('content-type', 'image/png').end('<svg viewBox="0 0 1 1"><script/></svg>'),
    );
    expect(ids(await run({ kind: 'IMAGE', url: `${at}/logo.png`, use: 'square-logo' }))).toEqual([
      'IMG.extension',
      'IMG.svgDanger',
    ]);
  });
});

describe('a tag', () => {
  const wanted = {
    script: 'cdn.vendor.test/tag.js',
    accountId: 'acct-7',
    scriptOrigins: ['https://cdn.vendor.test'],
    names: { productId: 'productId' },
  };
  const product =
    '<script async src="https://cdn.vendor.test/tag.js?a=acct-7"></script><script>view({productId:"SKU-1"})</script>';

  test('each page of the sample is looked at, with the policy of its header', async () => {
    const { at, run } = await shop((req, res) => {
      if (req.url === '/p') res.setHeader('content-security-policy', "script-src 'self'");
      res
        .setHeader('content-type', 'text/html; charset=iso-8859-1')
        .end(req.url === '/home' ? '<p>no tag</p>' : product);
    });
    const pages = [
      { url: `${at}/home`, type: 'HOME' },
      { url: `${at}/p`, type: 'PRODUCT' },
    ];
    const result = await run({ kind: 'TAG', pages, wanted }, { feedIds: ['SKU-1'] });
    expect(ids(result)).toEqual(['TAG-01.missing', 'TAG-03.policy']);
    expect(result.findings.find(({ rule }) => rule === 'TAG-01.missing')).toMatchObject({ column: `${at}/home` });
    expect(ids(await run({ kind: 'TAG', pages: pages.slice(1), wanted }, { feedIds: ['SKU-2'] }))).toEqual([
      'TAG-02.product',
      'TAG-03.policy',
    ]);
  });

  test('[TAG-04] personal data is found and not repeated', async () => {
    const { at, run } = await shop((_, res) => res.setHeader('content-type', 'text/html').end(product));
    const result = await run({
      kind: 'TAG',
      pages: [{ url: `${at}/thanks?mail=jana%40shop.test`, type: 'CONFIRMATION' }],
      wanted,
    });
    expect(ids(result)).toContain('TAG-04.personal');
    expect(JSON.stringify(result)).not.toMatch(/jana/);
  });
});

describe('a webhook', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const signed = (req: IncomingMessage, body: string) => {
    const key = Buffer.from(secret.slice(6), 'base64');
    const text = `${req.headers['webhook-id']}.${req.headers['webhook-timestamp']}.${body}`;
    return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
  };
  const receiver =
    (verdict: (req: IncomingMessage, body: string) => number): RequestListener =>
    async (req, res) => {
      let body = '';
      for await (const chunk of req) body += chunk;
      res.writeHead(verdict(req, body)).end('what the receiver says is not read');
    };

  test('[O8] a receiver that verifies passes; every kind of carelessness is named', async () => {
    const clock = new FakeClock();
    const isFresh = (req: IncomingMessage) =>
      Math.abs(Number(req.headers['webhook-timestamp']) - clock.now().getTime() / 1000) < 300;
    const careful = await shop(
      receiver((req, body) =>
        isFresh(req) && `${req.headers['webhook-signature']}`.split(' ').includes(signed(req, body)) ? 204 : 401,
      ),
    );
    // Over https it would be flawless; the server of this test speaks plain http.
    expect(ids(await careful.run({ kind: 'WEBHOOK', url: `${careful.at}/hook`, secret }))).toEqual(['HOOK-01.https']);
    const careless = await shop(receiver(() => 200));
    expect(ids(await careless.run({ kind: 'WEBHOOK', url: careless.at, secret }))).toEqual([
      'HOOK-01.forged',
      'HOOK-01.https',
      'HOOK-02.stale',
    ]);
    const first = await shop(
      receiver((req, body) =>
        `${req.headers['webhook-signature']}`.split(' ')[0] === signed(req, body) && isFresh(req) ? 200 : 401,
      ),
    );
    expect(ids(await first.run({ kind: 'WEBHOOK', url: first.at, secret }))).toEqual([
      'HOOK-01.https',
      'HOOK-02.rotating',
    ]);
    const gone = await shop(receiver(() => 410));
    expect(ids(await gone.run({ kind: 'WEBHOOK', url: gone.at, secret }))).toEqual(['HOOK-01.https', 'HOOK-03.gone']);
  });

  test('neither the secret nor the answer is in the result', async () => {
    const { at, run } = await shop(receiver(() => 500));
    const text = JSON.stringify(await run({ kind: 'WEBHOOK', url: at, secret }));
    expect(text).toContain('HOOK-03.retried');
    expect(text).not.toMatch(/MfKQ9r8|receiver says/);
  });
});

describe('a sitemap', () => {
  const map = (locs: string) => `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locs}</urlset>`;

  test('it is read as it streams, compressed file or not, and so is an index of several', async () => {
    const { at, run } = await shop((req, res) => {
      if (req.url === '/index.xml') {
        const own = `<sitemap><loc>http://${req.headers.host}/map.xml</loc></sitemap>`;
        const index = map(own).replaceAll('urlset', 'sitemapindex');
        res.writeHead(200, { 'content-type': 'application/xml', 'content-encoding': 'gzip' });
        return void res.end(gzipSync(index));
      }
      const text = map(
        `<url><loc>http://${req.headers.host}/p</loc></url><url><loc>https://elsewhere.test/</loc></url>`,
      );
      res.setHeader('content-type', 'application/xml').end(req.url === '/map.xml.gz' ? gzipSync(text) : text);
    });
    expect(ids(await run({ kind: 'SITEMAP', url: `${at}/map.xml` }))).toEqual(['MAP-01.host']);
    expect(ids(await run({ kind: 'SITEMAP', url: `${at}/map.xml.gz` }))).toEqual(['MAP-01.host']);
    expect(ids(await run({ kind: 'SITEMAP', url: `${at}/index.xml` }))).toEqual([]);
  });

  test('one that never ends is left at its limit; a broken gzip is a finding', async () => {
    const { at, run } = await shop((req, res) => {
      if (req.url === '/cut') {
        res.writeHead(200, { 'content-length': '9000' }).write(gzipSync(map('<url>')).subarray(0, 30));
        return void setTimeout(() => res.destroy(), 20);
      }
      if (req.url === '/broken') return void res.end(Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(100, 1)]));
      const block = `<url><loc>http://${req.headers.host}/${'p'.repeat(1_000)}</loc></url>`.repeat(1_000);
      const more = () => {
        while (!res.destroyed && res.write(block));
      };
      res.on('drain', more).write('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">');
      more();
    });
    expect(ids(await run({ kind: 'SITEMAP', url: `${at}/endless` }))).toEqual([
      'MAP-01.count',
      'MAP-01.cut',
      'MAP-01.size',
    ]);
    expect(ids(await run({ kind: 'SITEMAP', url: `${at}/broken` }))).toEqual(['URL-02.unreachable']);
    expect(ids(await run({ kind: 'SITEMAP', url: `${at}/cut` }))).toEqual(['URL-02.unreachable']);
  });
});

describe('a feed by its address', () => {
  test('credentials, marks of the last pull, and what is unchanged', async () => {
    const { at, run } = await shop((req, res) => {
      if (req.headers.authorization !== `Basic ${Buffer.from('u:p').toString('base64')}`)
        return void res.writeHead(401).end('who are you');
      if (req.headers['if-none-match'] === '"1"') return void res.writeHead(304).end();
      res.writeHead(200, { etag: '"1"', 'content-type': 'text/csv' }).end('id,title\n1,Shoe\n');
    });
    const spec = { kind: 'FEED', url: `${at}/feed.csv` };
    expect(ids(await run(spec))).toEqual(['FEED-01.denied']);
    const auth = { user: 'u', password: 'p' };
    const taken: string[] = [];
    const first = await run({ ...spec, auth }, { take: (chunk) => void taken.push(Buffer.from(chunk).toString()) });
    expect(taken.join('')).toBe('id,title\n1,Shoe\n');
    expect(ids(first)).toEqual([]);
    expect(JSON.stringify(first)).not.toContain('dTpw');
    const { last } = first.facts as Extract<typeof first.facts, { kind: 'FEED' }>;
    const second = await run({ ...spec, auth, last });
    expect(second.facts).toMatchObject({ feed: { isConditionalHonoured: true, isUnchanged: true, failures: 0 } });
  });

  test('an empty feed fails, and ten failures in a row switch it off', async () => {
    const { at, run } = await shop((_, res) => res.writeHead(200, { etag: '"1"' }).end());
    expect(ids(await run({ kind: 'FEED', url: at }))).toEqual(['FEED-01.empty']);
    expect(ids(await run({ kind: 'FEED', url: at, failures: 9 }))).toEqual(['FEED-01.disabled', 'FEED-01.empty']);
  });
});
