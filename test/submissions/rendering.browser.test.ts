import { createSocket } from 'node:dgram';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkRuns } from '../../drizzle/schema/index.ts';
import { createDns } from '../../server/platform/fetching/dns.ts';
import { createGuardedFetch } from '../../server/platform/fetching/guardedFetch.ts';
import { chromiumEnvironment, ownersFor } from '../../server/platform/rendering/arguments.ts';
import { createRender, type Render, type RenderOptions } from '../../server/platform/rendering/render.ts';
import type { CheckDeps } from '../../server/submissions/fetching/deps.ts';
import { runCheck } from '../../server/submissions/fetching/runCheck.ts';
import { checkSpec } from '../../server/submissions/fetching/spec.ts';
import { chromiumExecutable } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { type ChecksWorld, startChecksWorld } from './checksWorld.ts';

/*
 * A shop under names of its own, and a canary under the addresses that nobody may reach from outside. The canary counts
 * every connection; the guarded door takes the shop's address alone for public.
 */
const path = chromiumExecutable() ?? '';
/** On this machine, and not public. */
const innerHost = '127.0.0.2';
const pages: Record<string, string> = {};
const asked: string[] = [];
let hits = 0;
let shopPort = 0;
let canaryPort = 0;
let shop: ReturnType<typeof createServer>;
let canary: ReturnType<typeof createServer>;
const udp = createSocket('udp4', () => {
  hits += 1;
});

const answer: RequestListener = (req, res) => {
  asked.push(`${req.method} ${req.url}`);
  if (req.url === '/away.js')
    return void res.writeHead(302, { location: `http://${innerHost}:${canaryPort}/away` }).end();
  const found = pages[req.url ?? ''];
  const type = req.url?.endsWith('.js') ? 'text/javascript' : 'text/html';
  res.writeHead(found === undefined ? 404 : 200, { 'content-type': type }).end(found);
};

async function listening(listener: RequestListener, host = '127.0.0.1') {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return server;
}

/** Where the browsers of this file have their profiles, and no other run has: the user nobody has to get in. */
const place = mkdtempSync(join(tmpdir(), 'slipway-rendering-'));
const usualPlace = process.env.TMPDIR;

beforeAll(async () => {
  chmodSync(place, 0o755);
  process.env.TMPDIR = place;
  shop = await listening(answer);
  shopPort = (shop.address() as AddressInfo).port;
  canary = await listening((_, res) => void res.setHeader('access-control-allow-origin', '*').end('hit'), innerHost);
  canary.on('connection', () => {
    hits += 1;
  });
  canaryPort = (canary.address() as AddressInfo).port;
  await new Promise<void>((resolve) => udp.bind(canaryPort, innerHost, resolve));
});
afterEach(() => {
  for (const name of Object.keys(pages)) delete pages[name];
  asked.length = 0;
});
afterAll(async () => {
  for (const server of [shop, canary]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  udp.close();
  if (usualPlace === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usualPlace;
  rmSync(place, { recursive: true, force: true });
});

function depsWith(times: RenderOptions['times'] = {}): CheckDeps & { render: Render } {
  const fetch = createGuardedFetch({
    allowedPorts: [shopPort, canaryPort],
    isPublic: (address) => address === '127.0.0.1',
    resolve: async (name) => (name.endsWith('.test') ? ['127.0.0.1'] : []),
  });
  const render = createRender({ path, fetch, times: { quietMs: 400, readMs: 30_000, ...times } });
  return {
    fetch,
    render,
    dns: createDns({ resolvers: ['127.0.0.1:9'], timeoutMs: 50, tries: 1 }),
    clock: new FakeClock(),
  };
}

const at = () => `http://shop.test:${shopPort}`;
const wanted = () => ({
  script: `cdn.vendor.test:${shopPort}/tag.js`,
  accountId: 'acct-7',
  needsConsent: true,
  names: { productId: 'productId' },
});
const look = async (deps: CheckDeps, url: string, type = 'HOME') =>
  runCheck(deps, checkSpec.parse({ kind: 'TAG', pages: [{ url, type }], wanted: wanted(), hosts: [] }));
const ids = ({ findings }: Awaited<ReturnType<typeof runCheck>>) => findings.map(({ rule }) => rule).sort();
const profiles = () => readdirSync(place);

/** Processes that carry a profile of this file in their command line. */
function runningBrowsers(): string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(place);
    } catch {
      return false;
    }
  });
}

