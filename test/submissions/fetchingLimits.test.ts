import type { ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Fetched } from '../../server/platform/fetching/guardedFetch.ts';
import type { FetchRefused } from '../../server/platform/fetching/refusals.ts';
import { certificateFor } from '../support/certificate.ts';
import { eventually } from '../support/eventually.ts';
import { guard, listening, outcome, page, shop } from './fetchingWorld.ts';

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
    const end = until(40);
    const answer = await secured('shop.test', until(-1), end, true);
    expect(answer.certificate?.validUntil).toBe(end.toISOString());
    answer.close();
  });

  test('[O9] expired, of another host, or signed by itself: refused and said', async () => {
    const refused = 'CERTIFICATE_INVALID';
    expect(await faultOf(secured('shop.test', until(-9), until(-1), true))).toEqual([refused, 'EXPIRED']);
    expect(await faultOf(secured('other.test', until(-9), until(9), true))).toEqual([refused, 'WRONG_HOST']);
    expect(await faultOf(secured('shop.test', until(-9), until(9), false))).toEqual([refused, 'SELF_SIGNED']);
  });
});
