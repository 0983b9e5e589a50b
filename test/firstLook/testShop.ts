import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hereOnly } from '../support/hereOnly.ts';

export type ShopAnswer =
  | string
  | Buffer
  | { status?: number; headers?: Record<string, string>; body?: string | Buffer }
  | ((res: ServerResponse) => void);
export type Asked = { path: string; host: string; headers: IncomingMessage['headers'] };

export type TestShop = {
  readonly at: string;
  readonly port: number;
  /** Nobody listens there. */
  readonly deadPort: number;
  /** What it answers by path; everything else is missing. */
  pages: Record<string, ShopAnswer>;
  readonly asked: Asked[];
  readonly fetching: typeof hereOnly & { allowedPorts: number[] };
  /** How many of its answers were under way at once, at most. */
  mostAtOnce: number;
  paths(): string[];
  close(): Promise<void>;
};

/** A shop on this machine, under any name below .test. */
export async function startTestShop(): Promise<TestShop> {
  let active = 0;
  const server = createServer((req, res) => {
    const path = req.url ?? '/';
    shop.asked.push({ path, host: (req.headers.host ?? '').split(':')[0] ?? '', headers: req.headers });
    active += 1;
    shop.mostAtOnce = Math.max(shop.mostAtOnce, active);
    res.once('close', () => {
      active -= 1;
    });
    const answer = shop.pages[path];
    if (answer === undefined) return void res.writeHead(404, { 'content-type': 'text/html' }).end('<title>404</title>');
    if (typeof answer === 'function') return answer(res);
    const {
      status = 200,
      headers = {},
      body = '',
    } = typeof answer === 'string' || Buffer.isBuffer(answer) ? { body: answer } : answer;
    const type = path.endsWith('.xml')
      ? 'application/xml'
      : path.endsWith('.txt')
        ? 'text/plain'
        : 'text/html; charset=utf-8';
    res.writeHead(status, { 'content-type': type, ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const deadPort = await portOfNobody();
  const shop: TestShop = {
    at: `http://shop.test:${port}`,
    port,
    deadPort,
    pages: {},
    asked: [],
    fetching: { ...hereOnly, allowedPorts: [port, deadPort] },
    mostAtOnce: 0,
    paths: () => shop.asked.map(({ path }) => path),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return shop;
}

async function portOfNobody(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function productPage(n: number | string, more: Record<string, unknown> = {}): string {
  const product = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: `Mug no ${n}`,
    sku: `SKU-${n}`,
    image: `/i/${n}.png`,
    offers: { '@type': 'Offer', price: '12.90', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
    ...more,
  };
  return `<!doctype html><title>Mug</title><script type="application/ld+json">${JSON.stringify(product)}</script>`;
}

export function sitemapOf(urls: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`;
}

export function sitemapIndexOf(urls: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map((url) => `<sitemap><loc>${url}</loc></sitemap>`).join('')}</sitemapindex>`;
}
