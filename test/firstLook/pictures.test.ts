import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPictures, pictureType } from '../../server/firstLook/pictures.ts';
import { eventually } from '../support/eventually.ts';
import { hereOnly } from '../support/hereOnly.ts';
import { type FirstLookWorld, startFirstLookWorld } from './firstLookWorld.ts';

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);
type Answer = (req: IncomingMessage, res: ServerResponse) => void;

let w: FirstLookWorld;
let port: number;
let asked: string[] = [];
let active = 0;
let mostActive = 0;
let sent = 0;
const answers: Record<string, Answer> = {
  '/good.png': (_req, res) => void res.setHeader('content-type', 'text/html').end(png),
  '/drawing': (_req, res) =>
    void res.setHeader('content-type', 'image/png').end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  '/page.png': (_req, res) =>
    void res.setHeader('content-type', 'image/png').end('<!doctype html><script>alert(1)</script>'),
  '/gone.png': (_req, res) => void res.writeHead(404).end(png),
  '/said.png': (_req, res) => void res.writeHead(200, { 'content-length': '5000000000' }).write(png),
  // 5 GB, as fast as anybody takes them, without a word about it beforehand.
  '/endless.png': (_req, res) => {
    const more = Buffer.alloc(64 * 1024);
    res.write(png);
    const go = () => {
      while (sent < 5e9 && !res.destroyed) {
        sent += more.length;
        if (!res.write(more)) return void res.once('drain', go);
      }
    };
    go();
  },
  '/slow.png': (_req, res) => void res.write(png.subarray(0, 20)),
  '/inside.png': (_req, res) => void res.writeHead(302, { location: `http://inside.test:${port}/good.png` }).end(),
  '/cookie.png': (req, res) => void res.end(req.headers.cookie || req.headers.referer ? 'told' : png),
};
const server = createServer((req, res) => {
  asked.push(req.url ?? '');
  active += 1;
  mostActive = Math.max(mostActive, active);
  res.once('close', () => {
    active -= 1;
  });
  const path = (req.url ?? '').split('?')[0] ?? '';
  if (path.startsWith('/many/')) setTimeout(() => res.end(png), 30);
  else (answers[path] ?? ((_req, other) => void other.writeHead(404).end()))(req, res);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  const limits = { IMAGE: { totalMs: 600 } };
  w = await startFirstLookWorld({ config: { fetchPorts: [port] }, fetching: { ...hereOnly, limits } });
  const at = (path: string, host = 'shop.test') => `http://${host}:${port}${path}`;
  const rows = [
    ...[
      'good.png',
      'picture.svg',
      'page.png',
      'gone.png',
      'said.png',
      'endless.png',
      'slow.png',
      'inside.png',
      'cookie.png',
    ].map((name) => ({ id: name, image_link: at(name === 'picture.svg' ? '/drawing' : `/${name}`) })),
    { id: 'private', image_link: at('/good.png', 'inside.test') },
    { id: 'silent', image_link: at('/good.png', 'silent.test') },
    { id: 'a/b', image_link: at('/good.png?other') },
    ...Array.from({ length: 12 }, (_, n) => ({ id: `many${n}`, image_link: at(`/many/${n}.png`) })),
  ];
  const { look } = await w.feed(rows);
  expect(look.shown).toBe(rows.length);
}, 60_000);
afterAll(async () => {
  await w.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  mostActive = 0;
});

const picture = (id: string, session = w.lead, projectId = w.projectId) =>
  session.fetch(`/first-look/${projectId}/images/${encodeURIComponent(id)}?run=1`);

test("a product's picture comes from us, as what it is and as nothing else", async () => {
  const answer = await picture('good.png');
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=3600',
    'content-security-policy': "sandbox; default-src 'none'",
  });
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
  expect((await picture('a/b')).status).toBe(200);
});

test('it is asked for once, and the shop hears nothing of who looks', async () => {
  await Promise.all([picture('cookie.png'), picture('cookie.png', w.pm), picture('cookie.png')]);
  const answer = await picture('cookie.png');
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
  expect(asked).toEqual(['/cookie.png']);
});