test('[TAG-01] a tag that a script puts there is found by running the page, and not without', async () => {
  pages['/'] =
    `<title>Shop</title><script type="application/ld+json">{"@type":"Product","sku":"SKU-1"}</script><script src="http://cdn.vendor.test:${shopPort}/loader.js"></script>`;
  pages['/loader.js'] = `
    window.dataLayer = [{ event: 'view', productId: ['SKU', '1'].join('-') }];
    const tag = document.createElement('script');
    tag.src = 'http://cdn.vendor.test:' + ${shopPort} + '/ta' + 'g.js?id=acct-7';
    document.head.append(tag);`;
  pages['/tag.js?id=acct-7'] = `document.body.dataset.ran = 'yes';
    navigator.sendBeacon('http://cdn.vendor.test:${shopPort}/collect', 'visit'); new Image().src = '/pixel';
    new Image().src = 'http://cdn.vendor.test:${shopPort}/seen?productId=SKU-2&visitor=jana%40shop.test';`;
  const deps = depsWith();
  const { render: _, ...blind } = deps;
  const unrun = await look(blind, at(), 'PRODUCT');
  expect(ids(unrun)).toEqual(['TAG-01.missing']);
  expect(unrun.facts).toMatchObject({ pages: [{ isRendered: false }] });

  asked.length = 0;
  const ran = await look(deps, at(), 'PRODUCT');
  // What only a browser sees: it ran before anybody agreed, told who the visitor is, and another product than the page's.
  expect(ids(ran)).toEqual(['TAG-02.product', 'TAG-03.consent', 'TAG-04.personal']);
  expect(JSON.stringify(ran)).not.toContain('jana');
  expect(ran.facts).toMatchObject({ pages: [{ isRendered: true }] });
  // The page once, its scripts once; no visit was told, and no picture was asked for.
  expect(asked).toEqual(['GET /robots.txt', 'GET /', 'GET /loader.js', 'GET /tag.js?id=acct-7']);
  expect(profiles()).toEqual([]);
});

test('[O1] [O4] [O5] a page that runs reaches nothing but what the guarded door lets it', async () => {
  const inside = `${innerHost}:${canaryPort}`;
  pages['/'] =
    `<title>Shop</title><link rel="preconnect" href="http://${inside}"><link rel="prefetch" href="http://${inside}/prefetch">
    <iframe src="http://${inside}/frame"></iframe><img src="http://${inside}/picture">
    <script src="${at()}/away.js"></script><script>
    const told = [];
    const tell = (what) => (outcome) => { told.push(what + ':' + outcome); document.body.dataset.told = told.join(' '); };
    const reached = (what, address) => fetch(address).then((r) => r.text()).then((t) => tell(what)('REACHED ' + t), () => tell(what)('no'));
    const attempt = (what, act) => { try { act(); } catch { tell(what)('threw'); } };
    reached('metadata', 'http://169.254.169.254/latest/meta-data/');
    reached('loopback', 'http://${inside}/loopback');
    reached('decimal', 'http://2130706434:${canaryPort}/');
    reached('mapped', 'http://[::ffff:127.0.0.2]:${canaryPort}/');
    reached('file', 'file:///etc/passwd');
    reached('away', '${at()}/away.js');
    fetch('http://${inside}/post', { method: 'POST', mode: 'no-cors', body: 'x' });
    attempt('socket', () => { new WebSocket('ws://${inside}/socket').onerror = () => tell('socket')('no'); });
    attempt('transport', () => { new WebTransport('https://${inside}/').ready.then(tell('transport'), () => tell('transport')('no')); });
    attempt('peer', () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${inside}' }, { urls: 'turn:${inside}?transport=tcp', username: 'u', credential: 'c' }] });
      peer.createDataChannel('x');
      peer.createOffer().then((offer) => peer.setLocalDescription(offer));
    });
    attempt('worker', () => {
      const source = "fetch('http://${inside}/worker').then(() => postMessage('REACHED'), () => postMessage('no'))";
      new Worker(URL.createObjectURL(new Blob([source]))).onmessage = ({ data }) => tell('worker')(data);
    });
    attempt('popup', () => window.open('http://${inside}/popup'));
    attempt('form', () => { document.body.insertAdjacentHTML('beforeend', '<form action="http://${inside}/form" target="_blank"></form>'); document.forms[0].submit(); });
    // It does not rest before all of them came to their end; then it tries to go there itself.
    const waiting = setInterval(() => {
      if (told.length < 9) return void fetch('${at()}/wait').catch(() => {});
      clearInterval(waiting);
      location.href = 'file:///etc/passwd';
      setTimeout(() => { location.href = 'http://169.254.169.254/'; }, 100);
      setTimeout(() => { location.href = '${at()}/away.js'; }, 300);
    }, 100);
    </script>`;
  const { render } = depsWith({ quietMs: 1_500, totalMs: 60_000 });
  // Under a name that browsers take for secure, so that nothing is kept from it.
  const url = `http://localhost:${shopPort}/`;
  const { seen, isCut } = await render({ url, html: pages['/'], policy: null }, new AbortController().signal);
  const told = /data-told="([^"]*)"/.exec(seen?.html ?? '')?.[1] ?? '';
  expect(told.split(' ').sort()).toEqual(
    [
      'away:no',
      'decimal:no',
      'file:no',
      'loopback:no',
      'mapped:no',
      'metadata:no',
      'socket:no',
      'transport:no',
      'worker:no',
    ].sort(),
  );
  expect(seen?.url).toBe(url);
  expect(isCut).toBe(false);
  expect(hits).toBe(0);
});

