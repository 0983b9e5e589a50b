import type { Recorded } from '../submissions/checks/inline/commands.ts';
import { type Line, productUrl, type Range } from './files.ts';

/*
 * What the places of the sample would have answered. They do not exist: their names belong to nobody and no network is
 * asked. The answers are judged by the very rules that judge everybody's.
 */
export type World = {
  /** Bodies by their address; every other answers 404. */
  pages?: Readonly<Record<string, { type: string; body: string }>>;
  /** Records by name, each `TYPE value`; every other name does not exist. */
  zone?: Readonly<Record<string, readonly string[]>>;
  tookMs: number;
};

/** The two name servers that are asked unless somebody says otherwise. */
const servers = ['1.1.1.1', '9.9.9.9'];

export function recordedOf({ pages = {}, zone = {}, tookMs }: World): Recorded {
  return {
    tookMs,
    fetch: async (url) => {
      const page = Object.hasOwn(pages, url) ? pages[url] : undefined;
      const bytes = Buffer.from(page?.body ?? '');
      const headers: Readonly<Record<string, string>> = page ? { 'content-type': page.type, etag: '"recorded"' } : {};
      return {
        ...{ url, status: page ? 200 : 404, redirects: [], certificate: null },
        header: (name: string) => headers[name.toLowerCase()] ?? null,
        body: (async function* () {
          yield bytes;
        })(),
        close: () => {},
      };
    },
    dns: {
      ask: async (name, type) => {
        const known = Object.hasOwn(zone, name) ? zone[name] : undefined;
        const records = (known ?? [])
          .filter((line) => line.startsWith(`${type} `))
          .map((line) => line.slice(type.length + 1));
        const status = records.length > 0 ? ('FOUND' as const) : known ? ('EMPTY' as const) : ('MISSING' as const);
        const strings = type === 'TXT' ? records.map((text) => [text]) : [];
        return servers.map((by) => ({ by, status, records, strings }));
      },
      askOwners: async () => [],
    },
  };
}

/** The sitemap of a shop at an address, written from its range. */
export function sitemapOf(range: Range, address: string): NonNullable<World['pages']> {
  const urls = range.lines.flatMap((line: Line) => line.colors.map((color) => productUrl(range, line, color)));
  const entries = [`${range.shop}/`, ...urls].map((url) => `  <url><loc>${url}</loc></url>`);
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">';
  return { [address]: { type: 'application/xml', body: `${head}\n${entries.join('\n')}\n</urlset>\n` } };
}
