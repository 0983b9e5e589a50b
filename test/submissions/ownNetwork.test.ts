import type { ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { words } from '../../server/words/en.ts';
import { aFeed } from '../support/feeds.ts';
import { type ChecksWorld, startChecksWorld } from './checksWorld.ts';

let w: ChecksWorld;
let port: string;
/** Stands where nobody from outside may come: of everything it is asked for, nothing may arrive. */
let knocks = 0;
const inside = createTcpServer((socket) => {
  knocks += 1;
  socket.end('HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\ninternal secret');
});
beforeAll(async () => {
  w = await startChecksWorld();
  port = new URL(w.at).port;
  await new Promise<void>((resolve) => inside.listen(Number(port), '127.0.0.2', resolve));
}, 120_000);
afterAll(async () => {
  inside.close();
  await w.close();
});
beforeEach(() => {
  w.web.answer = (_, res) => void res.end('ok');
});

const wants = (check: object) => ({ key: 'it', label: 'It', spec: { kind: 'CHECK', check } });
const atUrl = (url: string) => ({ check: { url } });
/** Whatever the server can be made to fetch, and how a client names the address. */
const kinds = {
  page: [wants({ of: 'URL' }), atUrl],
  image: [wants({ of: 'IMAGE', use: 'square-logo' }), atUrl],
  sitemap: [wants({ of: 'SITEMAP' }), atUrl],
  webhook: [wants({ of: 'WEBHOOK' }), atUrl],
  tag: [
    wants({ of: 'TAG', script: 'cdn.vendor.example/tag.js', pageTypes: ['HOME'] }),
    (url: string) => ({ check: { pages: [{ url, type: 'HOME' }] } }),
  ],
  feed: [{ key: 'it', label: 'It', spec: { kind: 'URL', check: aFeed.spec.check } }, (url: string) => ({ url })],
} as const;

/** What looking at an address comes to, with the address itself taken out of the words. */
async function foundAt(kind: keyof typeof kinds, url: string): Promise<string> {
  const [input, given] = kinds[kind];
  const task = await w.task({}, input);
  const { check = {}, ...more } = given(url) as { check?: object };
  const { submission, userErrors } = await w.create(w.member, task.id, check, more);
  if (userErrors.length > 0) return userErrors[0].code;
  await w.finish(w.member, submission.id, task.id);
  await w.settled(submission.id);
  const { check: seen, state } = await w.seen(w.member, submission.id);
  const said = JSON.stringify([state, seen.standing, seen.lastRun.findings]);
  for (const told of ['internal', 'canary', 'ECONN', 'ENOTFOUND', 'refused the connection'])
    expect(said).not.toContain(told);
  const { host, hostname } = new URL(url);
  return [url, seen.subject, host, hostname].reduce((text, part) => text.replaceAll(part, '…'), said);
}

const isUnreachable = expect.stringMatching(/REJECTED.*no server of the public internet answers/);

describe('an address of our own network', () => {
  test.each([
    ...['127.0.0.2', '10.0.0.1', '100.64.0.1', '169.254.169.254', '0.0.0.0'],
    ...['2130706434', '0177.0.0.2', '127.2', '127.0.0.2.', '①②⑦.⓪.⓪.②', 'localhost'],
    ...['[::1]', '[::]', '[fc00::1]', '[fe80::1]', '[fd00:ec2::254]', '[64:ff9b::7f00:2]', '[2002:7f00:2::]'],
    '[::ffff:7f00:2]',
  ])('[O1] [O2] [O7] %s is not taken, and all are told the same', async (host) => {
    const task = await w.task({}, kinds.page[0]);
    const { userErrors } = await w.create(w.member, task.id, { url: `http://${host}:${port}/` });
    const message = words.userErrors.INVALID_URL({ why: 'PRIVATE' });
    expect(userErrors).toEqual([{ code: 'INVALID_URL', field: 'check.url', message }]);
  });

  test('[O1] [O2] [O7] a name that leads there is told like one that is not there', async () => {
    const nowhere = await foundAt('page', `http://nowhere.invalid:${port}/`);
    expect(nowhere).toEqual(isUnreachable);
    expect(await foundAt('page', `http://inside.test:${port}/`)).toBe(nowhere);
  });

  test.each([
    'http://ok@127.0.0.2/',
    'file:///etc/passwd',
    'gopher://shop.test/',
    'ftp://shop.test/',
    'data:text/html,x',
  ])('[O5] %s is none either', async (url) => {
    expect(await foundAt('page', url)).toBe('INVALID_URL');
  });

  test.each(['22', '6379'])('[O5] port %s is not asked, whoever stands there', async (refused) => {
    const [mine, ours] = [
      await foundAt('page', `http://shop.test:${refused}/`),
      await foundAt('page', `http://inside.test:${refused}/`),
    ];
    expect(mine).toContain('REJECTED');
    expect(ours).toBe(mine);
  });

  test.each(Object.keys(kinds) as (keyof typeof kinds)[])(
    '[O3] [O4] [O7] a %s is not fetched from there, asked for or led to, and nobody learns whether something is',
    async (kind) => {
      const [inside, nowhere] = [`http://inside.test:${port}/x`, `http://nowhere.invalid:${port}/x`];
      expect(await foundAt(kind, `http://127.0.0.2:${port}/x`)).toBe('INVALID_URL');
      expect(await foundAt(kind, inside)).toBe(await foundAt(kind, nowhere));
      const led = [];
      for (const location of [`http://127.0.0.2:${port}/x`, inside, nowhere]) {
        w.web.answer = (_, res) => void res.writeHead(302, { location }).end('canary of a redirect');
        const { host, hostname } = new URL(location);
        const said = await foundAt(kind, `${w.at}/led`);
        led.push([location, host, hostname].reduce((text, part) => text.replaceAll(part, '…'), said));
      }
      expect(led[0]).toContain('REJECTED');
      expect(new Set(led).size).toBe(1);
    },
  );

  test('nobody knocked', () => expect(knocks).toBe(0));
});

describe('[O6] an answer that does not end', () => {
  test.each([
    ['is endless', (res: ServerResponse) => flood(res, Buffer.alloc(65_536, 'canary '))],
    ['is a gzip bomb', (res: ServerResponse) => void res.setHeader('content-encoding', 'gzip').end(bomb)],
    ['has headers of 64 kB', (res: ServerResponse) => void res.setHeader('x', 'a'.repeat(65_536)).end()],
    [
      'breaks off',
      (res: ServerResponse) => void res.writeHead(200, { 'content-length': '99' }).write('canary', () => res.destroy()),
    ],
  ])('and %s is one finding, and the server answers on', async (_, answer) => {
    w.web.answer = (__, res) => answer(res.setHeader('content-type', 'text/html'));
    for (const kind of ['page', 'image'] as const) {
      const found = await foundAt(kind, `${w.at}/x`);
      expect(found).toContain('REJECTED');
    }
    w.web.answer = (__, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end('<title>Shop</title>');
    expect(await foundAt('page', `${w.at}/`)).not.toContain('REJECTED');
  });
});

const bomb = gzipSync(Buffer.alloc(80_000_000));
function flood(res: ServerResponse, block: Buffer): void {
  const more = () => {
    while (!res.destroyed && res.write(block));
  };
  res.on('drain', more);
  more();
}