test.each([
  ['an SVG', 'picture.svg'],
  ['a page that calls itself a picture', 'page.png'],
  ['one that is gone', 'gone.png'],
  ['one that says that it has 5 GB', 'said.png'],
  ['one that is slow', 'slow.png'],
  ['one that leads inside', 'inside.png'],
  ['one on a private address', 'private'],
  ['one whose name nobody answers for', 'silent'],
  ['that of no product', 'nothing'],
  ['an id of no use', '../../logo'],
])('%s is no picture', async (_what, id) => {
  const answer = await picture(id);
  expect([answer.status, await answer.text()]).toEqual([204, '']);
  // What gave none is not asked again at once.
  const before = asked.length;
  await picture(id);
  expect(asked).toHaveLength(before);
});

test('one of 5 GB that does not say so is cut at the limit', async () => {
  expect((await picture('endless.png')).status).toBe(204);
  expect(sent).toBeLessThan(50_000_000);
});

test('few are asked for at once of one shop', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, (_, n) => picture(`many${n}`)));
  expect(all.map(({ status }) => status)).toEqual(Array(12).fill(200));
  expect(mostActive).toBeLessThanOrEqual(4);
});

test('to anybody else there is no picture', async () => {
  for (const session of [w.stranger, w.app.anonymous()]) expect((await picture('good.png', session)).status).toBe(404);
  // In a project of their own there is none.
  expect((await picture('good.png', w.stranger, w.app.world.otherProject.id)).status).toBe(204);
});

test('the kinds of pictures are told by their first bytes', () => {
  const of = (text: string) => pictureType(Buffer.from(text, 'latin1'));
  expect(of('\xff\xd8\xff\xe0')).toBe('image/jpeg');
  expect(of('GIF89a..')).toBe('image/gif');
  expect(of('RIFF....WEBPVP8 ')).toBe('image/webp');
  expect(of('\0\0\0\x1cftypavif')).toBe('image/avif');
  for (const none of ['', 'RIFF....WAVE', '<svg', 'BM......', '\0\0\0\x1cftypheic', '%PDF-1.7'])
    expect(of(none)).toBeNull();
});

test('a shop that answers slowly holds up the pictures of no other account', async () => {
  const gates: (() => void)[] = [];
  const began: string[] = [];
  const { clock, log } = w.app.services;
  const fetch = (async (url: string) => {
    began.push(url);
    if (url.includes('slow')) await new Promise<void>((open) => gates.push(open));
    return {
      ...{ url, status: 200, redirects: [], certificate: null, header: () => null, close: () => {} },
      body: (async function* () {
        yield png;
      })(),
    };
  }) as unknown as typeof w.app.services.fetch;
  const pictures = createPictures({ fetch, clock, log });
  // Of so many hosts that their own bounds hold nothing back.
  const slow = Array.from({ length: 60 }, (_, n) => pictures.get(`https://slow${n}.example/a.png`, 'slow'));
  const quick = Array.from({ length: 60 }, (_, n) => pictures.get(`https://quick${n}.example/a.png`, 'quick'));
  expect((await Promise.all(quick)).every((one) => one !== null)).toBe(true);
  expect(began.filter((url) => url.includes('slow'))).toHaveLength(8);
  // When one of two that wait is through, the turn is of whoever has fewer under way.
  const other = Array.from({ length: 12 }, (_, n) => pictures.get(`https://slow-too${n}.example/a.png`, 'other'));
  const third = Array.from({ length: 12 }, (_, n) => pictures.get(`https://slow-third${n}.example/a.png`, 'third'));
  await eventually(() => gates.length === 20);
  gates.shift()?.();
  await eventually(() => gates.length === 20);
  expect(began.at(-1)).toContain('slow-third');
  let isDone = false;
  const all = Promise.all([...slow, ...other, ...third]).finally(() => {
    isDone = true;
  });
  await eventually(() => {
    for (const open of gates.splice(0)) open();
    return isDone;
  });
  expect((await all).every((one) => one !== null)).toBe(true);
});

test('an address that only answers questions refuses every other method, as all do', async () => {
  for (const path of ['ask', 'logo', 'images/good.png']) {
    const answer = await w.lead.fetch(`/first-look/${w.projectId}/${path}`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED', requestId: expect.any(String) });
  }
});
