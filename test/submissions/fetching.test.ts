import { Resolver } from 'node:dns/promises';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../server/platform/fetching/addresses.ts';
import { bytesOf } from '../../server/platform/fetching/body.ts';
import { createGuardedFetch } from '../../server/platform/fetching/guardedFetch.ts';
import { NamesUnanswered, publicNames } from '../../server/platform/fetching/names.ts';
import { FetchRefused } from '../../server/platform/fetching/refusals.ts';
import { certificateFor } from '../support/certificate.ts';
import { guard, listening, outcome, page, publicHere, servers, shop } from './fetchingWorld.ts';

describe('[O1] which addresses are public', () => {
  test.each(
    '0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::7f00:1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1::1 3fff::1 localhost 1.2.3'.split(
      ' ',
    ),
  )('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(
    '1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.167.1.1 223.255.255.255 2606:4700:4700::1111 2a00:1450:4001::200e'.split(
      ' ',
    ),
  )('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each('10.0.0.1 169.254.169.254 [::1] [::] [fd00:ec2::254] [64:ff9b::a00:1] [2002:a00:1::] 0.0.0.0'.split(' '))(
    'http://%s is refused before a connection',
    async (host) => {
      const fetch = createGuardedFetch();
      expect(await outcome(fetch(`http://${host}/`, page))).toBe('NOT_PUBLIC');
    },
  );
});

describe('[O2] spellings of a private address', () => {
  test.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://127.0.0.1./',
    'http://①②⑦.⓪.⓪.①/',
    'http://localhost/',
    'http://localhost./',
    'http:\\\\127.0.0.1\\',
    'http:127.0.0.1',
  ])('%s is refused like any other', async (address) => {
    expect(await outcome(createGuardedFetch({ resolve: async () => ['127.0.0.1'] })(address, page))).toBe('NOT_PUBLIC');
  });

  test.each(['http://ok@127.0.0.1/', 'https://user:secret@shop.test/'])('%s has a user in it', async (address) => {
    expect(await outcome(createGuardedFetch()(address, page))).toBe('USER_IN_ADDRESS');
  });
});

