import { unzipped } from '../../platform/fetching/unzipped.ts';
import { SitemapScan } from '../../submissions/validation/facts/web/sitemap.ts';
import { bareHost, isProductSitemap, type Listed, spread } from './choosing.ts';
import type { ShopDoor } from './door.ts';

/*
 * What a shop lists, from its sitemaps and from those that they lead to, however deep. Those that list products come
 * first; of hundreds of them a few, from all over the index. Of one that is endless its beginning is enough.
 */
const maxFiles = 12;
const maxProductFiles = 6;
const maxDepth = 3;
const maxAddresses = 20_000;
const maxBytes = 12_000_000;
/** Where shops have theirs when their robots.txt names none: everybody, WooCommerce by plugin or not, PrestaShop. */
const usual = ['/sitemap.xml', '/sitemap_index.xml', '/wp-sitemap.xml', '/1_index_sitemap.xml'];

type File = { url: string; depth: number; isProduct: boolean };

export async function listProducts(door: ShopDoor, home: string, named: readonly string[]): Promise<Listed[]> {
  const listed: Listed[] = [];
  const own = named.filter((url) => isNear(url, home));
  const { origin } = new URL(home);
  const starts = own.length > 0 ? own : usual.map((path) => `${origin}${path}`);
  let waiting: File[] = starts.map((url) => ({ url, depth: 0, isProduct: isProductSitemap(url) }));
  const seen = new Set<string>();
  let productFiles = 0;
  while (waiting.length > 0 && seen.size < maxFiles && listed.length < maxAddresses) {
    const isEnough = productFiles > 0 && listed.some(({ isProduct }) => isProduct);
    const next = waiting.find(({ isProduct }) => isProduct) ?? (isEnough ? undefined : waiting[0]);
    if (next === undefined) break;
    waiting = waiting.filter((file) => file !== next);
    if (seen.has(next.url)) continue;
    seen.add(next.url);
    const read = await readSitemap(door, next.url, maxAddresses - listed.length);
    if (read === null) continue;
    if (read.isIndex) {
      const inner = read.addresses.filter((url) => isNear(url, home)).map((url) => inside(url, next));
      const products = inner.filter(({ isProduct }) => isProduct);
      if (next.depth < maxDepth)
        waiting.push(
          ...spread(products, maxProductFiles),
          ...inner.filter((file) => !file.isProduct).slice(0, maxFiles),
        );
    } else {
      if (next.isProduct) productFiles++;
      for (const url of read.addresses) listed.push({ url, isProduct: next.isProduct });
    }
    // One of the usual places was the right one.
    if (own.length === 0 && next.depth === 0 && read.addresses.length > 0) {
      waiting = waiting.filter(({ depth }) => depth > 0);
    }
  }
  return listed;
}

function inside(url: string, { depth, isProduct }: File): File {
  return { url, depth: depth + 1, isProduct: isProduct || isProductSitemap(url) };
}

/** A shop's own host, or one below it; a list on anybody else's host is not asked for. */
function isNear(url: string, home: string): boolean {
  const [host, own] = [bareHost(url), bareHost(home)];
  return /^https?:\/\//i.test(url) && (host === own || host.endsWith(`.${own}`));
}

/** Null when there is none; what came before it broke off counts. */
async function readSitemap(
  door: ShopDoor,
  url: string,
  most: number,
): Promise<{ isIndex: boolean; addresses: string[] } | null> {
  const opened = await door.open(url, 'FEED');
  if ('shut' in opened) return null;
  const { fetched } = opened;
  const addresses: string[] = [];
  const scan = new SitemapScan(fetched.url, (address) => {
    if (addresses.length < most && address.length < 2_000) addresses.push(address);
  });
  let bytes = 0;
  try {
    for await (const chunk of unzipped(fetched.body)) {
      scan.push(chunk);
      bytes += chunk.length;
      if (bytes > maxBytes || addresses.length >= most) break;
    }
  } catch {
    // Cut, slow, or no gzip after all: its beginning was read.
  } finally {
    fetched.close();
  }
  const { root } = scan;
  return root === 'urlset' || root === 'sitemapindex' ? { isIndex: root === 'sitemapindex', addresses } : null;
}
