import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { reportLooks } from '../../drizzle/schema/index.ts';
import { ThreadEnded } from '../../server/platform/threads/threads.ts';
import { lookAtSamples } from '../../server/submissions/looks/gather.ts';
import { inTurns } from '../../server/submissions/looks/turns.ts';
import { tokenOf } from '../security/tokenActor.ts';
import { eventually } from '../support/eventually.ts';
import { hereOnly } from '../support/hereOnly.ts';
import { againText } from './checksWorld.ts';
import { deliverUrl, key } from './inputsWorld.ts';
import { aFeed, head, type ReportsWorld, startReportsWorld } from './reportsWorld.ts';

const looksText = `query ($id: ID!) { node(id: $id) { ... on Submission { state report { verdict warnings looks {
  state rows links images noLinks noImages finishedAt
  findings { rule severity title message column count samples(first: 50) { row line column value message } }
} } } } }`;

let w: ReportsWorld;
let at: string;
let other: string;
type Answer = (req: IncomingMessage, res: ServerResponse) => void;
let answer: Answer;
let asked: string[] = [];
let active = 0;
let mostActive = 0;
const servers: ReturnType<typeof createServer>[] = [];

/** The head of a PNG, as far as its size. */
function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(60);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(bytes);
  bytes.write('IHDR', 12);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.set([8, 2, 0, 0, 0], 24);
  return bytes;
}
const page = (res: ServerResponse, body = '<title>Mug</title>') =>
  void res.setHeader('content-type', 'text/html').end(body);
const good: Answer = (req, res) => {
  if (req.url === '/robots.txt') return void res.writeHead(404).end();
  if (req.url?.startsWith('/i/')) return void res.setHeader('content-type', 'image/png').end(png(1600, 1600));
  page(res);
};