describe('[O3] names', () => {
  test('a name that changes its answer is asked once, and the address that was checked is the one connected', async () => {
    let asked = 0;
    let hits = 0;
    const inner = createServer((_, res) => {
      hits++;
      res.end('secret');
    });
    const { port, at, fetch } = await shop((_, res) => res.end('public'), {
      resolve: async () => (asked++ === 0 ? [publicHere] : ['127.0.0.2']),
    });
    servers.push(inner);
    await new Promise<void>((resolve) => inner.listen(port, '127.0.0.2', resolve));
    expect(await outcome(fetch(at, page))).toBe('public');
    expect(asked).toBe(1);
    expect(await outcome(fetch(at, page))).toBe('NOT_PUBLIC');
    expect(hits).toBe(0);
  });

  test('one private answer among public ones refuses them all', async () => {
    const { at, fetch } = await shop((_, res) => res.end('public'), {
      resolve: async () => [publicHere, '10.0.0.1'],
    });
    expect(await outcome(fetch(at, page))).toBe('NOT_PUBLIC');
  });

  test('a name server that never answers holds nobody longer than the limit', async () => {
    const { at, fetch } = await shop((_, res) => res.end(), {
      resolve: () => new Promise(() => {}),
      limits: { PAGE: { totalMs: 50 } },
    });
    await expect(fetch(at, page)).rejects.toBeInstanceOf(NamesUnanswered);
  });

  test('whoever gives up while a name is asked for hears just that', async () => {
    const stop = new AbortController();
    const { at, fetch } = await shop((_, res) => res.end(), { resolve: () => new Promise(() => {}) });
    const asked = fetch(at, { ...page, signal: stop.signal });
    stop.abort();
    expect(await outcome(asked)).toBe('CANCELLED');
  });

  describe('answered by one family of addresses, by none, or by nobody', () => {
    const dns = (four: string[] | string, six: string[] | string) => {
      const answer = (given: string[] | string) =>
        Array.isArray(given)
          ? Promise.resolve(given)
          : Promise.reject(Object.assign(new Error(given), { code: given }));
      return { resolve4: () => answer(four), resolve6: () => answer(six), cancel() {} } as unknown as Parameters<
        typeof publicNames
      >[2];
    };
    const { signal } = new AbortController();

    test.each([
      [['9.9.9.9'], 'ETIMEOUT', ['9.9.9.9']],
      ['ESERVFAIL', ['2620:fe::fe'], ['2620:fe::fe']],
      ['ENOTFOUND', 'ENOTFOUND', []],
      ['ENODATA', 'ENODATA', []],
      ['EBADNAME', 'EBADNAME', []],
    ])('%s and %s are %s', async (four, six, addresses) => {
      expect(await publicNames('shop.example', signal, dns(four, six))).toEqual(addresses);
    });

    test.each([
      ['ESERVFAIL', 'ESERVFAIL'],
      ['ETIMEOUT', 'ENODATA'],
      ['ENODATA', 'EREFUSED'],
      ['ECONNREFUSED', 'ECONNREFUSED'],
    ])('%s and %s say nothing about the name', async (four, six) => {
      const error = await publicNames('shop.example', signal, dns(four, six)).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NamesUnanswered);
      // It is logged, and a name may be a secret of whoever gave it.
      expect([inspect(error), (error as Error).cause]).toEqual([
        expect.not.stringContaining('shop.example'),
        undefined,
      ]);
    });
  });

  test('a name server that is not there is no name that is not there', async () => {
    const resolver = new Resolver({ timeout: 200, tries: 1 });
    // Nobody listens there.
    resolver.setServers(['127.0.0.1:9']);
    const asked = publicNames('shop.example', new AbortController().signal, resolver);
    await expect(asked).rejects.toBeInstanceOf(NamesUnanswered);
  });
});

describe('[O4] redirects', () => {
  const redirecting = (to: (req: IncomingMessage) => string | null, status = 302): RequestListener => {
    return (req, res) => {
      const location = to(req);
      if (location === null) res.end(`arrived at ${req.url} ${req.headers.authorization ?? ''}`.trim());
      else res.writeHead(status, { location }).end('not to be read');
    };
  };
  const countdown = (req: IncomingMessage) => {
    const left = Number(req.url?.slice(1));
    return left === 0 ? null : `/${left - 1}`;
  };

  test('three are followed, four are not', async () => {
    const { at, fetch } = await shop(redirecting(countdown));
    const answer = await fetch(`${at}/3`, page);
    expect(answer.redirects.map(({ to }) => new URL(to).pathname)).toEqual(['/2', '/1', '/0']);
    expect(new URL(answer.url).pathname).toBe('/0');
    answer.close();
    expect(await outcome(fetch(`${at}/4`, page))).toBe('TOO_MANY_REDIRECTS');
    expect(await outcome(fetch(`${at}/20`, page))).toBe('TOO_MANY_REDIRECTS');
  });

  test.each([
    [301, 'http://127.0.0.2/'],
    [302, 'http://10.0.0.1/'],
    [303, 'http://[::1]/'],
    [307, 'http://2130706434/'],
    [308, '//169.254.169.254/latest/meta-data/'],
  ])('a %i to %s is refused at its hop', async (status, location) => {
    const { at, fetch } = await shop(redirecting(() => location, status));
    expect(await outcome(fetch(at, page))).toBe('NOT_PUBLIC');
  });

  test.each([
    ['file:///etc/passwd', 'SCHEME_REFUSED'],
    ['http://shop.test:22/', 'PORT_REFUSED'],
    ['http://a:b@shop.test/', 'USER_IN_ADDRESS'],
    ['http://[', 'ADDRESS_INVALID'],
  ])('a redirect to %s is refused: %s', async (location, code) => {
    const { at, fetch } = await shop(redirecting(() => location));
    expect(await outcome(fetch(at, page))).toBe(code);
  });

  test('a hook is not redirected, and its redirect is the answer', async () => {
    const { at, fetch } = await shop(redirecting(countdown));
    const answer = await fetch(`${at}/1`, { kind: 'HOOK', method: 'POST', body: Buffer.from('{}') });
    expect(answer.status).toBe(302);
    answer.close();
  });

  test('a password goes to its own origin only', async () => {
    const other = await listening(createServer(redirecting(() => null)));
    const { port, at } = await shop(redirecting((req) => (req.url === '/far' ? `http://far.test:${other}/` : null)));
    const fetch = guard([port, other]);
    const headers = { authorization: 'Basic c2VjcmV0' };
    expect(await outcome(fetch(`${at}/near`, { ...page, headers }))).toContain('Basic');
    expect(await outcome(fetch(`${at}/far`, { ...page, headers }))).toBe('arrived at /');
  });

  test('what began with https does not go on without', async () => {
    const { cert, key } = certificateFor('shop.test', new Date(Date.now() - 1000), new Date(Date.now() + 86_400_000));
    const plain = await listening(createServer((_, res) => res.end('plain')));
    const port = await listening(
      createTlsServer({ cert, key }, (_, res) => res.writeHead(302, { location: `http://shop.test:${plain}/` }).end()),
    );
    const fetch = guard([port, plain], { ca: cert });
    expect(await outcome(fetch(`https://shop.test:${port}/`, page))).toBe('REDIRECT_REFUSED');
  });
});

