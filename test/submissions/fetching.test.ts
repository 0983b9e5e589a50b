import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../server/platform/fetching/addresses.ts';
import { bytesOf } from '../../server/platform/fetching/body.ts';
import {
  createGuardedFetch,
  type Fetched,
  type FetchRequest,
  type GuardOptions,
} from '../../server/platform/fetching/guardedFetch.ts';
import { FetchRefused } from '../../server/platform/fetching/refusals.ts';
import { certificateFor } from '../support/certificate.ts';
import { eventually } from '../support/eventually.ts';

/** Stands for the public internet here; every other loopback address stays private. */
const publicHere = '127.0.0.1';
const servers: (Server | TcpServer)[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listening<S extends Server | TcpServer>(server: S, host = publicHere): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** A server of the public internet, and the fetcher that may reach it as shop.test. */
async function shop(answer: RequestListener, options: GuardOptions = {}) {
  const port = await listening(createServer(answer));
  return { port, at: `http://shop.test:${port}`, fetch: guard([port], options) };
}

function guard(allowedPorts: number[], options: GuardOptions = {}) {
  return createGuardedFetch({
    allowedPorts,
    isPublic: (address) => address === publicHere,
    resolve: async (name) => (name.endsWith('.test') ? [publicHere] : []),
    ...options,
  });
}

/** The code that it is refused with, or what it answered. */
async function outcome(fetched: Promise<Fetched>): Promise<string> {
  try {
    const answer = await fetched;
    return Buffer.from(await bytesOf(answer.body)).toString();
  } catch (error) {
    if (error instanceof FetchRefused) return error.code;
    throw error;
  }
}

const page: FetchRequest = { kind: 'PAGE' };

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
    expect(await outcome(fetch(at, page))).toBe('TOO_SLOW');
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

describe('[O6] answers that do not end', () => {
  /** Bytes on a bare socket: what no HTTP server would write. */
  async function raw(onOpen: (write: (text: string) => void) => unknown) {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        const stop = onOpen((text) => {
          if (!socket.destroyed) socket.write(text);
        });
        socket.on('close', () => (typeof stop === 'function' ? stop() : undefined));
      });
    });
    const port = await listening(server);
    return { server, port, at: `http://shop.test:${port}/` };
  }
  const open = (server: TcpServer) =>
    new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

  test('a server that never answers is cut, and its connection is gone', async () => {
    const { server, port, at } = await raw(() => {});
    const fetch = guard([port], { limits: { PAGE: { totalMs: 100 } } });
    expect(await outcome(fetch(at, page))).toBe('TOO_SLOW');
    await eventually(async () => expect(await open(server)).toBe(0));
  });

  test('headers of 64 kB are cut', async () => {
    const { port, at } = await raw((write) => write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(65_536)}\r\n\r\n`));
    expect(await outcome(guard([port])(at, page))).toBe('HEADERS_TOO_LARGE');
  });

  test('headers that never end are cut', async () => {
    const { port, at } = await raw((write) => {
      write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => write('x: y\r\n'), 5);
      return () => clearInterval(drip);
    });
    expect(await outcome(guard([port], { limits: { PAGE: { answerMs: 100 } } })(at, page))).toBe('TOO_SLOW');
  });

  test('an endless body is cut at its limit, and the server sees the connection close', async () => {
    let isClosed = false;
    const { at, fetch } = await shop((_, res: ServerResponse) => {
      const block = Buffer.alloc(65_536, 'x');
      const more = () => {
        while (!res.destroyed && res.write(block));
      };
      res.on('drain', more).on('close', () => {
        isClosed = true;
      });
      more();
    });
    expect(await outcome(fetch(at, { kind: 'HOOK' }))).toBe('TOO_LARGE');
    await eventually(() => expect(isClosed).toBe(true));
  });

  test('a byte now and then is cut by the time for everything', async () => {
    const { port, at } = await raw((write) => {
      write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const drip = setInterval(() => write('x'), 10);
      return () => clearInterval(drip);
    });
    expect(await outcome(guard([port], { limits: { PAGE: { totalMs: 150 } } })(at, page))).toBe('TOO_SLOW');
  });

  test('a feed is cut when it is slower than its least, dripping or standing still, and one that is quick is not', async () => {
    const limits = { FEED: { slowMs: 80, minBytesPerSecond: 10_000, totalMs: 10_000 } };
    const dripping = await raw((write) => {
      write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const drip = setInterval(() => write('x'), 10);
      return () => clearInterval(drip);
    });
    expect(await outcome(guard([dripping.port], { limits })(dripping.at, { kind: 'FEED' }))).toBe('TOO_SLOW');
    const still = await raw((write) => write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\nx'));
    expect(await outcome(guard([still.port], { limits })(still.at, { kind: 'FEED' }))).toBe('TOO_SLOW');
    const quick = await raw((write) => {
      write('HTTP/1.1 200 OK\r\ncontent-length: 80000\r\n\r\n');
      const drip = setInterval(() => write('x'.repeat(4000)), 10);
      return () => clearInterval(drip);
    });
    expect(await outcome(guard([quick.port], { limits })(quick.at, { kind: 'FEED' }))).toHaveLength(80_000);
  });

  test('a gzip bomb is counted as it inflates', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const { at, fetch } = await shop((_, res) => res.setHeader('content-encoding', 'gzip').end(bomb));
    expect(await outcome(fetch(at, page))).toBe('TOO_LARGE');
    expect(await outcome(fetch(at, { kind: 'FEED' }))).toBe('TOO_LARGE');
  });

  test('gzip is inflated; broken gzip and a coding nobody asked for are bad answers', async () => {
    const { at, fetch } = await shop((req, res) => {
      res.setHeader('content-encoding', req.url === '/odd' ? 'compress' : 'gzip');
      res.end(req.url === '/broken' ? 'this is no gzip' : gzipSync('a feed'));
    });
    expect(await outcome(fetch(`${at}/good`, page))).toBe('a feed');
    expect(await outcome(fetch(`${at}/broken`, page))).toBe('BAD_ANSWER');
    expect(await outcome(fetch(`${at}/odd`, page))).toBe('BAD_ANSWER');
  });

  test('a body that breaks off is told apart from a whole one', async () => {
    const { at, fetch } = await shop((_, res) => {
      res.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => res.destroy(), 20);
    });
    expect(await outcome(fetch(at, page))).toBe('CUT_OFF');
  });

  test('whoever stops reading, or cancels, closes the connection', async () => {
    let open = 0;
    const { at, fetch } = await shop((_, res) => {
      open++;
      res.on('close', () => open--);
      res.write('begin');
    });
    for await (const chunk of (await fetch(at, page)).body) {
      expect(Buffer.from(chunk).toString()).toBe('begin');
      break;
    }
    (await fetch(at, page)).close();
    const cancel = new AbortController();
    const answer = await fetch(at, { ...page, signal: cancel.signal });
    cancel.abort();
    expect(await outcome(Promise.resolve(answer))).toBe('CANCELLED');
    await eventually(() => expect(open).toBe(0));
  });

  test('what is no HTTP is a bad answer', async () => {
    const { port, at } = await raw((write) => write('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(await outcome(guard([port])(at, page))).toBe('BAD_ANSWER');
  });
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

describe('certificates', () => {
  const day = 86_400_000;
  const until = (days: number) => new Date(Math.floor((Date.now() + days * day) / 1000) * 1000);
  async function secured(name: string, from: Date, to: Date, isTrusted: boolean) {
    const { cert, key } = certificateFor(name, from, to);
    const port = await listening(createTlsServer({ cert, key }, (_, res) => res.end('ok')));
    return guard([port], isTrusted ? { ca: cert } : {})(`https://shop.test:${port}/`, page);
  }
  const faultOf = (fetched: Promise<Fetched>) =>
    fetched.then(
      () => null,
      (error: FetchRefused) => [error.code, error.certificate],
    );

  test('a good one is told with its end', async () => {
    const answer = await secured('shop.test', until(-1), until(40), true);
    expect(answer.certificate?.validUntil).toBe(until(40).toISOString());
    answer.close();
  });

  test('[O9] expired, of another host, or signed by itself: refused and said', async () => {
    const refused = 'CERTIFICATE_INVALID';
    expect(await faultOf(secured('shop.test', until(-9), until(-1), true))).toEqual([refused, 'EXPIRED']);
    expect(await faultOf(secured('other.test', until(-9), until(9), true))).toEqual([refused, 'WRONG_HOST']);
    expect(await faultOf(secured('shop.test', until(-9), until(9), false))).toEqual([refused, 'SELF_SIGNED']);
  });
});