test('a page that never stops is cut, told apart, and its browser is gone', async () => {
  pages['/'] = '<title>Busy</title><p>there</p><script>for (;;) {}</script>';
  const busy = await look(depsWith({ totalMs: 3_000, readMs: 1_000 }), at());
  expect(ids(busy)).toEqual(['TAG-01.endless', 'TAG-01.missing']);
  await eventually(() => runningBrowsers().length === 0, 30_000);
});

test('the browser gets nothing of our environment, and root starts it as nobody', () => {
  const names = Object.keys(chromiumEnvironment('/tmp/x')).sort();
  expect(names).toEqual(['HOME', 'LANG', 'PATH', 'TMPDIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME']);
  expect(ownersFor(1_000)).toEqual([{ ids: null, hasSandbox: true }]);
  expect(ownersFor(0).map(({ ids }) => ids?.uid)).toEqual([65_534, 65_534]);
  expect(ownersFor(0)[0]?.hasSandbox).toBe(true);
});

test('whoever stops waiting ends the browser; one that does not start is a fault of ours', async () => {
  pages['/'] = '<script>setInterval(() => fetch("/more"), 50)</script>';
  const stop = new AbortController();
  const { render } = depsWith();
  const waiting = render({ url: `${at()}/`, html: pages['/'], policy: null }, stop.signal);
  await eventually(() => asked.includes('GET /more'), 60_000);
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await eventually(() => runningBrowsers().length === 0, 30_000);
  const broken = createRender({ path: '/bin/false', fetch: depsWith().fetch });
  await expect(broken({ url: at(), html: '', policy: null }, new AbortController().signal)).rejects.toThrow(
    'does not start',
  );
});

describe('as it is handed in', () => {
  const html = `<title>Shop</title><script>
    const tag = document.createElement('script');
    tag.src = ['https://cdn.lumen.example', 'tag.js'].join('/');
    document.head.append(tag);</script>`;
  let w: ChecksWorld;
  beforeAll(async () => {
    const page: RequestListener = (_, res) => void res.setHeader('content-type', 'text/html').end(html);
    w = await startChecksWorld(page, { chromiumPath: path });
  }, 120_000);
  afterAll(() => w.close());

  test('a page is run, and its check says so', async () => {
    const input = {
      key: 'tag',
      label: 'The tag',
      spec: { kind: 'CHECK', check: { of: 'TAG', script: 'cdn.lumen.example/tag.js', pageTypes: ['HOME'] } },
    };
    const task = await w.task({ isReviewWanted: false }, input);
    const { submission } = await w.create(w.member, task.id, { pages: [{ url: `${w.at}/`, type: 'HOME' }] });
    await w.finish(w.member, submission.id, task.id);
    await eventually(async () => !(await w.checkRow(submission.id)).isRunning, 90_000);
    expect(await w.seen(w.member, submission.id)).toMatchObject({
      ...{ state: 'ACCEPTED', task: { state: 'DONE' } },
      check: { of: 'TAG', lastRun: { result: 'PASSED', isRendered: true, findings: [] } },
    });
    // What was looked at before there was a browser was not run.
    const { db } = w.app.services;
    const [run] = await db.select().from(checkRuns);
    const pages = [{ url: `${w.at}/`, isReached: true, scripts: 1 }];
    await db.update(checkRuns).set({ facts: { ...(run?.facts as object), pages } });
    expect((await w.seen(w.member, submission.id)).check.lastRun.isRendered).toBe(false);
    await db.update(checkRuns).set({ facts: { kind: 'DNS' } });
    expect((await w.seen(w.member, submission.id)).check.lastRun.isRendered).toBeNull();
  });
});