describe('[O5] schemes and ports', () => {
  test.each(['file:///etc/passwd', 'gopher://shop.test/', 'ftp://shop.test/', 'data:text/html,x', 'ws://shop.test/'])(
    '%s is refused',
    async (address) => {
      expect(await outcome(guard([])(address, page))).toBe('SCHEME_REFUSED');
    },
  );

  test.each(['http://shop.test:22/', 'http://shop.test:25/', 'https://shop.test:6379/', 'http://10.0.0.1:6379/'])(
    '%s is refused for its port, whoever stands there',
    async (address) => {
      expect(await outcome(guard([])(address, page))).toBe('PORT_REFUSED');
    },
  );

  test.each(['', 'shop.test', '//shop.test/', 'http://', 'http://./', `http://shop.test/${'a'.repeat(2048)}`])(
    '%j is no address',
    async (address) => {
      expect(await outcome(guard([])(address, page))).toBe('ADDRESS_INVALID');
    },
  );
});

describe('[O7] what a refusal tells', () => {
  test('a private host that answers, one that does not, and a name that is not there are told in the same words', async () => {
    const answering = createServer((_, res) => res.end('internal secret'));
    const port = await listening(answering, '127.0.0.2');
    const fetch = guard([port], {
      resolve: async (name) => (name === 'inside.test' ? ['127.0.0.2'] : name === 'dead.test' ? ['10.99.99.99'] : []),
    });
    const said = await Promise.all(
      ['inside.test', 'dead.test', 'nowhere.test'].map((name) =>
        fetch(`http://${name}:${port}/`, page).then(
          () => 'answered',
          (error: unknown) => JSON.stringify([String(error), error]),
        ),
      ),
    );
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toContain('NOT_PUBLIC');
  });

  test('no refusal carries what the other side said', async () => {
    const { at, fetch } = await shop((_, res) => res.setHeader('content-encoding', 'gzip').end('canary-in-the-body'));
    const error = await fetch(at, page).then(async ({ body }) => bytesOf(body).catch((cause: unknown) => cause));
    expect(error).toBeInstanceOf(FetchRefused);
    expect(JSON.stringify([String(error), (error as Error).cause, (error as Error).message])).not.toContain('canary');
  });
});