beforeAll(async () => {
  const ports = [];
  for (let n = 0; n < 2; n++) {
    const server = createServer((req, res) => {
      asked.push(`${req.headers.host?.split(':')[0]}${req.url}`);
      active += 1;
      mostActive = Math.max(mostActive, active);
      res.once('close', () => {
        active -= 1;
      });
      answer(req, res);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports.push((server.address() as AddressInfo).port);
  }
  at = `http://shop.test:${ports[0]}`;
  other = `http://other.test:${ports[1]}`;
  w = await startReportsWorld({
    // What breaks on our side is told in the run's own words.
    config: { linkSamples: 20, logLevel: 'error' },
    fetching: {
      allowedPorts: ports,
      ...hereOnly,
    },
  });
}, 120_000);
afterAll(async () => {
  await w.close();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
beforeEach(() => {
  answer = good;
  asked = [];
  mostActive = 0;
});

type Places = { link?: (n: number) => string; image?: (n: number) => string };
const feedOf = (
  rows: number,
  { link = (n) => `${at}/p/${n}`, image = (n) => `${at}/i/${n}.png` }: Places = {},
  price = '12.90 EUR',
) =>
  head +
  Array.from({ length: rows }, (_, index) => {
    const n = index + 1;
    return `SKU${n},Blue stoneware mug with handle no ${n},A blue mug that holds a third of a litre of tea,${link(n)},${image(n)},in_stock,${price},Nordlicht,M-${n},new\n`;
  }).join('');

const seen = async (id: string, session = w.member) => (await session.ask(looksText, { id })).node;
async function looked(id: string) {
  await eventually(async () => {
    const [row] = await w.app.services.db.select().from(reportLooks).where(eq(reportLooks.submissionId, id));
    return row !== undefined && row.state !== 'LOOKING';
  }, 40_000);
  return (await seen(id)).report.looks;
}
async function handIn(text: string) {
  const task = await w.task({}, aFeed);
  const id = await w.deliver(w.member, task.id, text);
  await w.judged(w.member, id);
  return { id, task };
}
const rules = (looks: { findings: { rule: string }[] }) => looks.findings.map(({ rule }) => rule);

describe('samples of a feed', () => {
  test('are looked at after the verdict, which they never wait for and never move, spread over the file', async () => {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    answer = (req, res) => void gate.then(() => good(req, res));
    const { id, task } = await handIn(feedOf(2_000));
    expect(await seen(id)).toMatchObject({
      state: 'ACCEPTED',
      report: { verdict: 'ACCEPTED', looks: { state: 'LOOKING', rows: 2_000, links: 0, finishedAt: null } },
    });
    letGo();
    expect(await looked(id)).toMatchObject({ state: 'DONE', rows: 2_000, links: 20, images: 20, findings: [] });
    const pages = asked.filter((url) => url.startsWith('shop.test/p/')).map((url) => Number(url.split('/p/')[1]));
    expect(pages.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n * 100 + 51));
    expect(asked.filter((url) => url.endsWith('/robots.txt'))).toHaveLength(1);
    expect(mostActive).toBeLessThanOrEqual(2);
    expect((await w.kindsOf(task.id)).at(-1)).toBe('submission.linksLooked');
  });

  test('that are broken are told with row, line and column, as warnings, and nobody is held up', async () => {
    answer = (req, res) => {
      const n = Number(/\d+/.exec(req.url ?? '')?.[0]);
      if (req.url?.startsWith('/p/') && n <= 3) return void res.writeHead(404).end();
      if (req.url === '/p/4') return page(res, '<meta name="robots" content="noindex,follow"><title>x</title>');
      if (req.url === '/p/5') return void res.writeHead(302, { location: '/p/6' }).end();
      if (req.url === '/i/7.png') return void res.setHeader('content-type', 'image/png').end(png(50, 60));
      good(req, res);
    };
    const { id } = await handIn(feedOf(20));
    const looks = await looked(id);
    expect(looks).toMatchObject({ state: 'DONE', links: 20, images: 20 });
    expect(looks.findings).toMatchObject([
      { rule: 'URL-02.status', severity: 'WARNING', title: 'A link answers with status 404', column: 'link', count: 3 },
      { rule: 'IMG.productSmall', severity: 'WARNING', title: 'A picture is only 50 x 60', column: 'image_link' },
      { rule: 'LINK.noIndex', severity: 'WARNING', title: 'A link asks search engines to stay away', count: 1 },
      { rule: 'LINK.redirects', severity: 'HINT', count: 1 },
    ]);
    expect(looks.findings[0].samples).toMatchObject([
      { row: 1, line: 2, column: 'link', value: `${at}/p/1` },
      { row: 2, line: 3 },
      { row: 3, line: 4 },
    ]);
    expect(await seen(id)).toMatchObject({ state: 'ACCEPTED', report: { verdict: 'ACCEPTED', warnings: 0 } });
  });

  test('of a bad minute are tried a second time, and only then told', async () => {
    const tries = new Map<string, number>();
    answer = (req, res) => {
      const count = (tries.get(req.url ?? '') ?? 0) + 1;
      tries.set(req.url ?? '', count);
      if (req.url === '/p/2' && count === 1) return void res.destroy();
      if (req.url === '/i/3.png') return void res.destroy();
      good(req, res);
    };
    const { id } = await handIn(feedOf(10));
    const looks = await looked(id);
    expect(rules(looks)).toEqual(['URL-02.unreachable']);
    expect(looks.findings[0]).toMatchObject({ count: 1, column: 'image_link', samples: [{ row: 3 }] });
    expect(looks.findings[0].message).toContain('tried twice');
    expect([tries.get('/p/2'), tries.get('/i/3.png'), tries.get('/p/1')]).toEqual([2, 2, 1]);
  });

  test('of a host that does not answer are left alone after three, and those of others looked at all the same', async () => {
    const dead = 'http://unknown.example';
    const { id } = await handIn(feedOf(40, { link: (n) => `${dead}/p/${n}`, image: (n) => `${other}/i/${n}.png` }));
    const looks = await looked(id);
    expect(looks).toMatchObject({ state: 'DONE', images: 20 });
    expect(looks.links).toBeLessThanOrEqual(4);
    expect(looks.findings).toMatchObject([{ rule: 'URL-02.unreachable', severity: 'WARNING', count: looks.links }]);
    expect(looks.findings[0].message).toContain('Others of its host were left alone');
    expect(asked.every((url) => url.startsWith('other.test/'))).toBe(true);
  });

  test('that are all on a host which answered none of the links are said to be left alone', async () => {
    const dead = 'http://unknown.example';
    const { id } = await handIn(feedOf(40, { link: (n) => `${dead}/p/${n}`, image: (n) => `${dead}/i/${n}.png` }));
    expect(await looked(id)).toMatchObject({ state: 'DONE', images: 0, noLinks: null, noImages: 'LEFT_ALONE' });
  });

  test('whose names our own name servers say nothing of are not counted, and nothing is told of them', async () => {
    const { id } = await handIn(feedOf(30, { link: (n) => `http://silent.test/p/${n}` }));
    const none = { links: 0, noLinks: 'NOT_REACHED' };
    expect(await looked(id)).toMatchObject({ ...none, state: 'DONE', images: 20, noImages: null, findings: [] });
  });

  test('of which no row holds a whole address are said to be none', async () => {
    const links = [{ row: 1, line: 2, column: 'link', value: `${at}/p/1` }];
    const images = [{ row: 1, line: 2, column: 'base_image', value: '/m/b/1.jpg' }];
    for (const sampled of [
      { links, images },
      { links, images: [] },
    ]) {
      const found = await lookAtSamples(w.app.services, sampled, AbortSignal.timeout(10_000));
      expect(found).toMatchObject({ links: 1, noLinks: null, images: 0, noImages: 'NO_ADDRESS' });
    }
  });

  test('never reach our own network, and what is there answers as an unknown name does', async () => {
    const told = [];
    for (const host of ['http://inside.test', 'http://10.0.0.1', 'http://nobody.example']) {
      const { id } = await handIn(feedOf(1, { link: (n) => `${host}/p/${n}` }));
      const { findings } = await looked(id);
      told.push(findings.map(({ rule, title, message }: Record<string, string>) => [rule, title, message]));
    }
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(asked.some((url) => /inside|10\.0/.test(url))).toBe(false);
  });

  test('of a feed that is fetched are looked at with every new content, and a token that may read it reads them', async () => {
    let text = feedOf(30);
    answer = (req, res) => {
      if (req.url === '/feed.csv') return void res.writeHead(200, { 'content-type': 'text/csv' }).end(text);
      if (req.url === '/q/1') return void res.writeHead(410).end();
      good(req, res);
    };
    const spec = { kind: 'URL', check: aFeed.spec.check, everyMinutes: null };
    const task = await w.task({}, { key: 'feed', label: 'Product feed', spec });
    const { submission } = await deliverUrl(w.member, task.id, task.inputs[0]!.id, `${at}/feed.csv`);
    expect(await looked(submission.id)).toMatchObject({ state: 'DONE', links: 20, findings: [] });
    text = feedOf(30, { link: (n) => `${at}/q/${n}` });
    await w.member.ask(againText, { id: submission.id, key: key() });
    await eventually(async () => asked.includes('shop.test/q/1'), 20_000);
    const looks = await looked(submission.id);
    expect(looks).toMatchObject({ state: 'DONE', links: 20, images: 20 });
    expect(looks.findings).toMatchObject([{ title: 'A link answers with status 410', samples: [{ row: 1 }] }]);
    const reader = await tokenOf(w.member, ['SUBMISSIONS_READ', 'TASKS_READ', 'PROJECTS_READ']);
    expect((await seen(submission.id, reader)).report.looks.links).toBe(20);
    const other = await tokenOf(w.member, ['TASKS_READ', 'PROJECTS_READ']);
    expect((await other.gql<{ node: unknown }>(looksText, { id: submission.id })).data?.node ?? null).toBe(null);
  }, 60_000);

  test('that break on our side are looked at once more, alone; after that nobody says that they are good', async () => {
    const broken = () => ({ result: Promise.reject(new ThreadEnded('too much memory')), tell() {}, cancel() {} });
    const { start: really } = w.app.services.threads;
    let breaks = 1;
    vi.spyOn(w.app.services.log, 'error').mockImplementation(() => {});
    const alone: unknown[] = [];
    vi.spyOn(w.app.services.threads, 'start').mockImplementation((kind, order, options) => {
      if (kind !== 'sample') return really(kind, order, options);
      alone.push(options?.isAlone);
      return breaks-- > 0 ? broken() : really(kind, order, options);
    });
    try {
      expect(await looked((await handIn(feedOf(3))).id)).toMatchObject({ state: 'DONE', links: 3, findings: [] });
      expect(alone).toEqual([false, true]);
      breaks = 2;
      expect(await looked((await handIn(feedOf(4))).id)).toMatchObject({ state: 'FAILED', links: 0, findings: [] });
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('a rejected file has none, nor has a file of another kind; who may not see the file sees none of them', async () => {
    const { id } = await handIn(feedOf(10, {}, '"12,90 EUR"'));
    expect((await seen(id)).report).toMatchObject({ verdict: 'REJECTED', looks: null });
    const accepted = await handIn(feedOf(2));
    await looked(accepted.id);
    expect(await seen(accepted.id, w.stranger)).toBe(null);
    expect(asked.length).toBeLessThanOrEqual(5);
  });
});

test('things are done so many at once, so many of a host, and one that is slow holds up no other host', async () => {
  const things = [
    ...Array.from({ length: 6 }, (_, n) => ({ host: 'slow', n })),
    ...Array.from({ length: 6 }, (_, n) => ({ host: 'quick', n })),
  ];
  const now: Record<string, number> = { slow: 0, quick: 0 };
  const most: Record<string, number> = { slow: 0, quick: 0 };
  const order: string[] = [];
  const slow: (() => void)[] = [];
  await inTurns(things, { atOnce: 4, perHost: 2 }, async ({ host }) => {
    now[host]! += 1;
    most[host] = Math.max(most[host]!, now[host]!);
    // The slow ones wait until all of the quick ones are done.
    if (host === 'slow' && order.filter((one) => one === 'quick').length < 6)
      await new Promise<void>((resolve) => slow.push(resolve));
    else await new Promise((resolve) => setImmediate(resolve));
    now[host]! -= 1;
    order.push(host);
    if (order.filter((one) => one === 'quick').length === 6) for (const go of slow.splice(0)) go();
  });
  expect(most).toEqual({ slow: 2, quick: 2 });
  expect(order.slice(0, 6)).toEqual(Array(6).fill('quick'));
});
